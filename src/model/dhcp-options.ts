/**
 * DHCP options. A world has the default set of its VPCs and no other: all a VPC keeps of it is the
 * id, so a set lasts as long as a VPC that uses it.
 */

import type { Entropy } from '../base/entropy.ts'
import type { Change } from './change.ts'
import { type DhcpOptionsId, newId } from './ids.ts'
import type { Vpc } from './vpc.ts'
import type { World } from './world.ts'

/** The sets that VPCs use, each once, in id order. */
export function dhcpOptionsIn(world: World): DhcpOptionsId[] {
  return [...new Set(Array.from(world.vpc.values(), ({ dhcpOptions }) => dhcpOptions))].sort()
}

/** The set that a new VPC shares with the others, or the id of a new one. */
export function dhcpOptionsFor(world: World, entropy: Entropy): DhcpOptionsId {
  return dhcpOptionsIn(world)[0] ?? newId(entropy, 'dopt')
}

/** With the last VPC that uses a set, the set is gone, and its tags with it. */
export function dhcpOptionsRelease(world: World, { id, dhcpOptions }: Vpc): Change[] {
  const isShared = Array.from(world.vpc.values()).some((vpc) => vpc.id !== id && vpc.dhcpOptions === dhcpOptions)
  return isShared || !world.tagSet.has(dhcpOptions) ? [] : [{ kind: 'removed', of: 'tagSet', id: dhcpOptions }]
}
