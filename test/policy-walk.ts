/**
 * Random changes to a small world of two VPCs, of every kind that a policy is compiled from: rules, groups,
 * members, addresses, prefix lists, peerings, associations, ACLs, subnets. Each leaves a world that could be.
 */

import { instant } from '../src/base/clock.ts'
import { invariant } from '../src/base/invariant.ts'
import { type Change, put } from '../src/model/change.ts'
import type { GroupId, NetworkInterfaceId, PrefixListId } from '../src/model/ids.ts'
import { notationWorld, worldLine } from '../src/model/notation.ts'
import { prefixListVersionId } from '../src/model/prefix-list.ts'
import type { Peer, Rule } from '../src/model/rule.ts'
import { apply, type World } from '../src/model/world.ts'

/** Three numbers choose what an operation works on. */
export interface Choice {
  readonly operation: number
  readonly a: number
  readonly b: number
  readonly c: number
}

const account = '123456789012'
const groupIds: readonly GroupId[] = ['sg-a', 'sg-b', 'sg-c', 'sg-x', 'sg-y']
const cardIds: readonly NetworkInterfaceId[] = ['eni-a', 'eni-b', 'eni-c', 'eni-d']
const lists: readonly PrefixListId[] = ['pl-1', 'pl-2']
const subnetIds = ['subnet-1', 'subnet-2', 'subnet-3'] as const
const aclIds = ['acl-open', 'acl-n'] as const

const lines = [
  'acl n',
  'acl n ingress 100 allow any from 10.0.0.0/8',
  'subnet 1 10.0.0.0/24 2001:db8::/64',
  'subnet 2 10.0.1.0/24 acl n',
  'subnet 3 10.1.0.0/24',
  'prefix-list pl-1 203.0.113.0/24',
  ...['group a', 'group b', 'group c ingress any from a', 'group x', 'group y ingress tcp 80 from a'],
  'group a ingress tcp 22 from pl-1',
  'interface a 10.0.0.10 in a subnet 1',
  'interface b 10.0.1.10 in b c subnet 2',
  'interface c 10.1.0.10 in x y subnet 3',
]

export function walkWorld(): World {
  const world = lines.reduce((before, line) => apply(before, worldLine(line, before)), notationWorld())
  const first = world.vpc.get('vpc-1')
  invariant(first, 'the notation has a VPC')
  const moved = (['sg-x', 'sg-y'] as const).flatMap((id) => world.securityGroup.get(id) ?? [])
  const subnet = world.subnet.get('subnet-3')
  const card = world.networkInterface.get('eni-c')
  invariant(subnet && card, 'the lines made them')
  return apply(world, [
    put('vpc', { ...first, id: 'vpc-2', cidrBlocks: [{ associationId: 'vpc-cidr-assoc-2', cidr: '10.1.0.0/16' }] }),
    ...moved.map((group) => put('securityGroup', { ...group, vpc: 'vpc-2' })),
    put('subnet', { ...subnet, vpc: 'vpc-2' }),
    put('networkInterface', { ...card, vpc: 'vpc-2' }),
  ])
}

function of<T>(items: readonly T[], choice: number): T {
  return items[choice % items.length] as T
}

type Operation = (world: World, choice: Choice) => readonly Change[]

const operations: readonly Operation[] = [
  addRule,
  addRule,
  removeRule,
  replaceRule,
  members,
  members,
  addresses,
  interfaceComesOrGoes,
  groupComesOrGoes,
  listEntries,
  listGoes,
  peer,
  peer,
  associate,
  aclEntries,
  aclOfSubnet,
  blocksOfVpc,
  settings,
]

/** The changes of one step; none where the choice does not apply. */
export function changesOf(world: World, choice: Choice): readonly Change[] {
  return of(operations, choice.operation)(world, choice)
}

function peerOf({ b }: Choice): Peer {
  const groups = groupIds.map((group): Peer => ({ kind: 'group', group, owner: account }))
  const listed = lists.map((list): Peer => ({ kind: 'prefix-list', list }))
  return of<Peer>([...groups, ...listed, { kind: 'ipv4', cidr: '0.0.0.0/0' }, { kind: 'ipv6', cidr: '::/0' }], b)
}

function ruleOf(id: Rule['id'], choice: Choice): Rule {
  const direction = of(['ingress', 'egress'] as const, choice.c)
  return {
    id,
    direction,
    traffic: of([{ protocol: 'all' }, { protocol: 'tcp', from: 80, to: 80 }], choice.c),
    peer: peerOf(choice),
  }
}

function addRule(world: World, choice: Choice): Change[] {
  const group = world.securityGroup.get(of(groupIds, choice.a))
  const id: Rule['id'] = `sgr-${choice.b}-${choice.c}`
  return group && !world.groupOfRule.has(id) ? [{ kind: 'rule-added', group: group.id, rule: ruleOf(id, choice) }] : []
}

function ruleIn(world: World, { a }: Choice): { group: GroupId; rule: Rule['id'] } | undefined {
  const all = Array.from(world.securityGroup.values()).flatMap(({ id, rules }) =>
    rules.map((rule) => ({ group: id, rule: rule.id })),
  )
  return all.length === 0 ? undefined : of(all, a)
}

function removeRule(world: World, choice: Choice): Change[] {
  const found = ruleIn(world, choice)
  return found ? [{ kind: 'rule-removed', ...found }] : []
}

function replaceRule(world: World, choice: Choice): Change[] {
  const found = ruleIn(world, choice)
  return found ? [{ kind: 'rule-replaced', group: found.group, rule: ruleOf(found.rule, choice) }] : []
}

function members(world: World, { a, b }: Choice): Change[] {
  const card = world.networkInterface.get(of(cardIds, a))
  const group = of(groupIds, b)
  if (!card) return []
  const others = card.groups.filter((each) => each !== group)
  return [
    put('networkInterface', { ...card, groups: others.length < card.groups.length ? others : [...others, group] }),
  ]
}

function addresses(world: World, { a, b }: Choice): Change[] {
  const card = world.networkInterface.get(of(cardIds, a))
  if (!card) return []
  const [primary] = card.privateAddresses
  const second = b % 3 === 0 ? [] : [{ address: `10.0.0.${100 + (b % 100)}`, isPrimary: false }]
  const ipv6Addresses = b % 2 === 0 ? [] : [`2001:db8::${b % 100}`]
  return [
    put('networkInterface', { ...card, privateAddresses: [...(primary ? [primary] : []), ...second], ipv6Addresses }),
  ]
}

function interfaceComesOrGoes(world: World, { a, b, c }: Choice): Change[] {
  const id = of(cardIds, a)
  if (world.networkInterface.has(id)) return [{ kind: 'removed', of: 'networkInterface', id }]
  const line = `interface ${id} 10.0.0.${10 + (c % 20)} in ${of(groupIds, b)} subnet ${of(subnetIds, c)}`
  return world.securityGroup.has(of(groupIds, b)) ? [...worldLine(line, world)] : []
}

/** Interfaces keep the id of a group that goes, which AWS would refuse: a policy must bear it. */
function groupComesOrGoes(world: World, { a }: Choice): Change[] {
  const id = of(groupIds, a)
  if (world.securityGroup.has(id)) return [{ kind: 'removed', of: 'securityGroup', id }]
  const vpc = id < 'sg-x' ? 'vpc-1' : 'vpc-2'
  return [put('securityGroup', { id, vpc, name: id, description: id, rules: [], hasOriginalEgress: false })]
}

function listEntries(world: World, { a, b }: Choice): Change[] {
  return [...worldLine(`prefix-list ${of(lists, a)} 10.${b % 200}.0.0/16 192.0.2.0/24`, world)]
}

function listGoes(world: World, { a }: Choice): Change[] {
  const list = world.prefixList.get(of(lists, a))
  if (!list) return []
  const version = prefixListVersionId(list.id, list.version)
  return [
    { kind: 'removed', of: 'prefixListVersion', id: version },
    { kind: 'removed', of: 'prefixList', id: list.id },
  ]
}

function peer(world: World, { a, b }: Choice): Change[] {
  const state = of(['active', 'deleted', 'pending-acceptance'] as const, b)
  const [one, two] = a % 2 === 0 ? (['vpc-1', 'vpc-2'] as const) : (['vpc-2', 'vpc-1'] as const)
  const side = (vpc: 'vpc-1' | 'vpc-2') => ({ vpc, owner: account, region: 'us-east-1', allowDnsResolution: false })
  const at = instant(0)
  const peering = { requester: side(one), accepter: side(two), state, message: '', createdAt: at, stateSince: at }
  const id = 'pcx-1'
  return b % 7 === 0 && world.peering.has(id)
    ? [{ kind: 'removed', of: 'peering', id }]
    : [put('peering', { id, ...peering })]
}

function associate(world: World, { a, b }: Choice): Change[] {
  const [group, vpc] = [of(groupIds, a), of(['vpc-1', 'vpc-2'] as const, b)]
  const id = `${group}/${vpc}` as const
  return world.vpcAssociation.has(id)
    ? [{ kind: 'removed', of: 'vpcAssociation', id }]
    : [put('vpcAssociation', { id, group, vpc })]
}

function aclEntries(world: World, { a, b }: Choice): Change[] {
  return [
    ...worldLine(
      `acl n ${of(['ingress', 'egress'], a)} ${100 + (b % 3)} deny tcp ${b % 100} ${a % 2 ? 'to' : 'from'} 10.0.0.0/8`,
      world,
    ),
  ]
}

function aclOfSubnet(world: World, { a, b }: Choice): Change[] {
  const subnet = world.subnet.get(of(subnetIds, a))
  return subnet ? [put('subnet', { ...subnet, acl: of(aclIds, b) })] : []
}

function blocksOfVpc(world: World, { a, b }: Choice): Change[] {
  const vpc = world.vpc.get(of(['vpc-1', 'vpc-2'], a))
  const [first] = vpc?.cidrBlocks ?? []
  if (!vpc || !first) return []
  const second = { associationId: 'vpc-cidr-assoc-9', cidr: `100.64.${b % 200}.0/24` } as const
  return [put('vpc', { ...vpc, cidrBlocks: b % 3 === 0 ? [first] : [first, second] })]
}

function settings(world: World, { a, b }: Choice): Change[] {
  const card = world.networkInterface.get(of(cardIds, a))
  const tracking = b % 2 === 0 ? {} : { udpTimeout: 30 + (b % 30) }
  return card ? [put('networkInterface', { ...card, tracking, sourceDestCheck: b % 3 !== 0 })] : []
}
