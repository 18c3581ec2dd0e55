/** A hop that stops a packet, in AWS's words: a code of its list, and the resources that have a part in it. */

import type { ExplanationCode, PathExplanation } from '../../model/network-insights.ts'
import type { World } from '../../model/world.ts'
import { parseAddress } from '../../net/address.ts'
import { containsAddress, parseCidr } from '../../net/cidr.ts'
import type { Hop, HopOf } from '../hop.ts'
import { peeringAround } from '../place.ts'
import type { Journey } from '../walk.ts'
import { entryCited, routeCited } from './cited.ts'
import { componentOf, placeComponents, routeTableOf } from './component.ts'

export function explanationOf(world: World, hop: Hop, journey: Journey): PathExplanation {
  switch (hop.kind) {
    case 'rules':
      return rulesExplanation(world, hop)
    case 'acl':
      return aclExplanation(world, hop)
    case 'route':
      return routeExplanation(world, hop, journey)
    case 'gateway':
      return {
        code: 'UNASSOCIATED_COMPONENT',
        vpc: componentOf(world, hop.vpc),
        missingComponent: 'internet-gateway',
      }
    case 'public-address':
      return publicAddressExplanation(world, hop, journey)
    case 'interface-state':
      return {
        code: 'BAD_STATE',
        component: componentOf(world, hop.instance),
        networkInterface: componentOf(world, hop.networkInterface),
        state: hop.state,
      }
    case 'delivery':
      return deliveryExplanation(world, hop)
    case 'exempt':
      return { code: 'NO_PATH' }
    default:
      return hop satisfies never
  }
}

function rulesExplanation(world: World, { networkInterface, groups, direction }: HopOf<'rules'>): PathExplanation {
  const card = world.networkInterface.get(networkInterface)
  // A group with outbound rules alone lets nothing in by mismatch: AWS says so of it, too.
  const hasRules = groups.some((group) => (world.securityGroup.get(group)?.rules.length ?? 0) > 0)
  return {
    code: hasRules ? 'ENI_SG_RULES_MISMATCH' : 'SG_HAS_NO_RULES',
    direction,
    networkInterface: componentOf(world, networkInterface),
    securityGroups: groups.map((group) => componentOf(world, group)),
    ...(card ? placeComponents(world, card) : {}),
  }
}

function aclExplanation(world: World, hop: HopOf<'acl'>): PathExplanation {
  const aclEntry = entryCited(world, hop)
  return {
    code: 'SUBNET_ACL_RESTRICTION',
    direction: hop.direction,
    acl: componentOf(world, hop.acl),
    ...(aclEntry ? { aclEntry } : {}),
    ...subnetComponents(world, hop.subnet),
  }
}

function subnetComponents(world: World, subnet: string): Pick<PathExplanation, 'subnet' | 'vpc'> {
  const vpc = world.subnet.get(subnet)?.vpc
  return { subnet: componentOf(world, subnet), ...(vpc ? { vpc: componentOf(world, vpc) } : {}) }
}

function routeExplanation(world: World, hop: HopOf<'route'>, { from, to }: Journey): PathExplanation {
  const route = routeCited(world, hop)
  const routeTable = routeTableOf(world, hop.subnet)
  const where = {
    ...(routeTable ? { routeTable } : {}),
    ...(route ? { route } : {}),
    ...subnetComponents(world, hop.subnet),
    address: hop.destination,
  }
  if (!route) return { code: 'NO_ROUTE_TO_DESTINATION', ...where }
  const { target, state } = route
  if (state === 'blackhole' && target.kind !== 'other') return { code: 'BAD_STATE_ROUTE', ...where, state }
  const over = peeringAround(from, to)
  if (over !== undefined && hop.via !== over) {
    return { code: 'CANNOT_ROUTE', ...where, peering: { id: over } }
  }
  if (target.kind === 'peering') {
    return { code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR', ...where, peering: { id: target.id } }
  }
  if (target.kind !== 'internet-gateway') return { code: 'CANNOT_ROUTE', ...where }
  return { code: specialCode(hop.destination, 'egress'), ...where, internetGateway: componentOf(world, target.id) }
}

const rfc1918 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
const rfc6598 = ['100.64.0.0/10']

/** Why an internet gateway does not carry the address. */
export function specialCode(address: string, direction: 'ingress' | 'egress'): ExplanationCode {
  if (isIn(address, rfc1918)) {
    return direction === 'egress'
      ? 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'
      : 'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS'
  }
  if (isIn(address, rfc6598)) {
    return direction === 'egress'
      ? 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'
      : 'IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS'
  }
  return 'IGW_EXPECTS_PUBLIC_ADDRESS'
}

function isIn(text: string, blocks: readonly string[]): boolean {
  const address = parseAddress(text)
  return blocks.some((block) => {
    const cidr = parseCidr(block)?.cidr
    return address !== undefined && cidr !== undefined && containsAddress(cidr, address)
  })
}

function publicAddressExplanation(world: World, hop: HopOf<'public-address'>, { from }: Journey): PathExplanation {
  const card = world.networkInterface.get(hop.networkInterface)
  const isSender = from.kind === 'interface' && from.card.id === hop.networkInterface
  const gateway = Array.from(world.internetGateway.values()).find(({ attachedTo }) => attachedTo === card?.vpc)
  return {
    code: isSender ? 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS' : 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
    direction: isSender ? 'egress' : 'ingress',
    ...(gateway ? { internetGateway: componentOf(world, gateway.id) } : {}),
    networkInterface: componentOf(world, hop.networkInterface),
    ...(card ? placeComponents(world, card) : {}),
  }
}

/** The address is nobody's there, or another interface's than the one that was asked about. */
function deliveryExplanation(world: World, { where, address, networkInterface }: HopOf<'delivery'>): PathExplanation {
  return {
    code: networkInterface ? 'ENI_ADDRESS_RESTRICTION' : 'NO_POSSIBLE_DESTINATION',
    ...(where === 'the internet' ? {} : { vpc: componentOf(world, where) }),
    ...(networkInterface ? { networkInterface: componentOf(world, networkInterface) } : {}),
    address,
  }
}
