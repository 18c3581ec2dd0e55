/** DescribeTags (spec 5): a row for each tag of each resource, in the order of resource ids and then of keys. */

import { resourceTypeOf, type TaggableId } from '../../../model/ids.ts'
import type { Tag, TagSet } from '../../../model/tag.ts'
import type { World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import type { FilterTable } from '../../filter.ts'
import { list, type Rows } from '../../page.ts'

interface TagRow {
  readonly id: TaggableId
  readonly tag: Tag
}

export const run: Run<'DescribeTags'> = (input, { world }) => {
  const { items, nextToken } = list({
    input,
    rows: rowsOf(world),
    filters,
    tags: ({ tag }) => [tag],
    indexes: { 'resource-id': (id) => rowsOfSet(world.tagSet.get(id)) },
  })
  return answer({
    Tags: items.map(({ id, tag }) => ({
      ResourceId: id,
      ResourceType: resourceTypeOf(id),
      Key: tag.key,
      Value: tag.value,
    })),
    NextToken: nextToken,
  })
}

const filters: FilterTable<TagRow> = {
  key: ({ tag }) => tag.key,
  'resource-id': ({ id }) => id,
  'resource-type': ({ id }) => resourceTypeOf(id),
  value: ({ tag }) => tag.value,
}

/** No id has a blank, so the first one ends it. */
function keyOf({ id, tag }: TagRow): string {
  return `${id} ${tag.key}`
}

function rowsOf(world: World): Rows<TagRow> {
  return { keyOf, after: (key) => rowsAfter(world, key) }
}

function* rowsAfter(world: World, key: string | undefined): Iterable<TagRow> {
  const id = key?.slice(0, key.indexOf(' '))
  if (key !== undefined && id !== undefined) {
    yield* rowsOfSet(world.tagSet.get(id)).filter((row) => keyOf(row) > key)
  }
  for (const set of world.tagSet.values(id)) yield* rowsOfSet(set)
}

function rowsOfSet(set: TagSet | undefined): TagRow[] {
  if (!set) return []
  const { id, tags } = set
  return [...tags].sort((a, b) => (a.key < b.key ? -1 : 1)).map((tag) => ({ id, tag }))
}
