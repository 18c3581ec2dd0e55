/**
 * Addresses that stand for those that AWS will choose, and rules that name a part of where it may choose: whether such
 * a rule holds for the real address is not known, so it holds for the stand-in in the possible world alone.
 */

import type { Rule } from '../model/rule.ts'
import { type Address, addressLength } from '../net/address.ts'
import { blockAround, type Cidr, contains, formatCidr, overlaps } from '../net/cidr.ts'
import { stableId } from './stable-id.ts'

/** Whether the block holds some of the addresses around, and not all. */
export function isPartOf(block: Cidr, around: Cidr): boolean {
  return overlaps(block, around) && !contains(block, around)
}

/** The rule for the stand-in alone; `of` tells it from the rule's other twins. */
export function twinFor(rule: Rule, address: Address, of: string): Rule {
  const { family } = address
  const cidr = formatCidr(blockAround(address, addressLength[family]))
  const peer = { kind: family === 4 ? 'ipv4' : 'ipv6', cidr } as const
  return { ...rule, id: stableId('sgr', `${rule.id} for ${of}${cidr}`), peer }
}
