/** Route tables of a Terraform document: routes inside and of their own, and the subnets that use them. */

import type { PrefixListId, RouteTableId, SubnetId, VpcId } from '../../model/ids.ts'
import { isSameDestination } from '../../model/route-lookup.ts'
import type { Route, RouteDestination, RouteTable, RouteTarget } from '../../model/routing.ts'
import type { Family } from '../../net/address.ts'
import { cidrPeer } from '../cidr-peer.ts'
import { unknownRoutes } from '../gaps.ts'
import { objects, text } from '../json-value.ts'
import { stableId } from '../stable-id.ts'
import { isUnknown, type Path, type Resource } from './document.ts'
import { vpcOf } from './network.ts'
import type { Named, Reading } from './reading.ts'
import { noteUncertain, putUncertainRoutes } from './uncertain-routes.ts'

/** After VPCs, subnets and gateways. */
export function readRoutes(reading: Reading): void {
  for (const resource of reading.ofType('aws_route_table', 'aws_default_route_table')) readTable(reading, resource)
  for (const resource of reading.ofType('aws_main_route_table_association')) readMain(reading, resource)
  for (const resource of reading.ofType('aws_route_table_association')) readAssociation(reading, resource)
  for (const resource of reading.ofType('aws_route')) readRoute(reading, resource)
  for (const resource of reading.ofType('aws_route')) readUncertainRoute(reading, resource)
  putUncertainRoutes(reading)
}

function readTable(reading: Reading, resource: Resource): void {
  const { draft } = reading
  const told = reading.ids(resource, ['default_route_table_id'], 'rtb').sure[0] as RouteTableId | undefined
  const id = told ?? reading.id(resource, 'rtb')
  const known = draft.get('routeTable', id)
  const vpc = known?.vpc ?? vpcOf(reading, resource)
  const inline = objects(resource.values['route']).flatMap((each, index) => {
    const [v4, v6] = [text(each['cidr_block']), text(each['ipv6_cidr_block'])]
    const path = ['route', index]
    const routes = routesFrom(reading, resource, path, { v4, v6, list: 'destination_prefix_list_id', vpc })
    const families = routes.length > 0 ? [] : untoldFamilies(resource, path, inside)
    if (families.length > 0) {
      const target = targetOf(reading, resource, path, vpc)
      if (target !== 'local') noteUncertain(reading, [id], { families, target })
      draft.doubt('The destination of one of its routes is known only after it is applied.', reading.origin(resource))
    }
    return routes
  })
  const table: RouteTable = {
    id,
    vpc,
    associations: known?.associations ?? [],
    routes: inline,
  }
  const origin = reading.origin(resource)
  draft.put('routeTable', table, origin)
  if (resource.unknown !== undefined && reading.known(resource, ['route']) === undefined && inline.length === 0) {
    // No route inside is written as unknown as well: only references tell a route that waits for its values.
    if (reading.facts.references.isConfigured(resource, ['route']) !== true) return
    noteUncertain(reading, [id], { families: [4, 6], target: anyTarget })
    draft.doubt('Its routes are known only after it is applied.', origin)
  }
}

interface Destinations {
  readonly v4: string | undefined
  readonly v6: string | undefined
  /** The attribute that names a prefix list. */
  readonly list: string
  /** Of the table that the routes are inside of. */
  readonly vpc?: VpcId
}

function routesFrom(reading: Reading, resource: Resource, path: Path, to: Destinations): Route[] {
  const tables = reading
    .ids(resource, ['route_table_id'], 'rtb')
    .sure.flatMap((id) => reading.draft.get('routeTable', id) ?? [])
  const target = targetOf(reading, resource, path, to.vpc ?? tables[0]?.vpc)
  const lists = reading.ids(resource, [...path, to.list], 'pl').sure
  const destinations: RouteDestination[] = [
    ...[to.v4, to.v6].flatMap((cidr) => (cidr === undefined ? [] : cidrPeer(cidr, resource.address))),
    ...lists.map((list) => ({ kind: 'prefix-list', list: list as PrefixListId }) as const),
  ]
  if (target === 'local') return []
  return destinations.map((destination) => ({ destination, target }))
}

const targetAttributes = {
  gateway_id: ['igw', 'vgw', 'vpce'],
  nat_gateway_id: ['nat'],
  egress_only_gateway_id: ['eigw'],
  transit_gateway_id: ['tgw'],
  vpc_peering_connection_id: ['pcx'],
  network_interface_id: ['eni'],
  vpc_endpoint_id: ['vpce'],
  local_gateway_id: ['lgw'],
  carrier_gateway_id: ['cagw'],
  core_network_arn: ['arn:aws:networkmanager'],
} as const

function targetOf(reading: Reading, resource: Resource, path: Path, vpc: VpcId | undefined): RouteTarget | 'local' {
  if (reading.text(resource, ...path, 'gateway_id') === 'local') return 'local'
  for (const [attribute, prefixes] of Object.entries(targetAttributes)) {
    for (const prefix of prefixes) {
      const { sure } = reading.ids(resource, [...path, attribute], prefix)
      const [id] = sure
      if (id !== undefined && sure.length === 1) return targetNamed(reading, id, vpc)
    }
  }
  return anyTarget
}

/** A gateway that others made is attached to the table's VPC: AWS takes no other. */
function targetNamed({ draft }: Reading, id: string, vpc: VpcId | undefined): RouteTarget {
  if (id.startsWith('igw-')) {
    const gateway = id as `igw-${string}`
    if (!draft.get('internetGateway', gateway) && vpc) draft.put('internetGateway', { id: gateway, attachedTo: vpc })
    return { kind: 'internet-gateway', id: gateway }
  }
  if (id.startsWith('pcx-') && draft.get('peering', id)) return { kind: 'peering', id: id as `pcx-${string}` }
  return { kind: 'other', id }
}

function readRoute(reading: Reading, resource: Resource): void {
  const routes = separateRoutes(reading, resource)
  const tables = reading.ids(resource, ['route_table_id'], 'rtb').sure
  if (routes.length === 0) noteUntold(reading, resource, tables)
  for (const id of tables) {
    const table = reading.draft.get('routeTable', id)
    if (table) reading.draft.put('routeTable', withRoutes(table, routes))
  }
}

function noteUntold(reading: Reading, resource: Resource, tables: readonly string[]): void {
  const target = targetOf(reading, resource, [], reading.draft.get('routeTable', tables[0] ?? '')?.vpc)
  if (target === 'local') return
  noteUncertain(reading, tables, { families: untoldFamilies(resource, [], separate), target })
  reading.draft.doubt('Its destination is known only after it is applied.', reading.origin(resource))
}

/** In each of the tables that it may be in, perhaps. */
function readUncertainRoute(reading: Reading, resource: Resource): void {
  const { draft } = reading
  const tables = reading.ids(resource, ['route_table_id'], 'rtb')
  const ids = tables.isOpen ? draft.all('routeTable').map(({ id }) => id) : tables.perhaps
  if (ids.length === 0) return
  draft.doubt('Which route table it is in is known only after it is applied.', reading.origin(resource))
  const routes = separateRoutes(reading, resource)
  if (routes.length === 0) noteUntold(reading, resource, ids)
  for (const { destination, target } of routes) noteUncertain(reading, ids, { destination, families: [4, 6], target })
}

const inside = { v4: 'cidr_block', v6: 'ipv6_cidr_block', list: 'destination_prefix_list_id' }
const separate = { v4: 'destination_cidr_block', v6: 'destination_ipv6_cidr_block', list: 'destination_prefix_list_id' }

/** Of which families a destination may be that is not told. */
function untoldFamilies(resource: Resource, path: Path, names: typeof inside): readonly Family[] {
  const isOpen = (name: string) => isUnknown(resource.unknown, [...path, name])
  if (isOpen(names.list)) return [4, 6]
  return ([4, 6] as const).filter((family) => isOpen(family === 4 ? names.v4 : names.v6))
}

const anyTarget: RouteTarget = { kind: 'other', id: 'a target that is not known' }

function separateRoutes(reading: Reading, resource: Resource): Route[] {
  const v4 = reading.text(resource, 'destination_cidr_block')
  const v6 = reading.text(resource, 'destination_ipv6_cidr_block')
  return routesFrom(reading, resource, [], { v4, v6, list: 'destination_prefix_list_id' })
}

/** A state lists routes of their own inside their table as well. */
function withRoutes(table: RouteTable, routes: readonly Route[]): RouteTable {
  const fresh = routes.filter(
    ({ destination }) => !table.routes.some((each) => isSameDestination(each.destination, destination)),
  )
  return { ...table, routes: [...table.routes, ...fresh] }
}

function readMain(reading: Reading, resource: Resource): void {
  const { draft } = reading
  const vpc = vpcOf(reading, resource)
  const [id] = reading.ids(resource, ['route_table_id'], 'rtb').sure
  const table = id === undefined ? undefined : draft.get('routeTable', id)
  if (!table) return
  for (const each of draft.all('routeTable').filter((other) => other.vpc === vpc)) {
    draft.put('routeTable', { ...each, associations: each.associations.filter(({ kind }) => kind !== 'main') })
  }
  const main = { id: stableId('rtbassoc', `${table.id} main`), kind: 'main' } as const
  const own = draft.get('routeTable', table.id) ?? table
  draft.put('routeTable', { ...own, associations: [...own.associations, main] })
}

/** A subnet that may use this table or not uses one that nobody knows. */
function readAssociation(reading: Reading, resource: Resource): void {
  const { draft } = reading
  const subnets = reading.ids(resource, ['subnet_id'], 'subnet')
  const tables = reading.ids(resource, ['route_table_id'], 'rtb')
  const [table] = tables.sure.length === 1 ? tables.sure : []
  const origin = reading.origin(resource)
  const isKnown = table !== undefined && draft.get('routeTable', table) !== undefined
  if (isKnown) for (const subnet of subnets.sure) associate(reading, table, subnet as SubnetId)
  const uncertain = uncertainSubnets(reading, subnets, !isKnown)
  if (uncertain.length === 0) return
  draft.doubt('Which subnet uses which table is known only after it is applied.', origin)
  for (const id of uncertain) {
    const subnet = draft.get('subnet', id)
    if (subnet) unknownRoutes(draft, subnet)
  }
}

function uncertainSubnets(reading: Reading, subnets: Named, isTableOpen: boolean): string[] {
  if (subnets.isOpen) return reading.draft.all('subnet').map(({ id }) => id)
  return [...subnets.perhaps, ...(isTableOpen ? subnets.sure : [])]
}

function associate(reading: Reading, id: string, subnet: SubnetId): void {
  const table = reading.draft.get('routeTable', id)
  // A table that others made is a gap of the subnet.
  if (!table) return
  const association = { id: stableId('rtbassoc', `${id} ${subnet}`), kind: 'subnet', subnet } as const
  reading.draft.put('routeTable', { ...table, associations: [...table.associations, association] })
}
