/** CreateRouteTable (spec 8.6): it starts with the local routes, which are not stored. */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { RouteTable } from '../../../model/routing.ts'
import { apply, linked } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewRouteTable } from '../../view/route-table.ts'

export const run: Run<'CreateRouteTable'> = (input, { world, entropy, quotas }) => {
  const tags = tagsFor(input.TagSpecifications, 'route-table', quotas)
  const vpc = find(world, 'vpc', input.VpcId)
  const count = linked(world, 'route tables in vpc', vpc.id).length
  if (count >= quotas['route-tables-per-vpc']) reject('RouteTableLimitExceeded')
  const table: RouteTable = { id: newId(entropy, 'rtb'), vpc: vpc.id, associations: [], routes: [] }
  const changes = [put('routeTable', table), ...tagged(table.id, tags)]
  return {
    changes,
    output: { RouteTable: viewRouteTable(apply(world, changes), table), ClientToken: input.ClientToken },
  }
}
