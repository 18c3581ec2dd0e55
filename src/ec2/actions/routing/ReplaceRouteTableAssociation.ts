/** ReplaceRouteTableAssociation (spec 8.6): a subnet's table or, by the main association, the VPC's. */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { RouteTable } from '../../../model/routing.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { findAssociation, withoutAssociation } from '../../input/route-table-association.ts'

export const run: Run<'ReplaceRouteTableAssociation'> = (input, { world, entropy }) => {
  const held = findAssociation(world, input.AssociationId)
  const target = find(world, 'routeTable', input.RouteTableId)
  if (target.vpc !== held.table.vpc) {
    reject('RouteTableOfOtherNetwork', { table: target.id, thing: 'network', id: held.table.vpc })
  }
  const before = withoutAssociation(held.table, held.association.id)
  const association = { ...held.association, id: newId(entropy, 'rtbassoc') }
  const receiver = target.id === before.id ? before : target
  const after: RouteTable = { ...receiver, associations: [...receiver.associations, association] }
  return {
    changes: [put('routeTable', before), put('routeTable', after)],
    output: { NewAssociationId: association.id, AssociationState: { State: 'associated' } },
  }
}
