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
  PrivateAddressInUse: wording('InvalidIPAddress.InUse', (p: { address: string }) => `Address ${p.address} is in use.`),
  SubnetFull: plain(
    'InsufficientFreeAddressesInSubnet',
    'The specified subnet does not have enough free addresses to satisfy the request.',
  ),
  SubnetWithoutFamily: wording(
    'InvalidParameterValue',
    (p: { subnet: string; family: 4 | 6 }) =>
      `The subnet '${p.subnet}' does not have an IPv${p.family} CIDR block associated.`,
  ),
  AddressParametersExclusive: wording(
    'InvalidParameterCombination',
    (p: { first: string; second: string }) => `The parameter ${p.first} cannot be used with the parameter ${p.second}`,
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
} as const
