/** CreateRoute (spec 8.6). */

import { invariant } from '../../../base/invariant.ts'
import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import { destinationText, isSameDestination, routesOf } from '../../../model/route-lookup.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { refuseFurtherRoute, refuseUnfitRoute } from '../../input/route.ts'
import { destinationFrom } from '../../input/route-destination.ts'
import { targetFrom } from '../../input/route-target.ts'
import { refuseFurtherRouteReference } from '../../rules/prefix-list-quota.ts'

export const run: Run<'CreateRoute'> = (input, { world, now, quotas }) => {
  const table = find(world, 'routeTable', input.RouteTableId)
  const place = { world, now, table }
  const destination = destinationFrom(input, world)
  const target = targetFrom(input, place)
  invariant(target, 'only ReplaceRoute knows LocalTarget')
  const route = { destination, target }
  refuseUnfitRoute(route, place)
  if (routesOf(world, table).some((each) => isSameDestination(each.destination, destination))) {
    reject('RouteExists', { destination: destinationText(destination) })
  }
  refuseFurtherRoute(destination, place, quotas)
  refuseFurtherRouteReference(destination, { world, quotas })
  return { changes: [put('routeTable', { ...table, routes: [...table.routes, route] })], output: { Return: true } }
}
