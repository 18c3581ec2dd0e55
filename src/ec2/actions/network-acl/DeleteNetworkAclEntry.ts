/** DeleteNetworkAclEntry (spec 8.5). */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { entryPlace, findEntry } from '../../input/network-acl-entry.ts'

export const run: Run<'DeleteNetworkAclEntry'> = (input, { world }) => {
  const acl = find(world, 'networkAcl', input.NetworkAclId)
  const place = entryPlace(input)
  const entry = findEntry(acl, place) ?? reject('NetworkAclEntryNotFound', { ...place, acl: acl.id })
  return { changes: [put('networkAcl', { ...acl, entries: acl.entries.filter((each) => each !== entry) })], output: {} }
}
