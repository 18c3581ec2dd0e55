/** Refusals of the security-group family (spec 2 and 3), sentence for sentence as AWS writes them. */

import { plain, wording } from './wording.ts'

const allowed = 'a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*'

export const securityGroupRejections = {
  GroupDuplicate: wording(
    'InvalidGroup.Duplicate',
    (p: { name: string; vpc: string }) => `The security group '${p.name}' already exists for VPC '${p.vpc}'`,
  ),
  GroupNameLikeId: wording(
    'InvalidParameterValue',
    (p: { name: string }) =>
      `Value (${p.name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
  ),
  GroupNameReserved: plain('InvalidParameterValue', 'Cannot use reserved security group name: default'),
  GroupNameInvalid: plain(
    'InvalidParameterValue',
    `Invalid security group name. Valid names are non-empty strings less than 256 characters from the following set: ${allowed}`,
  ),
  GroupDescriptionInvalid: plain(
    'InvalidParameterValue',
    `Invalid security group description. Valid descriptions are strings less than 256 characters from the following set: ${allowed}`,
  ),
  NoDefaultVpc: plain(
    'VPCIdNotSpecified',
    'No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.',
  ),
  GroupLimitExceeded: wording(
    'SecurityGroupLimitExceeded',
    (p: { vpc: string }) => `The maximum number of security groups for VPC '${p.vpc}' has been reached.`,
  ),
  GroupInUse: wording('DependencyViolation', (p: { id: string }) => `resource ${p.id} has a dependent object`),
  DefaultGroupDelete: wording(
    'CannotDelete',
    (p: { id: string }) => `the specified group: "${p.id}" name: "default" cannot be deleted by a user`,
  ),
  GroupNameNotFound: wording(
    'InvalidGroup.NotFound',
    (p: { name: string; vpc: string }) => `The security group '${p.name}' does not exist in default VPC '${p.vpc}'`,
  ),
  GroupsOfDifferentNetworks: plain(
    'InvalidGroup.NotFound',
    'You have specified two resources that belong to different networks.',
  ),
  GroupReferenceByName: wording(
    'InvalidParameterValue',
    (p: { name: string }) =>
      `Invalid value '${p.name}' for groupName. You may not reference Amazon VPC security groups by name. Please use the corresponding id for this operation.`,
  ),
  GroupIdFilterMalformed: wording(
    'InvalidGroupId.Malformed',
    (p: { id: string }) => `The security group ID '${p.id}' is malformed`,
  ),
  VpcIdFilterMalformed: plain('InvalidParameterValue', 'vpc-id'),
  ProtocolMissing: plain(
    'InvalidParameterValue',
    "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.",
  ),
  ProtocolUnknown: wording(
    'InvalidParameterValue',
    (p: { protocol: string }) => `Invalid value '${p.protocol}' for IP protocol. Unknown protocol.`,
  ),
  PortsMissing: wording(
    'InvalidParameterValue',
    (p: { family: 'TCP/UDP' | 'ICMP' }) =>
      `Invalid value for portRange. Must specify both from and to ports with ${p.family}.`,
  ),
  PortOutOfRange: wording(
    'InvalidParameterValue',
    (p: { end: 'from' | 'to'; port: number }) => `TCP/UDP (${p.end}) port (${p.port}) out of range`,
  ),
  PortsReversed: wording(
    'InvalidParameterValue',
    (p: { from: number; to: number }) => `Invalid TCP/UDP port range (${p.from}:${p.to})`,
  ),
  IcmpOutOfRange: wording(
    'InvalidParameterValue',
    (p: { field: 'type' | 'code'; value: number }) => `ICMP ${p.field} (${p.value}) out of range`,
  ),
  IcmpCodeWithoutType: wording(
    'InvalidParameterValue',
    (p: { code: number }) => `ICMP code (${p.code}) may not be specified for all ICMP types`,
  ),
  AllProtocolsWithPorts: plain(
    'InvalidParameterValue',
    'You may not specify all protocols and specific ports. Please specify each protocol and port range combination individually, or all protocols and no port range.',
  ),
  CidrMalformed: wording('InvalidParameterValue', (p: { cidr: string }) => `CIDR block ${p.cidr} is malformed`),
  CidrNotCanonical: wording(
    'InvalidParameterValue',
    (p: { cidr: string; canonical: string }) =>
      `The CIDR block ${p.cidr} is not in canonical form. Use ${p.canonical} instead.`,
  ),
  RuleDescriptionInvalid: plain(
    'InvalidParameterValue',
    'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
  ),
  RuleDuplicate: wording(
    'InvalidPermission.Duplicate',
    (p: { rule: string }) => `the specified rule "${p.rule}" already exists`,
  ),
  RuleRepeated: plain('InvalidParameterValue', 'The same permission must not appear multiple times'),
  RuleSourceMissing: plain(
    'MissingParameter',
    'Missing source specification: include source security group or CIDR information',
  ),
  RuleSourceGroupMissing: plain('MissingParameter', 'Source group ID missing.'),
  RuleLimitExceeded: plain(
    'RulesPerSecurityGroupLimitExceeded',
    'The maximum number of rules per security group has been reached.',
  ),
  PermissionNotFound: plain('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.'),
  RulePeerTypeChange: wording(
    'InvalidParameterValue',
    (p: { rule: string; given: string; existing: string }) =>
      `Invalid rule type for security group rule '${p.rule}'. You may not specify ${p.given} for an existing ${p.existing} rule.`,
  ),
  RulePeerMissing: plain(
    'MissingParameter',
    'The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or referencedGroupId',
  ),
  RulePeerAmbiguous: plain(
    'InvalidParameterCombination',
    'Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified',
  ),
  EgressShortcutUnsupported: wording(
    'InvalidParameterValue',
    (p: { name: string }) => `The parameter ${p.name} is not supported for outbound rules. Use ipPermissions instead.`,
  ),
  AssociationOfDefaultGroup: wording(
    'InvalidParameterValue',
    (p: { id: string }) => `The default security group '${p.id}' cannot be associated with another VPC.`,
  ),
  AssociationWithDefaultVpc: wording(
    'InvalidParameterValue',
    (p: { vpc: string }) => `Security groups cannot be associated with the default VPC '${p.vpc}'.`,
  ),
  AssociationExists: wording(
    'InvalidParameterValue',
    (p: { id: string; vpc: string }) => `The security group '${p.id}' is already associated with VPC '${p.vpc}'.`,
  ),
  AssociationMissing: wording(
    'InvalidParameterValue',
    (p: { id: string; vpc: string }) => `The security group '${p.id}' is not associated with VPC '${p.vpc}'.`,
  ),
} as const
