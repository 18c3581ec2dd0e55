/** Tags given while creating a resource, and the limits that all tags obey (spec 1.7, 5). */

import { type Change, put } from '../../model/change.ts'
import type { ResourceType, TaggableId } from '../../model/ids.ts'
import type { Quotas } from '../../model/quota.ts'
import { reject } from '../../model/rejection.ts'
import { ownTagPrefix, type Tag } from '../../model/tag.ts'
import type { TagSpecification, Tag as WireTag } from '../protocol/types.generated.ts'

/** Tags for one new resource of `type`; `others` are types the same call may also tag. */
export function tagsFor(
  specifications: readonly TagSpecification[] | undefined,
  type: ResourceType | 'volume',
  quotas: Quotas,
  others: readonly string[] = [],
): readonly Tag[] {
  const own: WireTag[] = []
  for (const { ResourceType: given, Tags = [] } of specifications ?? []) {
    if (!given) reject('TagTypeMissing')
    if (given !== type && !others.includes(given)) reject('TagTypeMismatch', { type: given })
    if (Tags.length === 0) reject('TagSpecificationEmpty')
    if (given === type) own.push(...Tags)
    else tagsFrom(Tags)
  }
  const tags = tagsFrom(own)
  if (tags.length > quotas['tags-per-resource']) reject('TagLimitExceeded')
  return tags
}

/** Checked tags from the wire. */
export function tagsFrom(given: readonly WireTag[]): Tag[] {
  const seen = new Set<string>()
  return given.map(({ Key = '', Value }) => {
    refuseReserved(Key)
    if (Key === '' || isLonger(Key, 128)) reject('TagKeyLength')
    if (Value === undefined) reject('TagValueNull')
    if (isLonger(Value, 256)) reject('TagValueLength')
    if (seen.has(Key)) reject('TagKeyRepeated', { key: Key })
    seen.add(Key)
    return { key: Key, value: Value }
  })
}

/** Prefixes that only AWS, and this program, give. */
export function refuseReserved(key: string): void {
  if (key.startsWith('aws:')) reject('TagKeyReserved')
  if (key.startsWith(ownTagPrefix)) reject('TagKeyOurs')
}

/** AWS counts characters, of which an emoji is one. */
function isLonger(text: string, most: number): boolean {
  return text.length > most && (text.length > 2 * most || [...text].length > most)
}

/** The change that gives a new resource its tags; none for no tags. */
export function tagged(id: TaggableId, tags: readonly Tag[]): readonly Change[] {
  return tags.length === 0 ? [] : [put('tagSet', { id, tags })]
}
