/** One packet that shows what a finding tells, and what becomes of it on its way. */

import type { Direction } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import { formatPacket } from '../../packet/notation.ts'
import { hopSentence } from '../hop-sentence.ts'
import { type Diagram, intervalsOf, nothing } from '../packet-set/diagram.ts'
import { addressAt, addressLines } from '../packet-set/lines.ts'
import { samplePayload } from '../packet-set/packet-set.ts'
import { type End, type EndClass, placeOf } from '../reachability/end.ts'
import { strangersAmong } from '../reachability/pair-counts.ts'
import { journeyOf, type Pair } from '../reachability/way.ts'
import { walk } from '../walk.ts'
import type { Scene } from './scene.ts'

export interface Witness {
  readonly pair: Pair
  readonly services: Diagram
  readonly packet: string
}

export interface Outside {
  readonly end: End
  readonly family: Family
  /** Of the end inside. */
  readonly direction: Direction
}

/** Of a set from outer addresses to services. */
export function witnessOutside(scene: Scene, { end, family, direction }: Outside, set: Diagram): Witness | undefined {
  for (const { first, below } of intervalsOf(set, addressLines[family])) {
    const [inner, outer] = [placeOf(end), addressAt(family, first)]
    const far = scene.internet[family]
    const pair: Pair =
      direction === 'ingress'
        ? { from: far, to: inner, source: outer, destination: end.address }
        : { from: inner, to: far, source: end.address, destination: outer }
    return witnessOf(pair, below)
  }
  return undefined
}

/** Between members of two classes; undefined if they have one interface in all, or no services. */
export function witnessInside(from: EndClass, to: EndClass, services: Diagram): Witness | undefined {
  const strangers = services === nothing ? undefined : strangersAmong(from.members, to.members)
  if (!strangers) return undefined
  const [one, other] = strangers
  return witnessOf(
    { from: placeOf(one), to: placeOf(other), source: one.address, destination: other.address },
    services,
  )
}

function witnessOf(pair: Pair, services: Diagram): Witness {
  return { pair, services, packet: formatPacket(journeyOf(pair, samplePayload(services)).packet) }
}

/** What stops the packet, or is not known. */
export function obstaclesOf({ reachability }: Scene, { pair, services }: Witness): string[] {
  const hops = walk(reachability.terrain, journeyOf(pair, samplePayload(services)))
  return hops.filter(({ outcome }) => outcome !== 'passes').map(hopSentence)
}
