/** The prefix list that a request of the prefix-list family names, and the name and size it may have (spec 6.2). */

import { type AwsPrefixList, awsPrefixLists, findAwsPrefixList } from '../../model/aws-prefix-lists.ts'
import { isIdOf } from '../../model/ids.ts'
import type { PrefixList } from '../../model/prefix-list.ts'
import type { Quotas } from '../../model/quota.ts'
import { reject } from '../../model/rejection.ts'
import type { World } from '../../model/world.ts'
import { find } from './lookup.ts'

/** A list of either owner. */
export type AnyPrefixList =
  | { readonly owner: 'customer'; readonly list: PrefixList }
  | { readonly owner: 'AWS'; readonly list: AwsPrefixList }

export function everyPrefixList(world: World): AnyPrefixList[] {
  const owned = awsPrefixLists(world.scope.region).map((list): AnyPrefixList => ({ owner: 'AWS', list }))
  return [...owned, ...Array.from(world.prefixList.values(), (list): AnyPrefixList => ({ owner: 'customer', list }))]
}

export function findAnyPrefixList(world: World, id: string): AnyPrefixList {
  const owned = isIdOf('pl', id) && findAwsPrefixList(world.scope.region, id)
  return owned ? { owner: 'AWS', list: owned } : { owner: 'customer', list: find(world, 'prefixList', id) }
}

/** The customer's list of that id: nobody may change one that AWS owns. */
export function findOwnPrefixList(world: World, id: string, verb: 'modified' | 'deleted' | 'restored'): PrefixList {
  const { owner, list } = findAnyPrefixList(world, id)
  return owner === 'AWS' ? reject('PrefixListAwsOwned', { id, verb }) : list
}

const reservedNames = ['com.amazonaws.', 'com.amazon.', 'com.aws.']
const longestName = 255

export function prefixListName(name: string): string {
  if (reservedNames.some((reserved) => name.startsWith(reserved))) reject('PrefixListNameReserved')
  if (name.length < 1 || name.length > longestName) {
    reject('InvalidParameterValue', {
      value: name,
      name: 'prefixListName',
      reason: `Expecting 1 to ${longestName} characters.`,
    })
  }
  return name
}

/** How many entries a list may be made for. */
export function prefixListSize(maxEntries: number, quotas: Quotas): number {
  const largest = quotas['entries-per-prefix-list']
  if (maxEntries < 1 && largest === Number.POSITIVE_INFINITY) {
    reject('InvalidParameterValue', {
      value: String(maxEntries),
      name: 'maxEntries',
      reason: 'Expecting a value of at least 1.',
    })
  }
  if (maxEntries < 1 || maxEntries > largest) reject('PrefixListSizeInvalid', { largest })
  return maxEntries
}

/** Refuses a version number that is not the list's own. */
export function expectVersion(list: PrefixList, given: number): void {
  refuseVersionTooSmall(given)
  if (given !== list.version) reject('PrefixListVersionMismatch')
}

/** Versions start at 1, whatever the sentence says. */
export function refuseVersionTooSmall(given: number): void {
  if (given < 1) reject('PrefixListVersionTooSmall')
}

/** `name` is the parameter that gave the version. */
export function refuseVersion(version: number, name: 'previousVersion' | 'targetVersion'): never {
  const reason = 'The prefix list has no such version.'
  return reject('InvalidParameterValue', { value: String(version), name, reason })
}

export function refuseOverMaximum(entries: number, maximum: number): void {
  if (entries > maximum) reject('PrefixListEntriesOverMaximum', { entries, maximum })
}
