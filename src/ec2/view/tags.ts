/** Tags and ARNs as responses show them. */

import type { TaggableId } from '../../model/ids.ts'
import { ownTagPrefix, type Tag } from '../../model/tag.ts'
import { type Scope, tagsOf, type World } from '../../model/world.ts'
import type { EnforcementKind } from '../action.ts'
import type { Tag as WireTag } from '../protocol/types.generated.ts'

export function viewTags(tags: readonly Tag[]): WireTag[] {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }))
}

/** A resource's tags; an empty list for none, which prints as an empty element. */
export function viewTagsOf(world: World, id: TaggableId): WireTag[] {
  return viewTags(tagsOf(world, id))
}

/** How an interface is enforced, where it is: a tag that nobody gave it, and that is not stored or counted. */
export function ownTags(enforcement: EnforcementKind | undefined): readonly Tag[] {
  return enforcement === undefined ? [] : [{ key: `${ownTagPrefix}enforcement`, value: enforcement }]
}

/** `arn:aws:ec2:{region}:{account}:{type}/{id}` (spec 1.4) */
export function arnOf({ region, account }: Scope, type: string, id: string): string {
  return `arn:aws:ec2:${region}:${account}:${type}/${id}`
}
