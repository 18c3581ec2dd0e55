/** One live flow: why it is tracked or not, the rules it rests on, and what the revoke of each would do. */

import type { LiveFlow } from '../../src/app/live-flow.ts'
import type { SecurityGroupRule } from '../../src/ec2/protocol/types.generated.ts'
import { useAsked } from '../api/asked.ts'
import { callAction } from '../api/client.ts'
import { Commands } from '../parts/commands.tsx'

const tones = { 'goes on': 'good', cut: 'bad', reopens: 'warn' } as const

export function FlowDetail({ flow }: { readonly flow: LiveFlow }) {
  const ids = flow.onRevoke.map(({ rule }) => rule)
  const rules = useAsked(`rules ${ids}`, () => findRules(ids)).value.answer ?? []
  const facts = [
    ['Network interface', flow.networkInterface],
    ['Instance', flow.instance ?? '-'],
    ['Seen by', flow.witness === 'kernel' ? 'the kernel, at an enforced interface' : 'the engine'],
    ['Opened', flow.openedAt === null ? '-' : new Date(flow.openedAt).toLocaleString()],
    [flow.isTracked ? 'Tracked, as' : 'Untracked, as', flow.why],
  ]
  return (
    <section class="panel" aria-label="Connection">
      <div class="panel-head">
        <h2>
          <code>{flow.flow}</code>
        </h2>
      </div>
      <dl class="facts panel-body">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="panel-body">
        <h3>If a rule were revoked</h3>
        {flow.onRevoke.length === 0 && <p class="quiet">No rule that admitted it is in force any more.</p>}
        <ul class="effects">
          {flow.onRevoke.map(({ rule, group, effect, sentence }) => (
            <li key={rule}>
              <span class={`badge ${tones[effect]}`}>{effect}</span>
              <div>
                <a class="id" href={`/console/groups/${group}`}>
                  {rule}
                </a>{' '}
                <span class="quiet">
                  of <span class="id">{group}</span>
                </span>
                <p>{sentence}.</p>
                <Commands calls={revokeCalls(rules, rule)} title="Revoke it" />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

async function findRules(ids: readonly string[]): Promise<readonly SecurityGroupRule[]> {
  if (ids.length === 0) return []
  const { SecurityGroupRules = [] } = await callAction<{ SecurityGroupRules?: readonly SecurityGroupRule[] }>(
    'DescribeSecurityGroupRules',
    { SecurityGroupRuleIds: ids },
  )
  return SecurityGroupRules
}

/** An untracked flow rests on rules of both directions. */
function revokeCalls(rules: readonly SecurityGroupRule[], id: string) {
  const rule = rules.find(({ SecurityGroupRuleId }) => SecurityGroupRuleId === id)
  if (!rule) return []
  const action = rule.IsEgress ? 'RevokeSecurityGroupEgress' : 'RevokeSecurityGroupIngress'
  return [{ action, input: { GroupId: rule.GroupId, SecurityGroupRuleIds: [id] } }]
}
