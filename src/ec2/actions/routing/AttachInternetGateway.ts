/** AttachInternetGateway (spec 8.6): one VPC to a gateway, one gateway to a VPC. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import { isLinked } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'AttachInternetGateway'> = (input, { world }) => {
  const gateway = find(world, 'internetGateway', input.InternetGatewayId)
  const vpc = find(world, 'vpc', input.VpcId)
  if (gateway.attachedTo) reject('InternetGatewayAttached', { id: gateway.id, vpc: gateway.attachedTo })
  if (isLinked(world, 'gateways of vpc', vpc.id)) reject('VpcHasInternetGateway', { vpc: vpc.id })
  return { changes: [put('internetGateway', { ...gateway, attachedTo: vpc.id })], output: {} }
}
