/** A scene of the lesson before the kernel: what it did with the packet of each step. */

import type { Scene } from '../../lesson/content.ts'
import { timelineOf } from '../../lesson/play.ts'
import { whyUnplayed } from './exceptions.ts'
import type { KernelWord, Witnessed } from './kernel-timeline.ts'
import type { Witness } from './witness.ts'

export interface WitnessedScene {
  /** One for each step; undefined where nothing was sent. */
  readonly words: readonly (KernelWord | undefined)[]
  /** Every packet that was played. */
  readonly witnessed: readonly Witnessed[]
  /** Answers that the scene leaves out and the kernel was sent. */
  readonly added: readonly string[]
  /** Why the kernel plays nothing of the scene. */
  readonly whyUnplayed: string | undefined
}

export async function witnessScene(scene: Scene, witness: Witness): Promise<WitnessedScene> {
  const lines = answeredLines(scene)
  const words: (KernelWord | undefined)[] = scene.steps.map(() => undefined)
  const text = timelineOf({ ...scene, lines: lines.map(({ line }) => line) })
  const why = whyUnplayed(text)
  if (why !== undefined) return { words, witnessed: [], added: [], whyUnplayed: why }
  const first = (scene.options?.length ?? 0) + scene.world.length + 2
  const witnessed = await witness.play(text)
  for (const { result, kernel } of witnessed) {
    const step = lines[result.line - first]?.step
    if (step !== undefined) words[step] = kernel
  }
  const added = lines.filter(({ step }) => step === undefined).map(({ line }) => line)
  return { words, witnessed, added, whyUnplayed: undefined }
}

interface SceneLine {
  readonly line: string
  /** The index of the step that it is; undefined for one that was added. */
  readonly step: number | undefined
}

/** Where a scene leaves out that the server answered, it is told: to netfilter nothing follows a SYN but its answer. */
function answeredLines({ steps }: Scene): SceneLine[] {
  const lines = steps.map(({ line }) => line)
  return lines.flatMap((line, step): SceneLine[] => {
    const [, at, card, direction, from, to] = /^(\S+) (\S+) (ingress|egress) tcp (\S+) > (\S+) S allow/.exec(line) ?? []
    const goesOn = ['A', 'PA'].some((flags) => lines.some((each) => each.includes(`tcp ${from} > ${to} ${flags} `)))
    if (!goesOn || lines.some((each) => each.includes(`tcp ${to} > ${from} SA`))) return [{ line, step }]
    const back = direction === 'ingress' ? 'egress' : 'ingress'
    return [
      { line, step },
      { line: `${at} ${card} ${back} tcp ${to} > ${from} SA`, step: undefined },
    ]
  })
}
