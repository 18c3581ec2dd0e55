/**
 * DeleteManagedPrefixList (spec 6.2). The call succeeds even for a list that is referenced; the list
 * then stays, in the state `delete-failed`.
 */

import { type Change, put } from '../../../model/change.ts'
import type { PrefixList } from '../../../model/prefix-list.ts'
import { usersOf } from '../../../model/prefix-list-use.ts'
import { settled } from '../../../model/prefix-list-version.ts'
import { linked, removal, type World } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { findOwnPrefixList } from '../../input/prefix-list.ts'
import { viewPrefixList } from '../../view/prefix-list.ts'

export const run: Run<'DeleteManagedPrefixList'> = (input, { world }) => {
  const list = findOwnPrefixList(world, input.PrefixListId, 'deleted')
  const users = usersOf(world, list.id)
  return {
    changes: users.length > 0 ? [put('prefixList', undeletable(list, users))] : deletion(world, list),
    output: { PrefixList: viewPrefixList(world, list, 'delete-in-progress') },
  }
}

const namedInFailure = 10

function undeletable(list: PrefixList, users: readonly string[]): PrefixList {
  const named = users.slice(0, namedInFailure).join(', ')
  const stateMessage = `The prefix list is referenced by the following resources: ${named}`
  return { ...settled(list, 'delete-failed'), stateMessage }
}

function deletion(world: World, list: PrefixList): Change[] {
  const versions = linked(world, 'versions of prefix list', list.id)
  return [
    ...removal(world, 'prefixList', list.id),
    ...versions.map((id): Change => ({ kind: 'removed', of: 'prefixListVersion', id })),
  ]
}
