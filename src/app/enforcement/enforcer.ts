/**
 * Keeps the rules of one network interface in force, and says whether they are. The newest wish wins; what fails
 * leaves the last good program on. After each change canaries go through the real chains.
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

  constructor(seat: Seat, options: EnforcerOptions = {}) {
    this.#seat = seat
    this.#loader = new ProgramLoader(seat)
    this.#options = options
  }

  get state(): EnforcementState {
    return this.#state
  }

  /** Lets nothing through until rules are held. */
  shut(): Promise<void> {
    return this.#next(() => this.#loader.shut())
  }

  /** Brings the wish into force; one that a newer one overtakes is left out. Never rejects: `state` tells. */
  hold(wish: Wish): Promise<void> {
    this.#wish = wish
    return this.#next(async () => {
      if (this.#wish === wish) await this.#apply(wish)
    })
  }

  /** Looks whether the kernel still has what was applied and tries again what failed. Never rejects. */
  verify(): Promise<void> {
    return this.#next(async () => {
      const wish = this.#wish
      if (wish === undefined) return
      const isWell = this.#state.kind === 'enforced' && !(await this.#loader.hasDrifted().catch(() => true))
      if (!isWell) await this.#apply(wish)
    })
  }

  /** Packets and bytes by counter. Rejects with ProgramFailure. */
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

  async #apply(wish: Wish): Promise<void> {
    try {
      await this.#loader.load(wish)
      this.#become(await this.#proved(wish.policy))
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      this.#become({ kind: this.#loader.isLoaded ? 'degraded' : 'off', why })
    }
  }

  /** A canary that got through where it must not is the worst news there is: the rules do not hold. */
  async #proved(policy: InterfacePolicy): Promise<EnforcementState> {
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
