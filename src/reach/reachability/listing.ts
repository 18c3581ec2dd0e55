/** Reachability between two selections of ends, as rows. */

import { groupedBy } from '../../base/grouped.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import type { Reaches } from './bounded.ts'
import type { End, EndClass } from './end.ts'
import { type Called, Findings, foundOutside, type Labelled, noteBetween } from './findings.ts'
import type { Labels } from './labels.ts'
import { addressParts } from './outer-parts.ts'
import { pairCounts } from './pair-counts.ts'
import type { Passage } from './passage.ts'
import type { Carriers } from './reachability.ts'
import { type Row, type RowFacts, Rows } from './rows.ts'
import type { Portion, Selection } from './selection.ts'

export type ReachResult = keyof Passage
export type ReachRow = Row<ReachResult>
export type ReachFacts = RowFacts<ReachResult>
export type ReachRows = Rows<ReachResult, object>

const results: readonly ReachResult[] = ['reachable', 'undetermined']

export interface ListingQuestion {
  readonly from: Selection
  readonly to: Selection
  readonly labels: Labels
  /** Services of interest. */
  readonly on: Diagram
}

export function listReachability(reachability: Reaches, question: ListingQuestion): ReachRow[] {
  return [...reachabilityRows(reachability, question)]
}

/** The same, for who reads them one by one. */
export function reachabilityRows(reachability: Reaches, question: ListingQuestion): ReachRows {
  const findings = new Findings<ReachResult>()
  noteInside(reachability, question, findings)
  noteOutside(reachability, question, findings)
  const outOf = pairCounts(question.from, question.to, question.labels)
  return new Rows(findings, { diagrams: reachability.diagrams, outOf, tell: () => ({}) })
}

type Question = ListingQuestion

function noteInside(reachability: Reaches, { from, to, labels, on }: Question, findings: Findings<ReachResult>) {
  const senders = new LabelledClasses(byLabel(from.inside, labels))
  const receivers = new LabelledClasses(byLabel(to.inside, labels))
  reachability.eachBlock(senders.classes, receivers.classes, (some, others, passage) => {
    const [sending, receiving] = [senders.called(some), receivers.called(others)]
    for (const result of results) {
      const services = reachability.diagrams.intersection(passage[result], on)
      if (services === nothing) continue
      for (const sender of sending) {
        for (const receiver of receiving) noteBetween(findings, { sender, receiver, result, services })
      }
    }
  })
}

class LabelledClasses {
  readonly classes: readonly EndClass[]
  /** By the classes' indexes. */
  readonly #portions: (readonly Labelled[])[] = []
  #last: { readonly of: Carriers; readonly called: readonly Called[] } | undefined

  constructor(all: readonly Labelled[]) {
    const byClass = groupedBy(all, ({ of }) => of)
    this.classes = [...byClass.keys()]
    for (const [{ index }, own] of byClass) this.#portions[index] = own
  }

  /** Ends of several classes that are called the same, as one. Blocks that follow each other often share a side. */
  called(classes: Carriers): readonly Called[] {
    if (this.#last?.of === classes) return this.#last.called
    const called = this.#joined(classes)
    this.#last = { of: classes, called }
    return called
  }

  #joined(classes: Carriers): Called[] {
    const byLabel = new Map<string, Joined>()
    const called: Joined[] = []
    let last: Joined | undefined
    for (const { index } of classes) {
      for (const portion of this.#portions[index] as readonly Labelled[]) {
        if (portion.label !== last?.label) last = byLabel.get(portion.label)
        if (last) last.join(portion)
        else {
          last = new Joined(portion)
          byLabel.set(portion.label, last)
          called.push(last)
        }
      }
    }
    return called
  }
}

class Joined implements Called {
  readonly label: string
  readonly first: End
  size: number
  readonly #portions: Portion[]

  constructor(portion: Labelled) {
    this.label = portion.label
    this.first = portion.members[0]
    this.size = portion.members.length
    this.#portions = [portion]
  }

  join(portion: Labelled): void {
    this.size += portion.members.length
    this.#portions.push(portion)
  }

  ends(): End[] {
    return this.#portions.flatMap(({ members }) => members)
  }
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
