/** DescribeInstances (spec 8.4): pages count instances, which the answer groups by reservation. */

import { tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { type InstanceRow, instanceIndexes, instanceRows } from '../../input/instance-rows.ts'
import { list } from '../../page.ts'
import type { Reservation, Instance as WireInstance } from '../../protocol/types.generated.ts'
import { instanceFilters } from '../../view/instance-filters.ts'

export const run: Run<'DescribeInstances'> = (input, context) => {
  const { world } = context
  const { items, nextToken } = list({
    input,
    ids: { given: input.InstanceIds, set: 'instancesSet' },
    rows: instanceRows(input.InstanceIds, context),
    filters: instanceFilters(world),
    tags: ({ instance }) => tagsOf(world, instance.id),
    indexes: instanceIndexes(context),
  })
  return answer({ Reservations: reservationsOf(world, items), NextToken: nextToken })
}

function reservationsOf(world: World, rows: readonly InstanceRow[]): Reservation[] {
  const instances = new Map<string, WireInstance[]>()
  for (const { instance, view } of rows) {
    const others = instances.get(instance.reservation)
    if (others) others.push(view())
    else instances.set(instance.reservation, [view()])
  }
  return Array.from(instances, ([id, Instances]) => ({
    ReservationId: id,
    OwnerId: world.scope.account,
    Groups: [],
    Instances,
  }))
}
