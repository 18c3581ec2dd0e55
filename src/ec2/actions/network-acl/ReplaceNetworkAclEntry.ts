/** ReplaceNetworkAclEntry (spec 8.5). */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { entryFrom, findEntry, refuseCrowded } from '../../input/network-acl-entry.ts'

export const run: Run<'ReplaceNetworkAclEntry'> = (input, { world, quotas }) => {
  const acl = find(world, 'networkAcl', input.NetworkAclId)
  const entry = entryFrom(input)
  const before = findEntry(acl, entry)
  if (!before) {
    reject('NetworkAclEntryNotFound', { direction: entry.direction, number: entry.number, acl: acl.id })
  }
  const after = { ...acl, entries: acl.entries.map((each) => (each === before ? entry : each)) }
  refuseCrowded(after, entry, quotas)
  return { changes: [put('networkAcl', after)], output: {} }
}
