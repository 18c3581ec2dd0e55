/** What takes long on a large world, by name: so that a thread beside the server's own can be asked for it. */

import type { Instant } from '../../base/clock.ts'
import type { ScopeContent } from '../../model/access-scope.ts'
import type { ComponentFilter, NetworkInsightsPath } from '../../model/network-insights.ts'
import type { World } from '../../model/world.ts'
import { insights } from '../../reach/insights/insights.ts'
import { changesBetween } from '../console/changes.ts'
import { lintView, policyTestsView } from '../console/checks.ts'
import type { Members } from '../console/input.ts'
import { arrowView, mapView } from '../console/map.ts'

export type Worlds = readonly [World, ...World[]]

/** Everything but the worlds goes to the thread and back as a copy: plain data. */
export const work = {
  path: ([world]: Worlds, path: NetworkInsightsPath, filter: ComponentFilter) =>
    insights.analysePath(world, path, filter),
  scope: ([world]: Worlds, content: ScopeContent) => insights.analyseScope(world, content),
  map: ([world]: Worlds, body: Members) => mapView(world, body),
  arrow: ([world]: Worlds, body: Members) => arrowView(world, body),
  'policy-tests': ([world]: Worlds, body: Members) => policyTestsView(world, body),
  lint: ([world]: Worlds, body: Members, now: Instant) => lintView(world, body, now),
  changes: ([before, after = before]: Worlds) => changesBetween(before, after),
} as const

type Work = typeof work
export type WorkName = keyof Work
export type Given<K extends WorkName> = Work[K] extends (worlds: Worlds, ...given: infer G) => unknown ? G : never
export type Answer<K extends WorkName> = ReturnType<Work[K]>

/** None of it takes longer than a request may keep others waiting. */
export function isSmall({ networkInterface, groupOfRule }: World): boolean {
  return networkInterface.size <= 12 && groupOfRule.size <= 100
}
