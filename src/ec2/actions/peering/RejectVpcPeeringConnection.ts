/** RejectVpcPeeringConnection (spec 4). */

import { put } from '../../../model/change.ts'
import type { Run } from '../../action.ts'
import { peeringToBecome } from '../../input/peering.ts'

export const run: Run<'RejectVpcPeeringConnection'> = (input, { world, now }) => {
  const peering = peeringToBecome('rejected', world, input.VpcPeeringConnectionId, now)
  const message = `Rejected by ${world.scope.account}`
  return {
    changes: [put('peering', { ...peering, state: 'rejected', message, stateSince: now })],
    output: { Return: true },
  }
}
