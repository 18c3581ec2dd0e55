/** CreateNetworkAclEntry (spec 8.5). */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { entryFrom, findEntry, refuseCrowded } from '../../input/network-acl-entry.ts'

export const run: Run<'CreateNetworkAclEntry'> = (input, { world, quotas }) => {
  const acl = find(world, 'networkAcl', input.NetworkAclId)
  const entry = entryFrom(input)
  if (findEntry(acl, entry)) reject('NetworkAclEntryExists', { number: entry.number })
  const after = { ...acl, entries: [...acl.entries, entry] }
  refuseCrowded(after, entry, quotas)
  return { changes: [put('networkAcl', after)], output: {} }
}
