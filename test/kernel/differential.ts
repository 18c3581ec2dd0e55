/** Random scenes, each played by engine and kernel; what they disagree on is reported as a timeline to be replayed. */

import { type Actor, actorOf, forgetEverything, playOnKernel } from '../../src/app/stage/kernel-timeline.ts'
import { openStage, type Stage } from '../../src/app/stage/stage.ts'
import type { NetworkInterfaceId } from '../../src/model/ids.ts'
import { type Disagreement, disagreements } from './disagreement.ts'
import { randomScene } from './random-rulesets.ts'

/** A stage with one interface: scenes follow each other in it, and leave nothing for the next. */
export class Lane {
  readonly #stage: Stage
  readonly #actor: Actor

  private constructor(stage: Stage, actor: Actor) {
    this.#stage = stage
    this.#actor = actor
  }

  static async open(): Promise<Lane> {
    const stage = await openStage()
    const actor = actorOf(await stage.addInterface('eni-e'))
    await actor.loader.shut()
    return new Lane(stage, actor)
  }

  async close(): Promise<void> {
    this.#actor.loader.release()
    await this.#stage.close()
  }

  /** Undefined if the two agree on every packet of the seed's scene. */
  async complaintAbout(seed: number): Promise<string | undefined> {
    const scene = randomScene(seed)
    if ((await this.disagreements(scene)).length === 0) return undefined
    const smallest = await this.#shortened(scene)
    const lines = (await this.disagreements(smallest)).map(spelled)
    return `engine and kernel disagree about seed ${seed}:\n${lines.join('\n')}\n\n${smallest}`
  }

  /** The kernel alone may be told to track what is open. */
  async disagreements(scene: string, { isAutoTracked = false } = {}): Promise<Disagreement[]> {
    await forgetEverything(this.#actor.stage)
    const actors = (id: NetworkInterfaceId) => {
      if (id !== 'eni-e')
        throw new Error(`${id} is not on the stage: random scenes have one interface meet all packets`)
      return Promise.resolve(this.#actor)
    }
    return disagreements(await playOnKernel(scene, { actors, autoTracked: new Set(isAutoTracked ? ['eni-e'] : []) }))
  }

  /**
   * Leaves out every line without which they still disagree. Segments stay: without one of them the others could be a
   * sequence that scenes never have.
   */
  async #shortened(scene: string): Promise<string> {
    const [first] = await this.disagreements(scene)
    let lines = scene.split('\n').slice(0, first?.line)
    for (let at = lines.length - 1; at >= 0; at--) {
      if (/gress tcp /.test(lines[at] ?? '') && !/group|authorize/.test(lines[at] ?? '')) continue
      const fewer = lines.toSpliced(at, 1)
      // A line may stand on the one that was left out.
      const found = await this.disagreements(fewer.join('\n')).catch(() => [])
      if (found.length > 0) lines = fewer
    }
    return lines.join('\n')
  }
}

function spelled({ line, packet, engine, kernel, reason }: Disagreement): string {
  return `line ${line}, ${packet}: the engine says ${engine} (${reason}), the kernel ${kernel}`
}

/** Plays the seeds on all lanes side by side, and gives what they complain about. */
export async function playSeeds(lanes: readonly Lane[], seeds: Iterable<number>): Promise<string[]> {
  const left = seeds[Symbol.iterator]()
  const complaints: string[] = []
  const run = async (lane: Lane) => {
    for (let next = left.next(); !next.done; next = left.next()) {
      const complaint = await lane.complaintAbout(next.value)
      if (complaint !== undefined) complaints.push(complaint)
    }
  }
  await Promise.all(lanes.map(run))
  return complaints
}

export function* seedsFrom(first: number, count: number): Generator<number> {
  for (let seed = first; seed < first + count; seed++) yield seed
}
