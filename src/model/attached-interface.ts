/** The interfaces of an instance, and what becomes of them when it stops or terminates. */

import { type Change, put } from './change.ts'
import { interfaceRemoval } from './elastic-association.ts'
import type { Instance } from './instance.ts'
import type { NetworkInterface } from './network-interface.ts'
import { linked, type World } from './world.ts'

/** In the order of network cards and device indexes: the first is the primary one. */
export function interfacesOf(world: World, { id }: Pick<Instance, 'id'>): NetworkInterface[] {
  return linked(world, 'interfaces of instance', id)
    .flatMap((card) => world.networkInterface.get(card) ?? [])
    .sort((a, b) => placeOf(a) - placeOf(b))
}

function placeOf({ attachment }: NetworkInterface): number {
  return attachment ? attachment.networkCardIndex * 1000 + attachment.deviceIndex : 0
}

export function primaryInterfaceOf(world: World, instance: Instance): NetworkInterface | undefined {
  return interfacesOf(world, instance)[0]
}

/** The interface without the public address that came with the launch. */
export function withoutLaunchAddress({ autoAssignedPublicAddress: _, ...card }: NetworkInterface): NetworkInterface {
  return card
}

/** Interfaces that go with their instance free their groups and elastic addresses; the others stay, detached. */
export function releaseInterfaces(world: World, instance: Instance): Change[] {
  return interfacesOf(world, instance).flatMap((card): Change[] => {
    if (card.attachment?.deleteOnTermination) return interfaceRemoval(world, card)
    const { attachment: _, ...detached } = withoutLaunchAddress(card)
    return [put('networkInterface', detached)]
  })
}
