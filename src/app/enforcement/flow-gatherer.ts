/**
 * Gathers, for flow logs, what the kernel counted at the interfaces that this server enforces. Nothing is lost
 * between two looks, and one last look is taken before an interface goes.
 */

import type { Clock } from '../../base/clock.ts'
import type { SeenFlow } from '../../enforce/nftables/recorded-flows.ts'
import { RefusedBeyond } from '../../enforce/nftables/refused-beyond.ts'
import type { NetworkInterfaceId } from '../../model/ids.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { Scope, World } from '../../model/world.ts'
import type { Address } from '../../net/address.ts'
import { exemptService } from '../../policy/exempt.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import type { Counted } from '../flow-logs.ts'
import { FlowRecorder, type Look } from './flow-recorder.ts'
import type { GuardedSeat } from './guarded-seat.ts'
import type { LivePolicies } from './live-policies.ts'
import { Turns } from './turns.ts'

export interface GathererParts {
  readonly policies: LivePolicies
  readonly clock: Clock
  /** Whether a flow log covers the interface. */
  readonly isRecorded: (scope: Scope, networkInterface: NetworkInterfaceId) => boolean
  readonly onCounted: (counted: Counted) => void
}

/** An interface as it was last in its world: its last packets are told when it is there no more. */
interface Identity {
  readonly world: World
  readonly card: NetworkInterface
  readonly policy: InterfacePolicy
}

interface Observed {
  readonly seat: GuardedSeat
  readonly beyond: RefusedBeyond
  /** While its program records. */
  recorder: FlowRecorder | undefined
  identity: Identity | undefined
}

const nothing: Look = { flows: [], hasLost: false }
const atOnce = 4

export class FlowGatherer {
  readonly #parts: GathererParts
  readonly #observed = new Map<NetworkInterfaceId, Observed>()
  /** By the words that lead there. */
  readonly #routers = new Map<string, FlowRecorder>()
  readonly #turns = new Turns(atOnce)
  #work: Promise<void> = Promise.resolve()

  constructor(parts: GathererParts) {
    this.#parts = parts
  }

  /** The interface is about to come up. */
  attach(seat: GuardedSeat): void {
    const observed = { seat, beyond: new RefusedBeyond(), recorder: undefined, identity: undefined }
    this.#observed.set(seat.networkInterface, observed)
    this.#identify(observed)
    const router = routerOf(seat)
    if (!this.#routers.has(router)) {
      this.#routers.set(router, FlowRecorder.ofRouter(seat.outside, this.#parts.clock()))
    }
  }

  /** The interface carries nothing any more, and is still there. */
  async detach(id: NetworkInterfaceId): Promise<void> {
    const observed = this.#observed.get(id)
    if (observed === undefined) return
    if (observed.recorder) await this.gather()
    this.#observed.delete(id)
    const isLeft = [...this.#observed.values()].some(({ seat }) => routerOf(seat) === routerOf(observed.seat))
    if (!isLeft) this.#routers.delete(routerOf(observed.seat))
  }

  /** Never rejects: what cannot be read now is read the next time. */
  gather(): Promise<void> {
    this.#work = this.#work.then(() => this.#gather())
    return this.#work
  }

  async #gather(): Promise<void> {
    const all = [...this.#observed.values()]
    for (const observed of all) this.#identify(observed)
    const recorded = all.filter(({ recorder }) => recorder)
    const looks = await Promise.all(recorded.map((each) => this.#turns.take(() => this.#look(each))))
    // Routers come second: a packet that they refused has been seen at its interface by then.
    const refusals = new Map(
      await Promise.all(
        Array.from(this.#routers, ([router, recorder]) =>
          this.#turns.take(async () => [router, (await this.#lookOr(recorder)).flows] as const),
        ),
      ),
    )
    recorded.forEach((observed, index) => {
      this.#tell(observed, looks[index] ?? nothing, refusals.get(routerOf(observed.seat)) ?? [])
    })
  }

  #identify(observed: Observed): void {
    const { policies, isRecorded, clock } = this.#parts
    const { scope, networkInterface } = observed.seat
    const world = policies.world(scope)
    const [card, policy] = [world.networkInterface.get(networkInterface), policies.get(scope, networkInterface)]
    if (!card || !policy) return
    observed.identity = { world, card, policy }
    const isWanted = isRecorded(scope, networkInterface)
    if (!isWanted) observed.recorder = undefined
    else observed.recorder ??= FlowRecorder.ofSeat(observed.seat, clock())
  }

  async #look(observed: Observed): Promise<Look> {
    const { recorder } = observed
    if (recorder === undefined) return nothing
    return recorder.look(this.#parts.clock).catch(() => {
      // The program does not record yet: its sets come empty.
      observed.recorder = undefined
      return nothing
    })
  }

  #lookOr(recorder: FlowRecorder): Promise<Look> {
    return recorder.look(this.#parts.clock).catch(() => nothing)
  }

  #tell({ identity, beyond }: Observed, { flows, hasLost }: Look, refusals: readonly SeenFlow[]): void {
    if (identity === undefined) return
    const { policy, world, card } = identity
    const own = refusals.filter(({ way, header }) => isOwn(policy, way === 'in' ? header.destination : header.source))
    const [inward, outward] = [own.filter(({ way }) => way === 'in'), own.filter(({ way }) => way === 'out')]
    const all = beyond.settle([...flows, ...inward], outward)
    this.#parts.onCounted({ world, card, flows: loggedFlows(policy, all), hasLost })
  }
}

/** All interfaces of a VPC have one. */
function routerOf({ outside }: GuardedSeat): string {
  return outside.join(' ')
}

function isOwn({ addresses }: InterfacePolicy, { family, bits }: Address): boolean {
  return addresses.some((own) => own.family === family && own.bits === bits)
}

/** Without the services that are never filtered, which are not logged either (data-plane 4.4). */
export function loggedFlows(policy: InterfacePolicy, flows: readonly SeenFlow[]): SeenFlow[] {
  return flows.filter(({ header, way }) => {
    const direction = way === 'in' ? 'ingress' : 'egress'
    return exemptService(policy, { ...header, length: 0 }, direction) === undefined
  })
}
