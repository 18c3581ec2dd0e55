/**
 * Plays a scene through the engine. Nothing shown here is written down in the content: verdict, reason
 * and the flows that are alive after each step are what the engine says of it.
 */

import { type Moment, playTimeline } from '../engine/timeline.ts'
import { UntrackedFlows } from '../engine/untracked-flows.ts'
import type { AllowedBecause, DeniedBecause, Verdict } from '../engine/verdict.ts'
import { notationWorld } from '../model/notation.ts'
import type { Direction } from '../model/rule.ts'
import type { World } from '../model/world.ts'
import { parsePacket } from '../packet/notation.ts'
import type { Scene } from './content.ts'
import { type FlowRow, flowRows } from './flow-rows.ts'
import { type Party, partiesOf } from './party.ts'
import { type WorldView, worldView } from './world-view.ts'

/** Where a refused packet stops. */
export type Stop = 'network ACL' | 'security group' | 'network interface'

export type ReasonKind = AllowedBecause['kind'] | DeniedBecause['kind']

export interface PlayedPacket {
  readonly kind: 'packet'
  readonly line: string
  /** Seconds since the start. */
  readonly at: number
  readonly networkInterface: string
  readonly direction: Direction
  readonly packet: string
  readonly from: Party
  readonly to: Party
  readonly action: 'allow' | 'deny'
  readonly because: ReasonKind
  /** In the notation's words. */
  readonly reason: string
  /** For people. */
  readonly sentence: string
  readonly stopsAt: Stop | null
  readonly isAsExpected: boolean
  readonly flows: readonly FlowRow[]
}

export interface PlayedEvent {
  readonly kind: 'event'
  readonly line: string
  readonly at: number
  readonly flows: readonly FlowRow[]
  /** The rules as the event left them. */
  readonly world: WorldView
}

export type PlayedLine = PlayedPacket | PlayedEvent

export type PlayedStep = PlayedLine & { readonly asks: string | null; readonly explains: string }

export interface PlayedScene {
  readonly id: string
  readonly title: string
  readonly claim: string
  readonly world: WorldView
  readonly steps: readonly PlayedStep[]
}

export interface Stretch {
  readonly options?: readonly string[]
  /** Lines under `world`. */
  readonly world: readonly string[]
  readonly lines: readonly string[]
  /** What the world's lines add to; an empty VPC if absent. */
  readonly onto?: World
}

/** The scene as a text that `sallyport simulate` plays. */
export function timelineOf({ options = [], world, lines }: Stretch): string {
  return [...options, 'world', ...world.map((line) => `  ${line}`), ...lines].join('\n')
}

export function playScene(scene: Scene): PlayedScene {
  const { id, title, claim, steps } = scene
  const { opening, lines } = play({ ...scene, lines: steps.map(({ line }) => line) })
  return {
    id,
    title,
    claim,
    world: opening,
    steps: lines.map((line, index) => ({
      ...line,
      asks: steps[index]?.asks ?? null,
      explains: steps[index]?.explains ?? '',
    })),
  }
}

export interface Played {
  readonly opening: WorldView
  readonly lines: readonly PlayedLine[]
}

/** Plays the lines on an engine of their own. Throws TimelineError. */
export function play(stretch: Stretch): Played {
  const { options = [], world, lines, onto } = stretch
  const first = options.length + world.length + 2
  const untracked = new UntrackedFlows()
  const played: PlayedLine[] = []
  let opening = onto ?? notationWorld()
  const onLine = (moment: Moment): void => {
    if (moment.line < first) opening = moment.world
    else played.push(playedLine(lines[moment.line - first] ?? '', moment, untracked))
  }
  Array.from(playTimeline(timelineOf(stretch), onto === undefined ? { onLine } : { world: onto, onLine }))
  return { opening: worldView(opening), lines: played }
}

function playedLine(line: string, moment: Moment, untracked: UntrackedFlows): PlayedLine {
  const { result, now, world } = moment
  if (!result)
    return { kind: 'event', line, at: now / 1000, flows: flowRows(moment, untracked), world: worldView(world) }
  const { networkInterface, direction, packet: text, verdict, reason, sentence, isAsExpected } = result
  const packet = parsePacket(text)
  const policy = moment.policies.get(networkInterface, now)
  if (policy) untracked.note({ packet, policy, direction, now }, verdict)
  return {
    kind: 'packet',
    line,
    at: now / 1000,
    networkInterface,
    direction,
    packet: text,
    ...partiesOf(packet, world),
    action: verdict.action,
    because: verdict.because.kind,
    reason,
    sentence,
    stopsAt: stopOf(verdict),
    isAsExpected,
    flows: flowRows(moment, untracked),
  }
}

function stopOf(verdict: Verdict): Stop | null {
  return verdict.action === 'allow' ? null : stopFor(verdict.because)
}

function stopFor(because: DeniedBecause): Stop {
  switch (because.kind) {
    case 'fragment':
      return stopFor(because.first)
    case 'acl':
      return 'network ACL'
    case 'no-rule':
    case 'no-state':
    case 'allowance':
      return 'security group'
    case 'source-dest-check':
    case 'multicast':
    case 'malformed':
    case 'fragment-without-first':
    case 'later-fragment':
      return 'network interface'
    default:
      return because satisfies never
  }
}
