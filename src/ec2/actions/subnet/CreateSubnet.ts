/** CreateSubnet (spec 8.2): joins the VPC's default ACL, and its main route table by having no other. */

import { invariant } from '../../../base/invariant.ts'
import { subnetsIn } from '../../../model/address-block.ts'
import { put } from '../../../model/change.ts'
import { plainSubnet } from '../../../model/default-network.ts'
import { newId } from '../../../model/ids.ts'
import { zonesOf } from '../../../model/region.ts'
import { reject } from '../../../model/rejection.ts'
import type { Subnet } from '../../../model/subnet.ts'
import type { Vpc } from '../../../model/vpc.ts'
import { apply } from '../../../model/world.ts'
import type { Context, InputOf, Run } from '../../action.ts'
import { defaultAclOf } from '../../input/default-acl.ts'
import { find, required } from '../../input/lookup.ts'
import { subnetIpv4Block, subnetIpv6Block } from '../../input/subnet-block.ts'
import { requestedZone } from '../../input/subnet-zone.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewSubnet, viewSubnetIpv6Block } from '../../view/subnet.ts'

export const run: Run<'CreateSubnet'> = (input, context) => {
  const { world, quotas } = context
  const { region } = world.scope
  const tags = tagsFor(input.TagSpecifications, 'subnet', quotas)
  refuseUnfitParameters(input)
  const zone = requestedZone(input, region) ?? zonesOf(region)[0]
  invariant(zone, 'every region has zones')
  const vpc = find(world, 'vpc', input.VpcId)
  const subnet = newSubnet(input, vpc, zone.name, context)
  if (subnetsIn(world, vpc.id).length >= quotas['subnets-per-vpc']) reject('SubnetLimitExceeded')
  const changes = [put('subnet', subnet), ...tagged(subnet.id, tags)]
  const output = {
    ...viewSubnet(apply(world, changes), subnet),
    Ipv6CidrBlockAssociationSet: subnet.ipv6CidrBlocks.map((block) => viewSubnetIpv6Block(block, 'associating')),
  }
  return { changes, output: { Subnet: output } }
}

function refuseUnfitParameters(input: InputOf<'CreateSubnet'>): void {
  const { CidrBlock, Ipv6CidrBlock, Ipv6Native = false, Ipv4IpamPoolId, Ipv6IpamPoolId } = input
  const pool = Ipv4IpamPoolId || Ipv6IpamPoolId
  if (pool) reject('IpamPoolNotFound', { id: pool })
  if (!CidrBlock && !Ipv6CidrBlock) reject('BlockMissing', { first: 'cidrBlock', second: 'ipv6CidrBlock' })
  if (Ipv6Native && CidrBlock) reject('ParametersExclusive', { first: 'cidrBlock', second: 'ipv6Native' })
  if (!Ipv6Native) required(CidrBlock, 'cidrBlock')
}

/** Subnets of IPv6 only name their instances by resource and always give an address. */
const nativeSettings = { hostnameType: 'resource-name', assignIpv6OnCreation: true }

function newSubnet(input: InputOf<'CreateSubnet'>, vpc: Vpc, zone: string, { world, entropy }: Context): Subnet {
  const { CidrBlock, Ipv6CidrBlock } = input
  const ipv4 = CidrBlock ? { cidr: subnetIpv4Block(CidrBlock, vpc, world) } : nativeSettings
  const ipv6 = Ipv6CidrBlock ? subnetIpv6Block(Ipv6CidrBlock, vpc, world) : undefined
  return {
    ...plainSubnet(entropy),
    ...ipv4,
    ...(ipv6 && { ipv6CidrBlocks: [{ associationId: newId(entropy, 'subnet-cidr-assoc'), cidr: ipv6 }] }),
    vpc: vpc.id,
    acl: defaultAclOf(world, vpc.id).id,
    zone,
  }
}
