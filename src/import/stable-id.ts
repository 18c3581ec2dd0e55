/** Ids for what has none yet: the same for the same name, so that two readings can be compared. */

import { createHash } from 'node:crypto'
import type { Entropy } from '../base/entropy.ts'

export function digitsOf(text: string, length = 17): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length)
}

/** `stableId('sg', 'Web')` is `sg-` and 17 digits. */
export function stableId<P extends string>(prefix: P, name: string): `${P}-${string}` {
  return `${prefix}-${digitsOf(name)}`
}

/** Digits that follow from a name, as many as are asked for. */
export function entropyFrom(name: string): Entropy {
  let count = 0
  return {
    hex(length) {
      count += 1
      return digitsOf(`${name} ${count}`, length)
    },
  }
}
