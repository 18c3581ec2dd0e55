/**
 * The packet engines of the running service, one for each account and region. An engine asks the newest
 * World at each packet, so that a change made through the EC2 API acts on live flows at once.
 */

import { after, type Clock, type Instant } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import { isCut } from '../engine/connection-fate.ts'
import { type EngineDefaults, engineDefaults } from '../engine/defaults.ts'
import { Engine } from '../engine/engine.ts'
import { isAnswered } from '../engine/protocol-state.ts'
import type { Flow } from '../engine/revocation.ts'
import { UntrackedFlows } from '../engine/untracked-flows.ts'
import type { Verdict } from '../engine/verdict.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Direction } from '../model/rule.ts'
import { emptyWorld, type Scope, type World } from '../model/world.ts'
import type { Packet } from '../packet/packet.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { Terrain } from '../reach/host.ts'
import type { Step, StoredLedger } from './ledger.ts'
import { type LiveFlow, trackedFlow, untrackedFlow } from './live-flow.ts'

export interface LiveOptions {
  readonly clock: Clock
  /** Told of each verdict. */
  readonly witness: Witness
  readonly choices?: EngineDefaults
}

export class LiveEngines {
  readonly #ledger: Pick<StoredLedger, 'find'>
  readonly #witness: Witness
  readonly #choices: EngineDefaults
  readonly #engines = new Map<string, LiveEngine>()

  constructor(
    ledger: Pick<StoredLedger, 'find' | 'follow'>,
    { clock, witness, choices = engineDefaults }: LiveOptions,
  ) {
    this.#ledger = ledger
    this.#witness = witness
    this.#choices = choices
    ledger.follow((step) => {
      // Changes that take their time must be known from when they are made (data-plane 8, 25).
      const engine = choices.changeDelay > 0 ? this.of(step.after.scope) : this.#engines.get(keyOf(step.after.scope))
      engine?.follow(step, clock())
    })
  }

  of({ account, region }: Scope): LiveEngine {
    const scope = { account, region }
    const key = keyOf(scope)
    const engine =
      this.#engines.get(key) ??
      new LiveEngine(() => this.#ledger.find(scope) ?? emptyWorld(scope), this.#witness, this.#choices)
    this.#engines.set(key, engine)
    return engine
  }
}

function keyOf({ account, region }: Scope): string {
  return `${account}/${region}`
}

/** A packet at an interface, on its way in or out. */
export interface Encounter {
  readonly card: NetworkInterface
  readonly direction: Direction
  readonly packet: Packet
  readonly now: Instant
}

/** An encounter with its outcome, and the world that it happened in. */
export interface Witnessed extends Encounter {
  readonly world: World
  readonly verdict: Verdict
}

export type Witness = (witnessed: Witnessed) => void

export interface HeldFlow extends Flow {
  readonly shown: LiveFlow
  /** Of its interface, as it is. */
  readonly policy: InterfacePolicy
}

/** A World with what was derived from it so far. */
interface View {
  readonly world: World
  readonly terrain: Terrain
  readonly policies: PolicyTable
}

interface Passing {
  readonly until: Instant
  readonly policies: PolicyTable
}

/** Linux's range of client ports. */
const clientPorts = { first: 32_768, last: 60_999 }

export class LiveEngine {
  readonly #choices: EngineDefaults
  readonly #engine: Engine
  readonly #untracked = new UntrackedFlows()
  readonly #newest: () => World
  readonly #witness: Witness
  /** Where each interface was when it met its last packet. */
  readonly #hosts = new Map<NetworkInterfaceId, string>()
  #view: View | undefined
  /** Follows each step of the world, looked at or not. */
  #policies: PolicyTable | undefined
  /** Worlds that changes were made to, each with how long it is still in force. */
  #passing: readonly Passing[] = []
  #nextPort = clientPorts.first

  constructor(newest: () => World, witness: Witness, choices: EngineDefaults = engineDefaults) {
    this.#newest = newest
    this.#witness = witness
    this.#choices = choices
    this.#engine = new Engine(choices)
  }

  /** Takes over a step of the world; who is not told of steps compiles policies anew. */
  follow({ before, after: world, changes }: Step, now: Instant): void {
    const { changeDelay } = this.#choices
    if (changeDelay > 0) {
      this.#passing = [...this.#passing, { until: after(now, changeDelay), policies: new PolicyTable(before) }]
    }
    if (this.#policies?.world === before) this.#policies.update(before, world, changes)
  }

  /** The newest world, with the routes and places of it. */
  get terrain(): Terrain {
    return this.#look().terrain
  }

  /** A client port that was not used lately. */
  takeClientPort(): number {
    const port = this.#nextPort
    this.#nextPort = port === clientPorts.last ? clientPorts.first : port + 1
    return port
  }

  /** What the interface makes of the packet. */
  meet(encounter: Encounter): Verdict {
    const { card, direction, packet, now } = encounter
    const { world } = this.#look()
    const policy = this.#policyOf(card.id, now)
    invariant(policy, `${card.id} is an interface of the newest world`)
    this.#hosts.set(card.id, hostOf(world, card))
    const meeting = { packet, policy, direction, now }
    const verdict = this.#engine.decide(meeting)
    this.#untracked.note(meeting, verdict)
    this.#witness({ ...encounter, world, verdict })
    return verdict
  }

  /** Tracked and untracked flows, of one interface or of all. */
  flows(now: Instant, only?: NetworkInterfaceId): LiveFlow[] {
    return this.heldFlows(now, only).map(({ shown }) => shown)
  }

  /** The flows as they are shown, and as questions about other rules need them. */
  heldFlows(now: Instant, only?: NetworkInterfaceId): HeldFlow[] {
    this.#look()
    const policyAt = (id: NetworkInterfaceId) =>
      only === undefined || id === only ? this.#policyOf(id, now) : undefined
    const flows: HeldFlow[] = []
    for (const connection of this.#engine.connections(now)) {
      const policy = policyAt(connection.networkInterface)
      if (!policy || isCut(connection, policy, this.#choices)) continue
      const { direction, opening, state } = connection
      const shown = trackedFlow(policy, connection, now, this.#choices)
      flows.push({ shown, policy, isTracked: true, direction, opening, isAnswered: isAnswered(state) })
    }
    for (const flow of this.#untracked.recent(now)) {
      const policy = policyAt(flow.networkInterface)
      const { direction, opening } = flow
      const shown = policy && untrackedFlow(policy, flow, this.#choices)
      if (shown) flows.push({ shown, policy, isTracked: false, direction, opening })
    }
    return flows
  }

  /** What is in force; of an interface that is newer than that, what held when it came. */
  #policyOf(id: NetworkInterfaceId, now: Instant): InterfacePolicy | undefined {
    this.#passing = this.#passing.filter(({ until }) => until > now)
    for (const { policies } of this.#passing) {
      const policy = policies.get(id)
      if (policy) return policy
    }
    return this.#look().policies.get(id)
  }

  #look(): View {
    const world = this.#newest()
    if (this.#view?.world === world) return this.#view
    if (this.#policies?.world !== world) this.#policies = new PolicyTable(world)
    this.#view = { world, terrain: new Terrain(world), policies: this.#policies }
    this.#forgetMoved(world)
    return this.#view
  }

  /** State belongs to an interface on a host: it is lost when that stops or changes (data-plane 2.5). */
  #forgetMoved(world: World): void {
    for (const [id, host] of this.#hosts) {
      const card = world.networkInterface.get(id)
      if (card && hostOf(world, card) === host) continue
      this.#hosts.delete(id)
      this.#engine.forget(id)
      this.#untracked.forget(id)
    }
  }
}

/** A start after a stop is another host, though the attachment stayed the same. */
function hostOf(world: World, { attachment }: NetworkInterface): string {
  const instance = attachment && world.instance.get(attachment.instance)
  return instance ? `${attachment.id} ${instance.state} ${instance.stateSince}` : 'none'
}
