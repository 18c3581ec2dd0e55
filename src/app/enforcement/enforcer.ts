/**
 * Keeps the rules of one network interface in force, and says whether they are. The newest wish wins; what fails
 * leaves the last good program on. That rules hold is proved by canaries that go through the real chains.
 */

import { canariesOf } from '../../enforce/canary.ts'
import { tableOf } from '../../enforce/nftables/program.ts'
import type { Count } from '../../enforce/nftables/read-back.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { canaryRound } from './canary-round.ts'
import type { Enter } from './nft-session.ts'
import { ProgramLoader, type Seat, type Wish } from './program-loader.ts'

/** `degraded`: the last good program is still on. `off`: there never was one, and nothing passes. */
export type EnforcementState =
  | { readonly kind: 'enforced' }
  | { readonly kind: 'degraded'; readonly why: string }
  | { readonly kind: 'off'; readonly why: string }

export interface EnforcerOptions {
  /** Where packets to the interface can be sent from with any source address; without, none is sent inward. */
  readonly outside?: Enter
  readonly onState?: (state: EnforcementState) => void
}

export class Enforcer {
  readonly #seat: Seat
  readonly #loader: ProgramLoader
  readonly #options: EnforcerOptions
  #state: EnforcementState = { kind: 'off', why: 'no rules were applied yet' }
  #work: Promise<void> = Promise.resolve()
  #wish: Wish | undefined
  #isLoaded = false

  constructor(seat: Seat, options: EnforcerOptions = {}) {
    this.#seat = seat
    this.#loader = new ProgramLoader(seat)
    this.#options = options
  }

  get state(): EnforcementState {
    return this.#state
  }

  /** Whether what is wished is what the kernel has. */
  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** Lets nothing through until rules are held. */
  shut(): Promise<void> {
    return this.#next(() => this.#loader.shut())
  }

  /** Brings the wish into force; one that a newer one overtakes is left out. Whether it holds, `prove` tells. */
  load(wish: Wish): Promise<void> {
    this.#wish = wish
    return this.#next(async () => {
      if (this.#wish === wish) await this.#load(wish)
    })
  }

  /** Sends canaries through the rules that are loaded. Never rejects: `state` tells. */
  prove(): Promise<void> {
    return this.#next(async () => {
      if (this.#wish && this.#isLoaded) await this.#prove(this.#wish.policy)
    })
  }

  /** Looks whether the kernel still has what was applied and tries again what failed. Never rejects. */
  verify(): Promise<void> {
    return this.#next(async () => {
      const wish = this.#wish
      if (wish === undefined) return
      const isWell = this.#state.kind === 'enforced' && !(await this.#loader.hasDrifted().catch(() => true))
      if (isWell) return
      await this.#load(wish)
      if (this.#isLoaded) await this.#prove(wish.policy)
    })
  }

  /** Packets and bytes by counter. Rejects with SystemFailure. */
  counters(): Promise<ReadonlyMap<string, Count>> {
    return this.#loader.counters()
  }

  /** Takes the rules off the device. */
  remove(): Promise<void> {
    return this.#next(async () => {
      await this.#loader.remove()
      this.#loader.release()
      this.#become({ kind: 'off', why: 'the rules were taken off' })
    })
  }

  /** Lets go; the rules stay. */
  release(): void {
    this.#loader.release()
  }

  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => undefined)
    return done
  }

  async #load(wish: Wish): Promise<void> {
    try {
      await this.#loader.load(wish)
      const isNew = !this.#isLoaded
      this.#isLoaded = true
      if (isNew) this.#become({ kind: 'off', why: 'the rules are loaded, and were not proved yet' })
    } catch (cause) {
      this.#isLoaded = false
      this.#become(failed(cause, this.#loader.isLoaded))
    }
  }

  async #prove(policy: InterfacePolicy): Promise<void> {
    try {
      this.#become(await this.#outcome(policy))
    } catch (cause) {
      this.#become(failed(cause, true))
    }
  }

  /** A canary that got through where it must not is the worst news there is: the rules do not hold. */
  async #outcome(policy: InterfacePolicy): Promise<EnforcementState> {
    const { outside } = this.#options
    const canaries = canariesOf(policy, outside ? ['egress', 'ingress'] : ['egress'])
    const { enter } = this.#seat
    const { leaks, losses } = await canaryRound({ enter, outside, table: tableOf(this.#seat) }, canaries)
    const [leak] = leaks
    if (leak !== undefined) return { kind: 'off', why: leak }
    const [loss] = losses
    return loss === undefined ? { kind: 'enforced' } : { kind: 'degraded', why: loss }
  }

  #become(state: EnforcementState): void {
    const isNew = JSON.stringify(state) !== JSON.stringify(this.#state)
    this.#state = state
    if (isNew) this.#options.onState?.(state)
  }
}

function failed(cause: unknown, isOn: boolean): EnforcementState {
  return { kind: isOn ? 'degraded' : 'off', why: cause instanceof Error ? cause.message : String(cause) }
}
