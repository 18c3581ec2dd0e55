/** The blocks that a request gives a subnet: inside the VPC's, apart from other subnets' (spec 8.2). */

import { blockOf, blocksTaken } from '../../model/address-block.ts'
import { reject } from '../../model/rejection.ts'
import type { Vpc } from '../../model/vpc.ts'
import type { World } from '../../model/world.ts'
import { contains, formatCidr, overlaps, parseCidr } from '../../net/cidr.ts'
import { ipv4BlockFrom } from './vpc-block.ts'

/** An IPv4 block in canonical form: /16 to /28. */
export function subnetIpv4Block(text: string, vpc: Vpc, world: World): string {
  const block = ipv4BlockFrom(text)
  const isInside = vpc.cidrBlocks.some(({ cidr }) => contains(blockOf(cidr), block))
  if (block.length < 16 || block.length > 28 || !isInside) reject('SubnetBlockInvalid', { cidr: text })
  if (blocksTaken(world, vpc.id).some((taken) => overlaps(taken, block))) {
    reject('SubnetBlockConflict', { cidr: text })
  }
  return formatCidr(block)
}

/** An IPv6 block in canonical form: /44 to /64 in steps of four. */
export function subnetIpv6Block(text: string, vpc: Vpc, world: World): string {
  const block = parseCidr(text)?.cidr
  if (block?.family !== 6 || block.length < 44 || block.length > 64 || block.length % 4 !== 0) {
    reject('SubnetIpv6BlockMalformed', { cidr: text })
  }
  const isInside = vpc.ipv6CidrBlocks.some(({ cidr }) => contains(blockOf(cidr), block))
  if (!isInside) reject('SubnetIpv6BlockInvalid', { cidr: text })
  if (blocksTaken(world, vpc.id).some((taken) => overlaps(taken, block))) {
    reject('SubnetIpv6BlockConflict', { cidr: text })
  }
  return formatCidr(block)
}
