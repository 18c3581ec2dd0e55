/** What stands at the edge of subnets: network ACLs with their entries, route tables with their routes. */

import { put } from '../../model/change.ts'
import type { InternetGatewayId, NetworkAclId, RouteTableId, SubnetId } from '../../model/ids.ts'
import { isIdOf } from '../../model/ids.ts'
import { aclEntryName, type NetworkAclEntry } from '../../model/network-acl.ts'
import type { Route, RouteDestination, RouteTarget } from '../../model/routing.ts'
import type { Family } from '../../net/address.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { type EntryKnown, withPerhapsEntry, withPerhapsRoute } from '../perhaps.ts'
import { stableId } from '../stable-id.ts'
import { physicalId } from './attributes.ts'
import { add, type Builder, doubt, place, placeEntry, property, resourcesOf } from './builder.ts'
import { vpcOf } from './existing.ts'
import { addTags } from './networks.ts'
import { nameOf, type Resource } from './template.ts'
import { isUnknown, knownText, numberOf, textOf, truthOf, type Value } from './value.ts'

export function addEdges(builder: Builder): void {
  for (const resource of resourcesOf(builder, 'AWS::EC2::NetworkAcl')) {
    const id = physicalId(resource) as NetworkAclId
    add(builder, put('networkAcl', { id, vpc: vpcOf(builder, resource), isDefault: false, entries: [] }))
    place(builder, id, resource)
    addTags(builder, resource, id)
  }
  for (const entry of resourcesOf(builder, 'AWS::EC2::NetworkAclEntry')) addEntry(builder, entry)
  for (const each of resourcesOf(builder, 'AWS::EC2::SubnetNetworkAclAssociation')) associateAcl(builder, each)
  for (const resource of resourcesOf(builder, 'AWS::EC2::RouteTable')) {
    const id = physicalId(resource) as RouteTableId
    add(builder, put('routeTable', { id, vpc: vpcOf(builder, resource), associations: [], routes: [] }))
    place(builder, id, resource)
    addTags(builder, resource, id)
  }
  for (const route of resourcesOf(builder, 'AWS::EC2::Route')) addRoute(builder, route)
  for (const route of resourcesOf(builder, 'AWS::EC2::Route')) addPerhapsRoute(builder, route)
  for (const each of resourcesOf(builder, 'AWS::EC2::SubnetRouteTableAssociation')) associateTable(builder, each)
  for (const each of resourcesOf(builder, 'AWS::EC2::GatewayRouteTableAssociation')) {
    doubt(builder, each, `${each.id} routes what comes in through a gateway, which is not followed here.`)
  }
}

function addEntry(builder: Builder, resource: Resource): void {
  const aclId = property(builder, resource, 'NetworkAclId')
  const own = builder.world.networkAcl.get(knownText(aclId) ?? '')
  if (!own) doubt(builder, resource, `The network ACL of ${resource.id} is not in the template.`)
  // One of others is no subnet's here.
  const acls = own ? [own] : isUnknown(aclId) ? Array.from(builder.world.networkAcl.values()) : []
  const told = entryFrom(builder, resource)
  const isSure = own !== undefined && !builder.uncertain.has(resource)
  for (const acl of acls) {
    if ('families' in told) add(builder, put('networkAcl', withPerhapsEntry(acl, told, builder.bound)))
    else if (isSure) {
      add(builder, put('networkAcl', { ...acl, entries: [...withoutPlace(acl.entries, told), told] }))
      const text = knownText(property(builder, resource, 'CidrBlock') ?? property(builder, resource, 'Ipv6CidrBlock'))
      placeEntry(builder, { name: aclEntryName(acl.id, told), cidr: told.cidr, text: text ?? '' }, resource)
    } else add(builder, put('networkAcl', withPerhapsEntry(acl, asKnown(told), builder.bound)))
  }
}

/** Of an entry that may not be there, all that would be if it were. */
function asKnown({ number, direction, action, family, cidr, protocol, ports, icmp }: NetworkAclEntry): EntryKnown {
  const traffic = { protocol, ...(ports && { ports }), ...(icmp && { icmp }) }
  return { number, direction, action, families: [family], cidr, traffic }
}

function withoutPlace(entries: readonly NetworkAclEntry[], place: NetworkAclEntry): NetworkAclEntry[] {
  return entries.filter(({ number, direction }) => number !== place.number || direction !== place.direction)
}

/** Of one that is not wholly known, what is. */
function entryFrom(builder: Builder, resource: Resource): NetworkAclEntry | EntryKnown {
  const read = (name: string) => property(builder, resource, name)
  const number = numberOf(read('RuleNumber'))
  const egress = truthOf(read('Egress'))
  const action = textOf(read('RuleAction'))
  const traffic = trafficFrom(read)
  const texts = [textOf(read('CidrBlock')), textOf(read('Ipv6CidrBlock'))]
  const block = texts.flatMap((text) => (typeof text === 'string' ? (parseCidr(text)?.cidr ?? []) : []))[0]
  const direction = egress === true ? 'egress' : 'ingress'
  const decided = action === 'deny' ? 'deny' : 'allow'
  const isTold = typeof number === 'number' && !isUnknown(egress) && !isUnknown(action)
  if (isTold && traffic && block) {
    return { number, direction, action: decided, family: block.family, cidr: formatCidr(block), ...traffic }
  }
  doubt(builder, resource, `What ${resource.id} allows or denies is not known.`)
  const [v4, v6] = texts.map((text) => text !== undefined)
  return {
    families: block ? [block.family] : v4 === v6 ? [4, 6] : v4 ? [4] : [6],
    ...(block && { cidr: formatCidr(block) }),
    ...(typeof number === 'number' && { number }),
    ...(!isUnknown(egress) && { direction }),
    ...(!isUnknown(action) && { action: decided }),
    ...(traffic && { traffic }),
  }
}

/** Undefined where a part of it is not known. */
function trafficFrom(read: (name: string) => Value | undefined): EntryKnown['traffic'] {
  const protocol = numberOf(read('Protocol'))
  const ports = [numberOf(read('PortRange.From')), numberOf(read('PortRange.To'))]
  const icmp = [numberOf(read('Icmp.Type')), numberOf(read('Icmp.Code'))]
  if (typeof protocol !== 'number' || [...ports, ...icmp].some(isUnknown)) return undefined
  const [from, to] = ports as (number | undefined)[]
  const [type = -1, code = -1] = icmp as (number | undefined)[]
  return {
    protocol,
    ...((protocol === 6 || protocol === 17) && { ports: { from: from ?? 0, to: to ?? 65535 } }),
    ...((protocol === 1 || protocol === 58) && { icmp: { type, code } }),
  }
}

function associateAcl(builder: Builder, resource: Resource): void {
  const subnet = builder.world.subnet.get(knownText(property(builder, resource, 'SubnetId')) ?? '')
  const acl = builder.world.networkAcl.get(knownText(property(builder, resource, 'NetworkAclId')) ?? '')
  if (!subnet || !acl) {
    doubt(builder, resource, `${resource.id} is about a subnet or a network ACL that is not in the template.`)
    return
  }
  const aclAssociation = stableId('aclassoc', nameOf(resource))
  add(builder, put('subnet', { ...subnet, acl: acl.id, aclAssociation }))
}

function associateTable(builder: Builder, resource: Resource): void {
  const table = builder.world.routeTable.get(knownText(property(builder, resource, 'RouteTableId')) ?? '')
  const subnet = knownText(property(builder, resource, 'SubnetId'))
  if (!table || subnet === undefined) {
    doubt(builder, resource, `${resource.id} is about a subnet or a route table that is not in the template.`)
    return
  }
  const association = {
    id: stableId('rtbassoc', nameOf(resource)),
    kind: 'subnet',
    subnet: subnet as SubnetId,
  } as const
  add(builder, put('routeTable', { ...table, associations: [...table.associations, association] }))
}

function addRoute(builder: Builder, resource: Resource): void {
  const table = builder.world.routeTable.get(knownText(property(builder, resource, 'RouteTableId')) ?? '')
  const destination = destinationFrom(builder, resource)
  if (!table || !destination || builder.uncertain.has(resource)) return
  const target = targetFrom(builder, resource)
  const route: Route = { destination, target }
  add(builder, put('routeTable', { ...table, routes: [...table.routes, route] }))
  place(builder, `${table.id} ${nameOf(resource)}`, resource)
}

/** What is not known of a route, once all others are there. */
function addPerhapsRoute(builder: Builder, resource: Resource): void {
  const tableId = property(builder, resource, 'RouteTableId')
  const own = builder.world.routeTable.get(knownText(tableId) ?? '')
  const destination = destinationFrom(builder, resource)
  if (own && destination && !builder.uncertain.has(resource)) return
  if (!own || !destination) doubt(builder, resource, `The table or the destination of ${resource.id} is not known.`)
  // A table of others is no subnet's here.
  const tables = own ? [own] : isUnknown(tableId) ? Array.from(builder.world.routeTable.values()) : []
  const target = targetFrom(builder, resource)
  for (const table of tables) {
    const vpc = builder.world.vpc.get(table.vpc)
    const blocks = vpc ? [...vpc.cidrBlocks, ...vpc.ipv6CidrBlocks].map(({ cidr }) => cidr) : []
    const perhaps = { destination, families: familiesFrom(builder, resource), target }
    add(builder, put('routeTable', withPerhapsRoute(table, perhaps, { bound: builder.bound, blocks })))
  }
}

function familiesFrom(builder: Builder, resource: Resource): readonly Family[] {
  const has = (name: string) => property(builder, resource, name) !== undefined
  if (has('DestinationPrefixListId')) return [4, 6]
  const [v4, v6] = [has('DestinationCidrBlock'), has('DestinationIpv6CidrBlock')]
  return v4 === v6 ? [4, 6] : v4 ? [4] : [6]
}

function destinationFrom(builder: Builder, resource: Resource): RouteDestination | undefined {
  const list = knownText(property(builder, resource, 'DestinationPrefixListId'))
  if (list?.startsWith('pl-')) return { kind: 'prefix-list', list: list as `pl-${string}` }
  const text = textOf(
    property(builder, resource, 'DestinationCidrBlock') ?? property(builder, resource, 'DestinationIpv6CidrBlock'),
  )
  const block = typeof text === 'string' ? parseCidr(text)?.cidr : undefined
  return block && { kind: block.family === 4 ? 'ipv4' : 'ipv6', cidr: formatCidr(block) }
}

const gatewayProperties = [
  ...['GatewayId', 'NatGatewayId', 'TransitGatewayId', 'VpcPeeringConnectionId', 'NetworkInterfaceId', 'InstanceId'],
  ...['EgressOnlyInternetGatewayId', 'VpcEndpointId', 'LocalGatewayId', 'CarrierGatewayId', 'CoreNetworkArn'],
]

function targetFrom(builder: Builder, resource: Resource): RouteTarget {
  const values = gatewayProperties.map((name): readonly [string, Value | undefined] => [
    name,
    property(builder, resource, name),
  ])
  const [name, value] = values.find(([, each]) => each !== undefined) ?? []
  const id = knownText(value)
  if (id === undefined) {
    doubt(builder, resource, `Where ${resource.id} leads is not known.`)
    return { kind: 'other', id: name ?? 'unknown' }
  }
  if (isIdOf('igw', id)) return throughGateway(builder, resource, id)
  if (isIdOf('eni', id)) return { kind: 'network-interface', id }
  if (isIdOf('pcx', id)) return { kind: 'peering', id }
  return { kind: 'other', id }
}

/** A gateway that the template does not hold may be attached to the VPC. */
function throughGateway(builder: Builder, resource: Resource, id: InternetGatewayId): RouteTarget {
  if (!builder.world.internetGateway.has(id)) {
    doubt(builder, resource, `${resource.id} leads to ${id}, which this template does not hold.`)
    const table = builder.world.routeTable.get(knownText(property(builder, resource, 'RouteTableId')) ?? '')
    if (table && builder.bound === 'possible') add(builder, put('internetGateway', { id, attachedTo: table.vpc }))
  }
  return { kind: 'internet-gateway', id }
}
