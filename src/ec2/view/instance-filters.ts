/**
 * The filters of DescribeInstances (spec 8.4). The bare `group-id` and `group-name` are of
 * EC2-Classic: AWS knows them, and they match nothing.
 */

import { formatInstant } from '../../base/clock.ts'
import { instanceStateCodes } from '../../model/instance.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { tagsOf, type World } from '../../model/world.ts'
import { type FilterTable, matchingNothing, type Reading } from '../filter.ts'
import type { InstanceRow } from '../input/instance-rows.ts'
import { interfaceFilters } from './interface-filters.ts'
import { viewGroups, viewInterface } from './network-interface.ts'

export function instanceFilters(world: World): FilterTable<InstanceRow> {
  return {
    ...unmatched,
    ...factFilters,
    ...networkFilters,
    ...optionFilters,
    ...attachedFilters(world),
    'owner-id': () => world.scope.account,
  }
}

const factFilters: FilterTable<InstanceRow> = {
  architecture: ({ view }) => view().Architecture,
  'availability-zone': ({ instance }) => instance.zone,
  'availability-zone-id': ({ view }) => view().Placement?.AvailabilityZoneId,
  'client-token': ({ instance }) => instance.clientToken,
  'current-instance-boot-mode': ({ view }) => view().CurrentInstanceBootMode,
  'ebs-optimized': ({ instance }) => instance.ebsOptimized,
  'ena-support': ({ view }) => view().EnaSupport,
  hypervisor: ({ view }) => view().Hypervisor,
  'image-id': ({ instance }) => instance.image,
  'instance-id': ({ instance }) => instance.id,
  'instance-state-code': ({ instance }) => instanceStateCodes[instance.state],
  'instance-state-name': ({ instance }) => instance.state,
  'instance-type': ({ instance }) => instance.type,
  'key-name': ({ instance }) => instance.keyName,
  'launch-index': ({ instance }) => instance.launchIndex,
  'launch-time': ({ instance }) => formatInstant(instance.launchedAt),
  'monitoring-state': ({ view }) => view().Monitoring?.State,
  'operator.managed': () => false,
  'platform-details': ({ view }) => view().PlatformDetails,
  reason: ({ instance }) => instance.stateReason,
  'reservation-id': ({ instance }) => instance.reservation,
  'root-device-name': ({ view }) => view().RootDeviceName,
  'root-device-type': ({ view }) => view().RootDeviceType,
  'state-reason-code': ({ view }) => view().StateReason?.Code,
  'state-reason-message': ({ view }) => view().StateReason?.Message,
  tenancy: ({ instance }) => instance.tenancy,
  'usage-operation': ({ view }) => view().UsageOperation,
  'virtualization-type': ({ view }) => view().VirtualizationType,
}

const networkFilters: FilterTable<InstanceRow> = {
  'dns-name': ({ view }) => view().PublicDnsName,
  'instance.group-id': ({ view }) => view().SecurityGroups?.map(({ GroupId }) => GroupId),
  'instance.group-name': ({ view }) => view().SecurityGroups?.map(({ GroupName }) => GroupName),
  'ip-address': ({ view }) => view().PublicIpAddress,
  'ipv6-address': ({ cards }) => cards().flatMap((card) => card.ipv6Addresses),
  'private-dns-name': ({ view }) => view().PrivateDnsName,
  'private-ip-address': ({ cards }) => cards().flatMap((card) => card.privateAddresses.map(({ address }) => address)),
  'source-dest-check': ({ view }) => view().SourceDestCheck,
  'subnet-id': ({ view }) => view().SubnetId,
  'vpc-id': ({ view }) => view().VpcId,
}

const optionFilters: FilterTable<InstanceRow> = {
  'capacity-reservation-specification.capacity-reservation-preference': ({ instance }) =>
    instance.options.capacityReservation,
  'enclave-options.enabled': ({ instance }) => instance.options.enclave,
  'hibernation-options.configured': ({ instance }) => instance.options.hibernation,
  'iam-instance-profile.arn': ({ instance }) => instance.options.instanceProfile?.arn,
  'iam-instance-profile.id': ({ instance }) => instance.options.instanceProfile?.id,
  'maintenance-options.auto-recovery': ({ instance }) => instance.options.autoRecovery,
  'metadata-options.http-endpoint': ({ instance }) => instance.options.metadata.endpoint,
  'metadata-options.http-protocol-ipv4': ({ instance }) => instance.options.metadata.endpoint,
  'metadata-options.http-protocol-ipv6': ({ instance }) => instance.options.metadata.ipv6,
  'metadata-options.http-put-response-hop-limit': ({ instance }) => instance.options.metadata.hopLimit,
  'metadata-options.http-tokens': ({ instance }) => instance.options.metadata.tokens,
  'metadata-options.instance-metadata-tags': ({ instance }) => instance.options.metadata.tags,
  'metadata-options.state': ({ view }) => view().MetadataOptions?.State,
  'placement-group-name': ({ instance }) => instance.options.placementGroup,
  'private-dns-name-options.enable-resource-name-dns-a-record': ({ instance }) => instance.options.dnsName.a,
  'private-dns-name-options.enable-resource-name-dns-aaaa-record': ({ instance }) => instance.options.dnsName.aaaa,
  'private-dns-name-options.hostname-type': ({ instance }) => instance.options.dnsName.hostnameType,
}

/** What is asked of interfaces, under `network-interface.`: one of the instance's must match. */
function attachedFilters(world: World): FilterTable<InstanceRow> {
  const ofCards: FilterTable<NetworkInterface> = {
    ...interfaceFilters(world),
    'addresses.association.allocation-id': (card) => associations(world, card).map((each) => each?.AllocationId),
    'addresses.association.association-id': (card) => associations(world, card).map((each) => each?.AssociationId),
    'addresses.association.ip-owner-id': (card) => associations(world, card).map((each) => each?.IpOwnerId),
    'addresses.association.public-dns-name': (card) => associations(world, card).map((each) => each?.PublicDnsName),
    'addresses.private-dns-name': (card) =>
      viewInterface(world, card).PrivateIpAddresses?.map(({ PrivateDnsName }) => PrivateDnsName),
    'attachment.network-card-index': ({ attachment }) => attachment?.networkCardIndex,
    'group-name': (card) => viewGroups(world, card.groups).map(({ GroupName }) => GroupName),
    'ipv6-address': (card) => card.ipv6Addresses,
    'ipv6-addresses.is-primary-ipv6': (card) => card.ipv6Addresses.map((_, at) => at === 0 && !!card.hasPrimaryIpv6),
    'ipv6-native': (card) => card.privateAddresses.length === 0,
    'public-dns-name': (card) => viewInterface(world, card).Association?.PublicDnsName,
    'tag-key': ({ id }) => tagsOf(world, id).map(({ key }) => key),
    'tag-value': ({ id }) => tagsOf(world, id).map(({ value }) => value),
  }
  return Object.fromEntries(
    Object.entries(ofCards).map(([name, reading]) => [`network-interface.${name}`, ofAnyCard(reading)]),
  )
}

function associations(world: World, card: NetworkInterface) {
  return viewInterface(world, card).PrivateIpAddresses?.map(({ Association }) => Association) ?? []
}

function ofAnyCard(reading: Reading<NetworkInterface>): Reading<InstanceRow> {
  return ({ cards }) => cards().flatMap((card) => reading(card))
}

const unmatched = matchingNothing<InstanceRow>(
  'affinity',
  'block-device-mapping.attach-time',
  'block-device-mapping.delete-on-termination',
  'block-device-mapping.device-name',
  'block-device-mapping.status',
  'block-device-mapping.volume-id',
  'boot-mode',
  'capacity-reservation-id',
  'capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id',
  'capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn',
  'group-id',
  'group-name',
  'host-id',
  'instance-lifecycle',
  'kernel-id',
  'network-interface.addresses.association.carrier-ip',
  'network-interface.addresses.association.customer-owned-ip',
  'network-interface.association.carrier-ip',
  'network-interface.association.customer-owned-ip',
  'network-interface.deny-all-igw-traffic',
  'network-interface.ipv4-prefixes.ipv4-prefix',
  'network-interface.ipv6-prefixes.ipv6-prefix',
  'network-interface.outpost-arn',
  'network-performance-options.bandwidth-weighting',
  'operator.principal',
  'outpost-arn',
  'placement-partition-number',
  'platform',
  'product-code',
  'product-code.type',
  'ramdisk-id',
  'requester-id',
  'spot-instance-request-id',
  'tpm-support',
  'usage-operation-update-time',
)
