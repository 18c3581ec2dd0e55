/**
 * The blocks of VPCs and subnets as values. Stored text is canonical, so reading it cannot fail;
 * what a request spells is read in ec2/input.
 */

import type { Entropy } from '../base/entropy.ts'
import { invariant } from '../base/invariant.ts'
import { blockAround, type Cidr, contains, formatCidr, lastOf, overlaps, parseCidr } from '../net/cidr.ts'
import type { VpcId } from './ids.ts'
import type { Subnet } from './subnet.ts'
import { linked, type World } from './world.ts'

export function blockOf(text: string): Cidr {
  const spelled = parseCidr(text)
  invariant(spelled?.isCanonical, `stored block ${text} is canonical`)
  return spelled.cidr
}

export function subnetsIn(world: World, vpc: VpcId): Subnet[] {
  return linked(world, 'subnets in vpc', vpc).flatMap((id) => world.subnet.get(id) ?? [])
}

/** The blocks of both families that subnets of the VPC hold. */
export function blocksTaken(world: World, vpc: VpcId): Cidr[] {
  return subnetsIn(world, vpc).flatMap(({ cidr, ipv6CidrBlocks }) => {
    const ipv6 = ipv6CidrBlocks.map((block) => blockOf(block.cidr))
    return cidr === undefined ? ipv6 : [blockOf(cidr), ...ipv6]
  })
}

/** The lowest block of that prefix length inside one of `outer` which overlaps none of `taken`. */
export function freeBlock(outer: readonly Cidr[], length: number, taken: readonly Cidr[]): Cidr | undefined {
  for (const around of outer) {
    let candidate = blockAround({ family: around.family, bits: around.first }, length)
    while (contains(around, candidate)) {
      const { family } = candidate
      const obstacle = taken.find((each) => overlaps(each, candidate))
      if (!obstacle) return candidate
      const past = lastOf(obstacle) > lastOf(candidate) ? lastOf(obstacle) : lastOf(candidate)
      candidate = blockAround({ family, bits: past + 1n }, length)
    }
  }
  return undefined
}

/** A /56 of Amazon's space that no VPC of the world has. */
export function amazonIpv6Block(world: World, entropy: Entropy): string {
  const taken = new Set(Array.from(world.vpc.values(), (vpc) => vpc.ipv6CidrBlocks.map(({ cidr }) => cidr)).flat())
  for (;;) {
    const spelled = parseCidr(`2600:1f${entropy.hex(2)}:${entropy.hex(4)}:${entropy.hex(2)}00::/56`)
    invariant(spelled, 'eight digits complete a /56')
    const text = formatCidr(spelled.cidr)
    if (!taken.has(text)) return text
  }
}
