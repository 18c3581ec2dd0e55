/** The rules of one side of a connection by which some of its packets pass, whatever else is on their way. */

import type { Direction } from '../model/rule.ts'
import type { Family } from '../net/address.ts'
import { hasAddress } from '../net/address-set.ts'
import type { Allow, RuleRef } from '../policy/policy.ts'
import { type Diagram, everything, nothing } from './packet-set/diagram.ts'
import { addressLines, addressRanges } from './packet-set/lines.ts'
import { trafficServices } from './packet-set/services.ts'
import type { Reaches } from './reachability/bounded.ts'
import { wholeOf } from './reachability/outer-parts.ts'
import type { Selection } from './reachability/selection.ts'

export interface ExercisedSide {
  readonly own: Selection
  readonly other: Selection
  /** Services. */
  readonly on: Diagram
  /** `egress` for the side that opens the connection. */
  readonly direction: Direction
}

/** Adds them to what is known by their ids; rules that are known already are not looked at again. */
export function noteExercised(
  { diagrams, terrain }: Reaches,
  { own, other, on, direction }: ExercisedSide,
  known: Map<string, RuleRef>,
): void {
  const cards = new Set(own.inside.flatMap(({ members }) => members.map(({ card }) => card)))
  const outer = other.outside.map((place) => ({ family: place.block.family, all: wholeOf(diagrams, place) }))
  const isOuterPeer = ({ peers }: Allow, family: Family, all: Diagram) =>
    diagrams.intersection(all, diagrams.within(addressLines[family], addressRanges(peers, family), everything)) !==
    nothing
  const isPeer = (allow: Allow) =>
    other.inside.some(({ members }) => members.some(({ address }) => hasAddress(allow.peers, address))) ||
    outer.some(({ family, all }) => allow.peers[family].length > 0 && isOuterPeer(allow, family, all))
  for (const card of cards) {
    for (const allow of terrain.hostOf(card).policy.allows[direction]) {
      if (known.has(allow.rule) || diagrams.intersection(trafficServices(diagrams, allow.traffic), on) === nothing)
        continue
      if (isPeer(allow)) known.set(allow.rule, { rule: allow.rule, group: allow.group })
    }
  }
}
