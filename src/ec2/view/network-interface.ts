/**
 * A network interface as responses show it (spec 8.3). `pending` and `attaching` are states of
 * answers only, so a caller that wants one puts it over the view.
 */

import { invariant } from '../../base/invariant.ts'
import type { GroupId, VpcId } from '../../model/ids.ts'
import type { Attachment, NetworkInterface, PrivateAddress } from '../../model/network-interface.ts'
import { findZone } from '../../model/region.ts'
import { linked, type World } from '../../model/world.ts'
import type {
  GroupIdentifier,
  NetworkInterfaceAssociation,
  NetworkInterfaceAttachment,
  NetworkInterfacePrivateIpAddress,
  NetworkInterface as WireNetworkInterface,
} from '../protocol/types.generated.ts'
import { hasDnsNames, privateDnsName, publicDnsName } from './dns-name.ts'
import { viewTagsOf } from './tags.ts'

export function viewInterface(world: World, card: NetworkInterface): WireNetworkInterface {
  const { account, region } = world.scope
  const addresses = card.privateAddresses.map((address) => viewPrivateAddress(world, card, address))
  const [primary] = addresses
  return {
    ...(primary?.Association && { Association: primary.Association }),
    ...(card.attachment && { Attachment: viewAttachment(world, card.attachment) }),
    AvailabilityZone: card.zone,
    AvailabilityZoneId: findZone(region, card.zone)?.id,
    ...(Object.keys(card.tracking).length > 0 && { ConnectionTrackingConfiguration: viewTracking(card) }),
    Description: card.description,
    Groups: viewGroups(world, card.groups),
    InterfaceType: card.interfaceType,
    Ipv6Addresses: card.ipv6Addresses.map((address, index) => ({
      Ipv6Address: address,
      IsPrimaryIpv6: card.hasPrimaryIpv6 === true && index === 0,
    })),
    Ipv6Address: card.ipv6Addresses[0],
    MacAddress: card.macAddress,
    NetworkInterfaceId: card.id,
    Operator: { Managed: false },
    OwnerId: account,
    PrivateDnsName: primary?.PrivateDnsName,
    PrivateIpAddress: primary?.PrivateIpAddress,
    PrivateIpAddresses: addresses,
    RequesterId: account,
    RequesterManaged: false,
    SourceDestCheck: card.sourceDestCheck,
    Status: card.attachment ? 'in-use' : 'available',
    SubnetId: card.subnet,
    TagSet: viewTagsOf(world, card.id),
    VpcId: card.vpc,
  }
}

function viewPrivateAddress(
  world: World,
  card: NetworkInterface,
  { address, isPrimary }: PrivateAddress,
): NetworkInterfacePrivateIpAddress {
  const association = associationOf(world, card, address)
  return {
    PrivateIpAddress: address,
    Primary: isPrimary,
    ...(isNamed(world, card.vpc) && { PrivateDnsName: privateDnsName(address, world.scope.region) }),
    ...(association && { Association: association }),
  }
}

/** The public address behind a private one: an elastic address, or the one that came with the launch. */
export function associationOf(
  world: World,
  card: NetworkInterface,
  privateAddress: string,
): NetworkInterfaceAssociation | undefined {
  const { account } = world.scope
  for (const id of linked(world, 'elastic addresses of interface', card.id)) {
    const elastic = world.elasticAddress.get(id)
    if (elastic?.association?.privateAddress !== privateAddress) continue
    const publicPart = viewPublicAddress(world, card.vpc, elastic.publicAddress)
    return { AllocationId: id, AssociationId: elastic.association.id, IpOwnerId: account, ...publicPart }
  }
  const isPrimary = card.privateAddresses[0]?.address === privateAddress
  if (!isPrimary || card.autoAssignedPublicAddress === undefined) return undefined
  return { IpOwnerId: 'amazon', ...viewPublicAddress(world, card.vpc, card.autoAssignedPublicAddress) }
}

function viewPublicAddress(world: World, vpc: VpcId, address: string): { PublicIp: string; PublicDnsName: string } {
  return { PublicIp: address, PublicDnsName: isNamed(world, vpc) ? publicDnsName(address, world.scope.region) : '' }
}

function isNamed(world: World, id: VpcId): boolean {
  const vpc = world.vpc.get(id)
  return vpc !== undefined && hasDnsNames(vpc)
}

export function viewAttachment(world: World, attachment: Attachment): NetworkInterfaceAttachment {
  return {
    AttachmentId: attachment.id,
    InstanceId: attachment.instance,
    InstanceOwnerId: world.scope.account,
    DeviceIndex: attachment.deviceIndex,
    NetworkCardIndex: attachment.networkCardIndex,
    Status: 'attached',
    AttachTime: attachment.attachedAt,
    DeleteOnTermination: attachment.deleteOnTermination,
  }
}

/** Groups with their names, in the order the interface has them. */
export function viewGroups(world: World, groups: readonly GroupId[]): GroupIdentifier[] {
  return groups.map((id) => {
    const group = world.securityGroup.get(id)
    invariant(group, `${id} exists as long as an interface carries it`)
    return { GroupId: id, GroupName: group.name }
  })
}

function viewTracking({ tracking }: NetworkInterface): WireNetworkInterface['ConnectionTrackingConfiguration'] {
  return {
    TcpEstablishedTimeout: tracking.tcpEstablishedTimeout,
    UdpStreamTimeout: tracking.udpStreamTimeout,
    UdpTimeout: tracking.udpTimeout,
  }
}
