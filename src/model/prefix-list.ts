/**
 * Managed prefix lists (spec 6). Each version's entries are an object of their own, so that changing
 * one entry does not rewrite a thousand versions.
 */

import type { PrefixListId } from './ids.ts'

export type SettledPrefixListState =
  | 'create-complete'
  | 'modify-complete'
  | 'modify-failed'
  | 'restore-complete'
  | 'delete-failed'

export interface PrefixList {
  readonly id: PrefixListId
  readonly name: string
  readonly family: 4 | 6
  readonly maxEntries: number
  readonly version: number
  readonly state: SettledPrefixListState
  /** Only after a failure. */
  readonly stateMessage?: string
}

export interface PrefixListEntry {
  readonly cidr: string
  readonly description?: string
}

export type PrefixListVersionId = `${PrefixListId}/${string}`

export interface PrefixListVersion {
  readonly id: PrefixListVersionId
  readonly list: PrefixListId
  readonly version: number
  readonly entries: readonly PrefixListEntry[]
}

/** Zero-padded, so that the order of ids is the order of versions. */
export function prefixListVersionId(list: PrefixListId, version: number): PrefixListVersionId {
  return `${list}/${String(version).padStart(10, '0')}`
}

/** `pl-1 10.0.0.0/24`: what an entry is called where its list is not at hand. */
export function listEntryName(list: PrefixListId, cidr: string): string {
  return `${list} ${cidr}`
}
