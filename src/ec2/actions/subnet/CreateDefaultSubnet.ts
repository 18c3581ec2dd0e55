/** CreateDefaultSubnet (spec 8.2): the lowest free /20 of the default VPC, or a /64 for one of IPv6 only. */

import { blockOf, blocksTaken, freeBlock, subnetsIn } from '../../../model/address-block.ts'
import { put } from '../../../model/change.ts'
import { defaultSubnet } from '../../../model/default-network.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { Subnet } from '../../../model/subnet.ts'
import type { CidrBlock, Vpc } from '../../../model/vpc.ts'
import { apply, type World } from '../../../model/world.ts'
import { formatCidr } from '../../../net/cidr.ts'
import type { Context, Run } from '../../action.ts'
import { defaultAclOf } from '../../input/default-acl.ts'
import { findDefaultVpc } from '../../input/group.ts'
import { required } from '../../input/lookup.ts'
import { requestedZone } from '../../input/subnet-zone.ts'
import { viewSubnet } from '../../view/subnet.ts'

export const run: Run<'CreateDefaultSubnet'> = (input, context) => {
  const { world, quotas } = context
  const zone = required(requestedZone(input, world.scope.region), 'availabilityZone').name
  const vpc = findDefaultVpc(world) ?? reject('DefaultVpcMissing')
  const subnets = subnetsIn(world, vpc.id)
  const present = subnets.find((each) => each.zone === zone && each.isDefaultForZone)
  if (present) reject('DefaultSubnetExists', { subnet: present.id, zone })
  if (subnets.length >= quotas['subnets-per-vpc']) reject('SubnetLimitExceeded')
  const subnet = input.Ipv6Native ? ipv6Subnet(vpc, zone, context) : ipv4Subnet(vpc, zone, context)
  const changes = [put('subnet', subnet)]
  return { changes, output: { Subnet: viewSubnet(apply(world, changes), subnet) } }
}

function ipv4Subnet(vpc: Vpc, zone: string, { world, entropy }: Context): Subnet {
  const cidr = freeText(world, vpc, vpc.cidrBlocks, 20)
  return defaultSubnet(vpc, defaultAclOf(world, vpc.id), { zone, cidr }, entropy)
}

function ipv6Subnet(vpc: Vpc, zone: string, context: Context): Subnet {
  const { world, entropy } = context
  const block = freeText(world, vpc, vpc.ipv6CidrBlocks, 64)
  const { cidr, ...subnet } = defaultSubnet(vpc, defaultAclOf(world, vpc.id), { zone, cidr: block }, entropy)
  return {
    ...subnet,
    ipv6CidrBlocks: [{ associationId: newId(entropy, 'subnet-cidr-assoc'), cidr: block }],
    mapPublicIpOnLaunch: false,
    assignIpv6OnCreation: true,
    hostnameType: 'resource-name',
  }
}

function freeText(world: World, vpc: Vpc, blocks: readonly CidrBlock[], length: number): string {
  const outer = blocks.map(({ cidr }) => blockOf(cidr))
  const free = freeBlock(outer, length, blocksTaken(world, vpc.id))
  return free ? formatCidr(free) : reject('DefaultSubnetBlocksExhausted')
}
