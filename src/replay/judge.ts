/**
 * Flows judged in one world: the packet that opens the connection by the rules and ACLs of both its ends, as far
 * as they are interfaces of the world, and an answer by its opening and the ACLs on its own way. What the log
 * says was before; which of the two a flow is, known or guessed, decides what the difference means.
 */

import type { NetworkInterface } from '../model/network-interface.ts'
import type { Direction } from '../model/rule.ts'
import type { World } from '../model/world.ts'
import type { Address } from '../net/address.ts'
import { lastOf } from '../net/cidr.ts'
import { exemptService } from '../policy/exempt.ts'
import type { Allow, InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { Alike } from './alike.ts'
import {
  type Crossing,
  crossing,
  type Header,
  isIcmp,
  openingPacket,
  reversedHeader,
  type Word,
  words,
} from './crossing.ts'
import type { Flow } from './flow.ts'
import type { InterfaceEnds } from './interface-ends.ts'
import { Causes, type Doubt, doubtful, guessed, type Judgement, type Outcome, type Stop } from './judgement.ts'

/** What becomes of packets on their whole way. */
export interface Fate {
  readonly word: Word
  /** All that stop them. */
  readonly stops: readonly Stop[]
  /** The rules by which the connection is opened, at the interface of the record. */
  readonly rules: readonly Allow[]
  readonly openingDirection: Direction
  readonly exempt: string | undefined
  /** The interfaces of the world that the opening packet leaves and enters. */
  readonly crossings: readonly Crossing[]
}

/** Judgements that are remembered at a time. */
const mostJudged = 2 ** 15

export class Judge {
  readonly #policies: PolicyTable
  readonly #ends: InterfaceEnds
  readonly #isStrict: boolean
  readonly #known = new Map<string, InterfacePolicy | undefined>()
  readonly #causes = new Causes()
  readonly #alike: Alike
  readonly #judged = new Map<string, Judgement>()

  /** Strict: a guess that matters is a doubt. */
  constructor(world: World, ends: InterfaceEnds, isStrict: boolean) {
    this.#policies = new PolicyTable(world)
    this.#ends = ends
    this.#isStrict = isStrict
    this.#alike = new Alike(world)
  }

  judge(flow: Flow): Judgement {
    const policy = this.#policyOf(flow.own.card)
    if (!policy) return doubtful('unknown-interface')
    if (policy.groups.length === 0) return doubtful('no-groups')
    const unusual = beyondRules(flow, policy)
    if (unusual) return doubtful(unusual)
    const key = this.#alike.keyOf(flow, policy, this.#farPolicy(flow.own.card, flow.peer))
    if (key === undefined) return this.#judgedAlone(flow)
    const known = this.#judged.get(key)
    if (known) return known
    const judgement = this.#judgedAlone(flow)
    if (this.#judged.size >= mostJudged) this.#judged.clear()
    this.#judged.set(key, judgement)
    return judgement
  }

  #judgedAlone(flow: Flow): Judgement {
    return flow.protocol === 6 ? this.#byOpener(flow) : this.#withoutSegments(flow)
  }

  /** What would become of the flow's packets, if they are of the side that opened the connection, or of the other. */
  fateOf(flow: Flow, isOpening: boolean): Fate {
    const header = headerOf(flow)
    const opposite = flow.direction === 'ingress' ? 'egress' : 'ingress'
    if (isOpening) return this.#along(header, flow, flow.direction, false)
    const opening = this.#along(reversedHeader(header), flow, opposite, false)
    const answer = this.#along(header, flow, flow.direction, true)
    return {
      ...opening,
      word: Math.min(opening.word, answer.word) as Word,
      stops: [...opening.stops, ...answer.stops],
    }
  }

  /** The header from one end to the other; `direction` is the one at the flow's own interface. */
  #along(header: Header, { own, peer }: Flow, direction: Direction, isAnswer: boolean): Fate {
    const packet = openingPacket(header)
    const far = this.#farPolicy(own.card, peer)
    const policy = this.#policyOf(own.card) as InterfacePolicy
    const near = crossing(policy, packet, direction, isAnswer)
    const farDirection = direction === 'egress' ? 'ingress' : 'egress'
    const other = far && near.exempt === undefined ? crossing(far, packet, farDirection, isAnswer) : undefined
    const met = other ? [near, other] : [near]
    const inOrder = direction === 'egress' ? met : met.reverse()
    return {
      crossings: inOrder,
      word: Math.min(near.word, other?.word ?? words.yes) as Word,
      stops: inOrder.flatMap(({ stops }) => stops),
      rules: near.rules,
      openingDirection: direction,
      exempt: near.exempt,
    }
  }

  /** The other end, if groups of this world filter it. */
  #farPolicy(own: NetworkInterface, peer: Address): InterfacePolicy | undefined {
    const holder = this.#ends.holderNear(own, peer)
    return holder && holder.groups.length > 0 ? this.#policyOf(holder) : undefined
  }

  #policyOf({ id }: NetworkInterface): InterfacePolicy | undefined {
    if (!this.#known.has(id)) this.#known.set(id, this.#policies.get(id))
    return this.#known.get(id)
  }

  /** TCP: only a SYN opens, so it depends on who sent it. */
  #byOpener(flow: Flow): Judgement {
    const { certainty, isOpening, evidence } = flow
    const outcomeIf = (opens: boolean) => this.#outcomeOf(flow, this.#segmentFate(flow, opens), opens)
    if (flow.action === 'REJECT' && (evidence === 'neither' || evidence === 'syn-ack'))
      return this.#outOfConnection(flow)
    const outcome = outcomeIf(isOpening)
    if (certainty === 'flags') return outcome
    if (outcome.outcome === outcomeIf(!isOpening).outcome && outcome.outcome !== 'newly allowed') return outcome
    if (this.#isStrict || certainty === 'unclear') return doubtful('direction')
    return guessed(outcome)
  }

  /** After its SYN the opener sends only what answers led to: those must have come back. */
  #segmentFate(flow: Flow, isOpening: boolean): Fate {
    const fate = this.fateOf(flow, isOpening)
    if (!isOpening || flow.evidence !== 'neither') return fate
    const opposite = flow.direction === 'ingress' ? 'egress' : 'ingress'
    const answer = this.#along(reversedHeader(headerOf(flow)), flow, opposite, true)
    return { ...fate, word: Math.min(fate.word, answer.word) as Word, stops: [...fate.stops, ...answer.stops] }
  }

  #outcomeOf({ action }: Flow, fate: Fate, isOpening: boolean): Judgement {
    if (action === 'ACCEPT') return this.#told(fate, fate.word === words.yes ? 'unchanged, accepted' : 'newly denied')
    if (fate.word !== words.yes) return this.#told(fate, 'unchanged, rejected')
    return isOpening ? this.#told(fate, 'newly allowed') : doubtful('refused-answer')
  }

  /** No SYN: it was late, of no connection, or an ACL stopped an answer. What neither side could open is refused still. */
  #outOfConnection(flow: Flow): Judgement {
    const fates = [true, false].map((opens) => this.fateOf(flow, opens))
    const [likely] = [flow.isOpening ? fates[0] : fates[1]]
    const isRefused = fates.every(({ word }) => word === words.no)
    if (isRefused && likely) return this.#told(likely, 'unchanged, rejected')
    return doubtful(flow.evidence === 'syn-ack' ? 'refused-answer' : 'no-connection')
  }

  /** Of other protocols every packet may open a flow, so the record says nothing of who was first. */
  #withoutSegments(flow: Flow): Judgement {
    const [opening, answer] = [this.fateOf(flow, true), this.fateOf(flow, false)]
    if (meetsHalfWay(opening, answer)) return doubtful('direction')
    const ifOpening = this.#outcomeOf(flow, opening, true)
    // An answer that rules admit needs no connection.
    const ifAnswer = this.#outcomeOf(flow, answer, opening.word === words.yes)
    if (isIcmp(flow.protocol)) {
      if (opening.word === words.maybe || answer.word === words.maybe) return doubtful('icmp-type')
      if (opening.word === words.no && answer.word === words.no) return this.#refusedIcmp(ifOpening)
    }
    const likely = flow.isOpening ? ifOpening : ifAnswer
    if (ifOpening.outcome === ifAnswer.outcome) return likely
    return this.#isStrict || flow.certainty === 'unclear' ? doubtful('direction') : guessed(likely)
  }

  /** Where rules admit no type of either direction, only an error about another connection could have passed. */
  #refusedIcmp(judgement: Judgement): Judgement {
    if (judgement.outcome === 'unchanged, rejected') return judgement
    return this.#isStrict ? doubtful('icmp-type') : guessed(judgement)
  }

  #told(fate: Fate, outcome: Outcome): Judgement {
    return this.#causes.of(fate)[outcome]
  }
}

/** Each side may begin by its own rules, and what one sent and lost lets the other's in: so both get through. */
function meetsHalfWay(opening: Fate, answer: Fate): boolean {
  if (opening.word !== words.no || answer.word !== words.no || opening.crossings.length < 2) return false
  if (opening.stops.some(({ kind }) => kind === 'acl')) return false
  return opening.crossings.every(
    ({ policy, rules }) =>
      [...rules, ...answer.crossings.filter((other) => other.policy === policy).flatMap((other) => other.rules)]
        .length > 0,
  )
}

/** Judged in the two worlds that bound a source: where they differ, the source does not say enough. */
export function judgedBetween(flow: Flow, certain: Judge, possible: Judge): Judgement {
  const one = certain.judge(flow)
  if (certain === possible) return one
  const other = possible.judge(flow)
  return one.outcome === other.outcome ? one : doubtful('source')
}

function headerOf({ own, peer, direction, protocol, sourcePort, destinationPort }: Flow): Header {
  const [source, destination] = direction === 'egress' ? [own.address, peer] : [peer, own.address]
  return { source, destination, protocol, sourcePort, destinationPort }
}

/** DHCP is never filtered, whoever it is sent to, and from before an interface has an address (data-plane 1.5). */
function beyondRules(flow: Flow, policy: InterfacePolicy): Doubt | undefined {
  const { address } = flow.own
  const header = headerOf(flow)
  const isWithoutAddress = address.family === 4 && address.bits === 0n
  const isSentToMany = isToMany(policy, header.destination)
  if (!isWithoutAddress && !isSentToMany) return undefined
  if (exemptService(policy, openingPacket(header), flow.direction) === 'DHCP') return undefined
  return isSentToMany ? 'multicast' : 'unknown-address'
}

/** A VPC carries neither multicast nor broadcast. */
function isToMany({ subnet }: InterfacePolicy, { family, bits }: Address): boolean {
  if (family === 6) return bits >> 120n === 0xffn
  if (bits >> 28n === 0xen || bits === 0xffff_ffffn) return true
  return subnet.some((block) => block.family === 4 && block.length < 31 && bits === lastOf(block))
}
