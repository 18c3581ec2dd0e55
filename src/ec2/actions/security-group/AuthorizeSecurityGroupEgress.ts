/** AuthorizeSecurityGroupEgress (spec 3.4). */

import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { egressPermissions } from '../../input/permission.ts'
import { authorize } from '../../rules/authorize.ts'

export const run: Run<'AuthorizeSecurityGroupEgress'> = (input, context) =>
  authorize(
    {
      group: find(context.world, 'securityGroup', input.GroupId),
      direction: 'egress',
      permissions: egressPermissions(input),
      tagSpecifications: input.TagSpecifications,
    },
    context,
  )
