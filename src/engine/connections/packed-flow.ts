/**
 * What identifies a flow of an interface (data-plane 7.1 step 6), packed into words: the interface's number, the
 * remote and the local end, the protocol. Both orientations pack to the same words, because a packet's direction
 * says which of its ends is the remote one.
 */

import type { Direction } from '../../model/rule.ts'
import type { Address } from '../../net/address.ts'
import { counterpart } from '../../packet/icmp.ts'
import { type Payload, protocolNumber, type Quoted } from '../../packet/packet.ts'

/** An IPv4 flow has the first four words, a wide one, with an IPv6 address, all ten. */
const at = { remote: 0, local: 1, ports: 2, traits: 3, remoteRest: 4, localRest: 7 } as const

export const flowWords = 10

/** Within the word of traits, above the number of the protocol. */
const isOther = 1 << 8
const remoteIs6 = 1 << 9
const localIs6 = 1 << 10
const cardShift = 11

export const mostCards = 2 ** (32 - cardShift)

/** One flow at a time, packed in place: a key for each packet would be garbage for each packet. */
export class PackedFlow {
  readonly words = new Int32Array(flowWords)
  isWide = false
  hash = 0
  /** A BigInt stored here is cut to 64 bits at the speed of a copy; every other way of splitting one is slow. */
  readonly #half = new DataView(new ArrayBuffer(8))

  pack({ source, destination, payload }: Quoted, direction: Direction, card: number): void {
    const isIngress = direction === 'ingress'
    const remote = isIngress ? source : destination
    const local = isIngress ? destination : source
    const { words } = this
    words[at.ports] = portsOf(payload, isIngress)
    words[at.traits] =
      (card << cardShift) |
      (local.family === 6 ? localIs6 : 0) |
      (remote.family === 6 ? remoteIs6 : 0) |
      (payload.kind === 'other' ? isOther : 0) |
      protocolNumber(payload)
    this.isWide = remote.family === 6 || local.family === 6
    this.#packAddress(remote, at.remote, at.remoteRest)
    this.#packAddress(local, at.local, at.localRest)
    this.hash = this.isWide ? hashOfWide(words, 0, at.remoteRest) : hashOf(words, 0)
  }

  #packAddress({ bits }: Address, first: number, rest: number): void {
    this.#half.setBigInt64(0, bits, true)
    this.words[first] = this.#half.getInt32(0, true)
    if (!this.isWide) return
    this.words[rest] = this.#half.getInt32(4, true)
    this.#half.setBigInt64(0, bits >> 64n, true)
    this.words[rest + 1] = this.#half.getInt32(0, true)
    this.words[rest + 2] = this.#half.getInt32(4, true)
  }
}

/** The remote port above the local one; of a query the type that the interface takes in, above its identifier. */
function portsOf(payload: Payload, isIngress: boolean): number {
  switch (payload.kind) {
    case 'tcp':
    case 'udp': {
      const { source, destination } = payload.ports
      return isIngress ? (source << 16) | destination : (destination << 16) | source
    }
    case 'icmp':
      return ((isIngress ? payload.type : counterpart(payload)) << 16) | (payload.identifier ?? 0)
    case 'other':
      return 0
    default:
      return payload satisfies never
  }
}

/** Of the four words that begin at `start`; all 32 bits are good, the low ones and the high ones. */
export function hashOf(words: Int32Array, start: number): number {
  return mixed(
    words[start] as number,
    words[start + 1] as number,
    words[start + 2] as number,
    words[start + 3] as number,
  )
}

/** As `hashOf`; the words that only a wide flow has begin at `rest`. */
export function hashOfWide(words: Int32Array, start: number, rest: number): number {
  const remote = mixed(words[rest] as number, words[rest + 1] as number, words[rest + 2] as number, 0)
  const local = mixed(words[rest + 3] as number, words[rest + 4] as number, words[rest + 5] as number, 0)
  return mixed(
    (words[start] as number) ^ remote,
    (words[start + 1] as number) ^ local,
    words[start + 2] as number,
    words[start + 3] as number,
  )
}

function mixed(one: number, two: number, three: number, four: number): number {
  let hash = Math.imul(one, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15) ^ two, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13) ^ three, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16) ^ four, 0x27d4eb2f)
  hash = Math.imul(hash ^ (hash >>> 15), 0x165667b1)
  return hash ^ (hash >>> 16)
}

/** An end of a flow by its 128 bits, lowest word first. */
function addressFrom(words: readonly number[], family: Address['family']): Address {
  const bits = words.reduceRight((high, word) => (high << 32n) | BigInt(word >>> 0), 0n)
  return { family, bits }
}

/** What packing does not keep of the packet that opened the flow. */
export interface Opening {
  readonly direction: Direction
  /** TCP flags, or the ICMP code. */
  readonly detail: number
  readonly hasIdentifier: boolean
}

/** The header that was packed. */
export function unpack(words: Int32Array, { direction, detail, hasIdentifier }: Opening): Quoted {
  const traits = words[at.traits] as number
  const end = (first: number, rest: number, is6: number) =>
    addressFrom([words[first] as number, ...words.subarray(rest, rest + 3)], (traits & is6) === 0 ? 4 : 6)
  const remote = end(at.remote, at.remoteRest, remoteIs6)
  const local = end(at.local, at.localRest, localIs6)
  const isIngress = direction === 'ingress'
  const ends = isIngress ? { source: remote, destination: local } : { source: local, destination: remote }
  const upper = (words[at.ports] as number) >>> 16
  const lower = (words[at.ports] as number) & 0xffff
  const ports = isIngress ? { source: upper, destination: lower } : { source: lower, destination: upper }
  const protocol = traits & 0xff
  if ((traits & isOther) !== 0) return { ...ends, payload: { kind: 'other', protocol } }
  if (protocol === 6) return { ...ends, payload: { kind: 'tcp', ports, flags: detail } }
  if (protocol === 17) return { ...ends, payload: { kind: 'udp', ports } }
  const message = { protocol: protocol === 1 ? 'icmp' : 'icmpv6', type: upper } as const
  const type = isIngress ? upper : counterpart(message)
  const identifier = hasIdentifier ? { identifier: lower } : {}
  return { ...ends, payload: { kind: 'icmp', ...message, type, code: detail, ...identifier } }
}
