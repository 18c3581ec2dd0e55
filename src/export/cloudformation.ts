/** An inventory as a CloudFormation template in YAML. */

import { Document, isMap, isScalar, Scalar, visit } from 'yaml'
import type { NetworkAclEntry } from '../model/network-acl.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Route, RouteTarget } from '../model/routing.ts'
import type { Rule } from '../model/rule.ts'
import { isDefaultGroup, type SecurityGroup } from '../model/security-group.ts'
import { linked } from '../model/world.ts'
import { addedRules, hasOriginalRules } from './default-rules.ts'
import { type Inventory, ownTags } from './inventory.ts'
import { pascal } from './names.ts'
import { type PieceOf as Of, type PiecePrinters, printPieces, type Written } from './pieces.ts'

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | undefined }
type Properties = { readonly [key: string]: Value | undefined }

interface Resource {
  readonly Type: string
  readonly DependsOn?: readonly string[]
  readonly Properties?: Properties
}

interface Printer extends Inventory {
  readonly resources: Map<string, Resource>
  readonly notes: string[]
}

export function cloudFormationOf(inventory: Inventory): Written {
  const printer: Printer = { ...inventory, resources: new Map(), notes: [] }
  printPieces(printer, printers)
  const unsaid = [...inventory.unsaid, ...printer.notes]
  const document = new Document(JSON.parse(JSON.stringify({ Resources: Object.fromEntries(printer.resources) })))
  visit(document, { Map: (_, node) => shortForm(node) })
  const comments = unsaid.map((sentence) => `# ${sentence}\n`).join('')
  return { text: `${comments}AWSTemplateFormatVersion: '2010-09-09'\n${document.toString({ lineWidth: 120 })}`, unsaid }
}

/** `Ref: Web` as `!Ref Web`. */
function shortForm(node: unknown): Scalar | undefined {
  const [pair] = isMap(node) && node.items.length === 1 ? node.items : []
  const key = isScalar(pair?.key) ? pair.key.value : undefined
  if (!isScalar(pair?.value) || (key !== 'Ref' && key !== 'Fn::GetAtt')) return undefined
  const scalar = new Scalar(pair.value.value)
  scalar.tag = key === 'Ref' ? '!Ref' : '!GetAtt'
  return scalar
}

const printers: PiecePrinters<Printer> = {
  vpc: printVpc,
  'internet-gateway': printGateway,
  subnet: printSubnet,
  'network-acl': printAcl,
  'prefix-list': printList,
  group: printGroup,
  rules: printRules,
  interface: (printer, { card }) => printInterface(printer, card),
  instance: printInstance,
  'elastic-address': printAddress,
  peering: printPeering,
  'route-table': printTable,
}

function nameOf({ names }: Printer, id: string): string {
  return pascal(names.get(id) ?? id)
}

/** `DependsOn` stands beside the properties, and is left out where it is empty. */
function put(printer: Printer, name: string, type: string, given: Properties & { DependsOn?: string[] }): void {
  const { DependsOn = [], ...properties } = given
  const depends = DependsOn.length > 0 ? { DependsOn } : {}
  const hasAny = Object.keys(properties).length > 0
  printer.resources.set(name, { Type: `AWS::EC2::${type}`, ...depends, ...(hasAny ? { Properties: properties } : {}) })
}

/** What is not of this world is named by its id. */
function ref(printer: Printer, id: string): Value {
  return printer.names.has(id) ? { Ref: nameOf(printer, id) } : id
}

function attribute(printer: Printer, id: string, name: string): Value {
  return { 'Fn::GetAtt': `${nameOf(printer, id)}.${name}` }
}

function tags({ world }: Printer, id: string): Properties {
  const given = ownTags(world, id)
  return given.length === 0 ? {} : { Tags: given.map(({ key, value }) => ({ Key: key, Value: value })) }
}

function printVpc(printer: Printer, { vpc }: Of<'vpc'>): void {
  const name = nameOf(printer, vpc.id)
  const [primary, ...more] = vpc.cidrBlocks
  put(printer, name, 'VPC', {
    CidrBlock: primary?.cidr,
    EnableDnsSupport: vpc.dnsSupport,
    EnableDnsHostnames: vpc.dnsHostnames,
    ...(vpc.tenancy === 'default' ? {} : { InstanceTenancy: vpc.tenancy }),
    ...tags(printer, vpc.id),
  })
  more.forEach(({ cidr }, index) => {
    put(printer, `${name}Block${index + 2}`, 'VPCCidrBlock', { VpcId: ref(printer, vpc.id), CidrBlock: cidr })
  })
  vpc.ipv6CidrBlocks.forEach(({ cidr }, index) => {
    const property = { VpcId: ref(printer, vpc.id), Ipv6CidrBlock: cidr }
    put(printer, ipv6Name(printer, vpc.id, index), 'VPCCidrBlock', property)
    printer.notes.push(`${cidr} of ${vpc.id} needs an Ipv6Pool that holds it: AWS gives no block by request.`)
  })
}

function ipv6Name(printer: Printer, vpc: string, index: number): string {
  return `${nameOf(printer, vpc)}Ipv6${index === 0 ? '' : index + 1}`
}

function printGateway(printer: Printer, { id, vpc }: Of<'internet-gateway'>): void {
  const name = nameOf(printer, id)
  put(printer, name, 'InternetGateway', tags(printer, id))
  if (vpc === undefined) return
  const properties = { VpcId: ref(printer, vpc), InternetGatewayId: ref(printer, id) }
  put(printer, `${name}Attachment`, 'VPCGatewayAttachment', properties)
}

function printSubnet(printer: Printer, { subnet }: Of<'subnet'>): void {
  const blocks = printer.world.vpc.get(subnet.vpc)
  const dependsOn = [
    ...(blocks?.cidrBlocks.slice(1) ?? []).map((_, index) => `${nameOf(printer, subnet.vpc)}Block${index + 2}`),
    ...(subnet.ipv6CidrBlocks.length > 0 ? [ipv6Name(printer, subnet.vpc, 0)] : []),
  ]
  const properties = {
    VpcId: ref(printer, subnet.vpc),
    AvailabilityZone: subnet.zone,
    ...(subnet.cidr === undefined ? { Ipv6Native: true } : { CidrBlock: subnet.cidr }),
    Ipv6CidrBlock: subnet.ipv6CidrBlocks[0]?.cidr,
    ...(subnet.mapPublicIpOnLaunch ? { MapPublicIpOnLaunch: true } : {}),
    ...(subnet.assignIpv6OnCreation ? { AssignIpv6AddressOnCreation: true } : {}),
    ...tags(printer, subnet.id),
  }
  put(printer, nameOf(printer, subnet.id), 'Subnet', { ...properties, DependsOn: dependsOn })
}

function printAcl(printer: Printer, { acl, subnets }: Of<'network-acl'>): void {
  const name = nameOf(printer, acl.id)
  put(printer, name, 'NetworkAcl', { VpcId: ref(printer, acl.vpc), ...tags(printer, acl.id) })
  for (const entry of acl.entries) {
    const way = entry.direction === 'ingress' ? 'In' : 'Out'
    put(printer, `${name}${way}${entry.number}`, 'NetworkAclEntry', {
      NetworkAclId: ref(printer, acl.id),
      ...entryProperties(entry),
    })
  }
  for (const { id } of subnets) {
    const properties = { SubnetId: ref(printer, id), NetworkAclId: ref(printer, acl.id) }
    put(printer, `${nameOf(printer, id)}Acl`, 'SubnetNetworkAclAssociation', properties)
  }
}

function entryProperties({
  number,
  direction,
  action,
  protocol,
  family,
  cidr,
  ports,
  icmp,
}: NetworkAclEntry): Properties {
  return {
    RuleNumber: number,
    Egress: direction === 'egress',
    RuleAction: action,
    Protocol: protocol,
    ...(family === 4 ? { CidrBlock: cidr } : { Ipv6CidrBlock: cidr }),
    ...(ports && { PortRange: { From: ports.from, To: ports.to } }),
    ...(icmp && { Icmp: { Type: icmp.type, Code: icmp.code } }),
  }
}

function printList(printer: Printer, { list, entries }: Of<'prefix-list'>): void {
  put(printer, nameOf(printer, list.id), 'PrefixList', {
    PrefixListName: list.name,
    AddressFamily: list.family === 4 ? 'IPv4' : 'IPv6',
    MaxEntries: list.maxEntries,
    Entries: entries.map(({ cidr, description }) => ({ Cidr: cidr, Description: description })),
    ...tags(printer, list.id),
  })
}

/** A default group that has all that AWS gave it is the VPC's; one that lacks some of it is written as another. */
function isCompanion({ world }: Printer, group: SecurityGroup): boolean {
  return isDefaultGroup(group) && hasOriginalRules(world, group)
}

function groupRef(printer: Printer, id: string): Value {
  const group = printer.world.securityGroup.get(id)
  if (!group || !printer.names.has(id)) return id
  return isCompanion(printer, group)
    ? attribute(printer, group.vpc, 'DefaultSecurityGroup')
    : attribute(printer, id, 'GroupId')
}

const nothingOut = { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' }

/** Rules about groups stand beside them, as two groups may name each other. */
function printGroup(printer: Printer, { group, rules }: Of<'group'>): void {
  if (isCompanion(printer, group)) return
  const own = rules.filter(({ peer }) => peer.kind !== 'group')
  const [ingress, egress] = (['ingress', 'egress'] as const).map((direction) =>
    own.filter((rule) => rule.direction === direction).map((rule) => ruleProperties(printer, rule)),
  )
  if (isDefaultGroup(group)) {
    printer.notes.push(`The default group of ${group.vpc} lacks rules that AWS gives it: it is written as another one.`)
  }
  const isOut = egress !== undefined && egress.length > 0
  put(printer, nameOf(printer, group.id), 'SecurityGroup', {
    ...(isDefaultGroup(group) ? {} : { GroupName: group.name }),
    GroupDescription: group.description || group.name,
    VpcId: ref(printer, group.vpc),
    ...(ingress && ingress.length > 0 ? { SecurityGroupIngress: ingress } : {}),
    // Without any, AWS would add its own, which opens everything.
    SecurityGroupEgress: isOut ? egress : [nothingOut],
    ...tags(printer, group.id),
  })
}

function printRules(printer: Printer, { group, rules }: Of<'rules'>): void {
  const isAws = isCompanion(printer, group)
  const beside = isAws ? addedRules(printer.world, group, rules) : rules.filter(({ peer }) => peer.kind === 'group')
  beside.forEach((rule, index) => {
    const isIn = rule.direction === 'ingress'
    const name = `${nameOf(printer, group.id)}${isIn ? 'In' : 'Out'}${index + 1}`
    const properties = { GroupId: groupRef(printer, group.id), ...ruleProperties(printer, rule) }
    put(printer, name, isIn ? 'SecurityGroupIngress' : 'SecurityGroupEgress', properties)
  })
}

function ruleProperties(printer: Printer, { direction, traffic, peer, description }: Rule): { [key: string]: Value } {
  const end = direction === 'ingress' ? 'Source' : 'Destination'
  const ports =
    'from' in traffic
      ? { FromPort: traffic.from, ToPort: traffic.to }
      : 'type' in traffic
        ? { FromPort: traffic.type, ToPort: traffic.code }
        : {}
  const about: { [key: string]: Value } =
    peer.kind === 'ipv4'
      ? { CidrIp: peer.cidr }
      : peer.kind === 'ipv6'
        ? { CidrIpv6: peer.cidr }
        : peer.kind === 'prefix-list'
          ? { [`${end}PrefixListId`]: ref(printer, peer.list) }
          : { [`${end}SecurityGroupId`]: groupRef(printer, peer.group) }
  const protocol = traffic.protocol === 'all' ? '-1' : String(traffic.protocol)
  return {
    IpProtocol: protocol,
    ...ports,
    ...about,
    ...(description === undefined ? {} : { Description: description }),
  }
}

function printInterface(printer: Printer, card: NetworkInterface): void {
  const [primary, ...more] = card.privateAddresses
  const all = [primary, ...more].map((each, index) => ({ PrivateIpAddress: each?.address, Primary: index === 0 }))
  const { tcpEstablishedTimeout, udpStreamTimeout, udpTimeout } = card.tracking
  const tracking = {
    TcpEstablishedTimeout: tcpEstablishedTimeout,
    UdpStreamTimeout: udpStreamTimeout,
    UdpTimeout: udpTimeout,
  }
  put(printer, nameOf(printer, card.id), 'NetworkInterface', {
    ...(card.description === '' ? {} : { Description: card.description }),
    SubnetId: ref(printer, card.subnet),
    GroupSet: card.groups.map((id) => groupRef(printer, id)),
    ...(more.length > 0 ? { PrivateIpAddresses: all } : { PrivateIpAddress: primary?.address }),
    ...(card.ipv6Addresses.length > 0
      ? { Ipv6Addresses: card.ipv6Addresses.map((address) => ({ Ipv6Address: address })) }
      : {}),
    ...(card.sourceDestCheck ? {} : { SourceDestCheck: false }),
    ...(Object.keys(card.tracking).length > 0 ? { ConnectionTrackingSpecification: tracking } : {}),
    ...tags(printer, card.id),
  })
}

function printInstance(printer: Printer, { instance, cards }: Of<'instance'>): void {
  put(printer, nameOf(printer, instance.id), 'Instance', {
    ImageId: instance.image,
    InstanceType: instance.type,
    ...(instance.keyName === undefined ? {} : { KeyName: instance.keyName }),
    ...(instance.userData === undefined ? {} : { UserData: instance.userData }),
    NetworkInterfaces: cards.map(({ id, attachment }) => ({
      DeviceIndex: String(attachment?.deviceIndex ?? 0),
      NetworkInterfaceId: ref(printer, id),
    })),
    ...tags(printer, instance.id),
  })
}

function printAddress(printer: Printer, { address: { id, association } }: Of<'elastic-address'>): void {
  const name = nameOf(printer, id)
  put(printer, name, 'EIP', { Domain: 'vpc', ...tags(printer, id) })
  if (!association) return
  const properties = {
    AllocationId: attribute(printer, id, 'AllocationId'),
    NetworkInterfaceId: ref(printer, association.networkInterface),
    PrivateIpAddress: association.privateAddress,
  }
  // AWS refuses it as long as the VPC has no internet gateway.
  const vpc = printer.world.networkInterface.get(association.networkInterface)?.vpc ?? ''
  const gateways = linked(printer.world, 'gateways of vpc', vpc).map((each) => `${nameOf(printer, each)}Attachment`)
  put(printer, `${name}Association`, 'EIPAssociation', { ...properties, DependsOn: gateways })
}

function printPeering(printer: Printer, { peering: { id, requester, accepter } }: Of<'peering'>): void {
  const { account, region } = printer.world.scope
  put(printer, nameOf(printer, id), 'VPCPeeringConnection', {
    VpcId: ref(printer, requester.vpc),
    PeerVpcId: ref(printer, accepter.vpc),
    ...(accepter.owner === account ? {} : { PeerOwnerId: accepter.owner }),
    ...(accepter.region === region ? {} : { PeerRegion: accepter.region }),
    ...tags(printer, id),
  })
}

function printTable(printer: Printer, { table, subnets, routes }: Of<'route-table'>): void {
  const name = nameOf(printer, table.id)
  put(printer, name, 'RouteTable', { VpcId: ref(printer, table.vpc), ...tags(printer, table.id) })
  routes.forEach((route, index) => {
    const properties = { RouteTableId: ref(printer, table.id), ...routeProperties(printer, route) }
    const attachment = route.target.kind === 'internet-gateway' ? [`${nameOf(printer, route.target.id)}Attachment`] : []
    const isAttached = attachment.every((each) => printer.resources.has(each))
    put(printer, `${name}Route${index + 1}`, 'Route', { ...properties, DependsOn: isAttached ? attachment : [] })
  })
  for (const { id } of subnets) {
    const properties = { SubnetId: ref(printer, id), RouteTableId: ref(printer, table.id) }
    put(printer, `${nameOf(printer, id)}Table`, 'SubnetRouteTableAssociation', properties)
  }
}

function routeProperties(printer: Printer, { destination, target }: Route): Properties {
  const to =
    destination.kind === 'prefix-list'
      ? { DestinationPrefixListId: ref(printer, destination.list) }
      : destination.kind === 'ipv4'
        ? { DestinationCidrBlock: destination.cidr }
        : { DestinationIpv6CidrBlock: destination.cidr }
  if (target.kind === 'other') printer.notes.push(`${target.id}, where a route leads, is not of this world.`)
  return { ...to, [targetProperty(target)]: target.kind === 'local' ? 'local' : ref(printer, target.id) }
}

const prefixes: { readonly [prefix: string]: string } = {
  nat: 'NatGatewayId',
  tgw: 'TransitGatewayId',
  eigw: 'EgressOnlyInternetGatewayId',
  vpce: 'VpcEndpointId',
  lgw: 'LocalGatewayId',
  cagw: 'CarrierGatewayId',
}

function targetProperty(target: RouteTarget): string {
  switch (target.kind) {
    case 'network-interface':
      return 'NetworkInterfaceId'
    case 'peering':
      return 'VpcPeeringConnectionId'
    case 'other':
      return prefixes[target.id.slice(0, target.id.indexOf('-'))] ?? 'GatewayId'
    default:
      return 'GatewayId'
  }
}
