/**
 * Which new flows other rules make untracked, and which untracked ones they make tracked or refuse: by exact sets,
 * as an untracked flow is cut by the revoke of its rule where a tracked one goes on (data-plane 2.2, 2.5).
 */

import { groupedBy } from '../base/grouped.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { type Direction, isSameTraffic } from '../model/rule.ts'
import type { World } from '../model/world.ts'
import { type Address, type Family, parseAddress } from '../net/address.ts'
import { formatPacket } from '../packet/notation.ts'
import { openRules } from '../policy/open-rules.ts'
import type { Allow, InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { addressesOf } from '../policy/resolve-peer.ts'
import { type Diagram, Diagrams, everything, nothing } from './packet-set/diagram.ts'
import { addressAt, addressCut, addressLines, addressRanges, protocolLine, protocols } from './packet-set/lines.ts'
import { samplePayload } from './packet-set/packet-set.ts'
import { type ServiceRule, serviceRules } from './packet-set/service-text.ts'
import { openings, trafficServices } from './packet-set/services.ts'
import type { OutsidePlace } from './place.ts'
import { type AddressPart, addressParts } from './reachability/outer-parts.ts'

/** How an interface's rules receive a packet that opens a flow. */
export type Standing = 'tracked' | 'untracked' | 'refused'

export interface TrackingChange {
  /** All that carry these groups. */
  readonly cards: readonly NetworkInterfaceId[]
  readonly direction: Direction
  readonly was: Standing
  readonly is: Standing
  readonly families: readonly Family[]
  readonly services: readonly ServiceRule[]
  /** Of the flow's other end; empty for all. */
  readonly addresses: readonly string[]
  /** The first packet of such a flow at the first of the interfaces. */
  readonly packet: string
}

/** From an interface's peers to services, what has each standing. They have no packet in common. */
export type Standings = Readonly<Record<Standing, Diagram>>

const directions: readonly Direction[] = ['ingress', 'egress']
const families: readonly Family[] = [4, 6]
/** Refused or tracked before and after: other questions tell of those. */
const told: readonly (readonly [was: Standing, is: Standing])[] = [
  ['tracked', 'untracked'],
  ['refused', 'untracked'],
  ['untracked', 'tracked'],
  ['untracked', 'refused'],
]

/** Of the interfaces that both worlds have, in the order of their first. */
export function trackingChanges(before: World, after: World): TrackingChange[] {
  const diagrams = new Diagrams()
  const [old, fresh] = [new PolicyTable(before), new PolicyTable(after)]
  const common = Array.from(after.networkInterface.values()).filter(({ id }) => before.networkInterface.has(id))
  // Rules are a matter of groups alone: whoever carries the same ones, then and now, fares the same.
  const carried = (card: NetworkInterface) =>
    [before.networkInterface.get(card.id)?.groups.join(), card.groups.join(), familiesOf(card).join()].join(' ')
  const changes = Array.from(groupedBy(common, carried).values()).flatMap((cards) => {
    const [was, is] = [old.get(cards[0].id), fresh.get(cards[0].id)]
    if (!was || !is || isAlike(was, is)) return []
    return directions.flatMap((direction) =>
      familiesOf(cards[0]).flatMap((family) => changesAt(diagrams, { was, is, cards, direction, family })),
    )
  })
  return mergedFamilies(changes)
}

function familiesOf(card: NetworkInterface): Family[] {
  return families.filter((family) => addressesOf(card).some((address) => address.family === family))
}

/** Most interfaces of a world have nothing to do with a change. */
function isAlike(one: InterfacePolicy, other: InterfacePolicy): boolean {
  return directions.every((direction) => {
    const [rules, others] = [one.allows[direction], other.allows[direction]]
    return rules.length === others.length && rules.every((rule, index) => isSameRule(rule, others[index]))
  })
}

function isSameRule(rule: Allow, other: Allow | undefined): boolean {
  if (!other || rule.open !== other.open || !isSameTraffic(rule.traffic, other.traffic)) return false
  return families.every((family) => {
    const [own, theirs] = [rule.peers[family], other.peers[family]]
    return (
      own.length === theirs.length &&
      own.every(({ first, last }, index) => first === theirs[index]?.first && last === theirs[index]?.last)
    )
  })
}

interface Asked {
  readonly was: InterfacePolicy
  readonly is: InterfacePolicy
  readonly cards: readonly [NetworkInterface, ...NetworkInterface[]]
  readonly direction: Direction
  readonly family: Family
}

function changesAt(diagrams: Diagrams, { was, is, cards, direction, family }: Asked): TrackingChange[] {
  const before = standingsOf(diagrams, was, direction, family)
  const after = standingsOf(diagrams, is, direction, family)
  const place: OutsidePlace = { kind: 'outside', name: '', block: { family, first: 0n, length: 0 }, without: [] }
  return told.flatMap(([from, to]) => {
    const turned = diagrams.intersection(before[from], after[to])
    return addressParts(diagrams, turned, { place, on: everything }).map((part) => ({
      cards: cards.map(({ id }) => id),
      direction,
      was: from,
      is: to,
      families: [family],
      services: serviceRules(diagrams, part.services, family),
      addresses: part.addresses,
      packet: samplePacket(part, cards[0], direction, family),
    }))
  })
}

/** Of all packets that may begin something. */
export function standingsOf(
  diagrams: Diagrams,
  policy: InterfacePolicy,
  direction: Direction,
  family: Family,
): Standings {
  const line = addressLines[family]
  const all = diagrams.within(line, [line], openings(diagrams, family))
  const rules = diagrams.unionOf(
    policy.allows[direction].map(({ peers, traffic }) =>
      diagrams.within(line, addressRanges(peers, family), trafficServices(diagrams, traffic)),
    ),
  )
  const admitted = diagrams.intersection(rules, all)
  const services = untrackedServices(diagrams, policy, direction, family)
  const untracked = diagrams.intersection(all, diagrams.within(line, [line], services))
  return {
    untracked,
    tracked: diagrams.difference(admitted, untracked),
    refused: diagrams.difference(all, admitted),
  }
}

/** By protocol: what open rules admit, if the other direction is open to all on all ports. Only TCP and UDP can be untracked. */
function untrackedServices(diagrams: Diagrams, policy: InterfacePolicy, direction: Direction, family: Family): Diagram {
  const own = openRules(policy, direction, family).all
  const open = diagrams.unionOf(own.map(({ traffic }) => trafficServices(diagrams, traffic)))
  const answering = openRules(policy, direction === 'ingress' ? 'egress' : 'ingress', family).everyPort
  const answered = (['tcp', 'udp'] as const).filter((protocol) => answering[protocol].length > 0)
  const lines = answered.map((protocol) => ({ first: protocols[protocol], last: protocols[protocol] }))
  return lines.length === 0 ? nothing : diagrams.intersection(open, diagrams.within(protocolLine, lines, everything))
}

/** Addresses for examples (RFC 5737, RFC 3849): nobody takes them for a host of theirs. */
const examples = ['203.0.113.7', '198.51.100.7', '2001:db8::7'].flatMap((text) => parseAddress(text) ?? [])

function samplePacket(
  { services, ranges }: AddressPart,
  card: NetworkInterface,
  direction: Direction,
  family: Family,
): string {
  const isIn = (address: Address) =>
    address.family === family &&
    ranges.some(({ first, last }) => first <= addressCut(address) && addressCut(address) <= last)
  const peer = examples.find(isIn) ?? addressAt(family, ranges[0].first)
  const own = addressesOf(card).find((address) => address.family === family) ?? peer
  const [source, destination] = direction === 'ingress' ? [peer, own] : [own, peer]
  return formatPacket({ source, destination, payload: samplePayload(services), length: 40 })
}

/** What is alike in both families is told once. */
function mergedFamilies(changes: readonly TrackingChange[]): TrackingChange[] {
  const alike = ({ families: _, packet: __, ...facts }: TrackingChange) => JSON.stringify(facts)
  return Array.from(groupedBy(changes, alike).values(), ([first, ...more]) => ({
    ...first,
    families: [first, ...more].flatMap((each) => each.families),
  }))
}
