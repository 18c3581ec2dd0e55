/** DeleteVpcPeeringConnection (spec 4). The connection stays visible as `deleted` for a while. */

import { put } from '../../../model/change.ts'
import type { Run } from '../../action.ts'
import { peeringToBecome } from '../../input/peering.ts'

export const run: Run<'DeleteVpcPeeringConnection'> = (input, { world, now }) => {
  const peering = peeringToBecome('deleting', world, input.VpcPeeringConnectionId, now)
  const message = `Deleted by ${world.scope.account}`
  return {
    changes: [put('peering', { ...peering, state: 'deleted', message, stateSince: now })],
    output: { Return: true },
  }
}
