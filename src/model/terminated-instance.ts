/** Terminated instances stay visible for an hour and are then forgotten (spec 8.4). */

import { after, formatInstant, hours, type Instant, instant } from '../base/clock.ts'
import type { Change } from './change.ts'
import type { Instance } from './instance.ts'
import { linkPrefix, targetOf } from './links.ts'
import { removal, type World } from './world.ts'

const visible = hours(1)

export function isVisible({ state, stateSince }: Instance, now: Instant): boolean {
  return state !== 'terminated' || after(stateSince, visible) > now
}

/** Removes the instances that nobody can see; those that change instances call it in passing. */
export function forgetTerminated(world: World, now: Instant): Change[] {
  const forgotten: Change[] = []
  const prefix = linkPrefix('instances terminated at')
  const oldestVisible = `${prefix}${formatInstant(instant(now - visible + 1))}`
  for (const key of world.links.keysWithPrefix(prefix)) {
    if (key >= oldestVisible) break
    forgotten.push(...removal(world, 'instance', targetOf(key)))
  }
  return forgotten
}
