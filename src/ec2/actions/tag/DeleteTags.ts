/**
 * DeleteTags (spec 5). A key without a value goes whatever its value is, one with a value only if
 * the values are equal, and an empty value is a value. Without any key all tags go.
 */

import { type Change, put } from '../../../model/change.ts'
import type { Tag } from '../../../model/tag.ts'
import { tagsOf } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { required } from '../../input/lookup.ts'
import { refuseReserved } from '../../input/tag-specification.ts'
import { taggableIds } from '../../input/taggable.ts'
import type { Tag as WireTag } from '../../protocol/types.generated.ts'

export const run: Run<'DeleteTags'> = (input, { world }) => {
  const doomed = doomedBy(input.Tags)
  const changes = taggableIds(world, input.Resources).flatMap((id): Change[] => {
    const before = tagsOf(world, id)
    const tags = before.filter((tag) => !doomed(tag))
    if (tags.length === before.length) return []
    return [tags.length > 0 ? put('tagSet', { id, tags }) : { kind: 'removed', of: 'tagSet', id }]
  })
  return { changes, output: {} }
}

function doomedBy(given: readonly WireTag[] | undefined): (tag: Tag) => boolean {
  if (!given) return () => true
  const tests = given.map(({ Key, Value }) => {
    const key = required(Key, 'key')
    refuseReserved(key)
    return (tag: Tag) => tag.key === key && (Value === undefined || tag.value === Value)
  })
  return (tag) => tests.some((test) => test(tag))
}
