/**
 * The packet engines of the running service, one for each account and region. An engine asks the newest
 * World at each packet, so that a change made through the EC2 API acts on live flows at once.
 */

import type { Instant } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import { Engine } from '../engine/engine.ts'
import { UntrackedFlows } from '../engine/untracked-flows.ts'
import type { Verdict } from '../engine/verdict.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Direction } from '../model/rule.ts'
import { emptyWorld, type Scope, type World } from '../model/world.ts'
import type { Packet } from '../packet/packet.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { Terrain } from '../reach/host.ts'
import type { Step, StoredLedger } from './ledger.ts'
import { type LiveFlow, trackedFlow, untrackedFlow } from './live-flow.ts'

export class LiveEngines {
  readonly #ledger: Pick<StoredLedger, 'find'>
  readonly #witness: Witness
  readonly #engines = new Map<string, LiveEngine>()

  /** `witness` is told of each verdict. */
  constructor(ledger: Pick<StoredLedger, 'find' | 'follow'>, witness: Witness) {
    this.#ledger = ledger
    this.#witness = witness
    ledger.follow((step) => this.#engines.get(keyOf(step.after.scope))?.follow(step))
  }

  of({ account, region }: Scope): LiveEngine {
    const scope = { account, region }
    const key = keyOf(scope)
    const engine =
      this.#engines.get(key) ?? new LiveEngine(() => this.#ledger.find(scope) ?? emptyWorld(scope), this.#witness)
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

/** A World with what was derived from it so far. */
interface View {
  readonly world: World
  readonly terrain: Terrain
  readonly policies: PolicyTable
}

/** Linux's range of client ports. */
const clientPorts = { first: 32_768, last: 60_999 }

export class LiveEngine {
  readonly #engine = new Engine()
  readonly #untracked = new UntrackedFlows()
  readonly #newest: () => World
  readonly #witness: Witness
  /** Where each interface was when it met its last packet. */
  readonly #hosts = new Map<NetworkInterfaceId, string>()
  #view: View | undefined
  /** Follows each step of the world, looked at or not. */
  #policies: PolicyTable | undefined
  #nextPort = clientPorts.first

  constructor(newest: () => World, witness: Witness) {
    this.#newest = newest
    this.#witness = witness
  }

  /** Takes over a step of the world; who is not told of steps compiles policies anew. */
  follow({ before, after, changes }: Step): void {
    if (this.#policies?.world === before) this.#policies.update(before, after, changes)
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
    const { world, policies } = this.#look()
    const policy = policies.get(card.id)
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
    const { policies } = this.#look()
    const policyAt = (id: NetworkInterfaceId) => (only === undefined || id === only ? policies.get(id) : undefined)
    const flows: LiveFlow[] = []
    for (const connection of this.#engine.connections(now)) {
      const policy = policyAt(connection.networkInterface)
      if (policy) flows.push(trackedFlow(policy, connection, now))
    }
    for (const flow of this.#untracked.recent(now)) {
      const policy = policyAt(flow.networkInterface)
      if (policy) flows.push(untrackedFlow(policy, flow))
    }
    return flows
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
