/**
 * Keeps the rules of one network interface in force on a device. The newest policy wins; what fails leaves the last
 * good program on, and is said. Before the first program nothing passes: the frame is closed.
 */

import { execFile } from 'node:child_process'
import { type Canary, canariesOf } from '../../enforce/canary.ts'
import { type CompileOptions, compileProgram } from '../../enforce/nftables/compile-program.ts'
import { frameOf } from '../../enforce/nftables/frame.ts'
import { frameCommands, plan, presentOf, type Transaction } from '../../enforce/nftables/plan.ts'
import { type Post, type Program, tableOf } from '../../enforce/nftables/program.ts'
import { type Present, readTable } from '../../enforce/nftables/read-back.ts'
import { settingsOf } from '../../enforce/nftables/settings.ts'
import type { Direction } from '../../model/rule.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { canaryRound } from './canary-round.ts'
import { type Enter, NftSession } from './nft-session.ts'
import { mostElements } from './socket-buffer.ts'

/** Where an interface's rules are enforced. */
export interface Seat extends Post {
  readonly enter: Enter
  /** Where packets to the interface can be sent from, with any source. */
  readonly outside?: Enter
}

/** `degraded`: the last good program is still on. `off`: there never was one, and nothing passes. */
export type EnforcementState =
  | { readonly kind: 'enforced' }
  | { readonly kind: 'degraded'; readonly why: string }
  | { readonly kind: 'off'; readonly why: string }

export type Wish = Omit<CompileOptions, 'post'> & { readonly policy: InterfacePolicy }

export class Enforcer {
  readonly #seat: Seat
  readonly #session: NftSession
  readonly #onState: (state: EnforcementState) => void
  #state: EnforcementState = { kind: 'off', why: 'no rules were applied yet' }
  /** What the kernel has, as far as is known. */
  #present: Present | undefined
  #program: Program | undefined
  #settings = ''
  #work: Promise<void> = Promise.resolve()
  #wish: Wish | undefined

  constructor(seat: Seat, onState: (state: EnforcementState) => void = () => undefined) {
    this.#seat = seat
    this.#session = new NftSession(seat.enter)
    this.#onState = onState
  }

  get state(): EnforcementState {
    return this.#state
  }

  /** Lets nothing through on the device until rules are held. Leaves a frame that is there as it is. */
  close(): Promise<void> {
    return this.#next(async () => {
      const listing = await this.#session.list(tableOf(this.#seat))
      if (listing === undefined) await this.#session.run(frameCommands(frameOf(this.#seat), this.#seat))
    })
  }

  /** Brings the policy into force; one that a newer wish overtakes is left out. Never rejects: `state` tells. */
  hold(wish: Wish): Promise<void> {
    this.#wish = wish
    return this.#next(async () => {
      if (this.#wish !== wish) return
      await this.#apply(wish)
    }).catch(() => undefined)
  }

  /** Looks whether the kernel still has what was applied, and puts it right. */
  verify(): Promise<void> {
    return this.#next(async () => {
      if (this.#wish === undefined) return
      const [before, known] = [await this.#readPresent(), this.#present]
      const drift = this.#program ? plan(before, this.#program, this.#planOptions()) : []
      if (drift.length === 0 && known !== undefined && this.#state.kind === 'enforced') return
      this.#present = before
      await this.#apply(this.#wish)
    }).catch(() => undefined)
  }

  /** What would be done, without doing it. */
  async planFor(wish: Wish): Promise<Transaction[]> {
    const program = compileProgram(wish.policy, { ...wish, post: this.#seat })
    return plan(await this.#readPresent(), program, this.#planOptions())
  }

  /** Ends the session; the rules stay. */
  release(): void {
    this.#session.close()
  }

  /** Takes the rules off the device. */
  async remove(): Promise<void> {
    const table = `inet ${tableOf(this.#seat)}`
    await this.#next(() => this.#session.run([`add table ${table}`, `delete table ${table}`]))
    this.#present = undefined
    this.#program = undefined
    this.#become({ kind: 'off', why: 'the rules were taken off' })
  }

  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => undefined)
    return done
  }

  async #apply(wish: Wish): Promise<void> {
    try {
      await this.#set(wish)
      const program = compileProgram(wish.policy, { ...wish, post: this.#seat })
      const present = this.#present ?? (await this.#readPresent())
      for (const { commands } of plan(present, program, this.#planOptions())) await this.#session.run(commands)
      this.#program = program
      this.#present = presentOf(program, this.#seat)
      await this.#check(wish.policy)
    } catch (cause) {
      this.#present = undefined
      const why = cause instanceof Error ? cause.message : String(cause)
      this.#become(this.#program ? { kind: 'degraded', why } : { kind: 'off', why })
    }
  }

  async #check(policy: InterfacePolicy): Promise<void> {
    const { enter, outside } = this.#seat
    const directions: Direction[] = outside ? ['egress', 'ingress'] : ['egress']
    const canaries: Canary[] = canariesOf(policy, directions)
    const complaints = await canaryRound({ enter, outside, table: tableOf(this.#seat) }, canaries)
    const [why] = complaints
    this.#become(why === undefined ? { kind: 'enforced' } : { kind: 'degraded', why })
  }

  /** Conntrack's own settings, before the rules that rest on them. */
  async #set({ policy, isAdopting = false }: Wish): Promise<void> {
    const script = settingsOf(policy.tracking, { isAdopting })
      .map(({ path, value }) => `echo ${value} > /proc/sys/${path}`)
      .join('\n')
    if (script === this.#settings) return
    await run([...this.#seat.enter, 'sh', '-e', '-c', script])
    this.#settings = script
  }

  async #readPresent(): Promise<Present | undefined> {
    const listing = await this.#session.list(tableOf(this.#seat))
    return listing === undefined ? undefined : readTable(listing)
  }

  #planOptions() {
    return { post: this.#seat, mostElements: mostElements() }
  }

  #become(state: EnforcementState): void {
    const isNew = state.kind !== this.#state.kind || whyOf(state) !== whyOf(this.#state)
    this.#state = state
    if (isNew) this.#onState(state)
  }
}

function whyOf(state: EnforcementState): string {
  return state.kind === 'enforced' ? '' : state.why
}

function run([file = '', ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(file, args, (error, _, stderr) => (error ? reject(new Error(stderr.trim() || error.message)) : resolve()))
  })
}
