/**
 * A peering connection as responses show it (spec 4). The addresses of a side are told only while
 * they matter: the requester's from the request on, the accepter's once the connection is active.
 */

import type { Instant } from '../../base/clock.ts'
import type { Peering, PeeringSide } from '../../model/peering.ts'
import { expiryOf, messageAt, statusAt } from '../../model/peering-lookup.ts'
import type { World } from '../../model/world.ts'
import type {
  VpcPeeringConnectionOptionsDescription,
  VpcPeeringConnection as WirePeering,
  VpcPeeringConnectionVpcInfo as WireSide,
} from '../protocol/types.generated.ts'
import { viewTagsOf } from './tags.ts'

export function viewPeering(world: World, peering: Peering, now: Instant): WirePeering {
  const status = statusAt(peering, now)
  const isPending = status === 'pending-acceptance'
  const isActive = status === 'active'
  return {
    VpcPeeringConnectionId: peering.id,
    RequesterVpcInfo: viewSide(world, peering.requester, isPending || isActive),
    AccepterVpcInfo: viewSide(world, peering.accepter, isActive),
    Status: { Code: status, Message: messageAt(peering, now) },
    ...((isPending || status === 'expired') && { ExpirationTime: expiryOf(peering) }),
    Tags: viewTagsOf(world, peering.id),
  }
}

function viewSide(world: World, side: PeeringSide, isOpen: boolean): WireSide {
  const identity = { OwnerId: side.owner, VpcId: side.vpc, Region: side.region }
  const vpc = isOpen ? world.vpc.get(side.vpc) : undefined
  if (!vpc) return identity
  const ipv6 = vpc.ipv6CidrBlocks.map(({ cidr }) => ({ Ipv6CidrBlock: cidr }))
  return {
    CidrBlock: vpc.cidrBlocks[0]?.cidr,
    CidrBlockSet: vpc.cidrBlocks.map(({ cidr }) => ({ CidrBlock: cidr })),
    ...(ipv6.length > 0 && { Ipv6CidrBlockSet: ipv6 }),
    ...identity,
    PeeringOptions: viewOptions(side),
  }
}

/** The two ClassicLink options went with EC2-Classic; they are shown and always off. */
export function viewOptions(side: PeeringSide): VpcPeeringConnectionOptionsDescription {
  return {
    AllowDnsResolutionFromRemoteVpc: side.allowDnsResolution,
    AllowEgressFromLocalClassicLinkToRemoteVpc: false,
    AllowEgressFromLocalVpcToRemoteClassicLink: false,
  }
}
