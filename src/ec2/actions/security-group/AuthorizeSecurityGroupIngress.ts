/** AuthorizeSecurityGroupIngress (spec 3.4). */

import type { Run } from '../../action.ts'
import { addressedGroup } from '../../input/group.ts'
import { ingressPermissions } from '../../input/permission.ts'
import { authorize } from '../../rules/authorize.ts'

export const run: Run<'AuthorizeSecurityGroupIngress'> = (input, context) =>
  authorize(
    {
      group: addressedGroup(context.world, input),
      direction: 'ingress',
      permissions: ingressPermissions(input),
      tagSpecifications: input.TagSpecifications,
    },
    context,
  )
