/** AssociateVpcCidrBlock (spec 8.1): one more IPv4 block, or a block of Amazon's IPv6. */

import { amazonIpv6Block } from '../../../model/address-block.ts'
import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { ipv6ArrivalChanges } from '../../../model/ipv6-arrival.ts'
import { reject } from '../../../model/rejection.ts'
import type { Vpc } from '../../../model/vpc.ts'
import { formatCidr } from '../../../net/cidr.ts'
import type { Context, InputOf, Outcome, OutputOf, Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { refuseUnfitBlock, vpcBlockFrom, wantsAmazonIpv6 } from '../../input/vpc-block.ts'
import { viewVpcBlock, viewVpcIpv6Block } from '../../view/vpc.ts'

type Associated = Outcome<OutputOf<'AssociateVpcCidrBlock'>>

export const run: Run<'AssociateVpcCidrBlock'> = (input, context) => {
  const { world } = context
  const text = ipv4Text(input)
  const hasIpv6 = wantsAmazonIpv6(input, world.scope.region)
  if (text && hasIpv6) {
    reject('ParametersExclusive', { first: 'cidrBlock', second: 'amazonProvidedIpv6CidrBlock' })
  }
  if (hasIpv6) return associateIpv6(find(world, 'vpc', input.VpcId), context)
  if (!text) reject('BlockMissing', { first: 'cidrBlock', second: 'amazonProvidedIpv6CidrBlock' })
  const block = vpcBlockFrom(text)
  const vpc = find(world, 'vpc', input.VpcId)
  refuseUnfitBlock(world, vpc, block, text)
  return associateIpv4(vpc, formatCidr(block), context)
}

function ipv4Text({ CidrBlock, Ipv4IpamPoolId }: InputOf<'AssociateVpcCidrBlock'>): string | undefined {
  if (CidrBlock && Ipv4IpamPoolId) {
    reject('ParametersExclusive', { first: 'cidrBlock', second: 'ipv4IpamPoolId' })
  }
  if (Ipv4IpamPoolId) reject('IpamPoolNotFound', { id: Ipv4IpamPoolId })
  return CidrBlock
}

function associateIpv4(vpc: Vpc, cidr: string, { entropy, quotas }: Context): Associated {
  const limit = quotas['ipv4-blocks-per-vpc']
  if (vpc.cidrBlocks.length >= limit) reject('BlockLimitExceeded', { network: vpc.id, limit })
  const block = { associationId: newId(entropy, 'vpc-cidr-assoc'), cidr }
  return {
    changes: [put('vpc', { ...vpc, cidrBlocks: [...vpc.cidrBlocks, block] })],
    output: { VpcId: vpc.id, CidrBlockAssociation: viewVpcBlock(block, 'associating') },
  }
}

function associateIpv6(vpc: Vpc, { world, entropy, quotas }: Context): Associated {
  const limit = quotas['ipv6-blocks-per-vpc']
  if (vpc.ipv6CidrBlocks.length >= limit) reject('BlockLimitExceeded', { network: vpc.id, limit })
  const block = { associationId: newId(entropy, 'vpc-cidr-assoc'), cidr: amazonIpv6Block(world, entropy) }
  const arrival = vpc.ipv6CidrBlocks.length === 0 ? ipv6ArrivalChanges(world, vpc.id, entropy) : []
  return {
    changes: [put('vpc', { ...vpc, ipv6CidrBlocks: [...vpc.ipv6CidrBlocks, block] }), ...arrival],
    output: {
      VpcId: vpc.id,
      Ipv6CidrBlockAssociation: viewVpcIpv6Block(block, world.scope.region, 'associating'),
    },
  }
}
