/** Flashcards in Leitner's boxes: a card that you know comes back later, one that you do not know at once. */

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { LessonContent } from '../../src/app/lesson/api.ts'
import type { Flashcard } from '../../src/lesson/content.ts'
import { dueCards } from '../../src/lesson/study/progress.ts'
import { note, progress } from './progress.ts'
import { Surprise } from './surprise.tsx'
import { count } from './words.ts'

export function Flashcards({ content }: { readonly content: LessonContent }) {
  const { flashcards } = content
  const surprises = useSignal(progress.peek().counterexamples)
  const due = useSignal(dueCards(idsOf(flashcards), progress.peek()))
  const isTurned = useSignal(false)
  const place = useSignal(0)
  const [surprise, ...others] = surprises.value
  if (surprise) {
    return <Surprise key={surprise.id} card={surprise} content={content} onDone={() => (surprises.value = others)} />
  }
  const [first = '', ...rest] = due.value
  const card = flashcards.find(({ id }) => id === first)
  const again = () => (due.value = idsOf(flashcards))
  if (!card) return <NoneDue onAgain={again} />
  const judge = (isKnown: boolean) => {
    note({ kind: isKnown ? 'card-known' : 'card-missed', id: first })
    // A missed card comes again in the same round.
    due.value = isKnown ? rest : [...rest, first]
    if (due.value.length === 0) note({ kind: 'round-ended' })
    isTurned.value = false
    place.value += 1
  }
  return (
    <div class="stack deck">
      <p class="quiet" role="status">
        {count(due.value.length, 'card')} to go. {boxText(first)}
      </p>
      <Card
        key={place.value}
        card={card}
        isFirst={place.value === 0}
        isTurned={isTurned.value}
        onTurn={() => (isTurned.value = true)}
      />
      {isTurned.value && (
        <div class="buttons">
          <button class="button" type="button" onClick={() => judge(false)}>
            I did not know it
          </button>
          <button class="button primary" type="button" onClick={() => judge(true)}>
            I knew it
          </button>
        </div>
      )}
    </div>
  )
}

function idsOf(cards: readonly Flashcard[]): readonly string[] {
  return cards.map(({ id }) => id)
}

function boxText(id: string): string {
  const box = progress.value.cards[id]?.box
  return box === undefined ? 'This one is new.' : `This one is in box ${box} of 5.`
}

interface CardProps {
  readonly card: Flashcard
  readonly isFirst: boolean
  readonly isTurned: boolean
  readonly onTurn: () => void
}

function Card({ card: { front, back, scene }, isFirst, isTurned, onTurn }: CardProps) {
  const turn = useRef<HTMLButtonElement>(null)
  const answer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isFirst) turn.current?.focus()
  }, [])
  useEffect(() => {
    if (isTurned) answer.current?.focus()
  }, [isTurned])
  if (!isTurned) {
    return (
      <button class="panel card" type="button" ref={turn} onClick={onTurn}>
        <span>{front}</span>
        <small class="quiet">Turn over</small>
      </button>
    )
  }
  return (
    <div class="panel card turned" ref={answer} tabIndex={-1}>
      <span class="quiet">{front}</span>
      <strong>{back}</strong>
      <a href={`/console/lesson/watch/${scene}`}>See it happen</a>
    </div>
  )
}

function NoneDue({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <section class="panel result" aria-label="No card is due">
      <h2>No card is due</h2>
      <p>This round is over. A card that you know rests the longer the oftener you knew it.</p>
      <div class="buttons">
        <button class="button primary" type="button" onClick={onAgain}>
          Go through all again
        </button>
      </div>
    </section>
  )
}
