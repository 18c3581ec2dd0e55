/** RevokeSecurityGroupIngress (spec 3.5). */

import type { Run } from '../../action.ts'
import { addressedGroup } from '../../input/group.ts'
import { ingressPermissions } from '../../input/permission.ts'
import { revoke } from '../../rules/revoke.ts'

export const run: Run<'RevokeSecurityGroupIngress'> = (input, context) =>
  revoke(
    {
      group: addressedGroup(context.world, input),
      direction: 'ingress',
      permissions: ingressPermissions(input),
      ruleIds: input.SecurityGroupRuleIds,
    },
    context,
  )
