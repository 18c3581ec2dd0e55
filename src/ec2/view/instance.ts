/**
 * An instance as responses show it (spec 8.4). Its groups, addresses and source/destination check
 * are those of the primary interface; a terminated one has none of them.
 */

import { formatInstant, type Instant } from '../../base/clock.ts'
import { interfacesOf } from '../../model/attached-interface.ts'
import { imageOf } from '../../model/image.ts'
import { type Instance, type InstanceStateName, instanceStateCodes } from '../../model/instance.ts'
import { findInstanceType } from '../../model/instance-type.ts'
import { findZone } from '../../model/region.ts'
import type { World } from '../../model/world.ts'
import type {
  InstanceNetworkInterface,
  InstanceState,
  InstanceStateChange,
  Instance as WireInstance,
} from '../protocol/types.generated.ts'
import { privateDnsName, privateDomain } from './dns-name.ts'
import { coresOf } from './instance-type.ts'
import { viewGroups, viewInterface } from './network-interface.ts'
import { viewTagsOf } from './tags.ts'

export function viewInstance(world: World, instance: Instance): WireInstance {
  const { region } = world.scope
  return {
    InstanceId: instance.id,
    ImageId: instance.image,
    State: viewState(instance.state),
    ...viewNetwork(world, instance),
    StateTransitionReason: instance.stateReason,
    ...(instance.state !== 'running' && { StateReason: userShutdown }),
    KeyName: instance.keyName,
    AmiLaunchIndex: instance.launchIndex,
    ProductCodes: [],
    InstanceType: instance.type,
    LaunchTime: instance.launchedAt,
    Placement: {
      AvailabilityZone: instance.zone,
      AvailabilityZoneId: findZone(region, instance.zone)?.id,
      GroupName: instance.options.placementGroup ?? '',
      Tenancy: instance.tenancy,
    },
    Monitoring: { State: instance.monitoring ? 'enabled' : 'disabled' },
    ...viewHardware(instance),
    ...viewOptions(instance),
    BlockDeviceMappings: [],
    ClientToken: instance.clientToken,
    Tags: viewTagsOf(world, instance.id),
    Operator: { Managed: false },
  }
}

/** AWS gives the same reason for a stop and for a termination. */
const userShutdown = {
  Code: 'Client.UserInitiatedShutdown',
  Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
} as const

function viewNetwork(world: World, instance: Instance): WireInstance {
  const cards = interfacesOf(world, instance)
  const [primary] = cards
  if (!primary) {
    return { PrivateDnsName: '', PublicDnsName: '', SecurityGroups: [], NetworkInterfaces: [] }
  }
  const views: InstanceNetworkInterface[] = cards.map((card) => viewInterface(world, card))
  const address = primary.privateAddresses[0]?.address
  return {
    PrivateDnsName: privateNameOf(world, instance, address),
    PublicDnsName: views[0]?.Association?.PublicDnsName ?? '',
    PrivateIpAddress: address,
    PublicIpAddress: views[0]?.Association?.PublicIp,
    Ipv6Address: primary.ipv6Addresses[0],
    SubnetId: instance.subnet,
    VpcId: primary.vpc,
    SecurityGroups: viewGroups(world, primary.groups),
    SourceDestCheck: primary.sourceDestCheck,
    NetworkInterfaces: views,
  }
}

function privateNameOf(world: World, { id, options }: Instance, address: string | undefined): string {
  const { region } = world.scope
  if (options.dnsName.hostnameType === 'ip-name' && address !== undefined) return privateDnsName(address, region)
  return `${id}.${privateDomain(region)}`
}

function viewHardware({ type, image, options, ebsOptimized }: Instance): WireInstance {
  const facts = findInstanceType(type)
  return {
    Architecture: facts?.architecture,
    CpuOptions: {
      CoreCount: options.cpu?.coreCount ?? (facts && coresOf(facts)),
      ThreadsPerCore: options.cpu?.threadsPerCore ?? facts?.threadsPerCore,
    },
    EbsOptimized: ebsOptimized,
    EnaSupport: true,
    // The Xen interface is what AWS reports for Nitro, too.
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceName: imageOf(image).rootDevice,
    RootDeviceType: 'ebs',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    CurrentInstanceBootMode: facts?.hypervisor === 'nitro' ? 'uefi' : 'legacy-bios',
  }
}

function viewOptions({ options, state }: Instance): WireInstance {
  const { metadata, dnsName, instanceProfile } = options
  return {
    MetadataOptions: {
      State: state === 'terminated' ? 'pending' : 'applied',
      HttpTokens: metadata.tokens,
      HttpPutResponseHopLimit: metadata.hopLimit,
      HttpEndpoint: metadata.endpoint,
      HttpProtocolIpv6: metadata.ipv6,
      InstanceMetadataTags: metadata.tags,
    },
    PrivateDnsNameOptions: {
      HostnameType: dnsName.hostnameType,
      EnableResourceNameDnsARecord: dnsName.a,
      EnableResourceNameDnsAAAARecord: dnsName.aaaa,
    },
    HibernationOptions: { Configured: options.hibernation },
    EnclaveOptions: { Enabled: options.enclave },
    MaintenanceOptions: { AutoRecovery: options.autoRecovery },
    CapacityReservationSpecification: { CapacityReservationPreference: options.capacityReservation },
    ...(instanceProfile && { IamInstanceProfile: { Arn: instanceProfile.arn, Id: instanceProfile.id } }),
  }
}

/** The instance as the answer to its launch shows it: pending, and without the public address to come. */
export function viewLaunching(world: World, instance: Instance): WireInstance {
  const view = viewInstance(world, instance)
  return {
    ...view,
    State: viewState('pending'),
    StateReason: { Code: 'pending', Message: 'pending' },
    PublicDnsName: '',
    PublicIpAddress: undefined,
    Monitoring: { State: instance.monitoring ? 'pending' : 'disabled' },
    NetworkInterfaces: view.NetworkInterfaces?.map((card) => ({
      ...card,
      Association: undefined,
      PrivateIpAddresses: card.PrivateIpAddresses?.map((address) => ({ ...address, Association: undefined })),
      Attachment: { ...card.Attachment, Status: 'attaching' },
    })),
  }
}

export function viewState(name: InstanceStateName): InstanceState {
  return { Code: instanceStateCodes[name], Name: name }
}

export function viewStateChange({ id, state }: Instance, current: InstanceStateName): InstanceStateChange {
  return { InstanceId: id, CurrentState: viewState(current), PreviousState: viewState(state) }
}

/** `User initiated (2026-11-22 10:00:00 GMT)` */
export function userInitiated(now: Instant): string {
  return `User initiated (${formatInstant(now).slice(0, 19).replace('T', ' ')} GMT)`
}
