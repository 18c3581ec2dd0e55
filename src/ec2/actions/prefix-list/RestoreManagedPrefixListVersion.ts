/** RestoreManagedPrefixListVersion (spec 6.2): the old entries become a new version. */

import { put } from '../../../model/change.ts'
import { entriesAt, nextVersion, settled } from '../../../model/prefix-list-version.ts'
import type { Run } from '../../action.ts'
import {
  expectVersion,
  findOwnPrefixList,
  refuseOverMaximum,
  refuseVersion,
  refuseVersionTooSmall,
} from '../../input/prefix-list.ts'
import { viewPrefixList } from '../../view/prefix-list.ts'

export const run: Run<'RestoreManagedPrefixListVersion'> = (input, { world, quotas }) => {
  const list = findOwnPrefixList(world, input.PrefixListId, 'restored')
  expectVersion(list, input.CurrentVersion)
  refuseVersionTooSmall(input.PreviousVersion)
  const version = input.PreviousVersion
  const entries = entriesAt(world, { id: list.id, version }) ?? refuseVersion(version, 'previousVersion')
  refuseOverMaximum(entries.length, list.maxEntries)
  const next = nextVersion(world, list, entries, quotas)
  const restored = settled({ ...list, version: next.version }, 'restore-complete')
  return {
    changes: [put('prefixList', restored), ...next.changes],
    output: { PrefixList: viewPrefixList(world, restored, 'restore-in-progress') },
  }
}
