/**
 * Can A reach B, why, and why not. Four results: reachable, unreachable, ambiguous (some of what was
 * asked about can, some cannot) and undetermined (it depends on a hop that this program does not run, or on what is not known).
 */

import type { NetworkInterfaceId } from '../model/ids.ts'
import type { World } from '../model/world.ts'
import { type Family, formatAddress } from '../net/address.ts'
import { formatPacket } from '../packet/notation.ts'
import type { RuleRef } from '../policy/policy.ts'
import { type Fix, fixesFor } from './fix.ts'
import type { Hop } from './hop.ts'
import { Terrain } from './host.ts'
import { joined, type Part, type Range } from './parts.ts'
import { type InterfacePlace, type Place, type PlacePair, placeName, placesNamed, UnknownPlace } from './place.ts'
import { type PortLimits, type Probe, probeGrids, type Traffic } from './probes.ts'
import type { Bounds } from './reachability/bounded.ts'
import { mergedOverAddresses, partText, type Trial, trialsOf } from './trial.ts'
import { walk } from './walk.ts'

export type Result = 'reachable' | 'unreachable' | 'ambiguous' | 'undetermined'

/** One part of the question, told by one packet that stands for all of it. */
export interface Finding {
  readonly result: Trial['result']
  readonly from: string
  readonly to: string
  readonly packet: string
  /** The interfaces at its two ends; null outside. */
  readonly sender: NetworkInterfaceId | null
  readonly receiver: NetworkInterfaceId | null
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
  return explainWithin({ certain: world, possible: world }, question)
}

/** Of a world that is known in bounds only. Throws UnknownPlace. */
export function explainWithin({ certain, possible: world }: Bounds, question: Question): Explanation {
  const terrain = new Terrain(world)
  const known = certain === world ? terrain : new Terrain(certain)
  const pairs = pairsOf(placesNamed(world, question.from), placesNamed(world, question.to))
  const trials = pairs.map((pair) =>
    trialsBetween(terrain, pair, question.traffic).map((trial) =>
      asFarAsKnown({ certain: known, possible: terrain }, trial),
    ),
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

/** What passes only with something that is not certain is undetermined, at the hops that would stop it otherwise. */
function asFarAsKnown({ certain, possible }: Readonly<Record<keyof Bounds, Terrain>>, trial: Trial): Trial {
  const { journey } = trial.probe
  if (trial.result !== 'reachable' || certain === possible) return trial
  const isKnown = [journey.from, journey.to].every(
    (place) => place.kind === 'outside' || certain.world.networkInterface.has(place.card.id),
  )
  if (!isKnown) return { ...trial, result: 'undetermined' }
  const hops = walk(certain, journey)
  if (hops.every(({ outcome }) => outcome === 'passes')) return { ...trial, hops }
  const isAlike = hops.length === trial.hops.length
  return {
    ...trial,
    result: 'undetermined',
    hops: trial.hops.map((hop, index) =>
      isAlike && hops[index]?.outcome !== 'passes' ? { ...hop, outcome: 'unknown' } : hop,
    ),
  }
}

/** Every part of what was asked about, tried: all that is said of reachability between two places comes from here. */
export function trialsBetween(terrain: Terrain, pair: PlacePair, traffic: Traffic, within?: PortLimits): Trial[] {
  return probeGrids(terrain, pair, traffic, within).flatMap((grid) => trialsOf(terrain, grid))
}

function nothingInCommon({ from, to, traffic }: Question): Explanation {
  const why = `${from} and ${to} have no addresses of one IP family that ${traffic.protocol} runs over`
  return { result: 'unreachable', findings: [], fixes: [{ why, command: undefined, changes: [] }] }
}

/** Two ends outside meet nothing of this world. A private address means whoever has it in the other end's VPC. */
export function pairsOf(senders: readonly Place[], receivers: readonly Place[]): PlacePair[] {
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

function resultOf(trials: readonly Trial[]): Result {
  const results = new Set(trials.map(({ result }) => result))
  if (results.has('reachable') && results.has('unreachable')) return 'ambiguous'
  if (results.has('undetermined')) return 'undetermined'
  return results.has('reachable') ? 'reachable' : 'unreachable'
}

/** The trials of one pair of places; parts that met the same fate at the same hops are told together. */
function findingsOf(trials: readonly Trial[]): Finding[] {
  return ([4, 6] as const).flatMap((family) => {
    const own = trials.filter(({ probe }) => familyOf(probe) === family)
    const whole = wholeOf(own)
    return mergedOverAddresses(own).map((trial) => findingOf(trial, whole))
  })
}

type Axis = 'addresses' | 'ports' | 'clientPorts'

/** All that was asked about along each axis. */
function wholeOf(trials: readonly Trial[]): Readonly<Record<Axis, Part>> {
  const along = (axis: Axis) => joined([...new Set(trials.map(({ probe }) => probe[axis]))].flat())
  return { addresses: along('addresses'), ports: along('ports'), clientPorts: along('clientPorts') }
}

function familyOf({ journey }: Probe): Family {
  return journey.packet.source.family
}

function findingOf({ result, probe, hops }: Trial, whole: Readonly<Record<Axis, Part>>): Finding {
  const { from, to, packet } = probe.journey
  const family = familyOf(probe)
  // Nothing for a part that is the whole.
  const told = (axis: Axis, spell: (number: bigint) => string) =>
    partText(probe[axis]) === partText(whole[axis]) ? [] : probe[axis].map((range) => rangeText(range, spell))
  return {
    result,
    from: placeName(from, packet.source),
    to: placeName(to, packet.destination),
    packet: formatPacket(packet),
    sender: from.kind === 'interface' ? from.card.id : null,
    receiver: to.kind === 'interface' ? to.card.id : null,
    addresses: told('addresses', (bits) => formatAddress({ family, bits })),
    ports: told('ports', String),
    clientPorts: told('clientPorts', String),
    hops,
    blockers: hops.filter(({ outcome }) => outcome === 'stops'),
    standsOn: result === 'reachable' ? solelyBy(hops) : [],
  }
}

function rangeText({ first, last }: Range, spell: (number: bigint) => string): string {
  return first === last ? spell(first) : `${spell(first)}-${spell(last)}`
}

/** A rule that alone admits the packet at some hop: revoke it and the packet stops there. */
function solelyBy(hops: readonly Hop[]): RuleRef[] {
  return hops.flatMap((hop) => (hop.kind === 'rules' && hop.rules.length === 1 ? hop.rules : []))
}
