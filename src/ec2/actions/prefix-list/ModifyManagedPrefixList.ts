/**
 * ModifyManagedPrefixList (spec 6.2). A change of entries makes a version; a new name or size does
 * not. A size that some referencing resource cannot bear is accepted, and fails afterwards.
 */

import { invariant } from '../../../base/invariant.ts'
import { put } from '../../../model/change.ts'
import type { PrefixList, PrefixListEntry } from '../../../model/prefix-list.ts'
import { overburdened } from '../../../model/prefix-list-use.ts'
import { entriesAt, nextVersion, settled } from '../../../model/prefix-list-version.ts'
import { reject } from '../../../model/rejection.ts'
import type { World } from '../../../model/world.ts'
import type { Context, InputOf, Outcome, OutputOf, Run } from '../../action.ts'
import {
  expectVersion,
  findOwnPrefixList,
  prefixListName,
  prefixListSize,
  refuseOverMaximum,
} from '../../input/prefix-list.ts'
import { addedEntries, removedCidrs } from '../../input/prefix-list-entry.ts'
import { prefixListReference } from '../../input/prefix-list-reference.ts'
import { viewPrefixList } from '../../view/prefix-list.ts'

type Input = InputOf<'ModifyManagedPrefixList'>
type Answer = Outcome<OutputOf<'ModifyManagedPrefixList'>>

export const run: Run<'ModifyManagedPrefixList'> = (input, context) => {
  const list = findOwnPrefixList(context.world, input.PrefixListId, 'modified')
  const changesEntries = input.AddEntries !== undefined || input.RemoveEntries !== undefined
  if (!changesEntries && input.MaxEntries === undefined && input.PrefixListName === undefined) {
    reject('PrefixListChangeMissing')
  }
  if (changesEntries && input.MaxEntries !== undefined) reject('PrefixListChangesCombined')
  if (input.CurrentVersion !== undefined) expectVersion(list, input.CurrentVersion)
  else if (changesEntries) reject('MissingParameter', { name: 'currentVersion' })
  const name = input.PrefixListName === undefined ? list.name : prefixListName(input.PrefixListName)
  return changesEntries ? withEntries(input, { ...list, name }, context) : resized(input, { ...list, name }, context)
}

function withEntries(input: Input, list: PrefixList, { world, quotas }: Context): Answer {
  const entries = editedEntries(input, list, world)
  refuseOverMaximum(entries.length, list.maxEntries)
  const { version, changes } = nextVersion(world, list, entries, quotas)
  const modified = settled({ ...list, version }, 'modify-complete')
  return answerWith(world, modified, [put('prefixList', modified), ...changes])
}

/** Adding a CIDR that is there already gives it the new description. */
function editedEntries(input: Input, list: PrefixList, world: World): PrefixListEntry[] {
  const added = addedEntries(input.AddEntries ?? [], list.family)
  const removed = new Set(removedCidrs(input.RemoveEntries ?? [], list.family))
  const both = added.find(({ cidr }) => removed.has(cidr))
  if (both) reject('PrefixListEntryAddedAndRemoved', { cidr: both.cidr })
  const before = entriesAt(world, list)
  invariant(before, `${list.id} keeps its current version`)
  const edited = new Map(before.map((entry) => [entry.cidr, entry]))
  for (const cidr of removed) edited.delete(cidr)
  for (const entry of added) edited.set(entry.cidr, entry)
  return [...edited.values()]
}

function resized(input: Input, list: PrefixList, { world, quotas }: Context): Answer {
  const maxEntries = input.MaxEntries === undefined ? list.maxEntries : prefixListSize(input.MaxEntries, quotas)
  refuseOverMaximum(entriesAt(world, list)?.length ?? 0, maxEntries)
  const incapable =
    maxEntries > list.maxEntries
      ? overburdened(world, list, (id) => weightWith(world, { ...list, maxEntries }, id), quotas)
      : []
  if (incapable.length > 0) return failed(world, list, incapable)
  const modified = settled({ ...list, maxEntries }, 'modify-complete')
  return answerWith(world, modified, [put('prefixList', modified)])
}

function weightWith(world: World, resizedList: PrefixList, id: string): { family: 4 | 6; weight: number } {
  if (id === resizedList.id) return { family: resizedList.family, weight: resizedList.maxEntries }
  return prefixListReference(world, id)
}

const namedInFailure = 10

/** The old size stays, and the state message names the first ten resources (model). */
function failed(world: World, list: PrefixList, incapable: readonly string[]): Answer {
  const named = incapable.slice(0, namedInFailure).join(', ')
  const stateMessage = `The following resources do not support the new maximum size: ${named}`
  const kept = { ...settled(list, 'modify-failed'), stateMessage }
  return answerWith(world, kept, [put('prefixList', kept)])
}

function answerWith(world: World, list: PrefixList, changes: Answer['changes']): Answer {
  return { changes, output: { PrefixList: viewPrefixList(world, list, 'modify-in-progress') } }
}
