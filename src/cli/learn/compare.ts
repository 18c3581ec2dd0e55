/** `learn compare PAIR`: the same packets through a security group and through a network ACL. */

import { comparisons } from '../../lesson/comparisons.ts'
import { sceneNamed } from '../../lesson/lesson.ts'
import { type PlayedScene, playScene } from '../../lesson/play.ts'
import { title, wrap } from './layout.ts'
import { named } from './lookup.ts'
import type { LearnMode } from './mode.ts'
import { eventText, packetText, verdictText, worldText } from './scene-text.ts'

export const compareMode: LearnMode = {
  id: 'compare',
  topics: comparisons,
  about(topic) {
    const { id, title: name, group, acl } = named(comparisons, topic)
    const side = ({ says, scene }: typeof group) => ({ says, scene: playScene(sceneNamed(scene)) })
    return {
      content: () => ({ id, title: name, group: side(group), acl: side(acl) }),
      async run({ dialogue, notebook }) {
        dialogue.say(title(name))
        for (const [label, { says, scene }] of [['Security group', group] as const, ['Network ACL', acl] as const]) {
          const head = `\n${label}\n${'-'.repeat(label.length)}\n${wrap(says, dialogue.width)}\n`
          dialogue.say(`${head}\n${sceneText(playScene(sceneNamed(scene)), dialogue.width)}`)
          notebook.note({ kind: 'scene-seen', id: scene })
        }
      },
    }
  },
}

function sceneText({ world, steps }: PlayedScene, width: number): string {
  const happened = steps.map((step) =>
    step.kind === 'packet' ? `${packetText(step)}\n${verdictText(step, width)}` : eventText(step),
  )
  return [worldText(world), '', ...happened].join('\n')
}
