/** How many addresses a set has. */

import type { Family } from '../../net/address.ts'
import { type Diagram, intervalsOf } from '../packet-set/diagram.ts'
import { addressLines } from '../packet-set/lines.ts'

/** Those that have any service of a diagram from addresses to services. */
export function addressCount(set: Diagram, family: Family): bigint {
  let count = 0n
  for (const { first, last } of intervalsOf(set, addressLines[family])) count += BigInt(last) - BigInt(first) + 1n
  return count
}
