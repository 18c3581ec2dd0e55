/**
 * What an instance says of its network is what its only interface says. With several there is no
 * such thing, and AWS refuses to choose (spec 8.4).
 */

import { interfacesOf } from '../../model/attached-interface.ts'
import type { Instance } from '../../model/instance.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { reject } from '../../model/rejection.ts'
import type { World } from '../../model/world.ts'

/** Undefined for an instance that is terminated. */
export function onlyInterface(world: World, instance: Instance): NetworkInterface | undefined {
  const [only, another] = interfacesOf(world, instance)
  return another ? reject('InterfacesOfInstanceAmbiguous', { id: instance.id }) : only
}
