/** ReplaceRoute (spec 8.6): also a local route, whose own target `LocalTarget` brings back. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import { destinationText, isSameDestination, routesOf } from '../../../model/route-lookup.ts'
import type { Route } from '../../../model/routing.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { refuseUnfitRoute } from '../../input/route.ts'
import { destinationFrom } from '../../input/route-destination.ts'
import { targetFrom } from '../../input/route-target.ts'

export const run: Run<'ReplaceRoute'> = (input, { world, now }) => {
  const table = find(world, 'routeTable', input.RouteTableId)
  const place = { world, now, table }
  const destination = destinationFrom(input, world)
  const text = destinationText(destination)
  const target = targetFrom(input, place)
  const present = routesOf(world, table).find((each) => isSameDestination(each.destination, destination))
  if (!present) reject('RouteToReplaceMissing', { destination: text })
  const isOther = (route: Route) => !isSameDestination(route.destination, destination)
  if (!target) {
    if (!present.isLocal) reject('LocalTargetElsewhere', { destination: text })
    return { changes: [put('routeTable', { ...table, routes: table.routes.filter(isOther) })], output: {} }
  }
  const route: Route = { destination, target }
  refuseUnfitRoute(route, place)
  const isStored = table.routes.some((each) => !isOther(each))
  const routes = isStored ? table.routes.map((each) => (isOther(each) ? each : route)) : [...table.routes, route]
  return { changes: [put('routeTable', { ...table, routes })], output: {} }
}
