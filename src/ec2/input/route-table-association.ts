/** The association that a request names, with the table that holds it. */

import type { RouteTableAssociationId } from '../../model/ids.ts'
import { reject } from '../../model/rejection.ts'
import type { RouteTable, RouteTableAssociation } from '../../model/routing.ts'
import { linked, type World } from '../../model/world.ts'

interface HeldAssociation {
  readonly table: RouteTable
  readonly association: RouteTableAssociation
}

export function findAssociation(world: World, id: string): HeldAssociation {
  const [tableId] = linked(world, 'route table with association', id)
  const table = tableId && world.routeTable.get(tableId)
  const association = table?.associations.find((each) => each.id === id)
  return table && association ? { table, association } : reject('AssociationNotFound', { id })
}

export function withoutAssociation(table: RouteTable, id: RouteTableAssociationId): RouteTable {
  return { ...table, associations: table.associations.filter((association) => association.id !== id) }
}
