/** CreateInternetGateway (spec 8.6). */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { apply } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewInternetGateway } from '../../view/internet-gateway.ts'

export const run: Run<'CreateInternetGateway'> = (input, { world, entropy, quotas }) => {
  const tags = tagsFor(input.TagSpecifications, 'internet-gateway', quotas)
  if (world.internetGateway.size >= quotas['internet-gateways-per-region']) reject('InternetGatewayLimitExceeded')
  const gateway = { id: newId(entropy, 'igw') }
  const changes = [put('internetGateway', gateway), ...tagged(gateway.id, tags)]
  return { changes, output: { InternetGateway: viewInternetGateway(apply(world, changes), gateway) } }
}
