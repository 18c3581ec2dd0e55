/** A World as one JSON value: what `sallyport state` prints and `--state FILE` reads. */

import { type Kind, kinds, type Objects } from './objects.ts'
import { type Scope, type World, worldOf } from './world.ts'

export interface WorldState {
  /** Of this form; a later one that means something else counts up. */
  readonly format: 1
  readonly scope: Scope
  readonly objects: { readonly [K in Kind]?: readonly Objects[K][] }
}

/** A value that is no state; the message says what is missing. */
export class BadState extends Error {
  override readonly name = 'BadState'
}

export function stateOf(world: World): WorldState {
  const objects = Object.fromEntries(kinds.map((kind) => [kind, [...world[kind].values()]]))
  return { format: 1, scope: world.scope, objects }
}

/** Throws BadState for what `stateOf` did not make, as far as its form tells. */
export function worldFromState(value: unknown): World {
  const { format, scope, objects } = isRecord(value) ? value : {}
  if (format !== 1 || !isScope(scope) || !isRecord(objects)) {
    throw new BadState('This is no state: it has no format 1, scope and objects.')
  }
  const unknown = Object.keys(objects).find((kind) => !kinds.some((known) => known === kind))
  if (unknown !== undefined) throw new BadState(`This is no state: there are no objects of the kind ${unknown}.`)
  return worldOf(
    scope,
    kinds.flatMap((kind) => objectsOf(kind, objects[kind] ?? [])),
  )
}

function objectsOf(kind: Kind, values: unknown): { kind: Kind; object: Objects[Kind] }[] {
  if (!Array.isArray(values) || !values.every((each) => isRecord(each) && typeof each['id'] === 'string')) {
    throw new BadState(`This is no state: its ${kind} is no list of objects with ids.`)
  }
  return values.map((object) => ({ kind, object }))
}

function isScope(value: unknown): value is Scope {
  return isRecord(value) && typeof value['account'] === 'string' && typeof value['region'] === 'string'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
