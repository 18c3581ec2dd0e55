/** Random rules of every kind for one interface, and traffic that one of them might admit. */

import { parseAddress } from '../../src/net/address.ts'
import { containsAddress, parseCidr } from '../../src/net/cidr.ts'
import type { Chance } from '../model/chance.ts'
import { type RandomRule, ruleText } from '../model/random-world.ts'

type Way = RandomRule['direction']

export interface Ruleset {
  readonly lines: string[]
  /** The addresses of the interface that meets the packets, `e`, and of its neighbour, `f`. */
  readonly own: readonly string[]
  readonly neighbour: readonly string[]
  /** Groups by the interface that is in them. */
  readonly groupsOf: Record<'e' | 'f', string[]>
  readonly lists: Record<'pl-4' | 'pl-6', readonly string[]>
  rules: RandomRule[]
  /** Revoked; they come back now and then, with the flows that they admitted. */
  readonly gone: RandomRule[]
  count: number
}

/** What a flow is made of. */
export interface Course {
  readonly opens: Way
  readonly protocol: string
  readonly local: string
  readonly remote: string
  /** Of the opener and of the answerer; the first is an ICMP question's identifier. */
  readonly ports: readonly [number, number]
}

export const groups = ['a', 'b', 'p'] as const
const open = ['0.0.0.0/0', '::/0']
const hosts = ['203.0.113.5', '203.0.113.6', '198.51.100.7', '192.0.2.1', '10.0.1.20']
const hosts6 = ['2001:db8:1::5', '2001:db8:1:1::6', '2001:db8:2::9', 'fd00::9']
const blocks = [
  ...['203.0.113.5', '203.0.113.0/24', '203.0.112.0/22', '198.51.100.0/25', '10.0.0.0/16', '0.0.0.0/1', '128.0.0.0/1'],
  ...['2001:db8:1::/48', '2001:db8:1::5', '2001:db8::/32', '2001:db8:1::/64', '::/1', '8000::/1'],
]
const edges = [0, 1, 21, 22, 52, 53, 79, 80, 81, 442, 443, 1023, 1024, 8080, 40_000, 65_535]
const numbers = ['2', '4', '41', '47', '50', '51', '99', '132', '136']
/** Over IPv6 the others are extension headers, or nothing at all. */
const numbers6 = ['4', '41', '47', '50', '99', '132', '136']

export function is6(address: string): boolean {
  return address.includes(':')
}

/** Both groups that a rule may name as peer and that an interface is in. */
export function randomRuleset(chance: Chance): Ruleset {
  const secondary = chance.isLikely(0.3) ? ['10.0.0.11'] : []
  const ruleset: Ruleset = {
    lines: ['world'],
    own: ['10.0.0.10', ...secondary, '2001:db8::10'],
    neighbour: ['10.0.0.20', '2001:db8::20'],
    groupsOf: { e: ['a', ...chance.some(['b', 'p'], 0.6)], f: chance.some(groups, 0.6) },
    lists: { 'pl-4': [], 'pl-6': [] },
    rules: [],
    gone: [],
    count: 0,
  }
  const write = (line: string) => ruleset.lines.push(`  ${line}`)
  write(listText(ruleset, 'pl-4', chance))
  write(listText(ruleset, 'pl-6', chance))
  for (const group of groups) write(`group ${group}`)
  const few = 3 + chance.below(10)
  for (let index = 0; index < few; index++) write(`group ${ruleText(randomRule(ruleset, chance))}`)
  if (chance.isLikely(0.5)) for (const rule of openPair(ruleset, chance)) write(`group ${ruleText(rule)}`)
  for (const name of ['e', 'f'] as const) {
    const carried = ruleset.groupsOf[name]
    const addresses = name === 'e' ? ruleset.own : ruleset.neighbour
    write(`interface ${name} ${addresses.join(' ')}${carried.length > 0 ? ` in ${carried.join(' ')}` : ''}`)
  }
  return ruleset
}

export function listText(ruleset: Ruleset, list: 'pl-4' | 'pl-6', chance: Chance): string {
  const fitting = [...blocks, ...open].filter((block) => is6(block) === (list === 'pl-6'))
  ruleset.lists[list] = chance.some(fitting, 0.25)
  return [`prefix-list ${list}`, ...ruleset.lists[list]].join(' ')
}

/** A rule that the ruleset did not have. */
export function randomRule(ruleset: Ruleset, chance: Chance): RandomRule {
  const direction = chance.of(['ingress', 'egress'] as const)
  const traffic = randomTraffic(chance)
  return add(ruleset, { group: groupFor(ruleset, chance), direction, traffic, peer: peerFor(traffic, chance) })
}

function add(ruleset: Ruleset, facts: Omit<RandomRule, 'id'>): RandomRule {
  const rule = { ...facts, id: `sgr-${++ruleset.count}` }
  ruleset.rules.push(rule)
  return rule
}

/** Mostly one that the interface is in. */
function groupFor({ groupsOf }: Ruleset, chance: Chance): string {
  return chance.of(groupsOf.e.length > 0 && chance.isLikely(0.85) ? groupsOf.e : groups)
}

function randomTraffic(chance: Chance): string {
  const kind = chance.next()
  if (kind < 0.16) return 'any'
  if (kind < 0.5) return `tcp ${randomPorts(chance)}`
  if (kind < 0.7) return `udp ${randomPorts(chance)}`
  if (kind < 0.8) return `icmp ${chance.of(['any', '8', '8/0', '0', '3', '3/4', '11', '13/0', '9', '30'])}`
  if (kind < 0.9) return `icmpv6 ${chance.of(['any', '128', '128/0', '129', '1', '2/0', '3', '135', '141'])}`
  return chance.of(numbers)
}

function randomPorts(chance: Chance): string {
  const [one, other] = [chance.of(edges), chance.of(edges)]
  const kind = chance.next()
  if (kind < 0.25) return 'any'
  return kind < 0.6 ? `${one}` : `${Math.min(one, other)}-${Math.max(one, other)}`
}

/** ICMP is one family's; a rule that names the other's is legal and admits nothing. */
function peerFor(traffic: string, chance: Chance): string {
  const kind = chance.next()
  if (kind < 0.12) return chance.of(['pl-4', 'pl-6'])
  if (kind < 0.25) return chance.of(groups)
  const choice = chance.isLikely(0.4) ? open : blocks
  const fits = (block: string) => !traffic.startsWith('icmp') || is6(block) === traffic.startsWith('icmpv6')
  return chance.of(chance.isLikely(0.95) ? choice.filter(fits) : choice)
}

/** Rules that make flows untracked, or would if it were not for a detail. */
function openPair(ruleset: Ruleset, chance: Chance): RandomRule[] {
  const [one, other] = chance.isLikely(0.6) ? (['ingress', 'egress'] as const) : (['egress', 'ingress'] as const)
  const peer = chance.of(['0.0.0.0/0', '0.0.0.0/0', '::/0'])
  const admitting = chance.of(['tcp 80', 'tcp any', 'tcp 22-443', 'udp 53', 'udp any', 'any'])
  const answering = chance.of(['any', 'any', 'tcp 0-65535', 'udp any', 'tcp 1-65535'])
  const group = groupFor(ruleset, chance)
  return [
    add(ruleset, { group, direction: one, traffic: admitting, peer }),
    add(ruleset, { group: groupFor(ruleset, chance), direction: other, traffic: answering, peer }),
  ]
}

/** The course of a flow that one of the interface's rules might admit; undefined if that one admits nothing. */
export function courseByRule(ruleset: Ruleset, chance: Chance): Course | undefined {
  const rules = ruleset.rules.filter(({ group }) => ruleset.groupsOf.e.includes(group))
  if (rules.length === 0) return undefined
  const rule = chance.of(rules)
  const wanted = remotesOf(ruleset, rule.peer)
  if (wanted.length === 0) return undefined
  const remote = chance.of(wanted)
  const local = chance.of(ruleset.own.filter((each) => is6(each) === is6(remote)))
  const [protocol, port] = protocolOf(rule.traffic, is6(remote), chance)
  return { opens: rule.direction, protocol, local, remote, ports: [openerPort(chance), port] }
}

export function courseByChance(ruleset: Ruleset, chance: Chance): Course {
  const local = chance.of(ruleset.own)
  const remote = chance.of(allRemotes(ruleset).filter((each) => is6(each) === is6(local)))
  const [protocol, port] = protocolOf('any', is6(local), chance)
  const opens = chance.of(['ingress', 'egress'] as const)
  return { opens, protocol, local, remote, ports: [openerPort(chance), port] }
}

/** So many that flows seldom meet by chance. */
function openerPort(chance: Chance): number {
  return chance.isLikely(0.1) ? chance.of([80, 53, 443]) : 40_000 + chance.below(20_000)
}

function allRemotes({ neighbour }: Ruleset): readonly string[] {
  return [...hosts, ...hosts6, ...neighbour, '10.0.0.21']
}

function remotesOf(ruleset: Ruleset, peer: string): readonly string[] {
  if (peer === 'pl-4' || peer === 'pl-6') return ruleset.lists[peer].flatMap((block) => remotesOf(ruleset, block))
  if (/[.:]/.test(peer)) {
    const block = parseCidr(peer.includes('/') ? peer : `${peer}/${is6(peer) ? 128 : 32}`)?.cidr
    return allRemotes(ruleset).filter((text) => {
      const address = parseAddress(text)
      return block !== undefined && address !== undefined && containsAddress(block, address)
    })
  }
  return ruleset.groupsOf.f.includes(peer) ? ruleset.neighbour : []
}

/** The protocol's name and the answerer's port. */
function protocolOf(traffic: string, isVersion6: boolean, chance: Chance): readonly [string, number] {
  const [protocol = '', detail = 'any'] = traffic.split(' ')
  const icmp = isVersion6 ? 'icmpv6' : 'icmp'
  const number = chance.of(isVersion6 ? numbers6 : numbers)
  if (protocol === 'any') return [chance.of(['tcp', 'tcp', 'tcp', 'udp', 'udp', icmp, icmp, number]), chance.of(edges)]
  if (protocol.startsWith('icmp')) return [icmp, 0]
  if (protocol !== 'tcp' && protocol !== 'udp')
    return [isVersion6 && !numbers6.includes(protocol) ? number : protocol, 0]
  const [from = '0', to = from] = detail === 'any' ? ['0', '65535'] : detail.split('-')
  const within = edges.filter((port) => port >= Number(from) && port <= Number(to))
  return [protocol, chance.of(within)]
}
