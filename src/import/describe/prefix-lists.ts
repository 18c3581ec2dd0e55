/**
 * Prefix lists of describe output, and their entries: GetManagedPrefixListEntries does not say whose they are,
 * so a file of entries is named after its list. DescribePrefixLists tells the blocks of lists that AWS owns.
 */

import type { PrefixListId } from '../../model/ids.ts'
import { type PrefixList, type PrefixListEntry, prefixListVersionId } from '../../model/prefix-list.ts'
import { BadImport } from '../bad-import.ts'
import { cidrPeer } from '../cidr-peer.ts'
import type { Draft } from '../draft.ts'
import type { Origin } from '../imported.ts'
import { type Members, members, number, objects, text, texts } from '../json-value.ts'
import { freshId } from './network.ts'
import { type Item, type Output, originOf } from './output.ts'
import { putTags } from './tags.ts'

export function readPrefixLists(output: Output, draft: Draft): void {
  const entries = entriesByList(output)
  for (const item of output.items('PrefixLists')) readPrefixList(item, entries, draft)
  for (const [id, own] of entries) {
    if (!draft.get('prefixList', id)) putList(draft, plainList(id, own), own)
  }
}

type Entries = ReadonlyMap<PrefixListId, readonly PrefixListEntry[]>

function readPrefixList(item: Item, entries: Entries, draft: Draft): void {
  const id = freshId<PrefixListId>(item, 'PrefixListId', (each) => draft.get('prefixList', each) !== undefined)
  if (id === undefined) return
  const { value } = item
  const cidrs = texts(value['Cidrs']).map((cidr) => ({ cidr }))
  const own = entries.get(id) ?? (cidrs.length > 0 ? cidrs : undefined)
  // Without its entries a list of AWS's own is one that is known anyway, or a gap.
  if (own === undefined && (value['OwnerId'] === 'AWS' || value['AddressFamily'] === undefined)) return
  const name = text(value['PrefixListName']) ?? id
  const plain = plainList(id, own ?? [])
  const family = value['AddressFamily'] === 'IPv6' ? 6 : plain.family
  const size = { maxEntries: number(value['MaxEntries']) ?? plain.maxEntries, version: number(value['Version']) ?? 1 }
  putList(draft, { ...plain, name, family, ...size }, own, originOf(item, id, name))
  putTags(draft, id, value)
}

function plainList(id: PrefixListId, entries: readonly PrefixListEntry[]): PrefixList {
  const family = entries[0]?.cidr.includes(':') ? 6 : 4
  return { id, name: id, family, maxEntries: entries.length, version: 1, state: 'create-complete' }
}

/** Entries that are not told stay a gap. */
function putList(
  draft: Draft,
  list: PrefixList,
  entries: readonly PrefixListEntry[] | undefined,
  origin?: Origin,
): void {
  draft.put('prefixList', list, origin)
  if (entries === undefined) return
  const { id, version } = list
  draft.put('prefixListVersion', { id: prefixListVersionId(id, version), list: id, version, entries })
}

function entriesByList(output: Output): Entries {
  const found = new Map<PrefixListId, PrefixListEntry[]>()
  for (const file of output.files) {
    const { Entries: entries } = members(file.value)
    if (!Array.isArray(entries)) continue
    const [id] = /pl-[0-9a-f]+/.exec(file.path.replace(/^.*[\\/]/, '')) ?? []
    if (id === undefined) {
      throw new BadImport(
        `${file.path}: entries of a prefix list do not say whose they are: name the file after the list, entries-pl-….json.`,
      )
    }
    const own = objects(entries).map((entry) => entryOf(entry, file.path))
    found.set(id as PrefixListId, [...(found.get(id as PrefixListId) ?? []), ...own])
  }
  return found
}

function entryOf(entry: Members, what: string): PrefixListEntry {
  const description = text(entry['Description'])
  const { cidr } = cidrPeer(String(entry['Cidr']), what)
  return description === undefined ? { cidr } : { cidr, description }
}
