/**
 * An index of rules, and the few rules by which today's differ from those it was made of: what is gone is left
 * out of its answers, what is new is held against the packet. A change costs what it changes that way, and the
 * index is made anew only when enough questions were asked since.
 */

import type { Address } from '../net/address.ts'
import type { Payload } from '../packet/packet.ts'
import { admits } from './match.ts'
import type { Allow } from './policy.ts'
import type { ListId, RuleIndex } from './rule-index.ts'

/** One bit each in a number of 32. */
const mostFresh = 32
/** How far apart a rule may be in both lists before it counts as moved. */
const mostSkipped = 64

/** A rule that the index does not know, and the place in its list that it comes before. */
interface Fresh {
  readonly allow: Allow
  readonly before: number
}

export class IndexOverlay {
  readonly base: RuleIndex
  readonly #gone: ReadonlySet<number>
  readonly #fresh: readonly Fresh[]
  /** By the index's list and the new rules that match, one bit each. */
  readonly #answers = new Map<number, readonly Allow[]>()

  private constructor(base: RuleIndex, { gone, fresh }: Difference) {
    this.base = base
    this.#gone = gone
    this.#fresh = fresh
  }

  /** Undefined for rules that differ by more than a few, or in another order. */
  static over(base: RuleIndex, allows: readonly Allow[]): IndexOverlay | undefined {
    const difference = differenceOf(base.allows, allows)
    return difference && new IndexOverlay(base, difference)
  }

  /** The rules that match, in order. */
  matching(peer: Address, payload: Payload): readonly Allow[] {
    const list = this.base.listOf(peer, payload)
    let mask = 0
    for (const [bit, { allow }] of this.#fresh.entries()) if (admits(allow, peer, payload)) mask |= 1 << bit
    const key = list * 2 ** 32 + (mask >>> 0)
    const known = this.#answers.get(key)
    if (known) return known
    const answer = this.#merged(list, mask)
    this.#answers.set(key, answer)
    return answer
  }

  #merged(list: ListId, mask: number): readonly Allow[] {
    const fresh = this.#fresh.filter((_, bit) => (mask & (1 << bit)) !== 0)
    const found: Allow[] = []
    let next = 0
    for (const place of this.base.placesOf(list)) {
      while (next < fresh.length && (fresh[next] as Fresh).before <= place) found.push((fresh[next++] as Fresh).allow)
      if (!this.#gone.has(place)) found.push(this.base.allows[place] as Allow)
    }
    return [...found, ...fresh.slice(next).map(({ allow }) => allow)]
  }
}

interface Difference {
  /** By their place in the old list. */
  readonly gone: ReadonlySet<number>
  readonly fresh: readonly Fresh[]
}

/** Rules are the same by identity; a rule of the same id that is not the same takes the other's place. */
function differenceOf(old: readonly Allow[], present: readonly Allow[]): Difference | undefined {
  const gone = new Set<number>()
  const fresh: Fresh[] = []
  let place = 0
  for (let at = 0; at < present.length; at++) {
    const allow = present[at] as Allow
    if (old[place] === allow) {
      place += 1
      continue
    }
    if (fresh.length === mostFresh) return undefined
    const kept = placeOf(old, present, { place, at })
    for (; place < kept.place; place++) gone.add(place)
    if (kept.isSame) {
      place += 1
      continue
    }
    fresh.push({ allow, before: place })
    if (kept.isReplaced) gone.add(place++)
  }
  for (; place < old.length; place++) gone.add(place)
  return { gone, fresh }
}

interface Kept {
  /** Where the old list goes on. */
  readonly place: number
  readonly isSame: boolean
  /** The rule takes the place of the old one there. */
  readonly isReplaced: boolean
}

/** What became of the lists where they part; the usual single change is found without a look at the rules. */
function placeOf(
  old: readonly Allow[],
  present: readonly Allow[],
  { place, at }: { readonly place: number; readonly at: number },
): Kept {
  const { rule, group } = present[at] as Allow
  if (old[place + 1] === present[at]) return { place: place + 1, isSame: true, isReplaced: false }
  if (present[at + 1] === old[place]) return { place, isSame: false, isReplaced: false }
  const to = Math.min(old.length, place + mostSkipped)
  for (let each = place; each < to; each++) {
    const former = old[each] as Allow
    if (former.rule !== rule || former.group !== group) continue
    const isSame = former === present[at]
    return { place: each, isSame, isReplaced: !isSame }
  }
  return { place, isSame: false, isReplaced: false }
}
