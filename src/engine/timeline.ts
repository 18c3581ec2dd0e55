/**
 * A vector: a world, and what happens in it line by line (docs/vectors.md). `playTimeline` runs it
 * through an engine of its own and yields what was decided about each packet.
 */

import { after, type Instant, instant, type Milliseconds } from '../base/clock.ts'
import { NotationError, Words } from '../base/words.ts'
import { type Change, put } from '../model/change.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import {
  aclLine,
  groupNamed,
  interfaceIdOf,
  notationWorld,
  prefixListLine,
  readIdle,
  readRule,
  worldLine,
} from '../model/notation.ts'
import type { Direction } from '../model/rule.ts'
import { apply, findRule, type World } from '../model/world.ts'
import { formatPacket, readPacket } from '../packet/notation.ts'
import { type EngineDefaults, engineDefaults } from './defaults.ts'
import { Engine } from './engine.ts'
import { LaggingPolicies } from './lagging-policies.ts'
import type { PathFacts } from './meeting.ts'
import { reasonSentence } from './reason-sentence.ts'
import { reasonText } from './reason-text.ts'
import { readOption } from './timeline-options.ts'
import type { Verdict } from './verdict.ts'

/** A line that makes no sense, with its number. */
export class TimelineError extends Error {
  override readonly name = 'TimelineError'
  readonly line: number

  constructor(line: number, cause: Error) {
    super(`line ${line}: ${cause.message}`, { cause })
    this.line = line
  }
}

export interface Expectation {
  readonly action: Verdict['action']
  /** Absent: any reason will do. */
  readonly reason: string | undefined
}

/** What became of one packet line. */
export interface PacketResult {
  readonly line: number
  /** Milliseconds since the timeline's start. */
  readonly at: number
  readonly networkInterface: NetworkInterfaceId
  readonly direction: Direction
  readonly packet: string
  readonly verdict: Verdict
  /** In the words of the `expect` column. */
  readonly reason: string
  /** For people. */
  readonly sentence: string
  readonly expected: Expectation | undefined
  /** True also for a packet of which nothing was expected. */
  readonly isAsExpected: boolean
}

/** Everything that a timeline's lines change. */
interface Stage {
  world: World
  now: Instant
  readonly engine: Engine
  readonly policies: LaggingPolicies
  readonly paths: Map<NetworkInterfaceId, PathFacts>
}

const start = instant(0)

/** How things stand after a line. */
export interface Moment {
  readonly line: number
  readonly now: Instant
  readonly world: World
  readonly engine: Engine
  readonly policies: LaggingPolicies
  /** Absent after a line of the world and after an event. */
  readonly result: PacketResult | undefined
}

export interface Playing {
  /** What the text's `option` lines are changes to. */
  readonly defaults?: EngineDefaults
  /** What the text's own worlds add to; an empty VPC if absent. */
  readonly world?: World
  /** Told of each line that was played. */
  readonly onLine?: (moment: Moment) => void
}

/** Plays the text's lines. Throws TimelineError, before the first result if an option makes no sense. */
export function* playTimeline(text: string, playing: Playing = {}): Generator<PacketResult, void> {
  const lines = linesOf(text)
  const chosen = readOptions(lines.filter(isOption), playing.defaults ?? engineDefaults)
  const world = playing.world ?? notationWorld()
  const policies = new LaggingPolicies(world, chosen)
  const stage: Stage = { world, now: start, engine: new Engine(chosen), policies, paths: new Map() }
  let isWorld = false
  for (const line of lines.filter((each) => !isOption(each))) {
    isWorld = line.text === 'world' || (isWorld && /^\s/.test(line.text))
    if (line.text === 'world') continue
    const result = reading(line, () =>
      isWorld ? stageLine(stage, line.text) : play(stage, new Words(line.text), line.number),
    )
    playing.onLine?.({ ...stage, line: line.number, result: result ?? undefined })
    if (result) yield result
  }
}

interface Line {
  readonly number: number
  readonly text: string
}

/** The lines that say something, without their comments. */
function linesOf(text: string): readonly Line[] {
  return text
    .split(/\r?\n/)
    .map((raw, index) => ({ number: index + 1, text: raw.replace(/(^|\s)#.*$/, '').trimEnd() }))
    .filter((line) => line.text !== '')
}

function reading<T>({ number }: Line, read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    throw thrown instanceof NotationError ? new TimelineError(number, thrown) : thrown
  }
}

function isOption({ text }: Line): boolean {
  return /^\s*option(\s|$)/.test(text)
}

/** Options hold for the whole timeline, wherever they stand. */
function readOptions(lines: readonly Line[], defaults: EngineDefaults): EngineDefaults {
  return lines.reduce((chosen, line) => {
    const words = new Words(line.text)
    words.expect('option')
    return reading(line, () => readOption(words, chosen))
  }, defaults)
}

/** A line under `world`: an object, or a fact of an interface's path. */
function stageLine(stage: Stage, line: string): undefined {
  const words = new Words(line)
  if (words.takeIf('path')) {
    const { id } = interfaceNamed(stage.world, words.take('an interface name'))
    const word = words.oneOf(['auto-tracked', 'allowance'] as const, 'a fact of the path')
    const fact = word === 'allowance' ? { allowance: words.number('connections') } : { isAutoTracked: true }
    stage.paths.set(id, { ...stage.paths.get(id), ...fact })
    words.end()
  } else {
    const changes = worldLine(line, stage.world)
    stage.world = apply(stage.world, changes)
    stage.policies.set(changes)
  }
}

/** An event: what it changes is in force after the delay that is chosen. */
function change(stage: Stage, changes: readonly Change[]): void {
  stage.world = apply(stage.world, changes)
  stage.policies.change(changes, stage.now)
}

/** A line of the timeline: `TIME EVENT` or `TIME INTERFACE ingress|egress PACKET [EXPECTATION]`. */
function play(stage: Stage, words: Words, line: number): PacketResult | undefined {
  stage.now = timeFrom(words.take('a time'), stage.now)
  const word = words.take('an event or an interface')
  if (word === 'forget') {
    stage.engine.forget(interfaceNamed(stage.world, words.take('an interface name')).id)
    words.end()
    return undefined
  }
  const event = Object.hasOwn(events, word) ? events[word] : undefined
  if (!event) return playPacket(stage, word, words, line)
  change(stage, event(words, stage.world))
  words.end()
  return undefined
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `90s` since the start, or `+10s` since the line before. Time never runs back. */
function timeFrom(text: string, now: Instant): Instant {
  const [, plus, count, unit] = /^(\+?)(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? []
  if (count === undefined || unit === undefined) throw new NotationError(`'${text}' is no time: use 0s, 90s, +10s, 5d`)
  const span = (Number(count) * units[unit as keyof typeof units]) as Milliseconds
  const at = after(plus === '+' ? now : start, span)
  if (at < now) throw new NotationError(`${text} lies before the line above`)
  return at
}

type Event = (words: Words, world: World) => readonly Change[]

const events: Readonly<Record<string, Event>> = {
  authorize: (words, world) => {
    const group = groupNamed(world, words.take('a group'))
    return [{ kind: 'rule-added', group, rule: readRule(words, world) }]
  },
  revoke: (words, world) => {
    const id = words.take('a rule id')
    const found = id.startsWith('sgr-') ? findRule(world, id as `sgr-${string}`) : undefined
    if (!found) throw new NotationError(`there is no rule ${id}`)
    return [{ kind: 'rule-removed', group: found.group.id, rule: found.rule.id }]
  },
  attach: (words, world) => {
    const group = groupNamed(world, words.take('a group'))
    words.expect('to')
    return regroup(words, world, (groups) => [...groups.filter((each) => each !== group), group])
  },
  detach: (words, world) => {
    const group = groupNamed(world, words.take('a group'))
    words.expect('from')
    return regroup(words, world, (groups) => groups.filter((each) => each !== group))
  },
  idle: (words, world) => {
    const card = interfaceNamed(world, words.take('an interface name'))
    return [put('networkInterface', { ...card, tracking: { ...card.tracking, ...readIdle(words) } })]
  },
  acl: aclLine,
  'prefix-list': prefixListLine,
}

type Regroup = (groups: NetworkInterface['groups']) => NetworkInterface['groups']

function regroup(words: Words, world: World, groups: Regroup): Change[] {
  const card = interfaceNamed(world, words.take('an interface name'))
  return [put('networkInterface', { ...card, groups: groups(card.groups) })]
}

function interfaceNamed(world: World, name: string): NetworkInterface {
  const card = world.networkInterface.get(interfaceIdOf(name))
  if (!card) throw new NotationError(`there is no interface ${name}`)
  return card
}

function playPacket(stage: Stage, name: string, words: Words, line: number): PacketResult {
  const { now, engine, policies, paths } = stage
  const policy = policies.get(interfaceIdOf(name), now)
  if (!policy) throw new NotationError(`'${name}' is neither an event nor an interface of the world`)
  const direction = words.oneOf(['ingress', 'egress'] as const, 'a direction')
  const packet = readPacket(words)
  const expected = readExpectation(words)
  const path = paths.get(policy.id) ?? {}
  const verdict = engine.decide({ packet, policy, direction, now, path })
  const reason = reasonText(verdict)
  return {
    line,
    at: now - start,
    networkInterface: policy.id,
    direction,
    packet: formatPacket(packet),
    verdict,
    reason,
    sentence: reasonSentence(verdict, now),
    expected,
    isAsExpected: isAsExpected(verdict, reason, expected),
  }
}

/** `allow`, `deny`, or either with the reason's words. */
function readExpectation(words: Words): Expectation | undefined {
  if (words.next === undefined) return undefined
  const action = words.oneOf(['allow', 'deny'] as const, 'an expectation')
  const reason = words.takeWhile(() => true).join(' ')
  return { action, reason: reason === '' ? undefined : reason }
}

function isAsExpected(verdict: Verdict, reason: string, expected: Expectation | undefined): boolean {
  if (!expected) return true
  return verdict.action === expected.action && (expected.reason === undefined || expected.reason === reason)
}
