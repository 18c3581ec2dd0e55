/** Entropy from the operating system, drawn in blocks because a draw costs more than a digit. */

import { randomFillSync } from 'node:crypto'
import type { Entropy } from '../base/entropy.ts'

const block = Buffer.alloc(4096)

export function systemEntropy(): Entropy {
  let digits = ''
  let used = 0
  return {
    hex(length) {
      if (used + length > digits.length) {
        digits = randomFillSync(block).toString('hex')
        used = 0
      }
      used += length
      return digits.slice(used - length, used)
    },
  }
}
