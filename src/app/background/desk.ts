/**
 * One thread and what it is at. Worlds are sent in lots with turns of the event loop between them, so that
 * nobody waits for a large one. A thread that takes too long or too much memory is ended, and the server goes on.
 */

import type { Worker } from 'node:worker_threads'
import { type Milliseconds, minutes } from '../../base/clock.ts'
import { emptyWorld, type Scope, type World } from '../../model/world.ts'
import { BadInput } from '../bad-input.ts'
import { openThread } from '../open-thread.ts'
import { differences } from './differences.ts'
import type { FromThread, ToThread } from './message.ts'
import type { WorkName, Worlds } from './work.ts'

export interface Limits {
  readonly time: Milliseconds
  /** In megabytes. */
  readonly memory: number
}

export const usualLimits: Limits = { time: minutes(2), memory: 2048 }

/** A question that the world is too large for; the message says so to who asked. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch'
}

export interface Question {
  readonly name: WorkName
  readonly worlds: Worlds
  readonly given: readonly unknown[]
}

export class Desk {
  readonly #limits: Limits
  readonly #worker: Worker
  /** As the thread has it. */
  #held: World | undefined
  /** Of the question under way. */
  #end: { readonly resolve: (answer: unknown) => void; readonly refuse: (cause: unknown) => void } | undefined
  isGone = false

  constructor(limits: Limits) {
    this.#limits = limits
    const resourceLimits = { maxOldGenerationSizeMb: limits.memory }
    this.#worker = openThread(new URL('./thread.js', import.meta.url), { resourceLimits })
    this.#worker.unref()
    this.#worker.on('message', (message: FromThread) => this.#hear(message))
    this.#worker.on('error', (cause) => this.#lose(lossOf(cause, limits)))
    this.#worker.on('exit', () => this.#lose(new Error('The thread ended')))
  }

  /** One at a time. Rejects with BadInput, TooMuch, or what went wrong inside. */
  async answer({ name, worlds, given }: Question): Promise<unknown> {
    const ended = new Promise((resolve, refuse) => {
      this.#end = { resolve, refuse }
    })
    const { time } = this.#limits
    const patience = setTimeout(
      () =>
        this.#lose(new TooMuch(`This took more than ${time / minutes(1)} minutes and was given up: ask about less.`)),
      time,
    )
    try {
      const [sent] = await Promise.all([ended, this.#send({ name, worlds, given })])
      return sent
    } finally {
      clearTimeout(patience)
      this.#end = undefined
    }
  }

  async close(): Promise<void> {
    this.#lose(new TooMuch('The server is stopping.'))
    await this.#worker.terminate()
  }

  async #send({ name, worlds, given }: Question): Promise<void> {
    const [first] = worlds
    const { scope } = first
    if (!this.#held || !isSame(this.#held.scope, scope)) {
      this.#tell({ kind: 'empty', scope })
      this.#held = emptyWorld(scope)
    }
    let from = this.#held
    for (const [index, world] of worlds.entries()) {
      for (const changes of from === world ? [] : differences(from, world)) {
        if (changes.length > 0) this.#tell({ kind: 'changes', world: index, changes })
        await new Promise((resolve) => setImmediate(resolve))
        if (this.isGone) return
      }
      from = first
    }
    this.#held = first
    this.#tell({ kind: 'ask', name, worlds: worlds.length, given })
  }

  #tell(message: ToThread): void {
    this.#worker.postMessage(message)
  }

  #hear(message: FromThread): void {
    if (message.kind === 'answer') this.#end?.resolve(message.answer)
    else this.#end?.refuse(message.kind === 'bad-input' ? new BadInput(message.message) : new Error(message.message))
  }

  #lose(cause: unknown): void {
    if (this.isGone) return
    this.isGone = true
    this.#end?.refuse(cause)
    void this.#worker.terminate()
  }
}

function isSame(one: Scope, other: Scope): boolean {
  return one.account === other.account && one.region === other.region
}

function lossOf(cause: unknown, { memory }: Limits): unknown {
  if ((cause as { readonly code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY') return cause
  return new TooMuch(`This took more than ${memory} MB of memory and was given up: ask about less.`)
}
