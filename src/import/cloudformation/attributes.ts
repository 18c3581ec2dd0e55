/** What `Ref` and `Fn::GetAtt` of a resource give, as far as it is known before it is made. */

import { digitsOf, stableId } from '../stable-id.ts'
import { nameOf, type Resource, type Template } from './template.ts'
import { unknown, type Value } from './value.ts'

const prefixes: { readonly [type: string]: string } = {
  'AWS::EC2::VPC': 'vpc',
  'AWS::EC2::Subnet': 'subnet',
  'AWS::EC2::SecurityGroup': 'sg',
  'AWS::EC2::SecurityGroupIngress': 'sgr',
  'AWS::EC2::SecurityGroupEgress': 'sgr',
  'AWS::EC2::RouteTable': 'rtb',
  'AWS::EC2::SubnetRouteTableAssociation': 'rtbassoc',
  'AWS::EC2::SubnetNetworkAclAssociation': 'aclassoc',
  'AWS::EC2::InternetGateway': 'igw',
  'AWS::EC2::EgressOnlyInternetGateway': 'eigw',
  'AWS::EC2::NatGateway': 'nat',
  'AWS::EC2::VPNGateway': 'vgw',
  'AWS::EC2::TransitGateway': 'tgw',
  'AWS::EC2::VPCEndpoint': 'vpce',
  'AWS::EC2::NetworkAcl': 'acl',
  'AWS::EC2::NetworkInterface': 'eni',
  'AWS::EC2::Instance': 'i',
  'AWS::EC2::PrefixList': 'pl',
  'AWS::EC2::VPCPeeringConnection': 'pcx',
  'AWS::EC2::VPCCidrBlock': 'vpc-cidr-assoc',
  'AWS::EC2::SubnetCidrBlock': 'subnet-cidr-assoc',
  'AWS::EC2::EIPAssociation': 'eipassoc',
}

/** What `Ref` gives; of what has no id of EC2's, its logical id stands for its name. */
export function physicalId(resource: Resource): Value {
  if (resource.type === 'AWS::EC2::EIP') return publicAddressFor(resource)
  const prefix = prefixes[resource.type]
  return prefix === undefined ? resource.id : stableId(prefix, nameOf(resource))
}

/** An address that stands for the one that AWS will give. */
export function publicAddressFor(resource: Pick<Resource, 'template' | 'id'>, part = ''): string {
  const number = Number.parseInt(digitsOf(`address ${nameOf(resource)} ${part}`, 8), 16)
  return `198.${18 + (number & 1)}.${(number >>> 1) & 255}.${1 + ((number >>> 9) % 254)}`
}

/** A /56 that stands for the one that Amazon will give. */
function amazonBlockFor(resource: Resource): string {
  const digits = digitsOf(`ipv6 ${nameOf(resource)}`, 8)
  return `2600:1f${digits.slice(0, 2)}:1${digits.slice(2, 5)}:1${digits[5]}00::/56`
}

/** The resource whose companions these are. */
export function companionId<P extends 'sg' | 'acl' | 'rtb'>(prefix: P, vpc: string): `${P}-${string}` {
  return stableId(prefix, `default of ${vpc}`)
}

interface Reader {
  readonly evaluate: (template: Template, raw: unknown) => Value | undefined
}

/** Undefined for what only deploying tells. */
export function attributeOf(resource: Resource, name: string, { evaluate }: Reader): Value | undefined {
  const property = (of: string) => evaluate(resource.template, resource.properties[of])
  if (idAttributes[resource.type]?.includes(name)) return physicalId(resource)
  switch (`${resource.type.replace('AWS::EC2::', '')}.${name}`) {
    case 'VPC.CidrBlock':
    case 'Subnet.CidrBlock':
      return property('CidrBlock')
    case 'VPC.DefaultSecurityGroup':
      return companionId('sg', String(physicalId(resource)))
    case 'VPC.DefaultNetworkAcl':
      return companionId('acl', String(physicalId(resource)))
    case 'VPC.Ipv6CidrBlocks':
      return ipv6BlocksOf(resource, evaluate)
    case 'Subnet.VpcId':
    case 'SecurityGroup.VpcId':
      return property('VpcId')
    case 'Subnet.AvailabilityZone':
      return property('AvailabilityZone')
    case 'EIP.AllocationId':
      return stableId('eipalloc', nameOf(resource))
    case 'EIP.PublicIp':
      return publicAddressFor(resource)
    default:
      return undefined
  }
}

const idAttributes: { readonly [type: string]: readonly string[] } = {
  'AWS::EC2::VPC': ['VpcId'],
  'AWS::EC2::Subnet': ['SubnetId'],
  'AWS::EC2::SecurityGroup': ['GroupId', 'Id'],
  'AWS::EC2::RouteTable': ['RouteTableId'],
  'AWS::EC2::InternetGateway': ['InternetGatewayId'],
  'AWS::EC2::EgressOnlyInternetGateway': ['Id'],
  'AWS::EC2::NatGateway': ['NatGatewayId'],
  'AWS::EC2::VPNGateway': ['VPNGatewayId'],
  'AWS::EC2::NetworkAcl': ['Id', 'NetworkAclId'],
  'AWS::EC2::NetworkInterface': ['Id'],
  'AWS::EC2::Instance': ['InstanceId'],
  'AWS::EC2::PrefixList': ['PrefixListId'],
  'AWS::EC2::VPCPeeringConnection': ['Id'],
}

/** The blocks of the VPC's `AWS::EC2::VPCCidrBlock`s. */
function ipv6BlocksOf(vpc: Resource, evaluate: Reader['evaluate']): Value {
  const id = physicalId(vpc)
  const blocks = Array.from(vpc.template.resources.values()).flatMap((resource) => {
    if (resource.type !== 'AWS::EC2::VPCCidrBlock') return []
    if (evaluate(vpc.template, resource.properties['VpcId']) !== id) return []
    return ipv6BlockOf(resource, (name) => evaluate(vpc.template, resource.properties[name])) ?? []
  })
  return blocks.length > 0 ? blocks : unknown(`the IPv6 blocks of ${vpc.id}`)
}

/** The IPv6 block that a `AWS::EC2::VPCCidrBlock` adds; undefined for an IPv4 one. */
export function ipv6BlockOf(resource: Resource, property: (name: string) => Value | undefined): Value | undefined {
  const own = property('Ipv6CidrBlock')
  if (own !== undefined) return own
  const isAmazons = String(property('AmazonProvidedIpv6CidrBlock')) === 'true'
  if (isAmazons) return amazonBlockFor(resource)
  return property('Ipv6IpamPoolId') === undefined ? undefined : amazonBlockFor(resource)
}
