/** CreateNetworkAcl (spec 8.5): a custom ACL denies everything until it has entries. */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import type { NetworkAcl } from '../../../model/network-acl.ts'
import { reject } from '../../../model/rejection.ts'
import { apply, linked } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewNetworkAcl } from '../../view/network-acl.ts'

export const run: Run<'CreateNetworkAcl'> = (input, { world, entropy, quotas }) => {
  const tags = tagsFor(input.TagSpecifications, 'network-acl', quotas)
  const vpc = find(world, 'vpc', input.VpcId)
  const count = linked(world, 'acls in vpc', vpc.id).length
  if (count >= quotas['network-acls-per-vpc']) reject('NetworkAclLimitExceeded')
  const acl: NetworkAcl = { id: newId(entropy, 'acl'), vpc: vpc.id, isDefault: false, entries: [] }
  const changes = [put('networkAcl', acl), ...tagged(acl.id, tags)]
  return {
    changes,
    output: { NetworkAcl: viewNetworkAcl(apply(world, changes), acl), ClientToken: input.ClientToken },
  }
}
