/**
 * One packet as a timeline that `sallyport simulate` plays: the two interfaces with their groups and ACLs, and
 * what each does with the packet. Routes and gateways are no matter of an interface: those are not in it.
 */

import type { GroupId, SubnetId } from '../model/ids.ts'
import type { NetworkAclEntry } from '../model/network-acl.ts'
import { prefixListCidrs } from '../model/prefix-list-version.ts'
import { peerText, type Rule, type Traffic } from '../model/rule.ts'
import type { World } from '../model/world.ts'
import { formatPacket } from '../packet/notation.ts'
import type { Payload } from '../packet/packet.ts'
import type { Hop } from './hop.ts'
import type { Terrain } from './host.ts'
import type { Place } from './place.ts'
import { journeyOf, type Pair } from './reachability/way.ts'
import { walk } from './walk.ts'

export function replayOf(terrain: Terrain, pair: Pair, payload: Payload): string {
  const journey = journeyOf(pair, payload)
  const hops = walk(terrain, journey)
  const cards = [pair.from, pair.to].flatMap((place) => (place.kind === 'interface' ? [place.card] : []))
  const groups = [...new Set(cards.flatMap((card) => card.groups))]
  const subnets = [...new Set(cards.map(({ subnet }) => subnet))]
  const { world } = terrain
  const meetings = [
    meetingLine(pair.from, 'egress', formatPacket(journey.packet), hops),
    meetingLine(pair.to, 'ingress', formatPacket(journey.packet), hops),
  ]
  return [
    'world',
    ...[
      ...listLines(world, groups),
      ...groups.map((group) => `group ${group}`),
      ...groups.flatMap((group) => ruleLines(world, group)),
      ...edgeLines(world, subnets),
      ...cards.map(({ id, subnet, privateAddresses, ipv6Addresses, groups: carried }) =>
        [
          `interface ${id}`,
          ...[...privateAddresses.map(({ address }) => address), ...ipv6Addresses],
          ...(carried.length > 0 ? ['in', ...carried] : []),
          `subnet ${subnet}`,
        ].join(' '),
      ),
    ].map((line) => `  ${line}`),
    '',
    ...meetings.flat(),
    '',
  ].join('\n')
}

/** The packet at one end, and what becomes of it there. */
function meetingLine(place: Place, direction: 'egress' | 'ingress', packet: string, hops: readonly Hop[]): string[] {
  if (place.kind === 'outside') return []
  const own = hops.filter(
    (hop) => hop.leg === 'forward' && (hop.kind === 'rules' || hop.kind === 'acl') && hop.direction === direction,
  )
  if (own.length === 0) return []
  const action = own.some(({ outcome }) => outcome === 'stops') ? 'deny' : 'allow'
  return [`0s ${place.card.id} ${direction} ${packet} ${action}`]
}

function listLines(world: World, groups: readonly GroupId[]): string[] {
  const rules = groups.flatMap((group) => world.securityGroup.get(group)?.rules ?? [])
  const lists = rules.flatMap(({ peer }) => (peer.kind === 'prefix-list' ? [peer.list] : []))
  return [...new Set(lists)].map((list) => ['prefix-list', list, ...prefixListCidrs(world, list)].join(' '))
}

function ruleLines(world: World, group: GroupId): string[] {
  return (world.securityGroup.get(group)?.rules ?? []).map((rule) => `group ${group} ${ruleLine(rule)} as ${rule.id}`)
}

/** `ingress tcp 22 from 203.0.113.0/24` */
export function ruleLine({ direction, traffic, peer }: Omit<Rule, 'id'>): string {
  return `${direction} ${trafficText(traffic)} ${direction === 'ingress' ? 'from' : 'to'} ${peerText(peer)}`
}

function trafficText(traffic: Traffic): string {
  if (traffic.protocol === 'all') return 'any'
  if ('from' in traffic) return `${traffic.protocol} ${rangeText(traffic)}`
  if ('type' in traffic) return `${traffic.protocol} ${messageText(traffic)}`
  return String(traffic.protocol)
}

function rangeText({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? String(from) : `${from}-${to}`
}

function messageText({ type, code }: { readonly type: number; readonly code: number }): string {
  if (type === -1) return 'any'
  return code === -1 ? String(type) : `${type}/${code}`
}

/** ACLs stand above the subnets that have them. */
function edgeLines(world: World, ids: readonly SubnetId[]): string[] {
  const subnets = ids.flatMap((id) => world.subnet.get(id) ?? [])
  const acls = [...new Set(subnets.map(({ acl }) => acl))].flatMap((id) => world.networkAcl.get(id) ?? [])
  return [
    ...acls.flatMap(({ id, entries }) => [
      `acl ${id}`,
      ...entries.map((entry) => `acl ${id} ${entry.direction} ${entry.number} ${entryText(entry)}`),
    ]),
    ...subnets.map(({ id, cidr, ipv6CidrBlocks, acl }) => {
      const blocks = [...(cidr === undefined ? [] : [cidr]), ...ipv6CidrBlocks.map((block) => block.cidr)]
      return `subnet ${id} ${blocks.join(' ')} acl ${acl}`
    }),
  ]
}

const names: ReadonlyMap<number, string> = new Map([
  [-1, 'any'],
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmpv6'],
])

function entryText({ action, protocol, ports, icmp, direction, cidr }: NetworkAclEntry): string {
  const name = names.get(protocol) ?? String(protocol)
  const isTransport = protocol === 6 || protocol === 17
  const isIcmp = protocol === 1 || protocol === 58
  const detail = isTransport ? (ports ? rangeText(ports) : 'any') : isIcmp ? (icmp ? messageText(icmp) : 'any') : ''
  const traffic = detail === '' ? name : `${name} ${detail}`
  return `${action} ${traffic} ${direction === 'ingress' ? 'from' : 'to'} ${cidr}`
}
