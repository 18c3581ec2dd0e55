/**
 * Random rulesets, and packets that meet them while they change, as timelines that a kernel can play: `randomScene`
 * gives the same text for the same seed. Nothing waits, and one interface, `e`, meets all packets. What netfilter
 * takes for invalid, or for related, where the engine judges otherwise, is left out: exceptions.ts lists it.
 */

import { Chance } from '../model/chance.ts'
import { repeered, ruleText } from '../model/random-world.ts'
import { Conversation } from './random-conversation.ts'
import {
  type Course,
  courseByChance,
  courseByRule,
  groups,
  is6,
  listText,
  type Ruleset,
  randomRule,
  randomRuleset,
} from './random-rules.ts'

interface Flow {
  readonly course: Course
  readonly conversation: Conversation
  isAnswered: boolean
}

interface Stage {
  readonly chance: Chance
  readonly ruleset: Ruleset
  readonly lines: string[]
  flows: Flow[]
  /** Ends of TCP connections that there were. */
  readonly taken: Set<string>
  fragments: number
}

const packets = { least: 20, most: 40 }

export function randomScene(seed: number): string {
  const chance = new Chance(seed)
  const stage: Stage = { chance, ruleset: randomRuleset(chance), lines: [], flows: [], taken: new Set(), fragments: 0 }
  const count = packets.least + chance.below(packets.most - packets.least + 1)
  while (stage.lines.length < count) step(stage)
  return `${[...stage.ruleset.lines, '', ...stage.lines].join('\n')}\n`
}

function step(stage: Stage): void {
  const kind = stage.chance.next()
  if (kind < 0.15) writeChange(stage)
  else if (kind < 0.25 && stage.flows.length > 0) writeError(stage, stage.chance.of(stage.flows))
  else if (kind < 0.29) writeOddity(stage)
  else writeFlow(stage)
}

function write({ lines }: Stage, words: string): void {
  lines.push(`0s ${words}`)
}

function writeFlow(stage: Stage): void {
  const { chance, flows } = stage
  if (flows.length === 0 || chance.isLikely(0.22)) flows.push(randomFlow(stage))
  const flow = chance.isLikely(0.6) ? flows.at(-1) : chance.of(flows)
  if (flow && !writePacket(stage, flow)) stage.flows = flows.filter((each) => each !== flow)
}

function randomFlow(stage: Stage): Flow {
  const { chance, ruleset, flows } = stage
  const before = flows.at(-1)?.course
  const again = before && chance.isLikely(0.15) ? beside(before, chance) : undefined
  const byRule = chance.isLikely(0.7) ? courseByRule(ruleset, chance) : undefined
  const course = apart(stage, again ?? byRule ?? courseByChance(ruleset, chance))
  return { course, conversation: new Conversation(), isAnswered: false }
}

/** Two conversations between the same ends would say what one does not: what is avoided, too. */
function apart({ taken }: Stage, course: Course): Course {
  if (course.protocol !== 'tcp') return course
  let { ports } = course
  const ends = () => `${course.local} ${course.remote} ${course.opens === 'egress' ? ports : ports.toReversed()}`
  while (taken.has(ends())) ports = [ports[0] + 1, ports[1]]
  taken.add(ends())
  return { ...course, ports }
}

/** Flows that must not be taken for the one before: from another port, or of other ends' making. */
function beside(before: Course, chance: Chance): Course {
  const ports = [before.ports[0] + 1, before.ports[1]] as const
  return chance.isLikely(0.5) ? { ...before, ports } : { ...before, ports, opens: opposite(before.opens) }
}

/** False when the flow has nothing left to say. */
function writePacket(stage: Stage, flow: Flow): boolean {
  const { chance } = stage
  if (flow.course.protocol === 'tcp') {
    const turn = flow.conversation.next(chance)
    if (turn) writeMet(stage, flow.course, turn.isAnswer, headerOf(flow.course, turn.isAnswer, turn.flags))
    return turn !== undefined
  }
  // Now and then an answer comes to what was never asked.
  const isAnswer = chance.isLikely(flow.isAnswered ? 0.5 : 0.35)
  flow.isAnswered ||= isAnswer
  writeMet(stage, flow.course, isAnswer, headerOf(flow.course, isAnswer, detailOf(flow.course, isAnswer, chance)))
  return true
}

/** Whole, or in fragments; now and then a fragment comes whose datagram never does. */
function writeMet(stage: Stage, { opens }: Course, isAnswer: boolean, packet: string): void {
  const direction = isAnswer ? opposite(opens) : opens
  const { chance } = stage
  if (chance.isLikely(0.02)) write(stage, `e ${direction} ${packet} later ${stage.fragments++}`)
  if (chance.isLikely(0.04)) writeFragments(stage, `e ${direction} ${packet}`)
  else write(stage, `e ${direction} ${packet}`)
}

function writeFragments(stage: Stage, met: string): void {
  const id = stage.fragments++
  write(stage, `${met} first ${id}`)
  if (stage.chance.isLikely(0.3)) writeChange(stage)
  write(stage, `${met} later ${id}`)
}

function opposite(direction: Course['opens']): Course['opens'] {
  return direction === 'ingress' ? 'egress' : 'ingress'
}

/** `isAnswer` counts from the opener. */
function headerOf({ opens, protocol, local, remote, ports }: Course, isAnswer: boolean, detail: string): string {
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

/** Questions and replies mostly; and messages that are neither, or errors about nothing. */
function detailOf({ protocol, ports }: Course, isAnswer: boolean, chance: Chance): string {
  if (protocol !== 'icmp' && protocol !== 'icmpv6') return ''
  if (chance.isLikely(0.88)) return `${isAnswer ? 'reply' : 'echo'} ${ports[0]}`
  if (protocol === 'icmpv6') return chance.of(['1/4', '2/0', '3/0', '4/1', '135/0', '136/0', '141/0', '200/0'])
  return chance.of([isAnswer ? '14/0 id=7' : '13/0 id=7', '3/4', '11/0', '9/0', '10/0', '30/0', '40/1'])
}

const errors = { icmp: ['3/4', '3/1', '3/3', '11/0', '12/0'], icmpv6: ['1/4', '2/0', '3/0', '4/1'] } as const

/** About the flow or one that is nobody's, from its receiver or a router, mostly on the way back. */
function writeError(stage: Stage, { course, conversation }: Flow): void {
  const { chance } = stage
  if (/^\d/.test(course.protocol) || conversation.isDeleted) return
  const about = chance.isLikely(0.8) ? course : { ...course, ports: [course.ports[0] + 7, course.ports[1]] as const }
  const isAboutAnswer = chance.isLikely(0.4)
  const flags = isAboutAnswer ? 'SA' : chance.of(['S', 'A'])
  const detail = course.protocol === 'tcp' ? flags : ''
  const echo = `${isAboutAnswer ? 'reply' : 'echo'} ${about.ports[0]}`
  const quoted = headerOf(about, isAboutAnswer, course.protocol.startsWith('icmp') ? echo : detail)
  const travelled = isAboutAnswer ? opposite(course.opens) : course.opens
  const direction = chance.isLikely(0.92) ? opposite(travelled) : travelled
  const protocol = is6(course.local) ? 'icmpv6' : 'icmp'
  const router = is6(course.local) ? '2001:db8:2::9' : '192.0.2.1'
  const far = direction === 'ingress' && chance.isLikely(0.5) ? router : course.remote
  const ends = direction === 'ingress' ? `${far} > ${course.local}` : `${course.local} > ${far}`
  write(stage, `e ${direction} ${protocol} ${ends} ${chance.of(errors[protocol])} { ${quoted} }`)
}

/** What no rule decides about: services that are never filtered, strange addresses, broadcast. */
const oddities = [
  'e egress udp 10.0.0.10:50000 > 10.0.0.2:53',
  'e ingress udp 10.0.0.2:53 > 10.0.0.10:50000',
  'e egress tcp 10.0.0.10:50000 > 169.254.169.254:80 S',
  'e ingress tcp 169.254.169.254:80 > 10.0.0.10:50000 SA',
  'e egress udp 10.0.0.10:123 > 169.254.169.123:123',
  'e egress udp 10.0.0.10:124 > 169.254.169.123:124',
  'e egress tcp 10.0.0.10:50000 > 169.254.169.250:1688 S',
  'e egress icmp 10.0.0.10 > 10.0.0.1 echo 1',
  'e egress udp [2001:db8::10]:50000 > [fd00:ec2::253]:53',
  'e ingress icmpv6 2001:db8::20 > 2001:db8::10 135/0',
  'e ingress tcp 203.0.113.5:40000 > 10.0.0.99:80 S',
  'e egress tcp 10.0.0.99:40000 > 203.0.113.5:443 S',
  'e ingress udp [2001:db8:1::5]:9 > [2001:db8::99]:53',
  'e egress udp 10.0.0.10:9 > 10.0.0.255:9',
]

function writeOddity(stage: Stage): void {
  write(stage, stage.chance.of(oddities))
}

function writeChange(stage: Stage): void {
  const { chance, ruleset } = stage
  const kind = chance.next()
  if (kind < 0.4 && ruleset.rules.length > 2) revoke(stage)
  else if (kind < 0.55) authorize(stage)
  else if (kind < 0.7) moveRule(stage)
  else if (kind < 0.87) writeMembership(stage)
  else write(stage, listText(ruleset, chance.of(['pl-4', 'pl-6'] as const), chance))
}

function revoke(stage: Stage): void {
  const { chance, ruleset } = stage
  const rule = chance.of(ruleset.rules)
  ruleset.rules = ruleset.rules.filter((each) => each !== rule)
  ruleset.gone.push(rule)
  write(stage, `revoke ${rule.id}`)
}

/** Half of the time one that was there before. */
function authorize(stage: Stage): void {
  const { chance, ruleset } = stage
  const old = chance.isLikely(0.5) ? ruleset.gone.pop() : undefined
  if (old) ruleset.rules.push(old)
  write(stage, `authorize ${ruleText(old ?? randomRule(ruleset, chance))}`)
}

/** The rule gets another peer in place: narrower if it was open, open if it was not. */
function moveRule(stage: Stage): void {
  const { chance, ruleset } = stage
  const rule = chance.of(ruleset.rules)
  const next = repeered(rule, chance)
  ruleset.rules = ruleset.rules.map((each) => (each === rule ? next : each))
  write(stage, `revoke ${rule.id}`)
  write(stage, `authorize ${ruleText(next)}`)
}

function writeMembership(stage: Stage): void {
  const { chance, ruleset } = stage
  const name = chance.of(['e', 'f', 'f'] as const)
  const group = chance.of(groups)
  const carried = ruleset.groupsOf[name]
  const isIn = carried.includes(group)
  ruleset.groupsOf[name] = isIn ? carried.filter((each) => each !== group) : [...carried, group]
  write(stage, isIn ? `detach ${group} from ${name}` : `attach ${group} to ${name}`)
}
