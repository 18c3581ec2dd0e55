/** DescribeRouteTables (spec 8.6). */

import type { RouteTable } from '../../../model/routing.ts'
import { linked, tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { findEach } from '../../input/lookup.ts'
import { list, type PageLimits, rowsFrom, tableRows } from '../../page.ts'
import type { Route as WireRoute } from '../../protocol/types.generated.ts'
import { viewRoutes, viewRouteTable } from '../../view/route-table.ts'

/** Fewer to a page than elsewhere (spec 1.5). */
const limits: PageLimits = { least: 5, most: 100 }

export const run: Run<'DescribeRouteTables'> = (input, { world }) => {
  const { RouteTableIds: ids } = input
  const { items, nextToken } = list({
    input,
    limits,
    ids: { given: ids, set: 'routeTableIdSet' },
    rows: ids ? rowsFrom(findEach(world, 'routeTable', ids), ({ id }) => id) : tableRows(world.routeTable),
    filters: filtersOf(world),
    tags: ({ id }) => tagsOf(world, id),
    indexes: indexesOf(world),
  })
  return answer({ RouteTables: items.map((table) => viewRouteTable(world, table)), NextToken: nextToken })
}

function indexesOf(world: World) {
  const index = (name: 'route tables in vpc' | 'route tables of subnet' | 'route table with association') => {
    return (value: string) => linked(world, name, value).flatMap((id) => world.routeTable.get(id) ?? [])
  }
  return {
    'vpc-id': index('route tables in vpc'),
    'association.subnet-id': index('route tables of subnet'),
    'association.route-table-association-id': index('route table with association'),
  }
}

function filtersOf(world: World): FilterTable<RouteTable> {
  return {
    ...routeFilters(world),
    'association.gateway-id': () => [],
    'association.main': ({ associations }) => associations.map(({ kind }) => kind === 'main'),
    'association.route-table-association-id': ({ associations }) => associations.map(({ id }) => id),
    'association.route-table-id': ({ id, associations }) => associations.map(() => id),
    'association.subnet-id': ({ associations }) =>
      associations.flatMap((association) => (association.kind === 'subnet' ? association.subnet : [])),
    'owner-id': () => world.scope.account,
    'route-table-id': ({ id }) => id,
    'vpc-id': ({ vpc }) => vpc,
  }
}

const routeMembers = {
  'route.destination-cidr-block': 'DestinationCidrBlock',
  'route.destination-ipv6-cidr-block': 'DestinationIpv6CidrBlock',
  'route.destination-prefix-list-id': 'DestinationPrefixListId',
  'route.egress-only-internet-gateway-id': 'EgressOnlyInternetGatewayId',
  'route.gateway-id': 'GatewayId',
  'route.instance-id': 'InstanceId',
  'route.nat-gateway-id': 'NatGatewayId',
  'route.origin': 'Origin',
  'route.state': 'State',
  'route.transit-gateway-id': 'TransitGatewayId',
  'route.vpc-peering-connection-id': 'VpcPeeringConnectionId',
} as const satisfies Record<string, keyof WireRoute>

function routeFilters(world: World): FilterTable<RouteTable> {
  const readings = Object.entries(routeMembers).map(([name, member]) => {
    const read = (table: RouteTable) => viewRoutes(world, table).map((route) => route[member])
    return [name, read] as const
  })
  return Object.fromEntries(readings)
}
