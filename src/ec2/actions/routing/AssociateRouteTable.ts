/** AssociateRouteTable (spec 8.6): a subnet has one table; asking for the one it has changes nothing. */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { RouteTableAssociation } from '../../../model/routing.ts'
import { linked } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { find, required } from '../../input/lookup.ts'

export const run: Run<'AssociateRouteTable'> = (input, { world, entropy }) => {
  const table = find(world, 'routeTable', input.RouteTableId)
  if (input.GatewayId || input.PublicIpv4Pool) reject('RouteTableAssociationUnsupported')
  const subnet = find(world, 'subnet', required(input.SubnetId, 'subnetId or gatewayId'))
  if (subnet.vpc !== table.vpc) {
    reject('RouteTableOfOtherNetwork', { table: table.id, thing: 'subnet', id: subnet.id })
  }
  const isOfSubnet = (each: RouteTableAssociation) => each.kind === 'subnet' && each.subnet === subnet.id
  const existing = table.associations.find(isOfSubnet)
  if (existing) return answer(associated(existing))
  if (linked(world, 'route tables of subnet', subnet.id).length > 0) {
    reject('RouteTableAssociated', { table: table.id })
  }
  const association: RouteTableAssociation = { id: newId(entropy, 'rtbassoc'), kind: 'subnet', subnet: subnet.id }
  return {
    changes: [put('routeTable', { ...table, associations: [...table.associations, association] })],
    output: associated(association),
  }
}

function associated({ id }: RouteTableAssociation) {
  return { AssociationId: id, AssociationState: { State: 'associated' } }
}
