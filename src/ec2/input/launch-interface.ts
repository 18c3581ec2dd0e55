/**
 * The interfaces of a launch: one that follows from the instance-level parameters, or those that
 * `NetworkInterface.N` lists. The two ways exclude each other (spec 8.4).
 */

import type { NetworkInterface } from '../../model/network-interface.ts'
import { reject } from '../../model/rejection.ts'
import type { Subnet } from '../../model/subnet.ts'
import type { World } from '../../model/world.ts'
import type { InstanceNetworkInterfaceSpecification, RunInstancesRequest } from '../protocol/types.generated.ts'
import { trackingFrom } from './connection-tracking.ts'
import { groupNamed } from './group.ts'
import { launchSubnet } from './launch-subnet.ts'
import { find } from './lookup.ts'
import type { InterfaceRequest } from './new-interface.ts'
import { refusePrefixes } from './prefix-delegation.ts'

export interface InterfacePlan {
  readonly deviceIndex: number
  readonly deleteOnTermination: boolean
  readonly subnet: Subnet
  readonly source:
    | { readonly kind: 'new'; readonly request: InterfaceRequest }
    | { readonly kind: 'existing'; readonly card: NetworkInterface }
  /** Whether it is given a public address at every start; the primary interface only. */
  readonly associatesPublicAddress: boolean
}

/** The plans in the order of their device indexes: the first is the primary interface's. */
export function interfacePlans(input: RunInstancesRequest, world: World): readonly InterfacePlan[] {
  const { NetworkInterfaces: specifications } = input
  if (!specifications) return [instanceLevelPlan(input, world)]
  refuseInstanceLevel(input)
  refuseBadIndexes(specifications)
  const isAlone = specifications.length === 1
  for (const { AssociatePublicIpAddress: isPublic, NetworkInterfaceId: id } of specifications) {
    if (isPublic && id) reject('PublicAddressWithInterfaceId')
    if (isPublic && !isAlone) reject('PublicAddressWithManyInterfaces')
  }
  const plans = specifications
    .map((specification) =>
      specification.NetworkInterfaceId
        ? existingPlan(specification, specification.NetworkInterfaceId, world)
        : newPlan(specification, input, { world, isAlone }),
    )
    .sort((a, b) => a.deviceIndex - b.deviceIndex)
  refuseScattered(plans)
  return plans
}

function instanceLevelPlan(input: RunInstancesRequest, world: World): InterfacePlan {
  if (input.SecurityGroups && input.SubnetId) reject('ParametersExclusive', { first: 'groupName', second: 'subnet' })
  const subnet = launchSubnet(input.SubnetId, input.Placement, world)
  const named = input.SecurityGroups?.map((name) => groupNamed(world, name).id) ?? []
  const request: InterfaceRequest = {
    subnet,
    groups: [...(input.SecurityGroupIds ?? []), ...named],
    privateIpAddress: input.PrivateIpAddress || undefined,
    ipv6Addresses: input.Ipv6Addresses,
    ipv6AddressCount: input.Ipv6AddressCount,
    hasPrimaryIpv6: input.EnablePrimaryIpv6,
    limit: 'instance',
  }
  return {
    deviceIndex: 0,
    deleteOnTermination: true,
    subnet,
    source: { kind: 'new', request },
    associatesPublicAddress: subnet.mapPublicIpOnLaunch,
  }
}

function refuseInstanceLevel(input: RunInstancesRequest): void {
  const given = [
    { what: 'security groups', value: input.SecurityGroupIds ?? input.SecurityGroups },
    { what: 'subnet ID', value: input.SubnetId },
    { what: 'private IP address', value: input.PrivateIpAddress },
    { what: 'IPv6 addresses', value: input.Ipv6Addresses ?? input.Ipv6AddressCount },
  ] as const
  for (const { what, value } of given) if (value) reject('InterfacesWithInstanceLevel', { what })
}

function refuseBadIndexes(specifications: readonly InstanceNetworkInterfaceSpecification[]): void {
  const seen = new Set<number>()
  for (const { DeviceIndex: index, NetworkCardIndex: card = 0 } of specifications) {
    if (index === undefined) reject('DeviceIndexMissing')
    if (index < 0) {
      const reason = 'Expecting a value of at least 0.'
      reject('InvalidParameterValue', { value: String(index), name: 'deviceIndex', reason })
    }
    if (card !== 0) {
      const reason = 'The instance type has one network card, at index 0.'
      reject('InvalidParameterValue', { value: String(card), name: 'networkCardIndex', reason })
    }
    if (seen.has(index)) reject('DeviceIndexRepeated')
    seen.add(index)
  }
  if (!seen.has(0)) reject('DeviceIndexZeroMissing')
}

interface Place {
  readonly world: World
  readonly isAlone: boolean
}

function newPlan(
  specification: InstanceNetworkInterfaceSpecification,
  { Placement }: RunInstancesRequest,
  { world, isAlone }: Place,
): InterfacePlan {
  refusePrefixes(specification)
  const subnet = launchSubnet(specification.SubnetId, Placement, world)
  const request: InterfaceRequest = {
    subnet,
    groups: specification.Groups,
    description: specification.Description,
    privateIpAddress: specification.PrivateIpAddress || undefined,
    privateIpAddresses: specification.PrivateIpAddresses,
    secondaryPrivateIpAddressCount: specification.SecondaryPrivateIpAddressCount,
    ipv6Addresses: specification.Ipv6Addresses,
    ipv6AddressCount: specification.Ipv6AddressCount,
    hasPrimaryIpv6: specification.PrimaryIpv6,
    tracking: trackingFrom(specification.ConnectionTrackingSpecification),
    interfaceType: specification.InterfaceType,
    limit: 'instance',
  }
  return {
    deviceIndex: specification.DeviceIndex ?? 0,
    deleteOnTermination: specification.DeleteOnTermination ?? true,
    subnet,
    source: { kind: 'new', request },
    associatesPublicAddress: isAlone && (specification.AssociatePublicIpAddress ?? subnet.mapPublicIpOnLaunch),
  }
}

function existingPlan(specification: InstanceNetworkInterfaceSpecification, id: string, world: World): InterfacePlan {
  const excluded = [
    { what: 'a subnet', value: specification.SubnetId },
    { what: 'a private IP address', value: specification.PrivateIpAddress },
    { what: 'security groups', value: specification.Groups },
    { what: 'delete on termination as true', value: specification.DeleteOnTermination },
  ]
  for (const { what, value } of excluded) if (value) reject('InterfaceIdWithDetail', { what })
  const card = find(world, 'networkInterface', id)
  if (card.attachment) reject('InterfaceInUse', { id: card.id })
  return {
    deviceIndex: specification.DeviceIndex ?? 0,
    deleteOnTermination: false,
    subnet: find(world, 'subnet', card.subnet),
    source: { kind: 'existing', card },
    associatesPublicAddress: false,
  }
}

function refuseScattered(plans: readonly InterfacePlan[]): void {
  const existing = plans.flatMap(({ source }) => (source.kind === 'existing' ? [source.card.id] : []))
  const repeated = existing.find((id, index) => existing.indexOf(id) !== index)
  if (repeated) reject('InterfaceIdRepeated', { id: repeated })
  if (new Set(plans.map(({ subnet }) => subnet.vpc)).size > 1) reject('InterfacesOfManyVpcs')
  if (new Set(plans.map(({ subnet }) => subnet.zone)).size > 1) reject('InterfacesOfManyZones')
}
