/** CreateTags (spec 5): a key that a resource has already gets the new value, in its old place. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import type { Tag } from '../../../model/tag.ts'
import { tagsOf } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { tagsFrom } from '../../input/tag-specification.ts'
import { taggableIds } from '../../input/taggable.ts'

export const run: Run<'CreateTags'> = (input, { world, quotas }) => {
  const given = tagsFrom(input.Tags)
  const changes = taggableIds(world, input.Resources).map((id) => {
    const tags = merged(tagsOf(world, id), given)
    if (tags.length > quotas['tags-per-resource']) reject('TagLimitExceeded')
    return put('tagSet', { id, tags })
  })
  return { changes, output: {} }
}

function merged(before: readonly Tag[], given: readonly Tag[]): Tag[] {
  return [...new Map([...before, ...given].map((tag) => [tag.key, tag])).values()]
}
