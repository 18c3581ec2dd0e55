/** The versions of a prefix list: each change of its entries makes one, and the oldest are forgotten (spec 6.2, 7). */

import { findAwsPrefixList } from './aws-prefix-lists.ts'
import { type Change, put } from './change.ts'
import type { PrefixListId } from './ids.ts'
import {
  type PrefixList,
  type PrefixListEntry,
  prefixListVersionId,
  type SettledPrefixListState,
} from './prefix-list.ts'
import type { Quotas } from './quota.ts'
import { linked, type World } from './world.ts'

/** The entries that a list had at a version; undefined for one that never was or is forgotten. */
export function entriesAt(
  world: World,
  { id, version }: { readonly id: PrefixListId; readonly version: number },
): readonly PrefixListEntry[] | undefined {
  return world.prefixListVersion.get(prefixListVersionId(id, version))?.entries
}

/** The CIDRs of a customer's list or of one that AWS owns; none for a list that does not exist. */
export function prefixListCidrs(world: World, id: string): readonly string[] {
  const list = world.prefixList.get(id)
  if (!list) return findAwsPrefixList(world.scope.region, id)?.cidrs ?? []
  return entriesAt(world, list)?.map(({ cidr }) => cidr) ?? []
}

/** The version that a list starts with. */
export function firstVersion(list: PrefixListId, entries: readonly PrefixListEntry[]): Change {
  return put('prefixListVersion', { id: prefixListVersionId(list, 1), list, version: 1, entries })
}

/** The changes that make the next version, and the number it has. */
export function nextVersion(
  world: World,
  list: PrefixList,
  entries: readonly PrefixListEntry[],
  quotas: Quotas,
): { readonly version: number; readonly changes: readonly Change[] } {
  const version = list.version + 1
  const kept = linked(world, 'versions of prefix list', list.id)
  const surplus = Math.max(0, kept.length + 1 - quotas['versions-per-prefix-list'])
  const forgotten = kept.slice(0, surplus)
  return {
    version,
    changes: [
      put('prefixListVersion', { id: prefixListVersionId(list.id, version), list: list.id, version, entries }),
      ...forgotten.map((id): Change => ({ kind: 'removed', of: 'prefixListVersion', id })),
    ],
  }
}

/** The list once an operation on it has ended; what an earlier failure said is gone. */
export function settled(
  { id, name, family, maxEntries, version }: Omit<PrefixList, 'state' | 'stateMessage'>,
  state: SettledPrefixListState,
): PrefixList {
  return { id, name, family, maxEntries, version, state }
}
