/**
 * Addresses that no internet gateway carries: private, shared, loopback, link-local, multicast (RFC 6890).
 * Documentation blocks are not among them: the public addresses given out here come from these.
 */

import type { Address } from './address.ts'
import { type Cidr, containsAddress, parseCidr } from './cidr.ts'

export const specialBlocks: readonly Cidr[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/3',
  '4000::/2',
  '8000::/1',
].flatMap((text) => parseCidr(text)?.cidr ?? [])

export function isSpecial(address: Address): boolean {
  return specialBlocks.some((block) => containsAddress(block, address))
}
