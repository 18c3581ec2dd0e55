/**
 * What let connections in, shared by all that the same rules let in: thousands of records name one admission by
 * number. Whether its rules are in force is worked out once for a policy, which never changes, and not for each
 * packet.
 */

import { invariant } from '../../base/invariant.ts'
import type { InstanceId, NetworkInterfaceId } from '../../model/ids.ts'
import type { ConnectionTracking } from '../../model/network-interface.ts'
import type { Allow, InterfacePolicy } from '../../policy/policy.ts'
import type { EngineDefaults } from '../defaults.ts'
import type { ConnectionView, WhyTracked } from '../verdict.ts'
import { mostCards } from './packed-flow.ts'

/** An interface that tracks connections. */
export interface Card {
  readonly id: NetworkInterfaceId
  readonly number: number
  /** The newest that a packet met, and its number among all policies so met. */
  policy: InterfacePolicy
  epoch: number
  connections: number
  known: Known
}

/** The admissions of a card's newest policy, by what would make another one the same. */
interface Known {
  count: number
  readonly byRules: Branch
  readonly byEarlier: Map<string, Admission>
}

interface Branch {
  readonly whole: Map<WhyTracked, Admission>
  readonly further: Map<Allow, Branch>
}

export interface Admission {
  /** Of all that were ever made. */
  readonly serial: number
  readonly card: Card
  /** Whose allowance it counts against: the instance's that had the interface, or the interface's own. */
  readonly owner: string
  readonly instance: InstanceId | undefined
  /** The interface's idle timeouts as they were then. */
  readonly timers: ConnectionTracking
  readonly why: WhyTracked
  readonly by: ConnectionView['by']
  /** The policy that `by` holds `isInForce` against. */
  readonly epoch: number
  /** Meaningless while nothing holds it. */
  number: number
  holders: number
}

/** Beyond so many the known ones are forgotten, and made again when they are wanted. */
const mostKnown = 4096

export class Admissions {
  readonly #cards = new Map<NetworkInterfaceId, Card>()
  readonly #vacantCards: number[] = []
  readonly #countOf = new Map<string, number>()
  readonly #held: (Admission | undefined)[] = []
  readonly #vacant: number[] = []
  #made = 0
  #epochs = 0
  readonly #allowanceOf: EngineDefaults['allowanceOf']
  /** Packets come in runs. */
  #latest: Card | undefined

  constructor(allowanceOf: EngineDefaults['allowanceOf']) {
    this.#allowanceOf = allowanceOf
  }

  /** The interface, if it tracks anything; from here on `policy` is its newest. */
  cardOf(policy: InterfacePolicy): Card | undefined {
    if (this.#latest?.policy === policy) return this.#latest
    const card = this.#cards.get(policy.id)
    if (card === undefined) return undefined
    if (card.policy !== policy) this.#renew(card, policy)
    this.#latest = card
    return card
  }

  cardFor(policy: InterfacePolicy): Card {
    return this.cardOf(policy) ?? this.#newCard(policy)
  }

  /** The number of an interface that tracks something. */
  numberOf(networkInterface: NetworkInterfaceId): number | undefined {
    return this.#cards.get(networkInterface)?.number
  }

  at(number: number): Admission {
    return this.#held[number] as Admission
  }

  /** Connections that count against the owner's allowance. */
  countFor(owner: string): number {
    return this.#countOf.get(owner) ?? 0
  }

  /** By the rules of the card's newest policy, all of which are in force. */
  admit(card: Card, matching: readonly Allow[], why: WhyTracked): Admission {
    let branch = card.known.byRules
    for (const each of matching) {
      const next: Branch = branch.further.get(each) ?? newBranch()
      branch.further.set(each, next)
      branch = next
    }
    let admission = branch.whole.get(why)
    if (admission === undefined) {
      const by = matching.map(({ rule, group }) => ({ rule, group, isInForce: true }))
      const { id, tracking: timers } = card.policy
      const instance = this.#allowanceOf === 'instance' ? card.policy.instance : undefined
      admission = this.#make(card, { owner: instance ?? id, instance, timers, why, by })
      branch.whole.set(why, admission)
    }
    return admission
  }

  /** As before, but held against the card's newest policy: `by` says which of its rules are in force. */
  reconsider({ serial, card, owner, instance, timers, why }: Admission, by: Admission['by']): Admission {
    const key = [serial, ...by.map((each) => Number(each.isInForce))].join(' ')
    const known = card.known.byEarlier.get(key)
    if (known) return known
    const renewed = this.#make(card, { owner, instance, timers, why, by })
    card.known.byEarlier.set(key, renewed)
    return renewed
  }

  /** For one connection. */
  hold(admission: Admission): void {
    if (admission.holders++ === 0) {
      admission.number = this.#vacant.pop() ?? this.#held.length
      this.#held[admission.number] = admission
    }
    admission.card.connections++
    this.#countOf.set(admission.owner, this.countFor(admission.owner) + 1)
  }

  release(admission: Admission): void {
    const { card, owner } = admission
    if (--admission.holders === 0) {
      this.#held[admission.number] = undefined
      this.#vacant.push(admission.number)
    }
    const count = this.countFor(owner) - 1
    if (count === 0) this.#countOf.delete(owner)
    else this.#countOf.set(owner, count)
    if (--card.connections > 0) return
    this.#cards.delete(card.id)
    this.#vacantCards.push(card.number)
    if (this.#latest === card) this.#latest = undefined
  }

  #make(card: Card, facts: Pick<Admission, 'owner' | 'instance' | 'timers' | 'why' | 'by'>): Admission {
    if (++card.known.count > mostKnown) card.known = nothingKnown()
    return { serial: ++this.#made, card, ...facts, epoch: card.epoch, number: 0, holders: 0 }
  }

  #newCard(policy: InterfacePolicy): Card {
    const number = this.#vacantCards.pop() ?? this.#cards.size
    invariant(number < mostCards, `at most ${mostCards} interfaces track connections at once`)
    const epoch = ++this.#epochs
    const card = { id: policy.id, number, policy, epoch, connections: 0, known: nothingKnown() }
    this.#cards.set(policy.id, card)
    this.#latest = card
    return card
  }

  #renew(card: Card, policy: InterfacePolicy): void {
    card.policy = policy
    card.epoch = ++this.#epochs
    card.known = nothingKnown()
  }
}

function nothingKnown(): Known {
  return { count: 0, byRules: newBranch(), byEarlier: new Map() }
}

function newBranch(): Branch {
  return { whole: new Map(), further: new Map() }
}
