/** CreateDefaultVpc (spec 8.1): what a region holds before anybody asks, made again. */

import { defaultNetwork } from '../../../model/default-network.ts'
import { dhcpOptionsFor } from '../../../model/dhcp-options.ts'
import { reject } from '../../../model/rejection.ts'
import { apply } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { findDefaultVpc } from '../../input/group.ts'
import { viewVpc } from '../../view/vpc.ts'

export const run: Run<'CreateDefaultVpc'> = (_input, { world, entropy, quotas }) => {
  if (findDefaultVpc(world)) reject('DefaultVpcExists')
  if (world.vpc.size >= quotas['vpcs-per-region']) reject('VpcLimitExceeded')
  const { vpc, changes } = defaultNetwork(world.scope, entropy, dhcpOptionsFor(world, entropy))
  return { changes, output: { Vpc: { ...viewVpc(apply(world, changes), vpc), State: 'pending' } } }
}
