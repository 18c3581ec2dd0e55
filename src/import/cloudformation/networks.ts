/** VPCs and subnets of a template, their blocks, and what VPCs are joined by: gateways, peerings. */

import { instant } from '../../base/clock.ts'
import { put } from '../../model/change.ts'
import { plainSubnet, plainVpc } from '../../model/default-network.ts'
import type { InternetGatewayId, PeeringId, SubnetId, TaggableId, VpcId } from '../../model/ids.ts'
import { isIdOf } from '../../model/ids.ts'
import { findZone, zonesOf } from '../../model/region.ts'
import type { Subnet } from '../../model/subnet.ts'
import type { Tag } from '../../model/tag.ts'
import type { CidrBlock, Vpc } from '../../model/vpc.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { entropyFrom, stableId } from '../stable-id.ts'
import { companionId, ipv6BlockOf, physicalId } from './attributes.ts'
import { add, type Builder, doubt, isKnown, place, property, resourcesOf } from './builder.ts'
import { addVpc, vpcOf } from './existing.ts'
import { nameOf, type Resource } from './template.ts'
import { isUnknown, knownText, listOf, mappingOf, textOf, truthOf, type Value } from './value.ts'

export function addNetworks(builder: Builder): void {
  for (const vpc of resourcesOf(builder, 'AWS::EC2::VPC')) addOwnVpc(builder, vpc)
  for (const subnet of resourcesOf(builder, 'AWS::EC2::Subnet')) addOwnSubnet(builder, subnet)
  for (const gateway of resourcesOf(builder, 'AWS::EC2::InternetGateway')) {
    const id = physicalId(gateway) as InternetGatewayId
    add(builder, put('internetGateway', { id }))
    place(builder, id, gateway)
    addTags(builder, gateway, id)
  }
  for (const attachment of resourcesOf(builder, 'AWS::EC2::VPCGatewayAttachment')) attach(builder, attachment)
  for (const peering of resourcesOf(builder, 'AWS::EC2::VPCPeeringConnection')) addPeering(builder, peering)
}

/** The tags that a resource gives its object; those not known are left out. */
export function addTags(
  builder: Builder,
  resource: Resource,
  id: string,
  list = property(builder, resource, 'Tags'),
): void {
  const given = listOf(list)
  const tags = (isUnknown(given) ? [] : given).flatMap((each): Tag[] => {
    const { Key, Value: text } = mappingOf(each) ?? {}
    const [key, value] = [knownText(Key as Value), knownText(text as Value)]
    return key === undefined || value === undefined ? [] : [{ key, value }]
  })
  if (tags.length > 0) add(builder, put('tagSet', { id: id as TaggableId, tags }))
}

/** A block of the family, masked; undefined, with a doubt, for what is none. */
function blockFrom(builder: Builder, resource: Resource, name: string): string | undefined {
  const value = textOf(property(builder, resource, name))
  if (!isKnown(builder, resource, name, value) || value === undefined) return undefined
  const cidr = parseCidr(value)?.cidr
  if (!cidr) doubt(builder, resource, `${name} of ${resource.id} is no CIDR block: '${value}'.`)
  return cidr && formatCidr(cidr)
}

/** The first of these that no VPC of the template has. */
const standIns = Array.from({ length: 256 }, (_, index) => `10.${index}.0.0/16`)

function addOwnVpc(builder: Builder, resource: Resource): void {
  const id = physicalId(resource) as VpcId
  const taken = Array.from(builder.world.vpc.values()).flatMap(({ cidrBlocks }) => cidrBlocks.map(({ cidr }) => cidr))
  const own = blockFrom(builder, resource, 'CidrBlock')
  if (property(builder, resource, 'CidrBlock') === undefined) {
    doubt(builder, resource, `The addresses of ${resource.id} are not known: an address pool gives them.`)
  }
  const cidr = own ?? standIns.find((each) => !taken.includes(each)) ?? '10.0.0.0/16'
  const more = resourcesOf(builder, 'AWS::EC2::VPCCidrBlock').filter(
    (block) => property(builder, block, 'VpcId') === id,
  )
  const vpc: Vpc = {
    ...plainVpc('dopt-default', entropyFrom(id)),
    id,
    cidrBlocks: [blockOf(id, cidr), ...more.flatMap((block) => ipv4Blocks(builder, id, block))],
    ipv6CidrBlocks: more.flatMap((block) => ipv6Blocks(builder, id, block)),
    tenancy: knownText(property(builder, resource, 'InstanceTenancy')) ?? 'default',
    dnsSupport: truthOf(property(builder, resource, 'EnableDnsSupport')) !== false,
    dnsHostnames: truthOf(property(builder, resource, 'EnableDnsHostnames')) === true,
  }
  addVpc(builder, vpc)
  for (const of of [id, ...(['sg', 'acl', 'rtb'] as const).map((prefix) => companionId(prefix, id))]) {
    place(builder, of, resource)
  }
  addTags(builder, resource, id)
}

function blockOf(vpc: VpcId, cidr: string): CidrBlock {
  return { associationId: stableId('vpc-cidr-assoc', `${vpc} ${cidr}`), cidr }
}

function ipv4Blocks(builder: Builder, vpc: VpcId, block: Resource): CidrBlock[] {
  if (property(builder, block, 'CidrBlock') === undefined) return []
  const cidr = blockFrom(builder, block, 'CidrBlock')
  return cidr === undefined ? [] : [blockOf(vpc, cidr)]
}

function ipv6Blocks(builder: Builder, vpc: VpcId, block: Resource): CidrBlock[] {
  const text = ipv6BlockOf(block, (name) => property(builder, block, name))
  const cidr = parseCidr(knownText(text) ?? '')?.cidr
  if (text !== undefined && !cidr) doubt(builder, block, `The IPv6 addresses that ${block.id} adds are not known.`)
  return cidr ? [blockOf(vpc, formatCidr(cidr))] : []
}

function addOwnSubnet(builder: Builder, resource: Resource): void {
  const id = physicalId(resource) as SubnetId
  const vpc = vpcOf(builder, resource)
  const cidr = blockFrom(builder, resource, 'CidrBlock')
  const ipv6 = [
    blockFrom(builder, resource, 'Ipv6CidrBlock'),
    ...resourcesOf(builder, 'AWS::EC2::SubnetCidrBlock')
      .filter((block) => property(builder, block, 'SubnetId') === id)
      .map((block) => blockFrom(builder, block, 'Ipv6CidrBlock')),
  ].filter((each) => each !== undefined)
  const isNative = truthOf(property(builder, resource, 'Ipv6Native')) === true
  const isPublic = truthOf(property(builder, resource, 'MapPublicIpOnLaunch'))
  isKnown(builder, resource, 'MapPublicIpOnLaunch', isPublic)
  const subnet: Subnet = {
    ...plainSubnet(entropyFrom(id)),
    id,
    vpc,
    ...(isNative ? {} : { cidr: cidr ?? freeBlockIn(builder, resource, vpc) }),
    ipv6CidrBlocks: ipv6.map((block) => ({
      associationId: stableId('subnet-cidr-assoc', `${id} ${block}`),
      cidr: block,
    })),
    zone: zoneFrom(builder, knownText(property(builder, resource, 'AvailabilityZone'))),
    mapPublicIpOnLaunch: isUnknown(isPublic) ? builder.bound === 'possible' : isPublic === true,
    assignIpv6OnCreation: truthOf(property(builder, resource, 'AssignIpv6AddressOnCreation')) === true,
    acl: defaultAclOf(builder, vpc),
    aclAssociation: stableId('aclassoc', nameOf(resource)),
  }
  add(builder, put('subnet', subnet))
  place(builder, id, resource)
  addTags(builder, resource, id)
}

function defaultAclOf({ world }: Builder, vpc: VpcId): Subnet['acl'] {
  const acl = Array.from(world.networkAcl.values()).find((each) => each.vpc === vpc && each.isDefault)
  return acl?.id ?? companionId('acl', vpc)
}

/** A block that stands for one that is not known: a /24 that no other subnet has. */
function freeBlockIn(builder: Builder, resource: Resource, vpc: VpcId): string {
  doubt(builder, resource, `The addresses of ${resource.id} are not known.`)
  const outer = parseCidr(builder.world.vpc.get(vpc)?.cidrBlocks[0]?.cidr ?? '10.0.0.0/16')?.cidr
  const length = Math.max(24, outer?.length ?? 24)
  const taken = Array.from(builder.world.subnet.values()).filter((each) => each.vpc === vpc).length
  const first = (outer?.first ?? 0n) + BigInt(taken) * (1n << BigInt(32 - length))
  return formatCidr({ family: 4, first, length })
}

function zoneFrom({ given: { region } }: Builder, text: string | undefined): string {
  return (text === undefined ? undefined : findZone(region, text)?.name) ?? text ?? zonesOf(region)[0]?.name ?? region
}

function attach(builder: Builder, attachment: Resource): void {
  const gateway = property(builder, attachment, 'InternetGatewayId')
  if (gateway === undefined) return
  const vpc = vpcOf(builder, attachment)
  const id = knownText(gateway)
  if (id === undefined || !isIdOf('igw', id))
    doubt(builder, attachment, `${attachment.id} attaches an unknown gateway.`)
  else add(builder, put('internetGateway', { id, attachedTo: vpc }))
}

/** A peering with a VPC of another account or Region leads where nobody looks: the walk says so. */
function addPeering(builder: Builder, resource: Resource): void {
  const { account, region } = builder.given
  const id = physicalId(resource) as PeeringId
  const peer = knownText(property(builder, resource, 'PeerVpcId'))
  const owner = knownText(property(builder, resource, 'PeerOwnerId')) ?? account
  const peerRegion = knownText(property(builder, resource, 'PeerRegion')) ?? region
  const own = { owner: account, region, allowDnsResolution: false }
  const accepter = (peer ?? stableId('vpc', `peer of ${id}`)) as VpcId
  if (peer === undefined) doubt(builder, resource, `The VPC that ${resource.id} leads to is not known.`)
  add(
    builder,
    put('peering', {
      id,
      requester: { ...own, vpc: vpcOf(builder, resource) },
      accepter: { ...own, vpc: accepter, owner, region: peerRegion },
      state: 'active',
      message: 'Active',
      createdAt: instant(0),
      stateSince: instant(0),
    }),
  )
  place(builder, id, resource)
  addTags(builder, resource, id)
}
