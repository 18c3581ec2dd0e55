/** CreateSecurityGroup (spec 3.1). */

import { put } from '../../../model/change.ts'
import { originalEgress } from '../../../model/default-network.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import { defaultGroupName, type SecurityGroup } from '../../../model/security-group.ts'
import type { Run } from '../../action.ts'
import { findDefaultVpc, findGroupNamed } from '../../input/group.ts'
import { find } from '../../input/lookup.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { arnOf, viewTags } from '../../view/tags.ts'

export const run: Run<'CreateSecurityGroup'> = (input, context) => {
  const { world, entropy, quotas } = context
  const name = groupName(input.GroupName)
  if (!allowed.test(input.Description)) reject('GroupDescriptionInvalid')
  const tags = tagsFor(input.TagSpecifications, 'security-group', quotas)
  const vpc = input.VpcId ? find(world, 'vpc', input.VpcId) : (findDefaultVpc(world) ?? reject('NoDefaultVpc'))
  if (findGroupNamed(world, vpc.id, name)) reject('GroupDuplicate', { name, vpc: vpc.id })
  if (world.securityGroup.size >= quotas['security-groups-per-region']) reject('GroupLimitExceeded', { vpc: vpc.id })
  const group: SecurityGroup = {
    id: newId(entropy, 'sg'),
    vpc: vpc.id,
    name,
    description: input.Description,
    rules: originalEgress(vpc.ipv6CidrBlocks.length > 0, entropy),
    hasOriginalEgress: true,
  }
  return {
    changes: [put('securityGroup', group), ...tagged(group.id, tags)],
    output: {
      GroupId: group.id,
      // Recorded answers have no tag list at all when no tags were asked for.
      Tags: tags.length > 0 ? viewTags(tags) : undefined,
      SecurityGroupArn: arnOf(world.scope, 'security-group', group.id),
    },
  }
}

const allowed = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/

function groupName(given: string): string {
  const name = withoutTrailingSpaces(given)
  if (!allowed.test(name)) reject('GroupNameInvalid')
  if (name.startsWith('sg-')) reject('GroupNameLikeId', { name })
  if (name.toLowerCase() === defaultGroupName) reject('GroupNameReserved')
  return name
}

/** AWS trims them from a name; any other blank is a bad character. */
function withoutTrailingSpaces(text: string): string {
  let end = text.length
  while (text.charAt(end - 1) === ' ') end--
  return text.slice(0, end)
}
