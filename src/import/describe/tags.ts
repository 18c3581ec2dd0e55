/** Tags of an answer's object. Enforcement's own tag is not the object's (docs/gaps.md). */

import type { TaggableId } from '../../model/ids.ts'
import { ownTagPrefix } from '../../model/tag.ts'
import type { Draft } from '../draft.ts'
import { type Members, objects } from '../json-value.ts'

export function putTags(draft: Draft, id: TaggableId, value: Members): void {
  const tags = objects(value['Tags'] ?? value['TagSet'])
    .map((tag) => ({ key: String(tag['Key']), value: String(tag['Value'] ?? '') }))
    .filter(({ key }) => !key.startsWith(ownTagPrefix))
  if (tags.length > 0) draft.put('tagSet', { id, tags })
}
