/**
 * Sees to it that every analysis of Reachability Analyzer and Network Access Analyzer ends: in a small network it is
 * over when it starts, in a large one another thread is asked, of the world as it was at the start. An analysis that
 * nobody is at, because its server was stopped, has failed.
 */

import type { Clock } from '../base/clock.ts'
import type { Insights } from '../ec2/action.ts'
import { componentFilter } from '../ec2/input/insights-ids.ts'
import { type Change, put } from '../model/change.ts'
import { isUnderWay } from '../model/network-insights.ts'
import type { Objects } from '../model/objects.ts'
import { Rejection } from '../model/rejection.ts'
import type { World } from '../model/world.ts'
import { insights } from '../reach/insights/insights.ts'
import type { Background } from './background/background.ts'
import { TooMuch } from './background/desk.ts'
import { isSmall } from './background/work.ts'
import type { StoredLedger } from './ledger.ts'

interface Parts {
  readonly ledger: Pick<StoredLedger, 'find' | 'commit' | 'follow' | 'worlds'>
  readonly clock: Clock
  readonly background: Background
  /** Told of a fault of ours. */
  readonly onFailure: (cause: unknown) => void
}

type AnalysisKind = 'accessScopeAnalysis' | 'networkInsightsAnalysis'
type Analysis = Objects[AnalysisKind]
type Outcome = Pick<Analysis, 'verdict' | 'failure'>

/** The store may be down for a while. */
const retryAfter = 500

export class Analyses {
  readonly #parts: Parts
  #isStopped = false

  constructor(parts: Parts) {
    this.#parts = parts
    for (const world of parts.ledger.worlds) this.#endLeftOver(world)
    parts.ledger.follow(({ after, changes }) => {
      for (const change of changes) this.#take(change, after)
    })
  }

  /** For the actions that start them. */
  readonly insights: Insights = {
    analysePath: (world, ...asked) => (isSmall(world) ? insights.analysePath(world, ...asked) : undefined),
    analyseScope: (world, ...asked) => (isSmall(world) ? insights.analyseScope(world, ...asked) : undefined),
  }

  /** What is under way is left as it is. */
  stop(): void {
    this.#isStopped = true
  }

  #endLeftOver(world: World): void {
    const failure = 'The server was stopped before this was done. Start another analysis.'
    for (const kind of ['accessScopeAnalysis', 'networkInsightsAnalysis'] as const) {
      for (const analysis of world[kind].values()) {
        if (isUnderWay(analysis)) void this.#end(world, kind, analysis.id, { failure })
      }
    }
  }

  #take(change: Change, world: World): void {
    if (change.kind !== 'put') return
    const { of: kind, object } = change
    if (kind !== 'accessScopeAnalysis' && kind !== 'networkInsightsAnalysis') return
    if (isUnderWay(object)) void this.#run(world, kind, object)
  }

  async #run(world: World, kind: AnalysisKind, analysis: Analysis): Promise<void> {
    const outcome = await this.#verdictOf(world, analysis).then(
      (verdict): Outcome => (verdict ? { verdict } : { failure: 'What it was about is gone.' }) as Outcome,
      (cause: unknown): Outcome => {
        if (cause instanceof TooMuch) return { failure: cause.message }
        if (!this.#isStopped) this.#parts.onFailure(cause)
        return { failure: 'An internal error has occurred.' }
      },
    )
    await this.#end(world, kind, analysis.id, outcome)
  }

  async #verdictOf(world: World, analysis: Analysis): Promise<Analysis['verdict']> {
    const { background } = this.#parts
    if ('scope' in analysis) {
      const scope = world.accessScope.get(analysis.scope)
      return scope && background.ask('scope', [world], scope.content)
    }
    const path = world.networkInsightsPath.get(analysis.path)
    return path && background.ask('path', [world], path, componentFilter(world, analysis))
  }

  /** Somebody may have deleted it meanwhile. */
  async #end({ scope }: World, kind: AnalysisKind, id: string, outcome: Outcome): Promise<void> {
    const { ledger, clock } = this.#parts
    while (!this.#isStopped) {
      try {
        const analysis = ledger.find(scope)?.[kind].get(id)
        if (!analysis || !isUnderWay(analysis)) return
        const ended = 'scope' in analysis ? { endedAt: clock() } : {}
        await ledger.commit(scope, [put(kind, { ...analysis, ...outcome, ...ended } as Analysis)])
        return
      } catch (thrown) {
        if (!(thrown instanceof Rejection)) return this.#parts.onFailure(thrown)
        await new Promise((resolve) => setTimeout(resolve, retryAfter))
      }
    }
  }
}
