/** AssociateSubnetCidrBlock (spec 8.2): the one IPv6 block that a subnet may have. */

import { invariant } from '../../../base/invariant.ts'
import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { find, required } from '../../input/lookup.ts'
import { subnetIpv6Block } from '../../input/subnet-block.ts'
import { viewSubnetIpv6Block } from '../../view/subnet.ts'

const blocksPerSubnet = 1

export const run: Run<'AssociateSubnetCidrBlock'> = (input, { world, entropy }) => {
  if (input.Ipv6IpamPoolId) reject('IpamPoolNotFound', { id: input.Ipv6IpamPoolId })
  const text = required(input.Ipv6CidrBlock, 'ipv6CidrBlock')
  const subnet = find(world, 'subnet', input.SubnetId)
  const vpc = world.vpc.get(subnet.vpc)
  invariant(vpc, `${subnet.id} is in a VPC`)
  const cidr = subnetIpv6Block(text, vpc, world)
  if (subnet.ipv6CidrBlocks.length >= blocksPerSubnet) {
    reject('BlockLimitExceeded', { network: subnet.id, limit: blocksPerSubnet })
  }
  const block = { associationId: newId(entropy, 'subnet-cidr-assoc'), cidr }
  return {
    changes: [put('subnet', { ...subnet, ipv6CidrBlocks: [...subnet.ipv6CidrBlocks, block] })],
    output: { SubnetId: subnet.id, Ipv6CidrBlockAssociation: viewSubnetIpv6Block(block, 'associating') },
  }
}
