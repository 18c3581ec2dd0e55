/** What passes between an end and addresses outside, in parts: outer addresses with the same services, together. */

import { groupedBy } from '../../base/grouped.ts'
import type { Family } from '../../net/address.ts'
import { lastOf } from '../../net/cidr.ts'
import { rangeTexts } from '../../net/cidr-cover.ts'
import { rangesOf } from '../distinctions.ts'
import {
  after,
  before,
  type Diagram,
  type Diagrams,
  everything,
  intervalsOf,
  type Line,
  nothing,
} from '../packet-set/diagram.ts'
import { addressLines, lineOf } from '../packet-set/lines.ts'
import type { OutsidePlace } from '../place.ts'

export interface AddressPart {
  readonly services: Diagram
  readonly ranges: readonly [Line, ...Line[]]
  /** Empty for all addresses of the place. */
  readonly addresses: readonly string[]
}

export interface PartsQuestion {
  readonly place: OutsidePlace
  readonly on: Diagram
}

/** The parts of a diagram from the place's addresses to services. */
export function addressParts(diagrams: Diagrams, passage: Diagram, { place, on }: PartsQuestion): AddressPart[] {
  if (passage === nothing) return []
  const { family } = place.block
  const line = addressLines[family]
  const whole = wholeOf(diagrams, place)
  const intervals = Array.from(intervalsOf(passage, line), (interval) => ({
    ...interval,
    below: diagrams.intersection(interval.below, on),
  })).filter(({ below }) => below !== nothing)
  return Array.from(
    groupedBy(intervals, ({ below }) => below),
    ([services, ranges]) => {
      const isWhole = diagrams.within(line, ranges, everything) === whole
      const addresses = isWhole ? [] : bridged(diagrams, ranges, place).flatMap((range) => textsOf(family, range))
      return { services, ranges, addresses }
    },
  )
}

/** A place has holes that everybody knows of: its ranges are told across them. */
function bridged(diagrams: Diagrams, ranges: readonly Line[], place: OutsidePlace): Line[] {
  const line = addressLines[place.block.family]
  const whole = wholeOf(diagrams, place)
  const joined: Line[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    const gap = last && { first: after(last.last), last: before(range.first) }
    const isHole = gap && diagrams.intersection(diagrams.within(line, [gap], everything), whole) === nothing
    if (last && isHole) joined[joined.length - 1] = { first: last.first, last: range.last }
    else joined.push(range)
  }
  return joined
}

function textsOf(family: Family, { first, last }: Line): string[] {
  return rangeTexts({ family, first: BigInt(first), last: BigInt(last) })
}

/** All addresses of the place. */
function wholeOf(diagrams: Diagrams, { block, without }: OutsidePlace): Diagram {
  const line = addressLines[block.family]
  const all = diagrams.within(line, [lineOf(block.family, { first: block.first, last: lastOf(block) })], everything)
  const leftOut = rangesOf(without, block.family).map((range) => lineOf(block.family, range))
  return diagrams.difference(all, diagrams.within(line, leftOut, everything))
}
