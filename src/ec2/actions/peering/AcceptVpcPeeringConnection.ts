/** AcceptVpcPeeringConnection (spec 4): `provisioning` in the answer, `active` from then on. */

import { put } from '../../../model/change.ts'
import type { Peering } from '../../../model/peering.ts'
import { activePeeringBetween } from '../../../model/peering-lookup.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { failureMessage, peeringToBecome, refuseFurtherPeering, shareAddresses } from '../../input/peering.ts'
import { viewPeering } from '../../view/peering.ts'

export const run: Run<'AcceptVpcPeeringConnection'> = (input, { world, now, quotas }) => {
  const peering = peeringToBecome('provisioning', world, input.VpcPeeringConnectionId, now)
  const { id } = peering
  const requester = find(world, 'vpc', peering.requester.vpc)
  const accepter = find(world, 'vpc', peering.accepter.vpc)
  if (activePeeringBetween(world, requester.id, accepter.id)) reject('PeeringExists', { id })
  for (const vpc of [requester, accepter]) refuseFurtherPeering(world, vpc.id, quotas)
  const active: Peering = { ...peering, state: 'active', message: 'Active', stateSince: now }
  // A block may have been added since the request was made.
  const stored: Peering = shareAddresses(requester, accepter)
    ? { ...active, state: 'failed', message: failureMessage }
    : active
  const status = { Code: 'provisioning', Message: 'Provisioning' }
  return {
    changes: [put('peering', stored)],
    output: { VpcPeeringConnection: { ...viewPeering(world, active, now), Status: status } },
  }
}
