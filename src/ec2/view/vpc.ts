/** A VPC as responses show it (spec 8.1). */

import type { Vpc } from '../../model/vpc.ts'
import type { World } from '../../model/world.ts'
import type { Vpc as WireVpc } from '../protocol/types.generated.ts'
import { viewTagsOf } from './tags.ts'

export function viewVpc(world: World, vpc: Vpc): WireVpc {
  const { account, region } = world.scope
  return {
    VpcId: vpc.id,
    State: 'available',
    CidrBlock: vpc.cidrBlocks[0]?.cidr,
    CidrBlockAssociationSet: vpc.cidrBlocks.map(({ associationId, cidr }) => ({
      AssociationId: associationId,
      CidrBlock: cidr,
      CidrBlockState: { State: 'associated' },
    })),
    Ipv6CidrBlockAssociationSet: vpc.ipv6CidrBlocks.map(({ associationId, cidr }) => ({
      AssociationId: associationId,
      Ipv6CidrBlock: cidr,
      Ipv6CidrBlockState: { State: 'associated' },
      NetworkBorderGroup: region,
      Ipv6Pool: 'Amazon',
    })),
    DhcpOptionsId: vpc.dhcpOptions,
    InstanceTenancy: vpc.tenancy,
    IsDefault: vpc.isDefault,
    OwnerId: account,
    Tags: viewTagsOf(world, vpc.id),
  }
}
