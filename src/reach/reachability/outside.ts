/**
 * What passes between an end inside and addresses outside, as a diagram from the outer address to services.
 * The outer addresses are cut where ACLs, routes and services begin or end, and one of each part is walked.
 */

import type { Direction } from '../../model/rule.ts'
import { lastOf } from '../../net/cidr.ts'
import { marksBesideRules, rangesOf } from '../distinctions.ts'
import type { Terrain } from '../host.ts'
import { before, type Cut, type Diagram, type Diagrams, everything, type Line } from '../packet-set/diagram.ts'
import { addressAt, addressLines, lineOf } from '../packet-set/lines.ts'
import type { OutsidePlace } from '../place.ts'
import { cutsAround } from './cuts.ts'
import { type End, placeOf } from './end.ts'
import { type Way, wayBetween } from './way.ts'

/** Each a diagram from outer addresses to services. */
export interface OuterWays {
  /** Without a look at the end's rules. */
  readonly free: Diagram
  readonly judged: Diagram
  /** The same of what depends on a hop that this program does not run. */
  readonly unknownFree: Diagram
  readonly unknownJudged: Diagram
}

export interface OuterQuestion {
  readonly place: OutsidePlace
  readonly end: End
  /** Of the end inside: `ingress` if the connection comes from outside. */
  readonly direction: Direction
}

export function outerWays(terrain: Terrain, diagrams: Diagrams, question: OuterQuestion): OuterWays {
  const { place, direction } = question
  const family = place.block.family
  const line = addressLines[family]
  const found: Record<keyof OuterWays, Diagram[]> = { free: [], judged: [], unknownFree: [], unknownJudged: [] }
  for (const range of outerPieces([terrain], question)) {
    const way = wayAt(terrain, diagrams, question, range.first)
    const isAsked = way.asks[direction]
    found.free.push(diagrams.within(line, [range], way.free))
    const kind = way.isKnown ? (isAsked ? 'judged' : 'free') : isAsked ? 'unknownJudged' : 'unknownFree'
    found[kind].push(diagrams.within(line, [range], way.judged))
  }
  const leftOut = rangesOf(place.without, family).map((range) => lineOf(family, range))
  const without = diagrams.within(line, leftOut, everything)
  const whole = (all: readonly Diagram[]) => diagrams.difference(diagrams.unionOf(all), without)
  return {
    free: whole(found.free),
    judged: whole(found.judged),
    unknownFree: whole(found.unknownFree),
    unknownJudged: whole(found.unknownJudged),
  }
}

function wayAt(terrain: Terrain, diagrams: Diagrams, { place, end, direction }: OuterQuestion, at: Cut): Way {
  const outer = addressAt(place.block.family, at)
  const inner = placeOf(end)
  return direction === 'ingress'
    ? wayBetween(terrain, diagrams, { from: place, to: inner, source: outer, destination: end.address })
    : wayBetween(terrain, diagrams, { from: inner, to: place, source: end.address, destination: outer })
}

/** The block's intervals that no ACL, route or service of any of the worlds divides; each has the end. */
export function outerPieces(terrains: readonly Terrain[], { place: { block }, end }: OuterQuestion): Line[] {
  const { family } = block
  const marks = terrains.flatMap((terrain) => {
    const host = terrain.hostAt(placeOf(end))
    return host ? marksBesideRules(terrain.world, [host], family).flat() : []
  })
  const whole = lineOf(family, { first: block.first, last: lastOf(block) })
  const starts = cutsAround(marks, family).filter((cut) => whole.first < cut && cut <= whole.last)
  return [whole.first, ...starts].map((first, index) => {
    const next = starts[index]
    return { first, last: next === undefined ? whole.last : before(next) }
  })
}
