/** RevokeSecurityGroupEgress (spec 3.5). */

import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { egressPermissions } from '../../input/permission.ts'
import { revoke } from '../../rules/revoke.ts'

export const run: Run<'RevokeSecurityGroupEgress'> = (input, context) =>
  revoke(
    {
      group: find(context.world, 'securityGroup', input.GroupId),
      direction: 'egress',
      permissions: egressPermissions(input),
      ruleIds: input.SecurityGroupRuleIds,
    },
    context,
  )
