/** Resources as components of a path: by id, with the name that people know them by. */

import type { TaggableId } from '../../model/ids.ts'
import type { Component } from '../../model/network-insights.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { tableOf } from '../../model/route-lookup.ts'
import { tagsOf, type World } from '../../model/world.ts'

/** A group without a `Name` tag is known by its own name. */
export function componentOf(world: World, id: string): Component {
  const tag = tagsOf(world, id as TaggableId).find(({ key }) => key === 'Name')
  const name = tag?.value ?? world.securityGroup.get(id)?.name
  return { id, ...(name ? { name } : {}) }
}

/** Where an interface is. */
export function placeComponents(world: World, { subnet, vpc }: Pick<NetworkInterface, 'subnet' | 'vpc'>) {
  return { subnet: componentOf(world, subnet), vpc: componentOf(world, vpc) }
}

export function routeTableOf(world: World, subnet: string): Component | undefined {
  const found = world.subnet.get(subnet)
  const table = found && tableOf(world, found)
  return table && componentOf(world, table.id)
}
