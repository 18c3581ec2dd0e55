/** The way by which a packet leaves, in flow logs' numbers (data-plane 4.2). */

import { invariant } from '../base/invariant.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { World } from '../model/world.ts'
import type { Address } from '../net/address.ts'
import { routeTo } from '../reach/route.ts'
import { isOnNitro } from './nitro.ts'

const sameVpc = 1
const internetGateway = 2
const peering = 4
const internetGatewayOnNitro = 8

/** Undefined for ways that have no number. */
export function trafficPath(world: World, card: NetworkInterface, destination: Address): number | undefined {
  const subnet = world.subnet.get(card.subnet)
  invariant(subnet, `${card.id} is in a subnet that exists`)
  const { onward } = routeTo(world, subnet, destination, 'forward')
  if (onward.kind === 'vpc') return onward.vpc === card.vpc ? sameVpc : peering
  if (onward.kind !== 'internet') return undefined
  return isOnNitro(world, card) ? internetGatewayOnNitro : internetGateway
}
