/**
 * What objects name and no file tells: a subnet's ACL, a rule's prefix list, a group of another account. Each
 * gap is filled by an object that bounds the answer, closed in the certain world and open in the possible one.
 */

import type { GroupId, NetworkAclId, PrefixListId, SubnetId, VpcId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { prefixListVersionId } from '../model/prefix-list.ts'
import type { Rule } from '../model/rule.ts'
import type { SecurityGroup } from '../model/security-group.ts'
import type { Subnet } from '../model/subnet.ts'
import { allAddresses } from './cidr-peer.ts'
import type { Draft } from './draft.ts'
import type { Origin } from './imported.ts'
import { openEntries, plainSubnet, plainVpc } from './plain.ts'
import { stableId } from './stable-id.ts'

/** The source as a whole: where a gap is nobody's in particular. */
export interface GapFacts {
  readonly source: Origin
  /** Whether AWS's own prefix lists of that id are known without being told. */
  readonly isKnownList: (list: string) => boolean
  /** Groups behind peering connections that have ended: rules that name them are stale and stand for nobody. */
  readonly unreachable: ReadonlySet<string>
}

/** Call it when all that is told has been put. */
export function fillGaps(draft: Draft, facts: GapFacts): void {
  for (const card of draft.all('networkInterface')) fillInterface(draft, card, facts)
  for (const subnet of draft.all('subnet')) fillSubnet(draft, subnet, facts)
  fillVpcs(draft)
  for (const group of draft.all('securityGroup')) fillRules(draft, group, facts)
  for (const table of draft.all('routeTable')) {
    for (const { destination } of table.routes) {
      if (destination.kind === 'prefix-list') fillList(draft, destination.list, table.id, facts)
    }
  }
}

function fillInterface(draft: Draft, card: NetworkInterface, facts: GapFacts): void {
  const origin = draft.originOf(card.id) ?? facts.source
  if (!draft.get('subnet', card.subnet)) {
    unknownSubnet(draft, card.subnet, card.vpc, card.zone)
    draft.doubt(
      `Nothing tells of ${card.subnet}, which ${card.id} is in: its ACL and its routes are not known.`,
      origin,
    )
  }
  for (const id of card.groups.filter((group) => !draft.get('securityGroup', group))) {
    unknownGroup(draft, id, card.vpc)
    draft.doubt(`Nothing tells of ${id}, which ${card.id} carries: its rules are not known.`, origin)
  }
}

function fillSubnet(draft: Draft, subnet: Subnet, facts: GapFacts): void {
  const origin = draft.originOf(subnet.id) ?? facts.source
  if (!draft.get('networkAcl', subnet.acl)) {
    unknownAcl(draft, subnet.acl, subnet.vpc)
    draft.doubt(`The network ACL of ${subnet.id} is not known.`, origin)
  }
  const hasTable = draft
    .all('routeTable')
    .some(({ vpc, associations }) =>
      associations.some((each) => (each.kind === 'main' ? vpc === subnet.vpc : each.subnet === subnet.id)),
    )
  if (hasTable) return
  unknownRoutes(draft, subnet)
  draft.doubt(`The route table of ${subnet.id} is not known.`, origin)
}

export function unknownSubnet(draft: Draft, id: SubnetId, vpc: VpcId, zone: string): Subnet {
  const acl = stableId('acl', id) as NetworkAclId
  const subnet = plainSubnet({ id, vpc, cidr: undefined, ipv6Cidrs: [], zone, acl })
  draft.put('subnet', subnet)
  unknownAcl(draft, acl, vpc)
  unknownRoutes(draft, subnet)
  return subnet
}

export function unknownAcl(draft: Draft, id: NetworkAclId, vpc: VpcId): void {
  const acl = { id, vpc, isDefault: false, entries: [] }
  draft.put('networkAcl', acl)
  draft.putPossible('networkAcl', { ...acl, entries: openEntries })
}

/** Routes inside the VPC are there in any table. */
export function unknownRoutes(draft: Draft, { id: subnet, vpc }: Subnet): void {
  const table = {
    id: stableId('rtb', subnet),
    vpc,
    associations: [{ id: stableId('rtbassoc', subnet), kind: 'subnet', subnet } as const],
    routes: [],
  }
  draft.put('routeTable', table)
  const target = { kind: 'other', id: 'a route that is not known' } as const
  draft.putPossible('routeTable', { ...table, routes: allAddresses.map((destination) => ({ destination, target })) })
}

export function unknownGroup(draft: Draft, id: GroupId, vpc: VpcId): void {
  draft.put('securityGroup', { id, vpc, name: id, description: '', rules: [], hasOriginalEgress: false })
  for (const direction of ['ingress', 'egress'] as const) {
    for (const peer of allAddresses) {
      const rule: Rule = {
        id: stableId('sgr', `${id} ${direction} ${peer.cidr}`),
        direction,
        traffic: { protocol: 'all' },
        peer,
      }
      draft.addRule(id, rule, undefined, 'possible')
    }
  }
}

/** A VPC has at least the blocks of its subnets. */
function fillVpcs(draft: Draft): void {
  const subnets = draft.all('subnet')
  const named = [
    ...subnets.map(({ vpc }) => vpc),
    ...draft.all('securityGroup').map(({ vpc }) => vpc),
    ...draft.all('routeTable').map(({ vpc }) => vpc),
    ...draft.all('networkAcl').map(({ vpc }) => vpc),
  ]
  for (const id of new Set(named)) {
    if (draft.get('vpc', id)) continue
    const own = subnets.filter(({ vpc }) => vpc === id)
    const cidrs = own.flatMap(({ cidr }) => cidr ?? [])
    draft.put(
      'vpc',
      plainVpc(
        id,
        cidrs,
        own.flatMap(({ ipv6CidrBlocks }) => ipv6CidrBlocks.map(({ cidr }) => cidr)),
      ),
    )
  }
}

function fillRules(draft: Draft, group: SecurityGroup, facts: GapFacts): void {
  for (const rule of draft.rulesOf(group.id)) {
    const { peer } = rule
    if (peer.kind === 'prefix-list') fillList(draft, peer.list, rule.id, facts)
    if (peer.kind !== 'group' || draft.get('securityGroup', peer.group) || facts.unreachable.has(peer.group)) continue
    const origin = draft.originOf(rule.id) ?? facts.source
    draft.doubt(`Nothing tells of ${peer.group}, which ${rule.id} names: its members are not known.`, origin)
    for (const any of allAddresses) {
      draft.addRule(group.id, { ...rule, id: stableId('sgr', `${rule.id} ${any.cidr}`), peer: any }, origin, 'possible')
    }
  }
}

function fillList(draft: Draft, id: PrefixListId, user: string, { source, isKnownList }: GapFacts): void {
  if (isKnownList(id)) return
  const known = draft.get('prefixList', id)
  if (known && draft.get('prefixListVersion', prefixListVersionId(id, known.version))) return
  unknownList(draft, id)
  draft.doubt(`The entries of ${id} are not known.`, draft.originOf(id) ?? draft.originOf(user) ?? source)
}

function unknownList(draft: Draft, id: PrefixListId): void {
  const list = draft.get('prefixList', id) ?? {
    id,
    name: id,
    family: 4 as const,
    maxEntries: 1,
    version: 1,
    state: 'create-complete' as const,
  }
  draft.put('prefixList', list)
  const version = { id: prefixListVersionId(id, list.version), list: id, version: list.version, entries: [] }
  draft.put('prefixListVersion', version)
  draft.putPossible('prefixListVersion', { ...version, entries: allAddresses.map(({ cidr }) => ({ cidr })) })
}
