/** Everything about enforcement that the running system has: the board, the policies, and what agents ask. */

import { randomUUID } from 'node:crypto'
import type { Clock, Instant } from '../../base/clock.ts'
import type { SignedRequest } from '../../ec2/protocol/signature.ts'
import { isIdOf, type NetworkInterfaceId } from '../../model/ids.ts'
import { linked, type Scope, type World } from '../../model/world.ts'
import { BadInput } from '../bad-input.ts'
import type { StoredLedger } from '../ledger.ts'
import { EnforcementBoard } from './board.ts'
import { listRuleUse, listStandings, takeReport } from './enforcement-paths.ts'
import { GroupGuard } from './group-guard.ts'
import { LivePolicies } from './live-policies.ts'
import { metricsText } from './metrics.ts'
import { type PolicyAnswer, PolicyFeed } from './policy-feed.ts'

/** An agent's request waits no longer than this. */
const mostPatience = 25_000

export class Enforcement {
  readonly board = new EnforcementBoard()
  readonly policies: LivePolicies
  readonly #clock: Clock
  readonly #feed: PolicyFeed
  #guard: GroupGuard | undefined

  constructor(ledger: Pick<StoredLedger, 'find' | 'follow' | 'worlds'>, clock: Clock) {
    this.policies = new LivePolicies(ledger)
    this.#clock = clock
    const isRecorded = (scope: Scope, id: NetworkInterfaceId) => isRecordedIn(this.policies.world(scope), id)
    this.#feed = new PolicyFeed({ policies: this.policies, isRecorded }, randomUUID().slice(0, 8))
  }

  /** The guard of the namespaces that this server runs; made when the first one asks. */
  get guard(): GroupGuard {
    const { policies, board } = this
    const isRecorded = (scope: Scope, id: NetworkInterfaceId) => isRecordedIn(policies.world(scope), id)
    this.#guard ??= new GroupGuard({ policies, board, clock: this.#clock, isRecorded })
    return this.#guard
  }

  /** Which interfaces are enforced, and whether their rules hold. */
  standings(world: World, now: Instant) {
    return listStandings(this.board, world, now)
  }

  /** What each rule let through. */
  async ruleUse(world: World, now: Instant) {
    await this.#guard?.count(world.scope)
    return listRuleUse(this.board, world, now)
  }

  /** Throws BadInput. */
  report(world: World, request: Pick<SignedRequest, 'body'>, now: Instant) {
    return takeReport(this.board, world, request, now)
  }

  /** Rejects with BadInput. */
  policy({ scope }: World, { target }: Pick<SignedRequest, 'target'>): Promise<PolicyAnswer> {
    const query = new URLSearchParams(target.split('?', 2)[1])
    const id = query.get('network-interface') ?? ''
    if (!isIdOf('eni', id)) throw new BadInput(`'${id.slice(0, 80)}' is no id of a network interface.`)
    const patience = Math.min(mostPatience, Math.max(0, Number(query.get('patience') ?? 0) || 0))
    return this.#feed.answer({ scope, networkInterface: id, after: query.get('after') ?? undefined, patience })
  }

  /** Once the namespaces that this server runs have the rules of the newest worlds, or have refused them. */
  async settled(): Promise<void> {
    await this.#guard?.settled()
  }

  metrics(now: Instant): string {
    return metricsText(this.board, now)
  }

  /** Looks at the worlds again. */
  wake(): void {
    this.policies.wake()
  }

  /** Agents that wait for a change are answered at once. */
  stopWaiting(): void {
    this.#feed.stop()
  }

  stop(): void {
    this.#guard?.stop()
  }
}

/** Whether a flow log covers the interface, whatever it wants of it. */
function isRecordedIn(world: World, id: NetworkInterfaceId): boolean {
  const card = world.networkInterface.get(id)
  if (card === undefined) return false
  return [card.id, card.subnet, card.vpc].some(
    (resource) => linked(world, 'flow logs of resource', resource).length > 0,
  )
}
