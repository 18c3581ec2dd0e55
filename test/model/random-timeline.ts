/**
 * Random timelines in the vectors' notation. Packets mostly continue flows that were begun, waits end
 * where timers do, and rules come and go meanwhile: where stateful filters go wrong.
 */

import { parseAddress } from '../../src/net/address.ts'
import { type Cidr, containsAddress } from '../../src/net/cidr.ts'
import { Chance } from './chance.ts'
import {
  groups,
  hosts,
  isOfPairs,
  type RandomCard,
  type RandomRule,
  type RandomWorld,
  randomEntries,
  randomEntry,
  randomIdle,
  randomRule,
  randomWorld,
  repeered,
  ruleText,
} from './random-world.ts'
import { readBlock } from './reference-world.ts'

interface Flow {
  readonly card: RandomCard
  readonly local: string
  readonly remote: string
  readonly protocol: string
  readonly opens: 'ingress' | 'egress'
  /** Of the opener and of the answerer; the first is an ICMP question's identifier. */
  readonly ports: readonly [number, number]
  /** A rule may admit it: it is worth going on with. */
  readonly isByRule: boolean
  step: number
}

interface Stage {
  readonly chance: Chance
  readonly world: RandomWorld
  readonly flows: Flow[]
  readonly lines: string[]
  now: number
}

/** The same text for the same seed. */
export function randomTimeline(seed: number): string {
  const chance = new Chance(seed)
  const world = randomWorld(chance)
  const stage: Stage = { chance, world, flows: [], lines: [], now: 0 }
  const count = 6 + chance.below(16)
  for (let index = 0; index < count; index++) step(stage)
  return `${[...world.lines, '', ...stage.lines].join('\n')}\n`
}

/** Where timers of data-plane 2.4 and 7.2 end; a line may come a moment before, at, or after. */
const edges = [1, 2, 10, 30, 45, 60, 120, 180, 350, 600, 432_000]

function step(stage: Stage): void {
  const { chance, world } = stage
  if (chance.isLikely(0.25)) wait(stage, chance.of(edges) * 1000 + chance.of([-1, 0, 0, 0, 1]))
  if (world.pair.length > 0 && chance.isLikely(isOfPairs(world) ? 0.2 : 0.08)) writePairChange(stage)
  else if (world.choices.includes('timeout-edit') && chance.isLikely(0.2)) write(stage, idleText(stage))
  else if (chance.isLikely(0.14)) write(stage, eventText(stage))
  else if (chance.isLikely(0.03)) write(stage, chance.of(oddities))
  else writeOf(stage, flowToContinue(stage))
}

/** A time has nine digits at most, so that late ones are whole seconds. */
function wait(stage: Stage, milliseconds: number): void {
  const now = stage.now + milliseconds
  stage.now = now < 1e9 ? now : Math.ceil(now / 1000) * 1000
}

function flowToContinue(stage: Stage): Flow {
  const { chance, flows } = stage
  const hasPromise = flows.some(({ isByRule }) => isByRule)
  if (flows.length === 0 || chance.isLikely(hasPromise ? 0.25 : 0.7)) flows.push(randomFlow(stage))
  const promising = flows.filter(({ isByRule }) => isByRule)
  const choice = promising.length > 0 && chance.isLikely(0.9) ? promising : flows
  return chance.isLikely(0.5) ? (choice.at(-1) as Flow) : chance.of(choice)
}

function writeOf(stage: Stage, flow: Flow): void {
  if (stage.chance.isLikely(0.07)) writeError(stage, flow)
  else writePacket(stage, flow)
}

function at({ now }: Stage): string {
  return now % 1000 === 0 ? `${now / 1000}s` : `${now}ms`
}

function write(stage: Stage, words: string): void {
  stage.lines.push(`${at(stage)} ${words}`)
}

const eventKinds = [
  'authorize',
  'authorize',
  'revoke',
  'revoke',
  'revoke',
  'member',
  'member',
  'idle',
  'acl',
  'list',
  'forget',
]

function eventText(stage: Stage): string {
  const { chance, world } = stage
  const kind = chance.of(eventKinds)
  if (kind === 'revoke' && world.rules.length > 0) {
    const rule = chance.of(world.rules)
    world.rules = world.rules.filter((each) => each !== rule)
    return `revoke ${rule.id}`
  }
  if (kind === 'member') return memberText(stage)
  if (kind === 'forget') return `forget ${chance.of(world.cards).name}`
  if (kind === 'idle') return idleText(stage)
  if (kind === 'acl') return `acl n ${chance.isLikely(0.3) ? 'ingress 100 removed' : randomEntry(chance)}`
  if (kind === 'list') return `prefix-list ${randomEntries(chance)}`
  return `authorize ${ruleText(randomRule(world, chance))}`
}

function idleText({ chance, world }: Stage): string {
  return `idle ${chance.of(world.cards).name} ${randomIdle(chance)}`
}

/** A rule of the pair is revoked, comes back, or is narrowed or widened in place. */
function writePairChange(stage: Stage): void {
  const { chance, world } = stage
  const rule = chance.of(world.pair)
  const there = world.rules.find(({ id }) => id === rule.id)
  if (there) write(stage, `revoke ${rule.id}`)
  world.rules = world.rules.filter(({ id }) => id !== rule.id)
  if (there && chance.isLikely(0.3)) return
  const next = there ? repeered(there, chance) : rule
  world.rules.push(next)
  write(stage, `authorize ${ruleText(next)}`)
}

function memberText({ chance, world }: Stage): string {
  const card = chance.of(world.cards)
  const group = chance.of(groups)
  const isIn = card.groups.includes(group)
  card.groups = isIn ? card.groups.filter((each) => each !== group) : [...card.groups, group]
  return isIn ? `detach ${group} from ${card.name}` : `attach ${group} to ${card.name}`
}

const is6 = (address: string) => address.includes(':')

function randomFlow(stage: Stage): Flow {
  const { chance, flows } = stage
  const before = flows.at(-1)
  const kind = chance.next()
  // The same ends the other way round, or with another port: flows that must not be taken for each other.
  if (before && kind < 0.12)
    return { ...before, opens: opposite(before.opens), ports: reversePorts(before), isByRule: false, step: 0 }
  if (before && kind < 0.2) return { ...before, ports: [before.ports[0] + 1, before.ports[1]], step: 0 }
  return (kind < 0.93 ? flowByRule(stage) : undefined) ?? flowByChance(stage)
}

function reversePorts({ protocol, ports: [first, second] }: Flow): readonly [number, number] {
  return protocol.startsWith('icmp') ? [first, second] : [second, first]
}

/** A flow that a rule of one of the interface's groups may admit. */
function flowByRule({ chance, world }: Stage): Flow | undefined {
  const card = chance.of(world.cards)
  const rules = world.rules.filter(({ group }) => card.groups.includes(group))
  if (rules.length === 0) return undefined
  const rule = chance.of(rules)
  const remote = chance.of(addressesOf(world, rule))
  if (remote === undefined) return undefined
  const locals = card.addresses.filter((each) => is6(each) === is6(remote))
  const local = locals[chance.below(locals.length)]
  if (local === undefined || local === remote) return undefined
  const [protocol, port] = trafficOf(chance, rule, is6(local))
  const ports = [chance.of([40_000, 40_001, 53, 7]), port] as const
  return { card, local, remote, protocol, opens: rule.direction, ports, isByRule: true, step: 0 }
}

function addressesOf(world: RandomWorld, { peer }: RandomRule): readonly string[] {
  const members = world.cards.filter(({ groups: carried }) => carried.includes(peer))
  const own = (members.length > 0 ? members : world.cards).flatMap(({ addresses }) => addresses)
  if (members.length > 0) return own
  const all = [...hosts, ...hosts, ...own]
  const block = /[.:]/.test(peer) ? readBlock(peer) : undefined
  return block ? all.filter((text) => isWithin(block, text)) : all.filter((text) => is6(text) === (peer === 'pl-6'))
}

function isWithin(block: Cidr, text: string): boolean {
  const address = parseAddress(text)
  return address !== undefined && containsAddress(block, address)
}

function trafficOf(chance: Chance, { traffic }: RandomRule, isVersion6: boolean): readonly [string, number] {
  const [protocol = '', detail = ''] = traffic.split(' ')
  const icmp = isVersion6 ? 'icmpv6' : 'icmp'
  if (protocol === 'any') return [chance.of(['tcp', 'tcp', 'udp', icmp, '50']), chance.of([80, 22, 53])]
  if (protocol.startsWith('icmp')) return [icmp, 0]
  const port = Number.parseInt(detail, 10)
  return [protocol, port > 0 && port < 1024 ? port : chance.of([80, 443, 53])]
}

function flowByChance({ chance, world }: Stage): Flow {
  const card = chance.isLikely(0.7) ? (world.cards[0] as RandomCard) : chance.of(world.cards)
  const local = chance.of(card.addresses)
  const others = world.cards.filter((each) => each !== card).flatMap(({ addresses }) => addresses)
  const special = ['10.0.0.2', '169.254.169.254', '10.0.0.1', 'fd00:ec2::253']
  const far = [...hosts, ...hosts, ...others, ...special].filter((each) => is6(each) === is6(local))
  const protocol = chance.of(['tcp', 'tcp', 'udp', 'udp', is6(local) ? 'icmpv6' : 'icmp', '50', '47'])
  const ports = [chance.of([40_000, 40_001, 53, 7]), chance.of([80, 22, 53, 443, 7])] as const
  const opens = chance.of(['ingress', 'egress'] as const)
  return { card, local, remote: chance.of(far), protocol, opens, ports, isByRule: false, step: 0 }
}

/** How a TCP connection goes when all is well: who sends, and what. */
const script = ['S', '<SA', 'A', 'PA', '<PA', 'FA', '<FA', 'A']
const anyFlags = ['S', 'S', 'SA', 'A', 'A', 'PA', 'FA', 'F', 'R', 'RA', '-', 'SF', 'P', 'U', 'SR']

function writePacket(stage: Stage, flow: Flow): void {
  const { chance } = stage
  const isScripted = chance.isLikely(0.75)
  const next = script[flow.step % script.length] ?? 'S'
  const isAnswer = isScripted && flow.protocol === 'tcp' ? next.startsWith('<') : chance.isLikely(0.5) && flow.step > 0
  const flags = isScripted ? next.replace('<', '') : chance.of(anyFlags)
  flow.step++
  const text = headerOf(flow, isAnswer, detailOf(chance, flow, { isAnswer, flags }))
  const direction = isAnswer ? opposite(flow.opens) : flow.opens
  if (chance.isLikely(0.05)) writeFragments(stage, flow, { direction, text })
  else writeMet(stage, flow, direction, text)
}

interface Sent {
  readonly direction: 'ingress' | 'egress'
  readonly text: string
}

/** A first fragment and a later one, with a change or a wait between them; now and then the first is lost. */
function writeFragments(stage: Stage, flow: Flow, { direction, text }: Sent): void {
  const { chance } = stage
  const id = chance.below(2)
  if (chance.isLikely(0.9)) writeMet(stage, flow, direction, `${text} first ${id}`)
  if (chance.isLikely(0.3)) write(stage, eventText(stage))
  if (chance.isLikely(0.2)) wait(stage, chance.of([29_999, 30_000]))
  writeMet(stage, flow, direction, `${text} later ${id}`)
}

/** The line at the flow's interface; where the other end is an interface as well, its line too. */
function writeMet(stage: Stage, flow: Flow, direction: 'ingress' | 'egress', packet: string): void {
  const { chance, world } = stage
  const { remote } = flow
  const other = world.cards.find(({ addresses }) => addresses.includes(remote))
  // Now and then a packet takes the way of another interface.
  const isAstray = chance.isLikely(world.choices.includes('tracking-scope') ? 0.3 : 0.04)
  const card = other === undefined && isAstray ? chance.of(world.cards) : flow.card
  const here = `${card.name} ${direction} ${packet}`
  const there = other ? [`${other.name} ${opposite(direction)} ${packet}`] : []
  for (const line of direction === 'egress' ? [here, ...there] : [...there, here]) write(stage, line)
}

function opposite(direction: 'ingress' | 'egress'): 'ingress' | 'egress' {
  return direction === 'ingress' ? 'egress' : 'ingress'
}

/** The packet's words before its protocol's own; `isAnswer` counts from the opener. */
function headerOf({ local, remote, protocol, opens, ports }: Flow, isAnswer: boolean, detail: string): string {
  const [opener, answerer] = opens === 'egress' ? [local, remote] : [remote, local]
  const hasPorts = protocol === 'tcp' || protocol === 'udp'
  const [first, second] = [end(opener, hasPorts, ports[0]), end(answerer, hasPorts, ports[1])]
  const ends = isAnswer ? `${second} > ${first}` : `${first} > ${second}`
  return `${protocol} ${ends} ${detail}`.trim()
}

function end(address: string, hasPort: boolean, port: number): string {
  if (!hasPort) return address
  return is6(address) ? `[${address}]:${port}` : `${address}:${port}`
}

interface Turn {
  readonly isAnswer: boolean
  readonly flags: string
}

function detailOf(chance: Chance, { protocol, ports }: Flow, { isAnswer, flags }: Turn): string {
  if (protocol === 'tcp') return flags
  if (!protocol.startsWith('icmp')) return ''
  if (chance.isLikely(0.1)) return chance.of(['13/0 id=7', '14/0 id=7', '3/4', '11/0', '5/1', '1/4', '8/0'])
  return `${isAnswer && chance.isLikely(0.9) ? 'reply' : 'echo'} ${ports[0]}`
}

/** An error about a packet of the flow, sent back by its receiver or by a router. */
function writeError(stage: Stage, flow: Flow): void {
  const { chance } = stage
  const isAboutAnswer = chance.isLikely(0.5)
  const quoted = headerOf(flow, isAboutAnswer, detailOf(chance, flow, { isAnswer: isAboutAnswer, flags: 'A' }))
  const travelled = isAboutAnswer ? opposite(flow.opens) : flow.opens
  const direction = chance.isLikely(0.9) ? opposite(travelled) : travelled
  const [icmp, types, router] = is6(flow.local)
    ? (['icmpv6', ['2/0', '1/4', '3/0', '128/0'], '2001:db8:2::9'] as const)
    : (['icmp', ['3/4', '11/0', '3/1', '5/0'], '192.0.2.1'] as const)
  const far = chance.isLikely(0.5) ? router : flow.remote
  const ends = direction === 'ingress' ? `${far} > ${flow.local}` : `${flow.local} > ${far}`
  write(stage, `${flow.card.name} ${direction} ${icmp} ${ends} ${chance.of(types)} { ${quoted} }`)
}

/** Packets that are never an ordinary flow's. */
const oddities = [
  'e egress udp 10.0.0.10:68 > 255.255.255.255:67',
  'e egress udp 10.0.0.10:5353 > 224.0.0.251:5353',
  'e egress udp 10.0.0.10:9 > 10.0.0.255:9',
  'e egress tcp 10.0.0.10:80 > 10.0.0.10:80 S',
  'e ingress tcp 10.0.0.10:80 > 10.0.0.10:80 S',
  'e egress tcp 203.0.113.5:40000 > 10.0.0.10:80 S',
  'e ingress tcp 10.0.0.10:80 > 203.0.113.5:40000 S',
  'e ingress udp 203.0.113.5:9 > 224.0.0.251:5353',
  'e ingress udp [fe80::5]:9 > [2001:db8::10]:53',
  'e egress tcp [2001:db8::10]:9 > [fe80::5]:80 S',
  'e egress icmpv6 fe80::10 > ff02::1:ff00:1 135/0',
  'e ingress icmpv6 2001:db8::20 > 2001:db8::10 136/0',
  'e ingress icmpv6 2001:db8:1::5 > 2001:db8::10 135/0',
  'e egress udp 10.0.0.10:123 > 169.254.169.123:123',
  'e egress udp 10.0.0.10:50000 > 169.254.169.253:53 first 1',
  'e ingress udp 169.254.169.253:53 > 10.0.0.10:50000 later 1',
  'e egress tcp 10.0.0.10:50000 > 169.254.169.250:1688 S',
  'e egress tcp 10.0.0.10:50000 > 169.254.169.123:123 S',
]
