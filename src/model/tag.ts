/** The tags of one resource, whatever its type; a resource without tags has no TagSet. */

import type { TaggableId } from './ids.ts'

export interface TagSet {
  readonly id: TaggableId
  /** In the order given. Keys are case-sensitive and unique. */
  readonly tags: readonly Tag[]
}

export interface Tag {
  readonly key: string
  readonly value: string
}

/** Of keys that this program gives, and nobody else may. */
export const ownTagPrefix = 'sallyport:'
