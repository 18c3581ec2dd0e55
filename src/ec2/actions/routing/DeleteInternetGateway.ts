/** DeleteInternetGateway (spec 8.6). Routes to it stay behind as blackholes. */

import { reject } from '../../../model/rejection.ts'
import { removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteInternetGateway'> = (input, { world }) => {
  const { id, attachedTo } = find(world, 'internetGateway', input.InternetGatewayId)
  if (attachedTo) reject('DependencyViolation', { thing: 'internetGateway', id })
  return { changes: removal(world, 'internetGateway', id), output: {} }
}
