/** Reachability between two selections of ends, as rows. */

import { groupedBy } from '../../base/grouped.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import type { Reaches } from './bounded.ts'
import { type EndClass, placeOf } from './end.ts'
import type { Labels } from './labels.ts'
import { addressParts } from './outer-parts.ts'
import { pairCounts, strangerPairs, strangersAmong } from './pair-counts.ts'
import type { Passage } from './passage.ts'
import type { Carriers } from './reachability.ts'
import { Findings, foundOutside, type Labelled, type Row } from './rows.ts'
import type { Portion, Selection } from './selection.ts'

export type ReachResult = keyof Passage
export type ReachRow = Row<ReachResult>

const results: readonly ReachResult[] = ['reachable', 'undetermined']

export interface ListingQuestion {
  readonly from: Selection
  readonly to: Selection
  readonly labels: Labels
  /** Services of interest. */
  readonly on: Diagram
}

export function listReachability(reachability: Reaches, question: ListingQuestion): ReachRow[] {
  const findings = new Findings<ReachResult>()
  noteInside(reachability, question, findings)
  noteOutside(reachability, question, findings)
  const outOf = pairCounts(question.from, question.to, question.labels)
  return findings.rows(reachability.diagrams, outOf, () => ({}))
}

type Question = ListingQuestion

function noteInside(reachability: Reaches, { from, to, labels, on }: Question, findings: Findings<ReachResult>) {
  const senders = groupedBy(byLabel(from.inside, labels), ({ of }) => of)
  const receivers = groupedBy(byLabel(to.inside, labels), ({ of }) => of)
  reachability.eachBlock([...senders.keys()], [...receivers.keys()], (some, others, passage) => {
    for (const result of results) {
      const services = reachability.diagrams.intersection(passage[result], on)
      if (services === nothing) continue
      const receiving = joinedByLabel(others, receivers)
      for (const sender of joinedByLabel(some, senders)) {
        for (const receiver of receiving) noteBetween(findings, { sender, receiver, result, services })
      }
    }
  })
}

/** Ends of several classes that are called the same, as one. */
function joinedByLabel(classes: Carriers, known: ReadonlyMap<EndClass, readonly Labelled[]>): Labelled[] {
  const all = classes.flatMap((each) => known.get(each) ?? [])
  return Array.from(groupedBy(all, ({ label }) => label).values(), ([first, ...more]) => ({
    ...first,
    members: [...first.members, ...more.flatMap(({ members }) => members)],
  }))
}

export interface FoundBetween<Result extends string> {
  readonly sender: Labelled
  readonly receiver: Labelled
  readonly result: Result
  readonly services: Diagram
}

export function noteBetween<R extends string>(findings: Findings<R>, { sender, receiver, ...facts }: FoundBetween<R>) {
  const pair = strangersAmong(sender.members, receiver.members)
  if (!pair) return
  const [one, other] = pair
  findings.note({
    ...facts,
    from: { name: sender.label, addresses: [] },
    to: { name: receiver.label, addresses: [] },
    pairs: strangerPairs(sender.members, receiver.members),
    example: { from: placeOf(one), to: placeOf(other), source: one.address, destination: other.address },
  })
}

function noteOutside(reachability: Reaches, { from, to, labels, on }: Question, findings: Findings<ReachResult>) {
  const ways = [
    { direction: 'ingress', places: from.outside, portions: to.inside },
    { direction: 'egress', places: to.outside, portions: from.inside },
  ] as const
  for (const { direction, places, portions } of ways) {
    for (const portion of byLabel(portions, labels)) {
      for (const place of places.filter(({ block }) => block.family === portion.of.family)) {
        const passage = reachability.beyond(portion.of, place, direction)
        for (const result of results) {
          for (const part of addressParts(reachability.diagrams, passage[result], { place, on })) {
            findings.note(foundOutside(portion, place, direction, { ...part, result }))
          }
        }
      }
    }
  }
}

function byLabel(portions: readonly Portion[], labels: Labels): Labelled[] {
  return portions.flatMap(({ of, members }) =>
    Array.from(
      groupedBy(members, ({ card }) => labels(card)),
      ([label, own]) => ({ label, of, members: own }),
    ),
  )
}
