/**
 * The generated shape table, read. The table leaves out every name that follows from the member's
 * own; the two defaults are here.
 */

import { invariant } from '../../base/invariant.ts'
import { actionShapes, type MemberRow, shapes } from './shapes.generated.ts'
import type { ActionName } from './types.generated.ts'

export type ScalarType = 'string' | 'number' | 'boolean' | 'timestamp' | 'blob'

export interface Member {
  readonly name: string
  /** A scalar type or the name of a structure; of the items, when `isList`. */
  readonly type: string
  readonly isList: boolean
  readonly isRequired: boolean
  /** The key in a request. */
  readonly requestName: string
  /** The element in a response. */
  readonly responseName: string
}

const scalarTypes: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'timestamp', 'blob'])

export function isScalar(type: string): type is ScalarType {
  return scalarTypes.has(type)
}

export function isActionName(action: string): action is ActionName {
  return Object.hasOwn(actionShapes, action)
}

export function inputShapeOf(action: ActionName): string {
  return actionShapes[action][0]
}

/** Undefined for an action whose answer says no more than that it succeeded. */
export function outputShapeOf(action: ActionName): string | undefined {
  return actionShapes[action][1] || undefined
}

export function membersOf(shape: string): readonly Member[] {
  const row = shapes[shape]
  invariant(row, `the shape table holds ${shape}`)
  const [required, ...members] = row
  return members.map((member, index) => memberFrom(member, index < required))
}

function memberFrom([name, type, requestName, responseName]: MemberRow, isRequired: boolean): Member {
  const isList = type.endsWith('[]')
  return {
    name,
    type: isList ? type.slice(0, -2) : type,
    isList,
    isRequired,
    requestName: requestName ?? name,
    responseName: responseName ?? lowerFirst(name),
  }
}

/** AWS speaks of a parameter in its messages as it spells it in answers: `GroupId` is `groupId`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
