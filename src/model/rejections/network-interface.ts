/** Refusals of network interfaces and elastic addresses (spec 3.9, 8.3). */

import { plain, wording } from './wording.ts'

export const networkInterfaceRejections = {
  GroupsPerInterfaceExceeded: plain(
    'SecurityGroupsPerInterfaceLimitExceeded',
    'The maximum number of security groups per interface has been reached.',
  ),
  GroupsPerInstanceExceeded: plain(
    'SecurityGroupsPerInstanceLimitExceeded',
    'The maximum number of security groups per instance has been reached.',
  ),
  GroupOfAnotherNetwork: wording(
    'InvalidParameter',
    (p: { group: string; subnet: string }) =>
      `Security group ${p.group} and subnet ${p.subnet} belong to different networks.`,
  ),
  InterfaceLimitExceeded: plain(
    'NetworkInterfaceLimitExceeded',
    'The maximum number of network interfaces has been reached.',
  ),
  AddressesPerInterfaceExceeded: plain(
    'PrivateIpAddressLimitExceeded',
    'Number of private addresses will exceed limit.',
  ),
  AddressOutsideSubnet: wording(
    'InvalidParameterValue',
    (p: { address: string }) => `Address ${p.address} does not fall within the subnet's address range`,
  ),
  AddressReserved: wording(
    'InvalidParameterValue',
    (p: { address: string }) => `Address ${p.address} is in subnet's reserved address range`,
  ),
  AddressInUse: wording('InvalidIPAddress.InUse', (p: { address: string }) => `Address ${p.address} is in use.`),
  SubnetFull: plain(
    'InsufficientFreeAddressesInSubnet',
    'The specified subnet does not have enough free addresses to satisfy the request.',
  ),
  SubnetWithoutFamily: wording(
    'InvalidParameterValue',
    (p: { subnet: string; family: 4 | 6 }) =>
      `The subnet '${p.subnet}' does not have an IPv${p.family} CIDR block associated.`,
  ),
  PrimaryAddressRepeated: plain(
    'InvalidParameterCombination',
    'Only one private IP address can be designated as primary.',
  ),
  AddressesOfEfaOnly: plain(
    'InvalidParameterCombination',
    'Network interfaces of type efa-only do not support IP addresses.',
  ),
  PublicAddressesExhausted: plain(
    'InsufficientAddressCapacity',
    'Not enough available addresses to satisfy your request.',
  ),
  InterfaceFeatureUnsupported: wording(
    'UnsupportedOperation',
    (p: { feature: string }) => `${p.feature} is not supported by this endpoint.`,
  ),
  PrimaryIpv6Kept: plain('InvalidParameterValue', 'A primary IPv6 address cannot be disabled once it is enabled.'),
  InterfaceInUse: wording('InvalidNetworkInterface.InUse', (p: { id: string }) => `Interface: [${p.id}] in use.`),
  InterfaceAttached: wording(
    'InvalidParameterValue',
    (p: { id: string }) => `Network interface '${p.id}' is currently in use.`,
  ),
  DeviceIndexTaken: wording(
    'InvalidParameterValue',
    (p: { instance: string; index: number }) =>
      `Instance '${p.instance}' already has an interface attached at device index '${p.index}'.`,
  ),
  AttachmentLimitExceeded: wording(
    'AttachmentLimitExceeded',
    (p: { count: number; type: string }) => `Interface count ${p.count} exceeds the limit for ${p.type}`,
  ),
  AttachmentAcrossZones: plain(
    'InvalidParameterCombination',
    'You may not attach a network interface to an instance if they are not in the same availability zone',
  ),
  InstanceNotAttachable: wording(
    'IncorrectState',
    (p: { instance: string }) => `Instance '${p.instance}' is not 'running' or 'stopped'.`,
  ),
  PrimaryInterfaceDetach: wording(
    'OperationNotPermitted',
    (p: { device: number; card: number }) =>
      `The network interface at device index ${p.device} and networkCard index ${p.card} cannot be detached.`,
  ),
  AddressNotAssigned: wording(
    'InvalidParameterValue',
    (p: { address: string; id: string }) => `Some of [${p.address}] are not assigned to interface ${p.id}`,
  ),
  PrimaryAddressUnassign: wording(
    'InvalidParameterValue',
    (p: { address: string; id: string }) =>
      `The primary IP address ${p.address} of interface ${p.id} cannot be unassigned.`,
  ),
  AddressLimitExceeded: plain('AddressLimitExceeded', 'The maximum number of addresses has been reached.'),
  AddressMalformed: wording('InvalidAddress.Malformed', (p: { address: string }) => `Invalid IP: [${p.address}]`),
  AddressNotFound: wording('InvalidAddress.NotFound', (p: { address: string }) => `Address '${p.address}' not found.`),
  PublicPoolNotFound: wording(
    'InvalidPublicIpv4PoolID.NotFound',
    (p: { pool: string }) => `The pool ID '${p.pool}' does not exist.`,
  ),
  AddressByIpReleased: plain(
    'InvalidParameterValue',
    'You must specify an allocation id when releasing a VPC elastic IP address',
  ),
  AddressByIpAssociated: plain(
    'InvalidParameterCombination',
    'You must specify an allocation id when mapping an address to a VPC instance',
  ),
  AddressByIpDisassociated: plain(
    'InvalidParameterValue',
    'You must specify an association id when unmapping an address from a VPC instance',
  ),
  AddressIdsExclusive: plain(
    'InvalidParameterCombination',
    'You may specify public IP or allocation id, but not both in the same call',
  ),
  AddressTargetsExclusive: plain(
    'InvalidParameterCombination',
    'You may specify an instance id or a network interface id, but not both in the same call',
  ),
  AddressAlreadyAssociated: wording(
    'Resource.AlreadyAssociated',
    (p: { id: string; association: string }) =>
      `resource ${p.id} is already associated with associate-id ${p.association}`,
  ),
  AddressInstanceState: wording(
    'InvalidInstanceID',
    (p: { instance: string; state: string }) =>
      `The ${p.state} instance '${p.instance}' is not in a valid state for this operation.`,
  ),
  GatewayNotAttached: wording(
    'Gateway.NotAttached',
    (p: { vpc: string }) => `Network ${p.vpc} is not attached to any internet gateway`,
  ),
} as const
