/**
 * What an action is: a pure function of its input and a moment of the world. It answers with changes
 * and an output, or throws a Rejection; only the endpoint makes the changes real.
 */

import type { Instant } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { ScopeContent, ScopeVerdict } from '../model/access-scope.ts'
import type { Change } from '../model/change.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { ComponentFilter, NetworkInsightsPath, PathVerdict } from '../model/network-insights.ts'
import type { Quotas } from '../model/quota.ts'
import type { World } from '../model/world.ts'
import type { ActionName, ActionTypes } from './protocol/types.generated.ts'

export interface Context {
  readonly action: ActionName
  /** Whose world it is (account and region) is `world.scope`. */
  readonly world: World
  readonly now: Instant
  readonly entropy: Entropy
  readonly quotas: Quotas
  /** Whether somebody enforces the interface's rules on real traffic, and how that stands. */
  readonly enforcementOf: (networkInterface: NetworkInterfaceId) => EnforcementKind | undefined
  readonly insights: Insights
}

/**
 * Who can reach whom, asked of a world. The answers are not this folder's to find: they are those of `explain`.
 * Undefined where that takes a while: whoever commits the analysis then sees to it that it ends.
 */
export interface Insights {
  readonly analysePath: (world: World, path: NetworkInsightsPath, filter: ComponentFilter) => PathVerdict | undefined
  readonly analyseScope: (world: World, content: ScopeContent) => ScopeVerdict | undefined
}

export type EnforcementKind = 'enforced' | 'degraded' | 'off'

export interface Outcome<Output> {
  readonly changes: readonly Change[]
  readonly output: Output
}

export type InputOf<A extends ActionName> = ActionTypes[A]['input']
export type OutputOf<A extends ActionName> = ActionTypes[A]['output']

/** Every file of `actions/` exports one of these as `run`. */
export type Run<A extends ActionName> = (input: InputOf<A>, context: Context) => Outcome<OutputOf<A>>

/** The outcome of an action that only reads. */
export function answer<Output>(output: Output): Outcome<Output> {
  return { changes: [], output }
}
