/** DeleteRoute (spec 8.6). */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import { destinationText, isSameDestination, routesOf } from '../../../model/route-lookup.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { destinationFrom, destinationOption } from '../../input/route-destination.ts'

export const run: Run<'DeleteRoute'> = (input, { world }) => {
  const table = find(world, 'routeTable', input.RouteTableId)
  const destination = destinationFrom(input, world)
  const text = destinationText(destination)
  const present = routesOf(world, table).find((each) => isSameDestination(each.destination, destination))
  if (!present) {
    reject('RouteNotFound', { parameter: destinationOption(destination), destination: text, table: table.id })
  }
  if (present.isLocal) reject('LocalRouteRemoval', { destination: text, table: table.id })
  const routes = table.routes.filter((each) => !isSameDestination(each.destination, destination))
  return { changes: [put('routeTable', { ...table, routes })], output: {} }
}
