/** Reachability of a world that many questions are asked about, one after the other: a map, its arrows, its filters. */

import type { World } from '../../model/world.ts'
import { Reachability } from '../../reach/reachability/reachability.ts'

/** Worlds never change, and one that nobody holds any more takes what is known of it along. */
const known = new WeakMap<World, Reachability>()

export function reachabilityOf(world: World): Reachability {
  const found = known.get(world) ?? new Reachability(world)
  known.set(world, found)
  return found
}
