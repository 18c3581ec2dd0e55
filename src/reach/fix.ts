/**
 * The smallest change that lets what was asked about pass a hop: as changes, to be proved, and as an
 * aws line. What takes a decision that only a person can make is advice without a line.
 */

import { type Change, put } from '../model/change.ts'
import type { RuleId } from '../model/ids.ts'
import type { NetworkAcl, NetworkAclEntry } from '../model/network-acl.ts'
import { type Direction, type Peer, peerText, type Rule, type Traffic as RuleTraffic } from '../model/rule.ts'
import { apply, type World } from '../model/world.ts'
import { addressLength, parseAddress } from '../net/address.ts'
import { blockAround, type Cidr, formatCidr } from '../net/cidr.ts'
import { isSpecial } from '../net/special-blocks.ts'
import { type Packet, protocolNumber, reversed } from '../packet/packet.ts'
import { aclEntryCommand, authorizeCommand } from './fix-command.ts'
import type { Hop, HopOf, Leg } from './hop.ts'
import { Terrain } from './host.ts'
import { clientPorts, type Probe, type Traffic } from './probes.ts'
import { type Journey, walk } from './walk.ts'

export interface Fix {
  readonly why: string
  /** To copy. */
  readonly command: string | undefined
  /** What the command does to the world; empty where the endpoint has a choice, of a public address for one. */
  readonly changes: readonly Change[]
}

/** One fix a blocker. Each is found in the world that those before it have made, so that they fit together. */
export function fixesFor(world: World, probes: readonly Probe[], asked: Traffic): Fix[] {
  const fixes = new Map<string, Fix>()
  let terrain = new Terrain(world)
  for (const { journey } of probes) {
    for (const hop of walk(terrain, journey).filter(({ outcome }) => outcome === 'stops')) {
      const fix = fixFor(terrain.world, hop, { journey, asked })
      fixes.set(fix.command ?? fix.why, fix)
      if (fix.changes.length > 0) terrain = new Terrain(apply(terrain.world, fix.changes))
    }
  }
  return [...fixes.values()]
}

interface Asked {
  readonly journey: Journey
  readonly asked: Traffic
}

function fixFor(world: World, hop: Hop, question: Asked): Fix {
  switch (hop.kind) {
    case 'rules':
      return ruleFix(world, hop, question)
    case 'acl':
      return aclFix(world, hop, question)
    case 'route':
      return routeFix(world, hop, question.journey)
    case 'interface-state':
      return startFix(world, hop)
    case 'public-address':
      return {
        why: `${hop.networkInterface} has no public address`,
        command:
          `aws ec2 associate-address --network-interface-id ${hop.networkInterface} ` +
          '--allocation-id "$(aws ec2 allocate-address --query AllocationId --output text)"',
        changes: [],
      }
    case 'gateway':
      return advice(`no internet gateway is attached to ${hop.vpc}`)
    case 'delivery':
      return advice(`${hop.address} in ${hop.where} belongs to ${hop.networkInterface ?? 'no interface'}`)
    case 'exempt':
      return advice(`${hop.service} is never filtered`)
    default:
      return hop satisfies never
  }
}

function advice(why: string): Fix {
  return { why, command: undefined, changes: [] }
}

function ruleFix(world: World, hop: HopOf<'rules'>, { journey, asked }: Asked): Fix {
  const { networkInterface, direction, groups } = hop
  const group = groups.find((id) => world.securityGroup.has(id))
  if (!group) return advice(`${networkInterface} has no security group`)
  const rule: Rule = {
    id: freeRuleId(world),
    direction,
    traffic: ruleTraffic(asked, journey.packet),
    peer: peerOfBlock(otherEnd(hop, journey)),
  }
  const end = `${direction === 'ingress' ? 'from' : 'to'} ${peerText(rule.peer)}`
  const why = `no ${direction} rule of ${groups.join(', ')} admits it ${end} at ${networkInterface}`
  return { why, command: authorizeCommand(group, rule), changes: [{ kind: 'rule-added', group, rule }] }
}

/** Stands for the id that the endpoint will choose. */
export function freeRuleId(world: World): RuleId {
  let number = 0
  const id = () => `sgr-${String(number).padStart(17, '0')}` as const
  while (world.groupOfRule.has(id())) number++
  return id()
}

export function peerOfBlock({ family, ...block }: Cidr): Peer {
  const cidr = formatCidr({ family, ...block })
  return family === 4 ? { kind: 'ipv4', cidr } : { kind: 'ipv6', cidr }
}

/** All that was asked about at the hop's far end: a block outside, or the address of the interface there. */
function otherEnd(hop: HopOf<'rules'> | HopOf<'acl'>, { from, to }: Journey): Cidr {
  const isAtSender = (hop.leg === 'forward') === (hop.direction === 'egress')
  const place = isAtSender ? to : from
  if (place.kind === 'outside') return place.block
  return hostBlock(hop.peer)
}

function hostBlock(text: string): Cidr {
  const address = parseAddress(text) ?? { family: 4, bits: 0n }
  return blockAround(address, addressLength[address.family])
}

function ruleTraffic({ port }: Traffic, { payload }: Packet): RuleTraffic {
  if (payload.kind === 'icmp') return { protocol: payload.protocol, type: payload.type, code: -1 }
  if (payload.kind === 'other') return { protocol: payload.protocol }
  return { protocol: payload.kind, from: port ?? 0, to: port ?? 65_535 }
}

function aclFix(world: World, hop: HopOf<'acl'>, { journey, asked }: Asked): Fix {
  const what = hop.entry === '*' ? 'its final deny' : `entry ${hop.entry}`
  const why = `${hop.acl} of ${hop.subnet} denies it, ${hop.direction}: ${what}`
  const acl = world.networkAcl.get(hop.acl)
  const number = acl && freeNumberBefore(acl, hop.direction, hop.entry)
  if (!acl || number === undefined) return advice(`${why}; no number before it is free`)
  const block = otherEnd(hop, journey)
  const entry: NetworkAclEntry = {
    number,
    direction: hop.direction,
    action: 'allow',
    protocol: protocolNumber(journey.packet.payload),
    family: block.family,
    cidr: formatCidr(block),
    ...aclTraffic(hop.leg, journey.packet, asked),
  }
  const changes = [put('networkAcl', { ...acl, entries: [...acl.entries, entry] })]
  return { why, command: aclEntryCommand(acl.id, entry), changes }
}

/** In steps of a hundred before the final deny, as AWS recommends; right before an entry that denies. */
export function freeNumberBefore(
  { entries }: NetworkAcl,
  direction: Direction,
  denying: number | '*',
): number | undefined {
  const taken = new Set(entries.filter((entry) => entry.direction === direction).map(({ number }) => number))
  const start = denying === '*' ? Math.min(32_766, Math.max(0, ...taken) + 100) : denying - 1
  for (let number = start; number > 0; number--) if (!taken.has(number)) return number
  return undefined
}

/** An answer goes to whichever port the client drew. */
function aclTraffic(leg: Leg, packet: Packet, { port }: Traffic): Pick<NetworkAclEntry, 'ports' | 'icmp'> {
  const { payload } = leg === 'forward' ? packet : reversed(packet)
  if (payload.kind === 'icmp') return { icmp: { type: payload.type, code: -1 } }
  if (payload.kind === 'other') return {}
  return { ports: leg === 'return' ? clientPorts : { from: port ?? 0, to: port ?? 65_535 } }
}

/** A way to the internet that lacks its route; any other way is for a person to choose. */
function routeFix(world: World, hop: HopOf<'route'>, { from, to }: Journey): Fix {
  const { table, subnet, destination, via, why } = hop
  const text = `${table ?? 'no route table'} of ${subnet} does not lead to ${destination}: ${[via, why].filter(Boolean).join(', ')}`
  const place = hop.leg === 'forward' ? to : from
  const block = place.kind === 'outside' ? place.block : hostBlock(destination)
  const found = table && world.routeTable.get(table)
  const gateway = found && Array.from(world.internetGateway.values()).find(({ attachedTo }) => attachedTo === found.vpc)
  const address = parseAddress(destination)
  if (!found || !gateway || via !== undefined || !address || isSpecial(address)) return advice(text)
  const cidr = formatCidr(block)
  const route = {
    destination: block.family === 4 ? ({ kind: 'ipv4', cidr } as const) : ({ kind: 'ipv6', cidr } as const),
    target: { kind: 'internet-gateway', id: gateway.id } as const,
  }
  const option = block.family === 4 ? '--destination-cidr-block' : '--destination-ipv6-cidr-block'
  return {
    why: text,
    command: `aws ec2 create-route --route-table-id ${found.id} ${option} ${cidr} --gateway-id ${gateway.id}`,
    changes: [put('routeTable', { ...found, routes: [...found.routes, route] })],
  }
}

function startFix(world: World, { instance: id, networkInterface, state }: HopOf<'interface-state'>): Fix {
  const why = `${id}, which ${networkInterface} is attached to, is ${state}`
  const instance = world.instance.get(id)
  if (!instance) return advice(why)
  const changes = [put('instance', { ...instance, state: 'running' })]
  return { why, command: `aws ec2 start-instances --instance-ids ${id}`, changes }
}
