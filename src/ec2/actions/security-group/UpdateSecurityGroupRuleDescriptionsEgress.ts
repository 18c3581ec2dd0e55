/** UpdateSecurityGroupRuleDescriptionsEgress (spec 3.8). */

import type { Run } from '../../action.ts'
import { addressedGroup } from '../../input/group.ts'
import { updateDescriptions } from '../../rules/update-descriptions.ts'

export const run: Run<'UpdateSecurityGroupRuleDescriptionsEgress'> = (input, context) =>
  updateDescriptions(
    {
      group: addressedGroup(context.world, input),
      direction: 'egress',
      permissions: input.IpPermissions,
      descriptions: input.SecurityGroupRuleDescriptions,
    },
    context,
  )
