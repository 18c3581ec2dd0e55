/** `learn watch SCENE`: the scene from beginning to end, the state table filling beside it. */

import { sceneNamed, scenes } from '../../lesson/lesson.ts'
import { type PlayedStep, playScene } from '../../lesson/play.ts'
import { title, wrap } from './layout.ts'
import type { LearnMode } from './mode.ts'
import { eventText, flowsText, packetText, verdictText, worldText } from './scene-text.ts'

export const watchMode: LearnMode = {
  id: 'watch',
  topics: scenes,
  about(topic) {
    const scene = playScene(sceneNamed(topic))
    return {
      content: () => scene,
      async run({ dialogue, notebook }) {
        dialogue.say(`${title(scene.title)}\n\n${wrap(scene.claim, dialogue.width)}\n\n${worldText(scene.world)}`)
        for (const step of scene.steps) dialogue.say(`\n${stepText(step, dialogue.width)}`)
        notebook.note({ kind: 'scene-seen', id: scene.id })
      },
    }
  },
}

function stepText(step: PlayedStep, width: number): string {
  const explains = wrap(step.explains, width, '    ')
  const happens =
    step.kind === 'packet' ? [packetText(step), verdictText(step, width), explains] : [eventText(step), explains]
  return [...happens, flowsText(step.flows)].join('\n')
}
