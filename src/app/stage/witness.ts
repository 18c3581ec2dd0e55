/** The kernel as second witness: plays timelines in the engine and in namespaces of its own, one after the other. */

import type { NetworkInterfaceId } from '../../model/ids.ts'
import { interfaceIdOf } from '../../model/notation.ts'
import { NftFailure } from '../enforcement/nft-session.ts'
import { probe } from '../lab/probe.ts'
import { SystemFailure } from '../system-failure.ts'
import { type Actor, actorOf, forgetEverything, playOnKernel, type Witnessed } from './kernel-timeline.ts'
import { openStage, type Stage } from './stage.ts'

const tools = { conntrack: 'conntrack', python3: 'python3' }

export class Witness {
  readonly #stage: Stage
  /** Interfaces stay for the next timeline, which finds nothing of the one before. */
  readonly #actors = new Map<NetworkInterfaceId, Actor>()

  private constructor(stage: Stage) {
    this.#stage = stage
  }

  /** Rejects with SystemFailure, whose message says what this system lacks. */
  static async open(): Promise<Witness> {
    return new Witness(await openStage(await probe({ name: '--kernel', tools })))
  }

  /** Throws TimelineError, and SystemFailure when the system refuses a step. */
  async play(text: string): Promise<Witnessed[]> {
    try {
      for (const { stage } of this.#actors.values()) await forgetEverything(stage)
      return await playOnKernel(text, { actors: (id) => this.#actor(id), autoTracked: autoTrackedIn(text) })
    } catch (thrown) {
      throw thrown instanceof NftFailure ? new SystemFailure(thrown.message, { cause: thrown }) : thrown
    }
  }

  async close(): Promise<void> {
    for (const { loader } of this.#actors.values()) loader.release()
    await this.#stage.close()
  }

  async #actor(id: NetworkInterfaceId): Promise<Actor> {
    const known = this.#actors.get(id)
    if (known) return known
    const made = actorOf(await this.#stage.addInterfaceAtEdge(id))
    this.#actors.set(id, made)
    await made.loader.shut()
    return made
  }
}

function autoTrackedIn(text: string): ReadonlySet<NetworkInterfaceId> {
  const lines = text.matchAll(/^\s+path\s+(\S+)\s+auto-tracked/gm)
  return new Set(Array.from(lines, ([, name = '']) => interfaceIdOf(name)))
}
