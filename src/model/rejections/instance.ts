/** Refusals of this family (spec 8.4). */

import { plain, wording } from './wording.ts'

type Id = { id: string }

export const instanceRejections = {
  ImageIdMalformed: wording('InvalidAMIID.Malformed', (p: Id) => `Invalid id: "${p.id}" (expecting "ami-...")`),
  VolumeIdMalformed: wording(
    'InvalidParameterValue',
    (p: Id) => `Value (${p.id}) for parameter volumes is invalid. Expected: 'vol-...'.`,
  ),
  VolumeNotFound: wording('InvalidVolume.NotFound', (p: Id) => `The volume '${p.id}' does not exist.`),
  InstanceTypeInvalid: wording(
    'InvalidParameterValue',
    (p: { type: string }) => `Invalid value '${p.type}' for InstanceType.`,
  ),
  InstanceTypesNotFound: wording(
    'InvalidInstanceType',
    (p: { names: string }) => `The following supplied instance types do not exist: [${p.names}]`,
  ),
  InstanceTypeAttributeInvalid: wording(
    'InvalidParameterValue',
    (p: { type: string }) => `The following supplied instance types do not exist: [${p.type}]`,
  ),
  MinCountTooSmall: plain('InvalidParameterValue', 'Minimum instance count must be greater than zero'),
  MaxCountTooSmall: plain('InvalidParameterValue', 'Maximum instance count must be greater than zero'),
  MaxCountBelowMinCount: plain(
    'InvalidParameterValue',
    'Maximum instance count must not be smaller than minimum instance count',
  ),
  InstanceLimitExceeded: wording(
    'InstanceLimitExceeded',
    (p: { count: number; limit: number }) =>
      `You have requested more instances (${p.count}) than your current instance limit of ${p.limit} allows for the specified instance type.`,
  ),
  UserDataMalformed: plain('InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.'),
  UserDataTooLong: plain('InvalidParameterValue', 'User data is limited to 16384 bytes'),
  LaunchTemplateIdNotFound: wording(
    'InvalidLaunchTemplateId.NotFound',
    (p: Id) => `The specified launch template, with template ID ${p.id}, does not exist.`,
  ),
  LaunchTemplateNameNotFound: wording(
    'InvalidLaunchTemplateName.NotFoundException',
    (p: { name: string }) => `The specified launch template, with template name ${p.name}, does not exist.`,
  ),
  DefaultSubnetVpcMissing: plain('VPCIdNotSpecified', 'No default VPC for this user'),
  DefaultSubnetsMissing: wording(
    'MissingInput',
    (p: { vpc: string }) => `No subnets found for the default VPC '${p.vpc}'. Please specify a subnet.`,
  ),
  DefaultSubnetOfZoneMissing: wording(
    'MissingInput',
    (p: { zone: string }) => `No default subnet for availability zone: '${p.zone}'.`,
  ),
  LaunchZoneConflict: wording(
    'InvalidParameterValue',
    (p: { zone: string; subnet: string }) =>
      `The availability zone '${p.zone}' does not match the zone of subnet '${p.subnet}'.`,
  ),
  InterfacesWithInstanceLevel: wording(
    'InvalidParameterCombination',
    (p: { what: 'security groups' | 'subnet ID' | 'private IP address' | 'IPv6 addresses' }) =>
      `Network interfaces and an instance-level ${p.what} may not be specified on the same request`,
  ),
  DeviceIndexMissing: plain('InvalidParameterValue', 'Each network interface requires a device index.'),
  DeviceIndexRepeated: plain('InvalidParameterValue', 'Each network interface requires a unique device index.'),
  DeviceIndexZeroMissing: plain(
    'UnsupportedOperation',
    'When specifying network interfaces, you must include a device at index 0.',
  ),
  InterfaceIdWithDetail: wording(
    'InvalidParameterCombination',
    (p: { what: string }) => `A network interface may not specify both a network interface ID and ${p.what}`,
  ),
  InterfaceIdRepeated: wording(
    'InvalidParameterValue',
    (p: Id) => `Network interface ID '${p.id}' may not be specified on multiple interfaces.`,
  ),
  InterfacesOfManyVpcs: plain('InvalidParameterValue', 'Network interface attachments may not cross VPC boundaries.'),
  InterfacesOfManyZones: plain(
    'InvalidParameterValue',
    'All network interfaces of an instance must be in the same availability zone.',
  ),
  CpuOptionsIncomplete: plain(
    'InvalidParameterCombination',
    'Both coreCount and threadsPerCore must be specified together.',
  ),
  InstanceProfileAmbiguous: plain(
    'InvalidParameterCombination',
    "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
  ),
  AddressForManyInstances: plain(
    'InvalidParameterCombination',
    'Multiple instances creation is not compatible with private IP address or network interface ID parameters.',
  ),
  PublicAddressWithManyInterfaces: plain(
    'InvalidParameterCombination',
    'The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.',
  ),
  PublicAddressWithInterfaceId: plain(
    'InvalidParameterCombination',
    'The associatePublicIPAddress parameter cannot be specified for a network interface with an ID.',
  ),
  InstanceNotStartable: wording(
    'IncorrectInstanceState',
    (p: Id) => `The instance '${p.id}' is not in a state from which it can be started.`,
  ),
  InstanceNotStoppable: wording(
    'IncorrectInstanceState',
    (p: Id) => `This instance '${p.id}' is not in a state from which it can be stopped.`,
  ),
  InstanceNotRebootable: wording(
    'IncorrectInstanceState',
    (p: Id) => `The instance '${p.id}' is not in a state from which it can be rebooted.`,
  ),
  InstanceNotStopped: wording(
    'IncorrectInstanceState',
    (p: Id) => `The instance '${p.id}' is not in the 'stopped' state.`,
  ),
  InstanceTerminated: wording('IncorrectInstanceState', (p: Id) => `The instance '${p.id}' is terminated.`),
  TerminationProtected: wording(
    'OperationNotPermitted',
    (p: Id) =>
      `The instance '${p.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
  ),
  StopProtected: wording(
    'OperationNotPermitted',
    (p: Id) =>
      `The instance '${p.id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
  ),
  InterfacesOfInstanceAmbiguous: wording(
    'InvalidInstanceID',
    (p: Id) =>
      `There are multiple interfaces attached to instance '${p.id}'. Please specify an interface ID for the operation instead.`,
  ),
  DeviceNotMapped: wording(
    'InvalidInstanceAttributeValue',
    (p: { device: string }) => `No device is currently mapped at ${p.device}`,
  ),
} as const
