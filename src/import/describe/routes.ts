/**
 * Route tables of describe output. A route says itself whether its target is there, so a gateway or a
 * connection that no file tells of is not taken for one that is gone.
 */

import type {
  InternetGatewayId,
  NetworkInterfaceId,
  PeeringId,
  PrefixListId,
  RouteTableAssociationId,
  RouteTableId,
  SubnetId,
  VpcId,
} from '../../model/ids.ts'
import type { Route, RouteDestination, RouteTableAssociation, RouteTarget } from '../../model/routing.ts'
import type { Draft } from '../draft.ts'
import { type Members, objects, text } from '../json-value.ts'
import { stableId } from '../stable-id.ts'
import { freshId } from './network.ts'
import { type Item, type Output, originOf } from './output.ts'
import { putTags } from './tags.ts'

/** After gateways, connections, interfaces and instances. */
export function readRouteTables(output: Output, draft: Draft): void {
  for (const item of output.items('RouteTables')) readRouteTable(item, draft)
}

function readRouteTable(item: Item, draft: Draft): void {
  const id = freshId<RouteTableId>(item, 'RouteTableId', (each) => draft.get('routeTable', each) !== undefined)
  if (id === undefined) return
  const vpc = text(item.value['VpcId']) as VpcId
  const associations = objects(item.value['Associations']).flatMap(associationOf)
  const routes = objects(item.value['Routes']).flatMap((route) => routeOf(route, vpc, draft))
  draft.put('routeTable', { id, vpc, associations, routes }, originOf(item, id))
  putTags(draft, id, item.value)
}

/** None for a gateway's association, which is about packets that enter the VPC. */
function associationOf(value: Members): RouteTableAssociation[] {
  const id = (text(value['RouteTableAssociationId']) ??
    stableId('rtbassoc', JSON.stringify(value))) as RouteTableAssociationId
  if (value['Main'] === true) return [{ id, kind: 'main' }]
  const subnet = text(value['SubnetId']) as SubnetId | undefined
  return subnet === undefined ? [] : [{ id, kind: 'subnet', subnet }]
}

/** Local routes follow from the VPC's blocks. */
function routeOf(value: Members, vpc: VpcId, draft: Draft): Route[] {
  if (value['GatewayId'] === 'local') return []
  const destination = destinationOf(value)
  return destination === undefined ? [] : [{ destination, target: targetOf(value, vpc, draft) }]
}

function destinationOf(value: Members): RouteDestination | undefined {
  const [v4, v6] = [text(value['DestinationCidrBlock']), text(value['DestinationIpv6CidrBlock'])]
  if (v4 !== undefined) return { kind: 'ipv4', cidr: v4 }
  if (v6 !== undefined) return { kind: 'ipv6', cidr: v6 }
  const list = text(value['DestinationPrefixListId']) as PrefixListId | undefined
  return list && { kind: 'prefix-list', list }
}

const targetMembers = [
  ...['GatewayId', 'NatGatewayId', 'EgressOnlyInternetGatewayId', 'TransitGatewayId', 'LocalGatewayId'],
  ...[
    'CarrierGatewayId',
    'VpcPeeringConnectionId',
    'NetworkInterfaceId',
    'CoreNetworkArn',
    'OdbNetworkArn',
    'InstanceId',
  ],
]

function targetOf(value: Members, vpc: VpcId, draft: Draft): RouteTarget {
  const id = targetMembers.flatMap((member) => text(value[member]) ?? [])[0] ?? 'a target that is not told'
  const isActive = value['State'] !== 'blackhole'
  if (id.startsWith('igw-')) {
    const gateway = id as InternetGatewayId
    if (isActive && !draft.get('internetGateway', gateway))
      draft.put('internetGateway', { id: gateway, attachedTo: vpc })
    return { kind: 'internet-gateway', id: gateway }
  }
  if (id.startsWith('pcx-') && (draft.get('peering', id) || !isActive)) return { kind: 'peering', id: id as PeeringId }
  if (id.startsWith('eni-') && (isRunning(draft, id) || !isActive)) {
    return { kind: 'network-interface', id: id as NetworkInterfaceId }
  }
  return { kind: 'other', id }
}

function isRunning(draft: Draft, card: string): boolean {
  const instance = draft.get('networkInterface', card)?.attachment?.instance
  return instance !== undefined && draft.get('instance', instance)?.state === 'running'
}
