/** An instance as a vector's world needs one: of a type, which says for how long idle connections are tracked. */

import { NotationError } from '../base/words.ts'
import { type Change, put } from './change.ts'
import type { InstanceId } from './ids.ts'
import { findInstanceType } from './instance-type.ts'
import { plainInstance } from './plain-instance.ts'

/** Throws NotationError for a type that is not known. */
export function instanceOfType(id: InstanceId, type: string): Change {
  if (!findInstanceType(type)) throw new NotationError(`'${type}' is no instance type`)
  return put('instance', plainInstance(id, { type }))
}
