/**
 * What a route sends its packets to, as a request names it. Gateways this program does not run are
 * taken on trust, by the shape of their ids.
 */

import { interfacesOf } from '../../model/attached-interface.ts'
import { isIdOf } from '../../model/ids.ts'
import { statusAt } from '../../model/peering-lookup.ts'
import { reject } from '../../model/rejection.ts'
import type { RouteTable, RouteTarget } from '../../model/routing.ts'
import type { InputOf } from '../action.ts'
import { find } from './lookup.ts'
import { findPeering } from './peering.ts'
import type { RoutePlace } from './route.ts'

type TargetInput = InputOf<'CreateRoute'>
type Reading = (id: string, place: RoutePlace) => RouteTarget

const readings = {
  GatewayId: gateway,
  NetworkInterfaceId: networkInterface,
  InstanceId: interfaceOfInstance,
  VpcPeeringConnectionId: peering,
  NatGatewayId: foreign('natGatewayId', 'nat'),
  EgressOnlyInternetGatewayId: foreign('egressOnlyInternetGatewayId', 'eigw'),
  TransitGatewayId: foreign('transitGatewayId', 'tgw'),
  LocalGatewayId: foreign('localGatewayId', 'lgw'),
  CarrierGatewayId: foreign('carrierGatewayId', 'cagw'),
  VpcEndpointId: foreign('vpcEndpointId', 'vpce'),
  CoreNetworkArn: foreignArn('coreNetworkArn', 'arn:aws:networkmanager:'),
  OdbNetworkArn: foreignArn('odbNetworkArn', 'arn:aws:odb:'),
} as const satisfies { [Member in keyof TargetInput]?: Reading }

/** The one target of the request; undefined for `LocalTarget`, which is one, too. */
export function targetFrom(input: TargetInput & { LocalTarget?: boolean | undefined }, place: RoutePlace) {
  const given = (Object.keys(readings) as (keyof typeof readings)[]).filter((member) => input[member])
  const [member, surplus] = given
  if (surplus || (member && input.LocalTarget)) reject('RouteTargetsSeveral')
  if (!member) return input.LocalTarget ? undefined : reject('RouteTargetMissing')
  return readings[member](input[member] ?? '', place)
}

function gateway(id: string, { world, table }: RoutePlace): RouteTarget {
  if (isIdOf('vgw', id)) return { kind: 'other', id }
  const found = isIdOf('igw', id) ? world.internetGateway.get(id) : undefined
  if (!found) reject('RouteGatewayNotFound', { id })
  if (found.attachedTo !== table.vpc) refuseForeign(table, 'network gateway', id)
  return { kind: 'internet-gateway', id: found.id }
}

function networkInterface(id: string, { world, table }: RoutePlace): RouteTarget {
  const card = find(world, 'networkInterface', id)
  if (card.vpc !== table.vpc) refuseForeign(table, 'interface', id)
  return { kind: 'network-interface', id: card.id }
}

/** AWS resolves an instance to its only interface when the route is made (user guide). */
function interfaceOfInstance(id: string, place: RoutePlace): RouteTarget {
  const [card, second] = interfacesOf(place.world, find(place.world, 'instance', id))
  if (!card) reject('InstanceNotFound', { id })
  if (second) reject('InterfacesOfInstanceAmbiguous', { id })
  return networkInterface(card.id, place)
}

/** A connection that is not accepted yet will do: the route is a blackhole until then (peering guide). */
function peering(id: string, { world, table, now }: RoutePlace): RouteTarget {
  const found = findPeering(world, id, now)
  if (!['pending-acceptance', 'active'].includes(statusAt(found, now))) reject('PeeringNotFound', { id })
  const { requester, accepter } = found
  if (requester.vpc !== table.vpc && accepter.vpc !== table.vpc) refuseForeign(table, 'vpc peering connection', id)
  return { kind: 'peering', id: found.id }
}

function refuseForeign(table: RouteTable, thing: string, id: string): never {
  return reject('RouteTableOfOtherNetwork', { table: table.id, thing, id })
}

function foreign(name: string, prefix: string): Reading {
  return (id) => {
    if (isIdOf(prefix, id)) return { kind: 'other', id }
    return reject('InvalidParameterValue', { value: id, name, reason: `Expecting "${prefix}-...".` })
  }
}

function foreignArn(name: string, start: string): Reading {
  return (id) => {
    if (id.startsWith(start)) return { kind: 'other', id }
    return reject('InvalidParameterValue', { value: id, name, reason: `Expecting "${start}...".` })
  }
}
