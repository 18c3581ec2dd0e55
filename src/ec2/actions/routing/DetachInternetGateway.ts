/** DetachInternetGateway (spec 8.6): not while an interface of the VPC has a public address. */

import { put } from '../../../model/change.ts'
import type { VpcId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { isLinked, linked, type World } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DetachInternetGateway'> = (input, { world }) => {
  const gateway = find(world, 'internetGateway', input.InternetGatewayId)
  const vpc = find(world, 'vpc', input.VpcId)
  if (gateway.attachedTo !== vpc.id) reject('InternetGatewayNotAttached', { id: gateway.id, vpc: vpc.id })
  if (hasPublicAddresses(world, vpc.id)) reject('VpcHasPublicAddresses', { vpc: vpc.id })
  return { changes: [put('internetGateway', { id: gateway.id })], output: {} }
}

function hasPublicAddresses(world: World, vpc: VpcId): boolean {
  return linked(world, 'interfaces in vpc', vpc).some(
    (id) =>
      world.networkInterface.get(id)?.autoAssignedPublicAddress !== undefined ||
      isLinked(world, 'elastic addresses of interface', id),
  )
}
