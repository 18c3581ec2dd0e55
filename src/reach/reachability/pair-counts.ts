/** How many pairs of ends there are between two sides. Nobody opens a connection to themselves over the network. */

import { groupedBy } from '../../base/grouped.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { Family } from '../../net/address.ts'
import type { End } from './end.ts'
import type { Labels } from './labels.ts'
import type { Selection } from './selection.ts'

/** Pairs of ends that are not of one interface. */
export function strangerPairs(senders: readonly End[], receivers: readonly End[]): number {
  const counts = new Map<NetworkInterface, number>()
  for (const { card } of receivers) counts.set(card, (counts.get(card) ?? 0) + 1)
  const own = senders.reduce((sum, { card }) => sum + (counts.get(card) ?? 0), 0)
  return senders.length * receivers.length - own
}

/** The first such pair. */
export function strangersAmong(senders: readonly End[], receivers: readonly End[]): readonly [End, End] | undefined {
  for (const sender of senders) {
    const receiver = receivers.find(({ card }) => card.id !== sender.card.id)
    if (receiver) return [sender, receiver]
  }
  return undefined
}

export type PairCount = (from: string, to: string, family: Family) => number

/** By what the ends are called; an end outside counts as one with each end inside. */
export function pairCounts(from: Selection, to: Selection, labels: Labels): PairCount {
  const [senders, receivers] = [byName(from, labels), byName(to, labels)]
  return (one, other, family) => {
    const [some, others] = [senders[family].get(one) ?? [], receivers[family].get(other) ?? []]
    const isOutside = some.length === 0 || others.length === 0
    if (isOutside) return some.length + others.length
    // Who is called otherwise is another interface.
    return one === other ? strangerPairs(some, others) : some.length * others.length
  }
}

function byName({ inside }: Selection, labels: Labels): Record<Family, ReadonlyMap<string, readonly End[]>> {
  const of = (family: Family) => {
    const own = inside.filter((each) => each.of.family === family)
    return groupedBy(
      own.flatMap(({ members }) => members),
      ({ card }) => labels(card),
    )
  }
  return { 4: of(4), 6: of(6) }
}
