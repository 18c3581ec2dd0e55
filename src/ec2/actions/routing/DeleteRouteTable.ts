/** DeleteRouteTable (spec 8.6). */

import { reject } from '../../../model/rejection.ts'
import { removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteRouteTable'> = (input, { world }) => {
  const { id, associations } = find(world, 'routeTable', input.RouteTableId)
  if (associations.length > 0) reject('DependencyViolation', { thing: 'routeTable', id })
  return { changes: removal(world, 'routeTable', id), output: {} }
}
