/**
 * The segments of one random TCP conversation, of which netfilter takes none for invalid that the engine lets pass
 * as part of a live flow. What went before is known only if all of it passed; where that is in doubt, the next
 * segment is one that is in order either way.
 */

import { segmentOf, type TcpState, tcpAfter } from '../../src/engine/tcp-state.ts'
import { tcpFlags } from '../../src/packet/packet.ts'
import type { Chance } from '../model/chance.ts'

export interface Turn {
  readonly isAnswer: boolean
  readonly flags: string
}

const opener = (flags: string): Turn => ({ isAnswer: false, flags })
const answerer = (flags: string): Turn => ({ isAnswer: true, flags })

/** Of no flow: whatever they say, none of them opens one. */
const strays = ['A', 'A', 'PA', 'FA', 'SA', 'SA', 'R', 'RA', 'F', 'P', 'U', '-', 'SF', 'SR']

/** What may follow in each state, some of it more often. The answering side never sends a SYN. */
const courses: Readonly<Record<Exclude<TcpState, 'syn-sent-both'>, readonly Turn[]>> = {
  'syn-sent': [
    ...[answerer('SA'), answerer('SA'), answerer('SA'), answerer('SA'), answerer('SA'), answerer('SA')],
    ...[opener('S'), opener('R'), answerer('RA')],
  ],
  'syn-received': [
    ...[opener('A'), opener('A'), opener('A'), opener('PA'), answerer('SA'), opener('S'), answerer('PA')],
    ...[opener('RA'), answerer('R')],
  ],
  established: [
    ...[opener('A'), opener('PA'), answerer('A'), answerer('PA'), opener('PA'), answerer('PA'), opener('PA')],
    ...[opener('FA'), answerer('FA'), opener('RA'), answerer('RA'), opener('S'), answerer('SA')],
  ],
  'fin-wait': [opener('A'), answerer('A'), answerer('PA'), opener('FA'), answerer('FA'), answerer('FA'), opener('R')],
  'close-wait': [opener('FA'), answerer('FA'), answerer('FA'), opener('A'), answerer('PA'), answerer('R')],
  'last-ack': [opener('A'), answerer('A'), opener('A'), opener('FA'), opener('R')],
  'time-wait': [opener('S'), opener('S'), opener('A'), answerer('FA')],
  closed: [opener('A'), answerer('PA'), answerer('A'), opener('FA')],
}

/** Right after a SYN on what may be a live connection and may be none. */
const safe = [answerer('SA'), answerer('SA'), answerer('SA'), opener('S')]

type State = keyof typeof courses

export class Conversation {
  #state: State | undefined
  #isAmbiguous = false
  /** Netfilter deletes an entry that a reset ends before any answer, so that nothing of the old flow may follow. */
  #isDeleted = false
  #hasFin = false
  #last: Turn | undefined

  /** Whether netfilter has nothing of it any more, and the engine may. */
  get isDeleted(): boolean {
    return this.#isDeleted
  }

  /** Undefined when there is nothing left to say. */
  next(chance: Chance): Turn | undefined {
    const turn = this.#chosen(chance)
    if (turn) this.#follow(turn)
    return turn
  }

  #chosen(chance: Chance): Turn | undefined {
    if (this.#isDeleted) return chance.isLikely(0.5) ? opener('S') : undefined
    if (this.#state === undefined) {
      return chance.isLikely(0.85) ? opener('S') : { isAnswer: chance.isLikely(0.5), flags: chance.of(strays) }
    }
    if (this.#isAmbiguous) return chance.of(safe)
    if (this.#state !== 'closed') return chance.of(courses[this.#state])
    if (this.#startsAnew() && chance.isLikely(0.5)) return opener('S')
    return chance.isLikely(0.7) ? chance.of(courses.closed) : undefined
  }

  /**
   * Netfilter takes a SYN after a reset for a new connection if the opener's reset came right before it, or a FIN
   * did before the reset; otherwise the SYN passes as part of the old connection, whatever the rules have become.
   */
  #startsAnew(): boolean {
    return this.#hasFin || (this.#last?.isAnswer === false && this.#last.flags.startsWith('R'))
  }

  #follow(turn: Turn): void {
    this.#last = turn
    if (!turn.isAnswer && turn.flags === 'S') this.#begin()
    else if (this.#state !== undefined) this.#continue(this.#state, turn)
  }

  #begin(): void {
    const isAnew = this.#state === undefined || this.#state === 'time-wait' || this.#state === 'closed'
    this.#isAmbiguous ||= !isAnew && this.#state !== 'syn-sent'
    if (isAnew) this.#hasFin = false
    this.#isDeleted = false
    this.#state = 'syn-sent'
  }

  #continue(state: State, { isAnswer, flags }: Turn): void {
    if (state === 'syn-sent' && flags.startsWith('R')) {
      this.#isDeleted = true
      this.#state = undefined
      return
    }
    this.#state = tcpAfter(state, isAnswer ? 'answerer' : 'opener', segmentOf(bits(flags))) as State
    if (isAnswer) this.#isAmbiguous = false
    this.#hasFin ||= this.#state === 'fin-wait'
  }
}

const letters = { S: tcpFlags.syn, A: tcpFlags.ack, P: tcpFlags.psh, F: tcpFlags.fin, R: tcpFlags.rst } as const

function bits(flags: string): number {
  return Object.entries(letters).reduce((sum, [letter, bit]) => (flags.includes(letter) ? sum | bit : sum), 0)
}
