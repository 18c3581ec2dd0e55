/** A VPC and its blocks as responses show them (spec 8.1). */

import type { CidrBlock, Vpc } from '../../model/vpc.ts'
import type { World } from '../../model/world.ts'
import type {
  VpcCidrBlockAssociation,
  VpcIpv6CidrBlockAssociation,
  Vpc as WireVpc,
} from '../protocol/types.generated.ts'
import { viewTagsOf } from './tags.ts'

export function viewVpc(world: World, vpc: Vpc): WireVpc {
  const { account, region } = world.scope
  return {
    VpcId: vpc.id,
    State: 'available',
    CidrBlock: vpc.cidrBlocks[0]?.cidr,
    CidrBlockAssociationSet: vpc.cidrBlocks.map((block) => viewVpcBlock(block)),
    Ipv6CidrBlockAssociationSet: vpc.ipv6CidrBlocks.map((block) => viewVpcIpv6Block(block, region)),
    DhcpOptionsId: vpc.dhcpOptions,
    InstanceTenancy: vpc.tenancy,
    IsDefault: vpc.isDefault,
    OwnerId: account,
    Tags: viewTagsOf(world, vpc.id),
  }
}

/** What a change of a block's association answers; what is stored is associated or gone. */
export type AssociationState = 'associating' | 'associated' | 'disassociating'

export function viewVpcBlock(block: CidrBlock, state: AssociationState = 'associated'): VpcCidrBlockAssociation {
  return { AssociationId: block.associationId, CidrBlock: block.cidr, CidrBlockState: { State: state } }
}

export function viewVpcIpv6Block(
  block: CidrBlock,
  region: string,
  state: AssociationState = 'associated',
): VpcIpv6CidrBlockAssociation {
  return {
    AssociationId: block.associationId,
    Ipv6CidrBlock: block.cidr,
    Ipv6CidrBlockState: { State: state },
    NetworkBorderGroup: region,
    Ipv6Pool: 'Amazon',
  }
}
