/** Ids for what has none yet: of AWS's form, and the same for the same text at every reading. */

import { createHash } from 'node:crypto'

export function madeId<P extends string>(prefix: P, text: string): `${P}-${string}` {
  return `${prefix}-${createHash('sha256').update(text).digest('hex').slice(0, 17)}`
}
