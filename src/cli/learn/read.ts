/** `learn read CHAPTER`: the chapter's text, each claim with the scenes that show it. */

import type { Chapter, Claim, Part } from '../../lesson/content.ts'
import { chapters } from '../../lesson/lesson.ts'
import { hanging, title, wrap } from './layout.ts'
import { named } from './lookup.ts'
import type { LearnMode } from './mode.ts'

export const readMode: LearnMode = {
  id: 'read',
  topics: chapters,
  about(topic) {
    const chapter = named(chapters, topic)
    return {
      content: () => chapter,
      async run({ dialogue, notebook }) {
        dialogue.say(chapterText(chapter, dialogue.width))
        notebook.note({ kind: 'chapter-read', id: chapter.id })
      },
    }
  },
}

function chapterText({ title: name, aim, parts, scenes, drills }: Chapter, width: number): string {
  const next = [
    ...scenes.map((scene) => `sallyport learn predict ${scene}`),
    ...drills.map((drill) => `sallyport learn do ${drill}`),
  ]
  const blocks = [title(name), wrap(aim, width), ...parts.map((part) => partText(part, width))]
  if (next.length > 0) blocks.push(['See it happen:', ...next.map((line) => `  ${line}`)].join('\n'))
  return `${blocks.join('\n\n')}\n`
}

function partText(part: Part, width: number): string {
  switch (part.kind) {
    case 'heading':
      return `${part.text}\n${'-'.repeat(part.text.length)}`
    case 'claim':
      return claimText(part, width)
    case 'list':
      return part.claims.map((claim) => hanging('- ', claimText(claim, width - 2), width)).join('\n')
    case 'command':
      return [
        `${part.number}. ${part.line}`,
        wrap(part.does, width, '   '),
        hanging('   Older pages show: ', part.olderPages, width),
        hanging('   A current CLI prints: ', part.currentCli, width),
        `   [${part.scenes.join(', ')}]`,
      ].join('\n')
    default:
      return part satisfies never
  }
}

function claimText({ text, scenes }: Claim, width: number): string {
  return wrap(`${text} [${scenes.join(', ')}]`, width)
}
