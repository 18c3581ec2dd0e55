/** Refusals of VPCs and subnets with their address blocks (spec 7, 8.1, 8.2). */

import { plain, wording } from './wording.ts'

type Block = { cidr: string }
type Id = { id: string }

export const vpcRejections = {
  VpcLimitExceeded: plain('VpcLimitExceeded', 'The maximum number of VPCs has been reached.'),
  SubnetLimitExceeded: plain('SubnetLimitExceeded', 'The maximum number of subnets has been reached.'),
  BlockLimitExceeded: wording(
    'CidrLimitExceeded',
    (p: { network: string; limit: number }) =>
      `This network ${p.network} has met its maximum number of allowed CIDRs: ${p.limit}`,
  ),
  BlockMissing: wording(
    'MissingParameter',
    (p: { first: string; second: string }) => `Either '${p.first}' or '${p.second}' should be provided.`,
  ),
  IpamPoolNotFound: wording('InvalidIpamPoolId.NotFound', (p: Id) => `The ipam-pool ID '${p.id}' does not exist`),
  Ipv6PoolNotFound: wording(
    'InvalidPublicIpv6PoolID.NotFound',
    (p: Id) => `The ipv6pool-ec2 ID '${p.id}' does not exist`,
  ),
  VpcBlockInvalid: wording('InvalidVpc.Range', (p: Block) => `The CIDR '${p.cidr}' is invalid.`),
  VpcBlockRestricted: wording(
    'InvalidVpc.Range',
    (p: Block) =>
      `The CIDR '${p.cidr}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html`,
  ),
  VpcBlockConflict: wording(
    'InvalidVpc.Range',
    (p: { cidr: string; other: string; vpc: string }) =>
      `The CIDR '${p.cidr}' conflicts with the CIDR '${p.other}' of the VPC '${p.vpc}'`,
  ),
  VpcBlockInUse: wording(
    'InvalidCidrBlock.InUse',
    (p: { vpc: string; cidr: string }) => `The vpc ${p.vpc} currently has a subnet within CIDR block ${p.cidr}`,
  ),
  PrimaryBlockDisassociation: wording(
    'OperationNotPermitted',
    (p: Id) =>
      `The vpc CIDR block with association ID ${p.id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
  ),
  VpcBlockIdMalformed: wording(
    'InvalidVpcCidrBlockAssociationId.Malformed',
    (p: Id) => `Invalid id: "${p.id}" (expecting "vpc-cidr-assoc-...")`,
  ),
  VpcBlockNotFound: wording(
    'InvalidVpcCidrBlockAssociationID.NotFound',
    (p: Id) => `The vpc CIDR block association ID '${p.id}' does not exist`,
  ),
  DefaultVpcExists: plain('DefaultVpcAlreadyExists', 'A Default VPC already exists for this account in this region.'),
  DefaultVpcMissing: plain('DefaultVpcDoesNotExist', 'No default VPC exists for this account in this region.'),
  DefaultSubnetExists: wording(
    'DefaultSubnetAlreadyExistsInAvailabilityZone',
    (p: { subnet: string; zone: string }) => `'${p.subnet}' is already the default subnet in ${p.zone}.`,
  ),
  DefaultSubnetBlocksExhausted: plain(
    'InsufficientCidrBlocks',
    'The default VPC does not have a free CIDR block for another default subnet.',
  ),
  SubnetBlockInvalid: wording('InvalidSubnet.Range', (p: Block) => `The CIDR '${p.cidr}' is invalid.`),
  SubnetBlockConflict: wording(
    'InvalidSubnet.Conflict',
    (p: Block) => `The CIDR '${p.cidr}' conflicts with another subnet`,
  ),
  SubnetIpv6BlockMalformed: wording(
    'InvalidParameterValue',
    (p: Block) => `invalid value for parameter ipv6-cidr-block: ${p.cidr}`,
  ),
  SubnetIpv6BlockInvalid: wording('InvalidSubnet.Range', (p: Block) => `The IPv6 CIDR '${p.cidr}' is invalid.`),
  SubnetIpv6BlockConflict: wording(
    'InvalidSubnet.Conflict',
    (p: Block) => `The IPv6 CIDR '${p.cidr}' conflicts with another subnet`,
  ),
  SubnetBlockIdMalformed: wording(
    'InvalidSubnetCidrBlockAssociationId.Malformed',
    (p: Id) => `Invalid id: "${p.id}" (expecting "subnet-cidr-assoc-...")`,
  ),
  SubnetBlockNotFound: wording(
    'InvalidSubnetCidrBlockAssociationID.NotFound',
    (p: Id) => `The subnet CIDR block with association ID '${p.id}' does not exist`,
  ),
  SubnetBlockInUse: wording(
    'InvalidCidrBlock.InUse',
    (p: { id: string; reason: string }) =>
      `The subnet IPv6 CIDR block with association ID ${p.id} may not be disassociated, because ${p.reason}.`,
  ),
  SubnetAttributeNeedsIpv6: wording(
    'InvalidParameterValue',
    (p: { attribute: string; subnet: string }) =>
      `Invalid value 'true' for ${p.attribute}. Cannot set ${p.attribute} to true unless the subnet (${p.subnet}) has an IPv6 CIDR block associated with it.`,
  ),
  SubnetNotOnOutpost: wording(
    'InvalidParameterValue',
    (p: { attribute: string; subnet: string }) =>
      `The attribute ${p.attribute} cannot be modified because the subnet '${p.subnet}' is not on an Outpost.`,
  ),
  ModifiedAttributeMissing: plain('InvalidParameterCombination', 'No attributes specified.'),
  ModifiedAttributesSeveral: wording(
    'InvalidParameterCombination',
    (p: { attributes: string }) => `Fields for multiple attribute types specified: ${p.attributes}`,
  ),
  DhcpOptionsIdMalformed: wording(
    'InvalidDhcpOptionsId.Malformed',
    (p: Id) => `Invalid id: "${p.id}" (expecting "dopt-...")`,
  ),
  DhcpOptionsNotFound: wording('InvalidDhcpOptionID.NotFound', (p: Id) => `The dhcpOption ID '${p.id}' does not exist`),
} as const
