/**
 * The prefix list that a rule or a route names: one of the customer's or one that AWS owns. A list
 * whose deletion failed is still there to be named (spec 6.2).
 */

import { findAwsPrefixList } from '../../model/aws-prefix-lists.ts'
import { isIdOf, type PrefixListId } from '../../model/ids.ts'
import { reject } from '../../model/rejection.ts'
import type { World } from '../../model/world.ts'

export interface PrefixListReference {
  readonly id: PrefixListId
  readonly family: 4 | 6
  /** What the reference counts against a quota: a customer list's maximum, not its entries (spec 6.4). */
  readonly weight: number
}

/** Rejects with PrefixListIdMalformed or PrefixListNotFound. */
export function prefixListReference(world: World, id: string): PrefixListReference {
  if (!isIdOf('pl', id)) reject('PrefixListIdMalformed', { id })
  return findPrefixListReference(world, id) ?? reject('PrefixListNotFound', { id })
}

export function findPrefixListReference(world: World, id: PrefixListId): PrefixListReference | undefined {
  const list = world.prefixList.get(id)
  if (list) return { id, family: list.family, weight: list.maxEntries }
  const owned = findAwsPrefixList(world.scope.region, id)
  return owned && { id, family: owned.family, weight: owned.weight }
}
