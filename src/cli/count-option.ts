/** Options that say how many. */

import { InvalidArgumentError } from 'commander'

export function countNamed(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Use a number of at least 1.')
}
