/** Tags of a resource; what has no Name is called by its address, so that answers can be read. */

import type { TaggableId } from '../../model/ids.ts'
import { isMembers, members } from '../json-value.ts'
import type { Resource } from './document.ts'
import type { Reading } from './reading.ts'

export function putTags(reading: Reading, id: TaggableId, { values }: Resource, name?: string): void {
  const given = members(isMembers(values['tags_all']) ? values['tags_all'] : values['tags'])
  const tags = Object.entries(given).flatMap(([key, value]) => (typeof value === 'string' ? [{ key, value }] : []))
  const isNamed = name === undefined || tags.some(({ key }) => key === 'Name')
  const all = isNamed ? tags : [{ key: 'Name', value: name }, ...tags]
  if (all.length > 0) reading.draft.put('tagSet', { id, tags: all })
}
