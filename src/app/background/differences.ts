/** What makes one world of another, in lots: a thread that has the one is sent no more than that. */

import type { Change } from '../../model/change.ts'
import { type Kind, kinds, type Objects } from '../../model/objects.ts'
import type { ReadonlySortedMap } from '../../model/sorted-map.ts'
import type { World } from '../../model/world.ts'

/** A lot of groups with sixty rules each is copied in some milliseconds. */
const changesInLot = 50
/** To find that so many objects are the same takes as long. */
const objectsInLot = 20_000

/** Worlds share what stayed, so that objects are compared by being the same. A lot may be empty. */
export function* differences(before: World, after: World): Generator<readonly Change[]> {
  let lot: Change[] = []
  let seen = 0
  for (const kind of kinds) {
    for (const change of changesOfKind(kind, before, after)) {
      seen += 1
      if (change) lot.push(change)
      if (lot.length < changesInLot && seen < objectsInLot) continue
      yield lot
      lot = []
      seen = 0
    }
  }
  yield lot
}

/** In the order of ids, undefined for each object that stayed. */
function* changesOfKind<K extends Kind>(kind: K, before: World, after: World): Generator<Change | undefined> {
  const [old, fresh] = [tableOf(kind, before).values(), tableOf(kind, after).values()]
  let [was, is] = [old.next(), fresh.next()]
  while (!was.done || !is.done) {
    if (is.done || (!was.done && was.value.id < is.value.id)) {
      yield { kind: 'removed', of: kind, id: (was.value as Objects[K]).id } as Change
      was = old.next()
      continue
    }
    const isOld = !was.done && was.value.id === is.value.id
    yield isOld && was.value === is.value ? undefined : ({ kind: 'put', of: kind, object: is.value } as Change)
    if (isOld) was = old.next()
    is = fresh.next()
  }
}

function tableOf<K extends Kind>(kind: K, world: World): ReadonlySortedMap<Objects[K]> {
  return world[kind] as ReadonlySortedMap<Objects[K]>
}
