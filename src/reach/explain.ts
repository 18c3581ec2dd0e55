/**
 * Can A reach B, why, and why not. Four results: reachable, unreachable, ambiguous (some of what was
 * asked about can, some cannot) and undetermined (it depends on a hop that this program does not run).
 */

import type { World } from '../model/world.ts'
import { type Family, formatAddress } from '../net/address.ts'
import { formatPacket } from '../packet/notation.ts'
import type { RuleRef } from '../policy/policy.ts'
import { type Fix, fixesFor } from './fix.ts'
import type { Hop } from './hop.ts'
import { Terrain } from './host.ts'
import { joined, type Part } from './parts.ts'
import { type InterfacePlace, type Place, placeName, placesNamed, UnknownPlace } from './place.ts'
import { type Probe, probesFor, type Traffic } from './probes.ts'
import { walk } from './walk.ts'

export type Result = 'reachable' | 'unreachable' | 'ambiguous' | 'undetermined'

/** One part of the question, told by one packet that stands for all of it. */
export interface Finding {
  readonly result: 'reachable' | 'unreachable' | 'undetermined'
  readonly from: string
  readonly to: string
  readonly packet: string
  /** Ranges (`203.0.113.0-203.0.113.255`, `80`) that met this fate; empty where all that was asked about did. */
  readonly addresses: readonly string[]
  readonly ports: readonly string[]
  readonly clientPorts: readonly string[]
  readonly hops: readonly Hop[]
  /** Every hop that stops it, not only the first. */
  readonly blockers: readonly Hop[]
  /** Rules without which it would stop. */
  readonly standsOn: readonly RuleRef[]
}

export interface Explanation {
  readonly result: Result
  readonly findings: readonly Finding[]
  /** For a no: one step a blocker, each once. */
  readonly fixes: readonly Fix[]
}

export interface Question {
  readonly from: string
  readonly to: string
  readonly traffic: Traffic
}

/** Throws UnknownPlace for an end that names nothing, and for two ends that are both outside. */
export function explain(world: World, question: Question): Explanation {
  const terrain = new Terrain(world)
  const trials = pairsOf(placesNamed(world, question.from), placesNamed(world, question.to)).map(([from, to]) =>
    probesFor(terrain, from, to, question.traffic).map((probe) => tried(terrain, probe)),
  )
  if (trials.length === 0) throw new UnknownPlace(`Neither '${question.from}' nor '${question.to}' is in this world.`)
  const all = trials.flat()
  if (all.length === 0) return nothingInCommon(question)
  const unreachable = all.filter(({ result }) => result === 'unreachable').map(({ probe }) => probe)
  return {
    result: resultOf(all),
    findings: trials.flatMap(findingsOf),
    fixes: fixesFor(world, unreachable, question.traffic),
  }
}

function nothingInCommon({ from, to, traffic }: Question): Explanation {
  const why = `${from} and ${to} have no addresses of one IP family that ${traffic.protocol} runs over`
  return { result: 'unreachable', findings: [], fixes: [{ why, command: undefined, changes: [] }] }
}

/** Two ends outside meet nothing of this world. A private address means whoever has it in the other end's VPC. */
function pairsOf(senders: readonly Place[], receivers: readonly Place[]): (readonly [Place, Place])[] {
  return senders.flatMap((from) =>
    receivers
      .filter((to) => from.kind === 'interface' || to.kind === 'interface')
      .filter((to) => !isNamesake(to, receivers, from) && !isNamesake(from, senders, to))
      .map((to) => [from, to] as const),
  )
}

/** Whether the address that was named means another interface to the other end: one of its own VPC. */
function isNamesake(place: Place, all: readonly Place[], other: Place): boolean {
  if (place.kind !== 'interface' || other.kind !== 'interface' || !place.isByAddress) return false
  const { vpc } = other.card
  if (place.card.vpc === vpc) return false
  return all.some((each) => each.kind === 'interface' && each.card.vpc === vpc && isSame(each, place))
}

function isSame(a: InterfacePlace, b: InterfacePlace): boolean {
  return a.addresses.map(formatAddress).join() === b.addresses.map(formatAddress).join()
}

interface Trial {
  readonly result: Finding['result']
  readonly probe: Probe
  readonly hops: readonly Hop[]
}

function tried(terrain: Terrain, probe: Probe): Trial {
  const hops = walk(terrain, probe.journey)
  const outcomes = new Set(hops.map(({ outcome }) => outcome))
  const result = outcomes.has('stops') ? 'unreachable' : outcomes.has('unknown') ? 'undetermined' : 'reachable'
  return { result, probe, hops }
}

function resultOf(trials: readonly Trial[]): Result {
  const results = new Set(trials.map(({ result }) => result))
  if (results.has('reachable') && results.has('unreachable')) return 'ambiguous'
  if (results.has('undetermined')) return 'undetermined'
  return results.has('reachable') ? 'reachable' : 'unreachable'
}

const axes = ['clientPorts', 'ports', 'addresses'] as const

/** The trials of one pair of places; parts that met the same fate at the same hops are told together. */
function findingsOf(trials: readonly Trial[]): Finding[] {
  return ([4, 6] as const).flatMap((family) => {
    const own = trials.filter(({ probe }) => familyOf(probe) === family)
    const told = axes.reduce(mergedAlong, own)
    return told.map((trial) => findingOf(trial, own))
  })
}

function familyOf({ journey }: Probe): Family {
  return journey.packet.source.family
}

/** Trials alike in all but one axis, as one. */
function mergedAlong(trials: readonly Trial[], axis: (typeof axes)[number]): Trial[] {
  const byFate = new Map<string, Trial>()
  for (const trial of trials) {
    const others = axes.filter((each) => each !== axis).map((each) => trial.probe[each])
    const fate = JSON.stringify([trial.result, trial.hops, others], withoutAddresses)
    const before = byFate.get(fate)
    byFate.set(fate, before ? joinedAlong(axis, before, trial) : trial)
  }
  return [...byFate.values()]
}

const ofOnePacket = new Set(['peer', 'destination', 'address'])

function withoutAddresses(key: string, value: unknown): unknown {
  if (ofOnePacket.has(key)) return undefined
  return typeof value === 'bigint' ? String(value) : value
}

function joinedAlong(axis: (typeof axes)[number], a: Trial, b: Trial): Trial {
  return { ...a, probe: { ...a.probe, [axis]: joined([...a.probe[axis], ...b.probe[axis]]) } }
}

function findingOf({ result, probe, hops }: Trial, all: readonly Trial[]): Finding {
  const { from, to, packet } = probe.journey
  const address = (bits: bigint) => formatAddress({ family: familyOf(probe), bits })
  const told = (axis: (typeof axes)[number], spell: (number: bigint) => string) =>
    rangeTexts(
      probe[axis],
      all.flatMap((trial) => trial.probe[axis]),
      spell,
    )
  return {
    result,
    from: placeName(from, packet.source),
    to: placeName(to, packet.destination),
    packet: formatPacket(packet),
    addresses: told('addresses', address),
    ports: told('ports', String),
    clientPorts: told('clientPorts', String),
    hops,
    blockers: hops.filter(({ outcome }) => outcome === 'stops'),
    standsOn: result === 'reachable' ? solelyBy(hops) : [],
  }
}

/** Nothing for a part that is the whole. */
function rangeTexts(part: Part, whole: Part, spell: (number: bigint) => string): string[] {
  const isWhole = JSON.stringify(joined(whole), withoutAddresses) === JSON.stringify(joined(part), withoutAddresses)
  if (isWhole) return []
  return part.map(({ first, last }) => (first === last ? spell(first) : `${spell(first)}-${spell(last)}`))
}

/** A rule that alone admits the packet at some hop: revoke it and the packet stops there. */
function solelyBy(hops: readonly Hop[]): RuleRef[] {
  return hops.flatMap((hop) => (hop.kind === 'rules' && hop.rules.length === 1 ? hop.rules : []))
}
