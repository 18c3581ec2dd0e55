/**
 * Enforces the groups of interfaces whose namespaces this server runs: each gets its rules before its first packet
 * and follows the newest world from then on. What fails is tried again; whether it holds stands on the board.
 */

import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../../base/clock.ts'
import { invariant } from '../../base/invariant.ts'
import type { KernelConnection } from '../../enforce/kernel-connections.ts'
import { mostSlots } from '../../enforce/nftables/program.ts'
import type { NetworkInterfaceId } from '../../model/ids.ts'
import type { Scope } from '../../model/world.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import type { Guard, Seat } from '../lab/seat.ts'
import { readConnections } from './agent-witness.ts'
import type { EnforcementBoard } from './board.ts'
import { Enforcer } from './enforcer.ts'
import type { FlowGatherer } from './flow-gatherer.ts'
import type { GuardedSeat } from './guarded-seat.ts'
import type { LivePolicies } from './live-policies.ts'
import { Turns } from './turns.ts'

interface Guarded {
  readonly seat: GuardedSeat
  readonly enforcer: Enforcer
  policy: InterfacePolicy | undefined
  isRecording: boolean
  /** Waits for its turn to load, or to prove. */
  isLoading: boolean
  isProving: boolean
}

export interface GuardParts {
  readonly policies: LivePolicies
  readonly board: EnforcementBoard
  readonly clock: Clock
  /** Whether a flow log covers the interface. */
  readonly isRecorded: (scope: Scope, networkInterface: NetworkInterfaceId) => boolean
  /** Told of interfaces that come and go, while they carry nothing. */
  readonly gatherer: Pick<FlowGatherer, 'attach' | 'detach'>
}

/** Loading rules is a process or two each. */
const atOnce = 4
/** How often everything is looked at: counters, and whether somebody else changed the rules. */
const lookEvery = 5000
const verifyEvery = 6
/** A device that is just coming up takes a moment: proofs are tried so often, each later than the one before. */
const mostProofs = 6
const proofDelay = 50

export class GroupGuard implements Guard {
  readonly #parts: GuardParts
  readonly #guarded = new Map<NetworkInterfaceId, Guarded>()
  readonly #turns = new Turns(atOnce)
  /** Proofs are slower than loading and wait for it: a change is in force everywhere first. */
  readonly #proofs = new Turns(1)
  /** Looks that somebody waits for, and that rules do not wait for. */
  readonly #looking = new Turns(atOnce)
  readonly #stopFollowing: () => void
  readonly #timer: NodeJS.Timeout
  /** Changes of rules on their way to the kernel. */
  readonly #underway = new Set<Promise<void>>()
  #looks = 0

  constructor(parts: GuardParts) {
    this.#parts = parts
    this.#stopFollowing = parts.policies.follow((scope) => this.#follow(scope))
    this.#timer = setInterval(() => void this.#look(), lookEvery).unref()
  }

  /** Returns when the rules are loaded; the device may come up then. Rejects if they could not be. */
  async attach(place: Seat): Promise<void> {
    const { board, clock, policies } = this.#parts
    const { networkInterface } = place
    const scope = policies.scopeOf(networkInterface)
    invariant(scope, `${networkInterface} is an interface of a world`)
    if (place.slot >= mostSlots) throw new Error(`no more than ${mostSlots} interfaces of an instance can be enforced`)
    const seat = { ...place, scope }
    const where = { kind: 'namespace', device: seat.device } as const
    this.#guarded.get(networkInterface)?.enforcer.release()
    const enforcer = new Enforcer(seat, {
      outside: seat.outside,
      onState: (state) => board.report(scope, { networkInterface, where, state }, clock()),
    })
    board.report(scope, { networkInterface, where, state: enforcer.state }, clock())
    await enforcer.shut()
    const guarded = { seat, enforcer, policy: undefined, isRecording: false, isLoading: false, isProving: false }
    this.#guarded.set(networkInterface, guarded)
    await this.#load(guarded)
    if (enforcer.state.kind === 'off' && !enforcer.isLoaded) throw new Error(enforcer.state.why)
    this.#parts.gatherer.attach(seat)
    this.#proveLater(guarded)
  }

  /** The namespace goes, and the rules with it. */
  async detach(networkInterface: NetworkInterfaceId): Promise<void> {
    await this.#parts.gatherer.detach(networkInterface)
    const guarded = this.#guarded.get(networkInterface)
    guarded?.enforcer.release()
    this.#guarded.delete(networkInterface)
    if (guarded) this.#parts.board.remove(guarded.seat.scope, networkInterface)
  }

  /** Brings the board up to date with the kernel's counters. */
  async count(scope: Scope): Promise<void> {
    const own = [...this.#guarded.values()].filter(({ seat }) => isSameScope(seat.scope, scope))
    await Promise.all(own.map((guarded) => this.#turns.take(() => this.#countOne(guarded))))
  }

  /** The seats of a scope's interfaces. */
  seats(scope: Scope): GuardedSeat[] {
    return [...this.#guarded.values()].flatMap(({ seat }) => (isSameScope(seat.scope, scope) ? [seat] : []))
  }

  /** What the kernel knows of a scope's interfaces, of one or of all; without those that cannot be looked into. */
  async connections(scope: Scope, only?: NetworkInterfaceId): Promise<[NetworkInterfaceId, KernelConnection[]][]> {
    const wanted = this.seats(scope).filter(({ networkInterface }) => only === undefined || networkInterface === only)
    return Promise.all(
      wanted.map((seat) =>
        this.#looking.take(async (): Promise<[NetworkInterfaceId, KernelConnection[]]> => {
          const policy = this.#parts.policies.get(scope, seat.networkInterface)
          const connections = policy ? await readConnections(seat, policy).catch(() => []) : []
          return [seat.networkInterface, connections]
        }),
      ),
    )
  }

  stop(): void {
    this.#stopFollowing()
    clearInterval(this.#timer)
    for (const { enforcer } of this.#guarded.values()) enforcer.release()
  }

  /** Rule changes go to the kernel at once, those of many interfaces some at a time. */
  #follow(scope: Scope): void {
    for (const guarded of this.#guarded.values()) {
      if (!isSameScope(guarded.seat.scope, scope)) continue
      if (guarded.isLoading || !this.#isStale(guarded)) continue
      guarded.isLoading = true
      const load = this.#turns.take(async () => {
        guarded.isLoading = false
        await this.#load(guarded)
        this.#proveLater(guarded)
      })
      this.#underway.add(load)
      void load.finally(() => this.#underway.delete(load))
    }
  }

  /** Once the kernel has what the worlds say, or has refused it: the board tells which. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.allSettled(this.#underway)
  }

  async #load(guarded: Guarded): Promise<void> {
    const wish = this.#wishFor(guarded)
    if (wish === undefined) return
    Object.assign(guarded, wish)
    await guarded.enforcer.load(wish)
  }

  #proveLater(guarded: Guarded): void {
    if (guarded.isProving) return
    guarded.isProving = true
    void this.#proofs.take(async () => {
      guarded.isProving = false
      for (let attempt = 0; attempt < mostProofs; attempt += 1) {
        await setTimeout(proofDelay * attempt)
        await guarded.enforcer.prove()
        if (guarded.enforcer.state.kind === 'enforced') return
      }
    })
  }

  #isStale(guarded: Guarded): boolean {
    const wish = this.#wishFor(guarded)
    return wish !== undefined && (wish.policy !== guarded.policy || wish.isRecording !== guarded.isRecording)
  }

  #wishFor({ seat: { scope, networkInterface } }: Guarded) {
    const policy = this.#parts.policies.get(scope, networkInterface)
    return policy && { policy, isRecording: this.#parts.isRecorded(scope, networkInterface) }
  }

  async #look(): Promise<void> {
    this.#looks += 1
    const isThorough = this.#looks % verifyEvery === 0
    const all = [...this.#guarded.values()]
    await Promise.all(
      all.map((guarded) =>
        this.#turns.take(async () => {
          if (isThorough || guarded.enforcer.state.kind !== 'enforced') await guarded.enforcer.verify()
          await this.#countOne(guarded)
        }),
      ),
    )
  }

  async #countOne({ seat, enforcer }: Guarded): Promise<void> {
    const { board, clock } = this.#parts
    const { networkInterface, scope, device } = seat
    const counters = await enforcer.counters().catch(() => undefined)
    if (counters === undefined || !this.#guarded.has(networkInterface)) return
    const where = { kind: 'namespace', device } as const
    board.report(scope, { networkInterface, where, state: enforcer.state, counters }, clock())
  }
}

function isSameScope(a: Scope, b: Scope): boolean {
  return a.account === b.account && a.region === b.region
}
