/**
 * One record of a flow log as numbers, in places that are written again for each line: nothing is made for a
 * line but what it changes.
 */

import type { Address, Family } from '../net/address.ts'

/** What a field holds that is `-`, or that the format does not have. */
export const absent = -1

/** An interface whose id is none of the world's. */
export const unknownInterface = -2

export const statuses = { ok: 0, noData: 1, skipData: 2 } as const
export const directions = { ingress: 0, egress: 1 } as const
export const actions = { accept: 0, reject: 1 } as const

/** Where the four words of each address are. */
export const places = { source: 0, destination: 4, packetSource: 8, packetDestination: 12 } as const

export class LogRecord {
  /** By the kind of the column (log-format.ts); times in seconds. */
  readonly numbers = new Float64Array(17).fill(absent)
  /** Of the four addresses: 4, 6, or 0 where there is none. */
  readonly families = new Uint8Array(4)
  /** An IPv4 address is in the first of its four words, the others are 0. */
  readonly words = new Int32Array(16)
  /** The id of the last interface that is none of the world's. */
  stranger = ''
}

/** The address in four words of the array. */
export function addressFromWords(family: Family, words: Int32Array, offset: number): Address {
  const word = (index: number) => BigInt((words[offset + index] as number) >>> 0)
  if (family === 4) return { family, bits: word(0) }
  return { family, bits: (word(0) << 96n) | (word(1) << 64n) | (word(2) << 32n) | word(3) }
}

export function putAddress({ family, bits }: Address, words: Int32Array, offset: number): void {
  if (family === 4) {
    words[offset] = Number(bits) | 0
    words.fill(0, offset + 1, offset + 4)
    return
  }
  for (let index = 0; index < 4; index++) {
    words[offset + index] = Number((bits >> BigInt(96 - index * 32)) & 0xffff_ffffn) | 0
  }
}
