/**
 * Sequence numbers that real hosts would send: each side counts on from its own SYN, and acknowledges all that
 * the other side has sent. A SYN after the connection's end begins anew, any other SYN is a retransmission.
 */

import { type Quoted, tcpFlags } from '../../packet/packet.ts'

export interface TcpNumbers {
  readonly sequence: number
  readonly acknowledgment: number
}

interface Side {
  first: number
  next: number
  hasFinished: boolean
}

interface Conversation {
  readonly sides: Map<string, Side>
  isReset: boolean
}

export class TcpNumbering {
  readonly #conversations = new Map<string, Conversation>()
  #begun = 0

  /** Of a segment that is about to be sent. */
  of({ source, destination, payload }: Quoted, bytes: number): TcpNumbers {
    if (payload.kind !== 'tcp') throw new Error('only a TCP segment is numbered')
    const from = `${source.bits}:${payload.ports.source}`
    const to = `${destination.bits}:${payload.ports.destination}`
    const conversation = this.#conversationOf(from, to, payload.flags)
    const [own, other] = [this.#sideOf(conversation, from), this.#sideOf(conversation, to)]
    const isSyn = (payload.flags & tcpFlags.syn) !== 0
    const isFin = (payload.flags & tcpFlags.fin) !== 0
    const sequence = isSyn ? own.first : isFin && own.hasFinished ? own.next - 1 : own.next
    own.next = Math.max(own.next, sequence + bytes + Number(isSyn) + Number(isFin))
    own.hasFinished ||= isFin
    conversation.isReset ||= (payload.flags & tcpFlags.rst) !== 0
    return { sequence, acknowledgment: payload.flags & tcpFlags.ack ? other.next : 0 }
  }

  #conversationOf(from: string, to: string, flags: number): Conversation {
    const key = [from, to].sort().join(' ')
    const known = this.#conversations.get(key)
    const isOpening = (flags & (tcpFlags.syn | tcpFlags.ack)) === tcpFlags.syn
    if (known !== undefined && !(isOpening && isOver(known))) return known
    const fresh: Conversation = { sides: new Map(), isReset: false }
    this.#conversations.set(key, fresh)
    this.#begun++
    return fresh
  }

  #sideOf({ sides }: Conversation, end: string): Side {
    const known = sides.get(end)
    if (known) return known
    const first = this.#begun * 100_000 + (sides.size + 1) * 10_000
    const side = { first, next: first, hasFinished: false }
    sides.set(end, side)
    return side
  }
}

function isOver({ sides, isReset }: Conversation): boolean {
  return isReset || (sides.size === 2 && [...sides.values()].every(({ hasFinished }) => hasFinished))
}
