/** A subnet and its IPv6 blocks as responses show them (spec 8.2). */

import { blockOf } from '../../model/address-block.ts'
import { findZone } from '../../model/region.ts'
import type { Subnet } from '../../model/subnet.ts'
import type { CidrBlock } from '../../model/vpc.ts'
import { linked, type World } from '../../model/world.ts'
import { sizeOf } from '../../net/cidr.ts'
import type { SubnetIpv6CidrBlockAssociation, Subnet as WireSubnet } from '../protocol/types.generated.ts'
import { arnOf, viewTagsOf } from './tags.ts'
import type { AssociationState } from './vpc.ts'

export function viewSubnet(world: World, subnet: Subnet): WireSubnet {
  const { account, region } = world.scope
  return {
    SubnetId: subnet.id,
    SubnetArn: arnOf(world.scope, 'subnet', subnet.id),
    State: 'available',
    VpcId: subnet.vpc,
    CidrBlock: subnet.cidr,
    AvailableIpAddressCount: availableAddressCount(world, subnet),
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: findZone(region, subnet.zone)?.id,
    DefaultForAz: subnet.isDefaultForZone,
    MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: subnet.assignIpv6OnCreation,
    Ipv6CidrBlockAssociationSet: subnet.ipv6CidrBlocks.map((block) => viewSubnetIpv6Block(block)),
    Ipv6Native: subnet.cidr === undefined,
    EnableDns64: subnet.enableDns64,
    OwnerId: account,
    Tags: viewTagsOf(world, subnet.id),
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: subnet.hostnameType,
      EnableResourceNameDnsARecord: subnet.resourceNameDnsA,
      EnableResourceNameDnsAAAARecord: subnet.resourceNameDnsAaaa,
    },
  }
}

export function viewSubnetIpv6Block(
  block: CidrBlock,
  state: AssociationState = 'associated',
): SubnetIpv6CidrBlockAssociation {
  return { AssociationId: block.associationId, Ipv6CidrBlock: block.cidr, Ipv6CidrBlockState: { State: state } }
}

/** The first four addresses of a block and the last are AWS's own. */
const keptByAws = 5

/** IPv4 addresses that no interface has; none in a subnet without IPv4. */
export function availableAddressCount(world: World, subnet: Subnet): number {
  if (subnet.cidr === undefined) return 0
  const inUse = linked(world, 'interfaces in subnet', subnet.id).map(
    (id) => world.networkInterface.get(id)?.privateAddresses.length ?? 0,
  )
  return Number(sizeOf(blockOf(subnet.cidr))) - keptByAws - inUse.reduce((sum, count) => sum + count, 0)
}
