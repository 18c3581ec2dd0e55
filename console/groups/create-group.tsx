/** Makes a group, from nothing or from a copy. AWS gives every new group one outbound rule, which may go at once. */

import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Call } from '../../src/app/console/api.ts'
import { useAsked } from '../api/asked.ts'
import { callAction } from '../api/client.ts'
import { commandOf } from '../api/command.ts'
import { CommandLines } from '../parts/commands.tsx'
import { Field } from '../parts/field.tsx'
import { complain, say } from '../parts/toasts.tsx'
import { Page } from '../shell/page.tsx'
import { navigate, query } from '../shell/router.ts'
import { authorizeCall, copyOf, type Draft, draftPeer, draftTraffic, isFlawless } from './draft.ts'
import { PeerList } from './peer-list.tsx'
import { findGroups, findRules, findVpcs, type SecurityGroup, type SecurityGroupRule, type Vpc } from './questions.ts'
import { RuleRows } from './rule-rows.tsx'
import { directionOf } from './rules.ts'

const trail = [['Security Groups', '/groups'] as const]

export function CreateGroup() {
  const copied = query.value.get('copy')
  const { answer, failure } = useAsked(`create ${copied}`, async () => ({
    vpcs: await findVpcs(),
    model: copied === null ? undefined : (await findGroups()).find(({ GroupId }) => GroupId === copied),
    rules: copied === null ? [] : await findRules(copied),
  })).value
  const title = copied === null ? 'Create security group' : 'Copy security group'
  return (
    <Page title={title} trail={trail} about="A security group acts as a stateful firewall for what it is attached to.">
      {failure && <p class="notice bad">{failure}</p>}
      {answer && <Form {...answer} />}
    </Page>
  )
}

interface FormProps {
  readonly vpcs: readonly Vpc[]
  readonly model: SecurityGroup | undefined
  readonly rules: readonly SecurityGroupRule[]
}

const defaultEgress: Draft = {
  key: 'default',
  type: 'all',
  protocol: '',
  ports: 'All',
  peerKind: 'anywhere4',
  peer: '0.0.0.0/0',
  description: '',
}

function Form({ vpcs, model, rules }: FormProps) {
  const name = useSignal(model ? `${model.GroupName} copy` : '')
  const description = useSignal(model?.Description ?? '')
  const vpc = useSignal(model?.VpcId ?? vpcs.find(({ IsDefault }) => IsDefault)?.VpcId ?? vpcs[0]?.VpcId ?? '')
  const copies = rules.map((rule) => ({ isEgress: directionOf(rule) === 'egress', draft: copyOf(rule) }))
  const inbound = useSignal<readonly Draft[]>(copies.filter(({ isEgress }) => !isEgress).map(({ draft }) => draft))
  const outbound = useSignal<readonly Draft[]>(
    model ? copies.filter(({ isEgress }) => isEgress).map(({ draft }) => draft) : [defaultEgress],
  )
  const isTried = useSignal(false)
  const isSound = isFlawless([...inbound.value, ...outbound.value]) && name.value !== '' && description.value !== ''
  const create = {
    action: 'CreateSecurityGroup',
    input: { GroupName: name.value, Description: description.value, VpcId: vpc.value },
  }
  const callsAfter = (group: string) => (isSound ? ruleCalls(group, inbound.value, outbound.value) : [])
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    isTried.value = true
    if (isSound) await make(create, callsAfter)
  }
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <Section title="Basic details">
        <div class="panel-body form-grid">
          <Text label="Security group name" value={name} isTried={isTried.value} />
          <Text label="Description" value={description} isTried={isTried.value} />
          <VpcField vpcs={vpcs} vpc={vpc} />
        </div>
      </Section>
      <Section title="Inbound rules">
        <RuleRows drafts={inbound} direction="ingress" showsAll={isTried.value} />
      </Section>
      <Section title="Outbound rules">
        <RuleRows drafts={outbound} direction="egress" showsAll={isTried.value} />
      </Section>
      <PeerList />
      <CommandLines lines={linesOf(create, callsAfter)} title="As aws CLI" />
      <div class="buttons save-bar">
        <a class="button" href="/console/groups">
          Cancel
        </a>
        <button class="button primary" type="submit">
          Create security group
        </button>
      </div>
    </form>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="panel" aria-label={title}>
      <div class="panel-head">
        <h2>{title}</h2>
      </div>
      {children}
    </section>
  )
}

function VpcField({ vpcs, vpc }: { readonly vpcs: readonly Vpc[]; readonly vpc: Signal<string> }) {
  return (
    <Field label="VPC">
      <select class="input" value={vpc.value} onChange={(event) => (vpc.value = event.currentTarget.value)}>
        {vpcs.map(({ VpcId, CidrBlock, IsDefault }) => (
          <option key={VpcId} value={VpcId}>
            {VpcId} ({CidrBlock}
            {IsDefault ? ', default' : ''})
          </option>
        ))}
      </select>
    </Field>
  )
}

interface TextProps {
  readonly label: string
  readonly value: Signal<string>
  readonly isTried: boolean
}

function Text({ label, value, isTried }: TextProps) {
  const problem = isTried && value.value === '' ? `${label} is needed` : undefined
  return (
    <Field label={label} problem={problem}>
      <input
        class="input"
        maxLength={255}
        value={value.value}
        aria-invalid={problem !== undefined}
        onInput={(event) => (value.value = event.currentTarget.value)}
      />
    </Field>
  )
}

/** A group whose rules are refused stays, and the way to it is shown. */
async function make(create: Call, callsAfter: (group: string) => readonly Call[]): Promise<void> {
  try {
    const { GroupId = '' } = await callAction<{ GroupId?: string }>(create.action, create.input)
    navigate(`/groups/${GroupId}`)
    for (const { action, input } of callsAfter(GroupId)) await callAction(action, input)
    say(`${GroupId} is created.`)
  } catch (cause) {
    complain(cause)
  }
}

function ruleCalls(group: string, inbound: readonly Draft[], outbound: readonly Draft[]): Call[] {
  const others = outbound.filter((draft) => !isDefaultEgress(draft))
  const isDefaultKept = others.length < outbound.length
  const everything = { GroupId: group, IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] }
  return [
    ...(inbound.length > 0 ? [authorizeCall(group, 'ingress', inbound)] : []),
    ...(isDefaultKept ? [] : [{ action: 'RevokeSecurityGroupEgress', input: everything }]),
    ...(others.length > 0 ? [authorizeCall(group, 'egress', others)] : []),
  ]
}

function isDefaultEgress(draft: Draft): boolean {
  const traffic = draftTraffic(draft)
  const peer = draftPeer(draft)
  return (
    'protocol' in traffic &&
    traffic.protocol === 'all' &&
    typeof peer !== 'string' &&
    peer.CidrIpv4 === '0.0.0.0/0' &&
    draft.description === ''
  )
}

function linesOf(create: Call, callsAfter: (group: string) => readonly Call[]): string[] {
  const after = callsAfter('"$GROUP_ID"').map((call) => commandOf(call).replace(`'"$GROUP_ID"'`, '"$GROUP_ID"'))
  const made = commandOf(create)
  return after.length === 0 ? [made] : [`GROUP_ID=$(${made} --query GroupId --output text)`, ...after]
}
