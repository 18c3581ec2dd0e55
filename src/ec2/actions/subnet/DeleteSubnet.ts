/** DeleteSubnet (spec 8.2): refused while an interface is in it; its route table association goes with it. */

import { type Change, put } from '../../../model/change.ts'
import type { SubnetId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { isLinked, linked, removal, type World } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteSubnet'> = (input, { world }) => {
  const { id } = find(world, 'subnet', input.SubnetId)
  if (isLinked(world, 'interfaces in subnet', id)) reject('DependencyViolation', { thing: 'subnet', id })
  return { changes: [...endedAssociations(world, id), ...removal(world, 'subnet', id)], output: {} }
}

function endedAssociations(world: World, subnet: SubnetId): Change[] {
  const tables = linked(world, 'route tables of subnet', subnet).flatMap((id) => world.routeTable.get(id) ?? [])
  return tables.map((table) => {
    const associations = table.associations.filter((each) => each.kind === 'main' || each.subnet !== subnet)
    return put('routeTable', { ...table, associations })
  })
}
