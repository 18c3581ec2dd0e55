/** CreateManagedPrefixList (spec 6.2). */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { firstVersion, settled } from '../../../model/prefix-list-version.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { choice } from '../../input/choice.ts'
import { required } from '../../input/lookup.ts'
import { prefixListName, prefixListSize, refuseOverMaximum } from '../../input/prefix-list.ts'
import { addedEntries } from '../../input/prefix-list-entry.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewPrefixList } from '../../view/prefix-list.ts'
import { viewTags } from '../../view/tags.ts'

export const run: Run<'CreateManagedPrefixList'> = (input, { world, entropy, quotas }) => {
  const name = prefixListName(required(input.PrefixListName, 'prefixListName'))
  const addressFamily = required(choice(input.AddressFamily, ['IPv4', 'IPv6'], 'addressFamily'), 'addressFamily')
  const family = addressFamily === 'IPv4' ? 4 : 6
  const maxEntries = prefixListSize(input.MaxEntries, quotas)
  const entries = addedEntries(input.Entries ?? [], family)
  refuseOverMaximum(entries.length, maxEntries)
  const tags = tagsFor(input.TagSpecifications, 'prefix-list', quotas)
  if (world.prefixList.size >= quotas['prefix-lists-per-region']) reject('PrefixListLimitExceeded')
  const id = newId(entropy, 'pl')
  const list = settled({ id, name, family, maxEntries, version: 1 }, 'create-complete')
  return {
    changes: [put('prefixList', list), firstVersion(id, entries), ...tagged(id, tags)],
    output: { PrefixList: { ...viewPrefixList(world, list, 'create-in-progress'), Tags: viewTags(tags) } },
  }
}
