/** Everything about enforcement that the running system has: the board, the policies, and what agents ask. */

import { randomUUID } from 'node:crypto'
import type { Clock, Instant } from '../../base/clock.ts'
import type { SignedRequest } from '../../ec2/protocol/signature.ts'
import { isIdOf, type NetworkInterfaceId } from '../../model/ids.ts'
import { linked, type Scope, type World } from '../../model/world.ts'
import { BadInput } from '../bad-input.ts'
import type { EnforcementView } from '../console/api.ts'
import type { Counted } from '../flow-logs.ts'
import type { StoredLedger } from '../ledger.ts'
import type { HeldFlow } from '../live-engines.ts'
import { kernelFlow } from '../live-flow.ts'
import { EnforcementBoard } from './board.ts'
import { listRuleUse, listStandings, takeReport } from './enforcement-paths.ts'
import { FlowGatherer, loggedFlows } from './flow-gatherer.ts'
import { GroupGuard } from './group-guard.ts'
import { LivePolicies } from './live-policies.ts'
import { metricsText } from './metrics.ts'
import { type PolicyAnswer, PolicyFeed } from './policy-feed.ts'

/** An agent's request waits no longer than this. */
const mostPatience = 25_000

type Ledger = Pick<StoredLedger, 'find' | 'follow' | 'worlds'>

export interface EnforcementParts {
  readonly clock: Clock
  readonly onCounted: (counted: Counted) => void
}

export class Enforcement {
  readonly board = new EnforcementBoard()
  readonly policies: LivePolicies
  readonly #clock: Clock
  readonly #feed: PolicyFeed
  readonly #gatherer: FlowGatherer
  readonly #onCounted: (counted: Counted) => void
  #guard: GroupGuard | undefined

  /** `onCounted` is told what kernels counted, for flow logs. */
  constructor(ledger: Ledger, { clock, onCounted }: EnforcementParts) {
    this.policies = new LivePolicies(ledger)
    this.#clock = clock
    this.#onCounted = onCounted
    const { policies } = this
    this.#feed = new PolicyFeed({ policies, isRecorded: this.#isRecorded }, randomUUID().slice(0, 8))
    this.#gatherer = new FlowGatherer({ policies, clock, isRecorded: this.#isRecorded, onCounted })
  }

  readonly #isRecorded = (scope: Scope, id: NetworkInterfaceId) => isRecordedIn(this.policies.world(scope), id)

  /** The guard of the namespaces that this server runs; made when the first one asks. */
  get guard(): GroupGuard {
    const { policies, board } = this
    const [clock, isRecorded, gatherer] = [this.#clock, this.#isRecorded, this.#gatherer]
    this.#guard ??= new GroupGuard({ policies, board, clock, isRecorded, gatherer })
    return this.#guard
  }

  /** Brings what the kernels counted since the last time to whoever is told of it. */
  gather(): Promise<void> {
    return this.#gatherer.gather()
  }

  /** Which interfaces are enforced, and whether their rules hold. */
  standings(world: World, now: Instant) {
    return listStandings(this.board, world, now)
  }

  /** Both as they are known, without another look at the kernels. */
  view(world: World, now: Instant): EnforcementView {
    const { interfaces } = listStandings(this.board, world, now)
    return { interfaces, rules: interfaces.length === 0 ? [] : listRuleUse(this.board, world, now).rules }
  }

  /** What each rule let through. */
  async ruleUse(world: World, now: Instant) {
    await this.#guard?.count(world.scope)
    return listRuleUse(this.board, world, now)
  }

  /** Throws BadInput. */
  report(world: World, request: Pick<SignedRequest, 'body'>, now: Instant): Record<string, never> {
    const { networkInterface, flows, hasLost } = takeReport(this.board, world, request, now)
    const card = world.networkInterface.get(networkInterface)
    const policy = this.policies.get(world.scope, networkInterface)
    if (card && policy) this.#onCounted({ world, card, flows: loggedFlows(policy, flows), hasLost })
    return {}
  }

  /** The connections of enforced interfaces, of one or of all, as their kernels have them. */
  async flows({ scope }: World, now: Instant, only?: NetworkInterfaceId): Promise<HeldFlow[]> {
    const here = (await this.#guard?.connections(scope, only)) ?? []
    const told = this.board.connections(scope, now).filter(([id]) => only === undefined || id === only)
    return [...here, ...told].flatMap(([id, connections]) => {
      const policy = this.policies.get(scope, id)
      return policy ? connections.map((each) => ({ ...each, policy, shown: kernelFlow(policy, each) })) : []
    })
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
