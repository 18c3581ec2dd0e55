/** `learn flashcards`: first the packets that were predicted wrongly, then the cards that are due. */

import { chapters, sceneNamed } from '../../lesson/lesson.ts'
import { playScene } from '../../lesson/play.ts'
import { flashcards } from '../../lesson/study/flashcards.ts'
import { dueCards } from '../../lesson/study/progress.ts'
import { hanging, wrap } from './layout.ts'
import { named } from './lookup.ts'
import type { LearnMode, Session, Work } from './mode.ts'
import { predictPacket } from './predict.ts'
import { worldText } from './scene-text.ts'

export const flashcardsMode: LearnMode = {
  id: 'flashcards',
  topics: chapters.filter(({ id }) => flashcards.some(({ chapter }) => chapter === id)),
  about: (topic) => workOn(flashcards.filter(({ chapter }) => chapter === topic)),
  everything: { ...workOn(flashcards), run: runAll },
}

type Cards = typeof flashcards

function workOn(cards: Cards): Work {
  return {
    content: () => ({ cards }),
    run: (session) => turnCards(cards, session),
  }
}

async function runAll(session: Session): Promise<void> {
  for (const { scene: id, step: index } of session.notebook.progress.counterexamples) {
    const scene = playScene(sceneNamed(id))
    const step = scene.steps[index]
    if (step?.kind !== 'packet') continue
    session.dialogue.say(`\nA packet that surprised you, from ${scene.title}:\n${worldText(scene.world)}`)
    const events = scene.steps.slice(0, index).filter(({ kind }) => kind === 'event')
    for (const { line } of events) session.dialogue.say(`  ${line}`)
    if ((await predictPacket(scene, { step, index }, session)) === undefined) return
  }
  await turnCards(flashcards, session)
}

async function turnCards(cards: Cards, { dialogue, notebook }: Session): Promise<void> {
  const ids = cards.map(({ id }) => id)
  const due = dueCards(ids, notebook.progress)
  dialogue.say(`\n${due.length} of ${ids.length} cards are due. Enter turns a card, q leaves.`)
  for (const id of due) {
    const { front, back, scene } = named(cards, id)
    dialogue.say(`\n${hanging('? ', front, dialogue.width)}`)
    const turned = await dialogue.ask('  (Enter) ')
    if (turned === undefined || /^q(uit)?$/i.test(turned)) return
    dialogue.say(`${wrap(back, dialogue.width, '  ')}\n  [${scene}]`)
    const isKnown = await askKnown(dialogue)
    if (isKnown === undefined) return
    notebook.note({ kind: isKnown ? 'card-known' : 'card-missed', id })
  }
  notebook.note({ kind: 'round-ended' })
}

async function askKnown(dialogue: Session['dialogue']): Promise<boolean | undefined> {
  for (;;) {
    const line = await dialogue.ask('  did you know it, y or n? ')
    if (line === undefined || /^q(uit)?$/i.test(line)) return undefined
    if (/^y(es)?$/i.test(line)) return true
    if (/^no?$/i.test(line)) return false
  }
}
