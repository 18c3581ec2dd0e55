/** A replay's results as plain data: by outcome, in it by rule or reason, in that by endpoint pair; biggest first. */

import { groupedBy } from '../base/grouped.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { formatAddress } from '../net/address.ts'
import type { Labels } from '../reach/reachability/labels.ts'
import { type Flow, heavier, noWeight, type SeenFlow, servicePort, type Weight } from './flow.ts'
import type { InterfaceEnds } from './interface-ends.ts'
import { type Cause, causeKey, type Judgement, type Outcome, outcomes } from './judgement.ts'
import type { DamagedLine } from './log-lines.ts'
import type { Replay } from './replay.ts'

export const weighings = ['bytes', 'packets', 'records'] as const
export type Weighing = (typeof weighings)[number]

/** Who opened connections to whom; both sides' records and both directions' are told together. */
export interface PairRow extends Weight {
  readonly from: string
  readonly to: string
  /** `tcp/443`, `icmp`, `50`. */
  readonly service: string
  readonly isGuessed: boolean
  /** Seconds since 1970. */
  readonly first: number
  readonly last: number
}

export interface CauseGroup extends Weight {
  readonly cause: Cause
  readonly pairs: readonly PairRow[]
  /** Of pairs that are not in the list. */
  readonly others: Weight
}

export interface OutcomeResult extends Weight {
  readonly outcome: Outcome
  /** Of its records, those that rest on a guess. */
  readonly guessed: number
  readonly groups: readonly CauseGroup[]
}

export interface ReplayResults extends Weight {
  readonly outcomes: readonly OutcomeResult[]
  /** Seconds since 1970; undefined where no record says. */
  readonly first: number | undefined
  readonly last: number | undefined
  /** Windows without traffic, and windows of which records were lost before they were written. */
  readonly noData: number
  readonly skipData: number
  /** Before --since or after --until. */
  readonly outside: number
  readonly damaged: { readonly lines: number; readonly examples: readonly DamagedLine[] }
  /** Interfaces that the source does not have. */
  readonly strangers: readonly { readonly networkInterface: string; readonly records: number }[]
  /** Records of flows beyond those that were kept: counted by cause, in no pair. */
  readonly beyond: number
}

export interface Telling {
  readonly labels: Labels
  readonly by: Weighing
}

export function resultsOf(replay: Replay, telling: Telling): ReplayResults {
  const { tally } = replay
  const rows = pairsByJudgement(replay, telling)
  const all = tally.judgements.map((each) => ({ ...each, pairs: rows.get(each.judgement) ?? [] }))
  const heaviest = <T extends Weight>(list: readonly T[]) => [...list].sort((a, b) => b[telling.by] - a[telling.by])
  const told = outcomes.map((outcome): OutcomeResult => {
    const own = all.filter(({ judgement }) => judgement.outcome === outcome)
    const groups = Array.from(
      groupedBy(own, ({ judgement }) => causeKey(judgement.cause)).values(),
      (same): CauseGroup => ({
        cause: same[0].judgement.cause,
        ...sum(same.map(({ weight }) => weight)),
        pairs: heaviest(mergedPairs(same.flatMap(({ pairs }) => pairs))),
        others: sum(same.map(({ beyond }) => beyond)),
      }),
    )
    const guesses = own.filter(({ judgement }) => judgement.isGuessed)
    const guessed = sum(guesses.map(({ weight }) => weight)).records
    return { outcome, ...sum(own.map(({ weight }) => weight)), guessed, groups: heaviest(groups) }
  })
  return {
    ...sum(told),
    outcomes: told,
    first: Number.isFinite(tally.first) ? tally.first : undefined,
    last: Number.isFinite(tally.last) ? tally.last : undefined,
    noData: tally.noData,
    skipData: tally.skipData,
    outside: tally.outside,
    damaged: { lines: tally.damagedLines, examples: tally.damagedExamples },
    strangers: Array.from(tally.strangers, ([networkInterface, records]) => ({ networkInterface, records })),
    beyond: sum(all.map(({ beyond }) => beyond)).records,
  }
}

function sum(weights: readonly Weight[]): Weight {
  return weights.reduce<Weight>((one, other) => heavier(one, other), noWeight)
}

function pairsByJudgement(replay: Replay, { labels, ...more }: Telling): ReadonlyMap<Judgement, PairRow[]> {
  const known = new Map<string, string>()
  const labelOf = (card: NetworkInterface) => {
    const label = known.get(card.id) ?? labels(card)
    known.set(card.id, label)
    return label
  }
  const telling = { ...more, labels: labelOf }
  const rows = new Map<Judgement, Map<string, PairRow>>()
  for (const seen of replay.flows()) {
    const own = rows.get(seen.judgement) ?? new Map<string, PairRow>()
    rows.set(seen.judgement, own)
    const row = pairRowOf(seen, seen.judgement, replay.ends, telling)
    const key = pairKey(row)
    own.set(key, merged(own.get(key), row))
  }
  return new Map(Array.from(rows, ([judgement, own]) => [judgement, [...own.values()]]))
}

function pairKey({ from, to, service }: PairRow): string {
  return `${from} ${to} ${service}`
}

function mergedPairs(pairs: readonly PairRow[]): PairRow[] {
  const rows = new Map<string, PairRow>()
  for (const pair of pairs) rows.set(pairKey(pair), merged(rows.get(pairKey(pair)), pair))
  return [...rows.values()]
}

function merged(one: PairRow | undefined, other: PairRow): PairRow {
  if (!one) return other
  return {
    ...one,
    ...heavier(one, other),
    isGuessed: one.isGuessed || other.isGuessed,
    first: Math.min(one.first, other.first),
    last: Math.max(one.last, other.last),
  }
}

function pairRowOf(seen: SeenFlow, { isGuessed }: Judgement, ends: InterfaceEnds, { labels }: Telling): PairRow {
  const { flow, records, packets, bytes, first, last } = seen
  const own = labels(flow.own.card)
  const holder = ends.holderNear(flow.own.card, flow.peer)
  const peer = holder ? labels(holder) : formatAddress(flow.peer)
  const isOwnOpener = (flow.direction === 'egress') === flow.isOpening
  const [from, to] = isOwnOpener ? [own, peer] : [peer, own]
  return { from, to, service: serviceName(flow), isGuessed, records, packets, bytes, first, last }
}

const names = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmpv6'],
])

function serviceName(flow: Flow): string {
  const name = names.get(flow.protocol) ?? String(flow.protocol)
  return flow.protocol === 6 || flow.protocol === 17 ? `${name}/${servicePort(flow)}` : name
}
