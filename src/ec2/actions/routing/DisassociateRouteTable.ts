/** DisassociateRouteTable (spec 8.6): the subnet falls back to the VPC's main table. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { findAssociation, withoutAssociation } from '../../input/route-table-association.ts'

export const run: Run<'DisassociateRouteTable'> = (input, { world }) => {
  const { table, association } = findAssociation(world, input.AssociationId)
  if (association.kind === 'main') reject('MainTableDisassociation', { id: association.id })
  return { changes: [put('routeTable', withoutAssociation(table, association.id))], output: {} }
}
