/** Brings an interface's program into the kernel and knows what is there. What it rejects with says what failed. */

import { type CompileOptions, compileProgram } from '../../enforce/nftables/compile-program.ts'
import { frameOf } from '../../enforce/nftables/frame.ts'
import { condensed, frameCommands, plan, presentOf, type Transaction } from '../../enforce/nftables/plan.ts'
import { type Post, type Program, tableOf } from '../../enforce/nftables/program.ts'
import { type Count, type Present, readTable } from '../../enforce/nftables/read-back.ts'
import { settingsOf } from '../../enforce/nftables/settings.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { runTool } from '../system-tool.ts'
import { type Enter, NftSession } from './nft-session.ts'
import { mostElements } from './socket-buffer.ts'

/** Where an interface's rules are enforced. */
export interface Seat extends Post {
  readonly enter: Enter
}

/** What is to be in force. */
export type Wish = Omit<CompileOptions, 'post'> & { readonly policy: InterfacePolicy }

export interface LoaderOptions {
  /** Elements in one transaction; what the socket buffer holds if absent. */
  readonly mostElements?: number
}

export class ProgramLoader {
  readonly #seat: Seat
  readonly #mostElements: number
  readonly #session: NftSession
  /** What the kernel has, as far as is known. */
  #present: Present | undefined
  #program: Program | undefined
  #settings = ''

  constructor(seat: Seat, options: LoaderOptions = {}) {
    this.#seat = seat
    this.#mostElements = options.mostElements ?? mostElements()
    this.#session = new NftSession(seat.enter)
  }

  /** Whether a program of this loader's is on, if nobody took it off. */
  get isLoaded(): boolean {
    return this.#program !== undefined
  }

  /** Lets nothing through until a program is loaded; a table that is there stays as it is. */
  async shut(): Promise<void> {
    if ((await this.#read()) === undefined) await this.#session.run(frameCommands(frameOf(this.#seat), this.#seat))
  }

  /** Brings the policy into force. What is in force when it rejects is the policy before. */
  async load(wish: Wish): Promise<void> {
    await this.#set(wish)
    const program = this.#compiled(wish)
    try {
      const present = this.#present ?? (await this.#read())
      const steps = condensed(plan(present, program, this.#options()), this.#mostElements)
      for (const { commands } of steps) await this.#session.run(commands)
      this.#program = program
      this.#present = presentOf(program, this.#seat)
    } catch (cause) {
      this.#present = undefined
      throw cause
    }
  }

  /** What `load` would do. */
  async planFor(wish: Wish): Promise<Transaction[]> {
    return plan(await this.#read(), this.#compiled(wish), this.#options())
  }

  /** Whether somebody else changed the program; it is looked at anew by the next `load` if so. */
  async hasDrifted(): Promise<boolean> {
    if (this.#program === undefined) return false
    const present = await this.#read()
    const isSame = plan(present, this.#program, this.#options()).length === 0
    if (!isSame) this.#present = present
    return !isSame
  }

  /** Packets and bytes by counter: a rule's id, or one of the frame's. */
  async counters(): Promise<ReadonlyMap<string, Count>> {
    const argv = [...this.#seat.enter, 'nft', '-n', 'list', 'counters', 'table', 'inet', tableOf(this.#seat)]
    return readTable(await runTool(argv)).counters
  }

  /** Takes everything of the interface off. */
  async remove(): Promise<void> {
    const table = `inet ${tableOf(this.#seat)}`
    await this.#session.run([`add table ${table}`, `delete table ${table}`])
    this.#present = undefined
    this.#program = undefined
  }

  /** Ends the session with nft; the rules stay. */
  release(): void {
    this.#session.close()
  }

  #compiled(wish: Wish): Program {
    return compileProgram(wish.policy, { ...wish, post: this.#seat })
  }

  #options() {
    return { post: this.#seat, mostElements: this.#mostElements }
  }

  async #read(): Promise<Present | undefined> {
    const listing = await this.#session.list(tableOf(this.#seat))
    return listing === undefined ? undefined : readTable(listing)
  }

  /** Conntrack's own settings come before the rules that rest on them. */
  async #set({ policy, isAdopting = false }: Wish): Promise<void> {
    const lines = settingsOf(policy.tracking, { isAdopting }).map(
      ({ path, value }) => `echo ${value} > /proc/sys/${path}`,
    )
    const script = lines.join('\n')
    if (script === this.#settings) return
    await runTool([...this.#seat.enter, 'sh', '-e', '-c', script])
    this.#settings = script
  }
}
