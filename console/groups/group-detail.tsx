/** One security group: its facts, and tabs for rules, attachments, references and tags. */

import { useAsked } from '../api/asked.ts'
import { Commands } from '../parts/commands.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { navigate } from '../shell/router.ts'
import { AttachedTab } from './attached-tab.tsx'
import { findRules, nameOf, rulesCall, type SecurityGroup } from './questions.ts'
import { ReferencesTab } from './references-tab.tsx'
import { RuleTable } from './rule-table.tsx'
import { type Direction, directionOf } from './rules.ts'
import { TagsTab } from './tags-tab.tsx'

const tabs = [
  { id: 'inbound', label: 'Inbound rules' },
  { id: 'outbound', label: 'Outbound rules' },
  { id: 'attached', label: 'Attached to' },
  { id: 'references', label: 'References' },
  { id: 'tags', label: 'Tags' },
]

export interface GroupDetailProps {
  readonly id: string
  readonly group: SecurityGroup | undefined
  readonly tab: string
}

export function GroupDetail({ id, group, tab }: GroupDetailProps) {
  if (!group) return <p class="notice warn">There is no security group {id} in this Region.</p>
  const known = tabs.some((each) => each.id === tab) ? tab : 'inbound'
  return (
    <section class="panel split-detail" aria-label={`Security group ${id}`}>
      <div class="panel-head">
        <h2>
          {group.GroupName} <small class="id">{id}</small>
        </h2>
        <a class="button small" href="/console/groups">
          Close
        </a>
      </div>
      <Facts group={group} />
      <Tabs
        label="Security group"
        tabs={tabs}
        chosen={known}
        onChoose={(next) => navigate(`/groups/${id}/${next}`, { replace: true })}
      >
        <TabBody group={group} id={id} tab={known} />
      </Tabs>
    </section>
  )
}

function Facts({ group }: { readonly group: SecurityGroup }) {
  const facts = [
    ['Name', nameOf(group) || '-'],
    ['VPC ID', group.VpcId],
    ['Description', group.Description],
    ['Owner', group.OwnerId],
  ]
  return (
    <dl class="facts panel-body">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function TabBody({ group, id, tab }: { readonly group: SecurityGroup; readonly id: string; readonly tab: string }) {
  if (tab === 'attached') return <AttachedTab id={id} />
  if (tab === 'references') return <ReferencesTab id={id} />
  if (tab === 'tags') return <TagsTab id={id} tags={group.Tags ?? []} />
  return <RulesTab key={tab} id={id} direction={tab === 'outbound' ? 'egress' : 'ingress'} />
}

function RulesTab({ id, direction }: { readonly id: string; readonly direction: Direction }) {
  const { answer, failure } = useAsked(`rules ${id}`, () => findRules(id)).value
  const rules = (answer ?? []).filter((rule) => directionOf(rule) === direction)
  const side = direction === 'ingress' ? 'Inbound' : 'Outbound'
  return (
    <>
      <div class="panel-head">
        <h3>
          {side} rules <span class="quiet">({rules.length})</span>
        </h3>
        <a class="button" href={`/console/groups/${id}/${side.toLowerCase()}/edit`}>
          Edit {side.toLowerCase()} rules
        </a>
      </div>
      {failure && <p class="notice bad">{failure}</p>}
      {answer && <RuleTable rules={rules} direction={direction} />}
      <div class="panel-body tab-foot">
        <Commands calls={[rulesCall(id)]} />
      </div>
    </>
  )
}
