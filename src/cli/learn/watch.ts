/** `learn watch SCENE`: the scene from beginning to end, the state table filling beside it. */

import { disagrees } from '../../app/stage/kernel-timeline.ts'
import { type WitnessedScene, witnessScene } from '../../app/stage/scene-witness.ts'
import type { Scene } from '../../lesson/content.ts'
import { sceneNamed, scenes } from '../../lesson/lesson.ts'
import { type PlayedStep, playScene } from '../../lesson/play.ts'
import { disagreement, kernelText, unplayedText, withWitness } from '../kernel-witness.ts'
import { title, wrap } from './layout.ts'
import type { LearnMode, Session } from './mode.ts'
import { eventText, flowsText, packetText, verdictText, worldText } from './scene-text.ts'

export const watchMode: LearnMode = {
  id: 'watch',
  topics: scenes,
  hasWitness: true,
  about(topic) {
    const scene = sceneNamed(topic)
    return {
      content: async (session) => content(scene, await witnessedIn(session, scene)),
      async run(session) {
        const witnessed = await witnessedIn(session, scene)
        session.dialogue.say(sceneText(scene, session.dialogue.width, witnessed))
        session.notebook.note({ kind: 'scene-seen', id: scene.id })
        const apart = witnessed?.witnessed.filter(disagrees).length ?? 0
        if (apart > 0) throw disagreement(apart)
      },
    }
  },
}

/** Undefined if the kernel is not asked. */
async function witnessedIn({ kernel }: Session, scene: Scene): Promise<WitnessedScene | undefined> {
  return kernel ? withWitness((witness) => witnessScene(scene, witness)) : undefined
}

function content(scene: Scene, witnessed: WitnessedScene | undefined): object {
  const played = playScene(scene)
  if (!witnessed) return played
  const { words, added, whyUnplayed } = witnessed
  const unplayed = whyUnplayed === undefined ? undefined : { notAsked: whyUnplayed }
  const steps = played.steps.map((step, index) => ({
    ...step,
    ...(step.kind === 'packet' && { kernel: words[index] ?? unplayed }),
  }))
  return { ...played, steps, added }
}

function sceneText(scene: Scene, width: number, witnessed: WitnessedScene | undefined): string {
  const { title: name, claim, world, steps } = playScene(scene)
  const parts = [title(name), wrap(claim, width), worldText(world)]
  const why = witnessed?.whyUnplayed
  if (why !== undefined) parts.push(wrap(unplayedText(why), width))
  const added = witnessed?.added.map((line) => `For the kernel an answer was added: ${line}`) ?? []
  if (added.length > 0) parts.push(added.join('\n'))
  return [...parts, ...steps.map((step, index) => stepText(step, width, witnessed?.words[index]))].join('\n\n')
}

function stepText(step: PlayedStep, width: number, word: WitnessedScene['words'][number]): string {
  const explains = wrap(step.explains, width, '    ')
  const kernel = word ? [wrap(kernelText(word), width, '    ')] : []
  const happens =
    step.kind === 'packet'
      ? [packetText(step), verdictText(step, width), ...kernel, explains]
      : [eventText(step), explains]
  return [...happens, flowsText(step.flows)].join('\n')
}
