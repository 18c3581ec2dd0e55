/** Practice: one question with hint and review; the next one is a link, or drawn anew where there is no end. */

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { OpenQuestion } from '../../src/app/lesson/api.ts'
import type { Review } from '../../src/lesson/review.ts'
import { complain } from '../parts/toasts.tsx'
import { fetchQuestion, fetchReview, useFetched } from './content.ts'
import { note } from './progress.ts'
import { QuestionCard } from './question.tsx'
import { ReviewView } from './review.tsx'

export interface PracticeProps {
  readonly id: string
  /** What leads on, shown with the review. */
  readonly next: ComponentChildren
}

export function PracticeQuestion({ id, next }: PracticeProps) {
  const asked = useFetched(id, () => fetchQuestion(id))
  const { value, failure } = asked.value
  if (failure) return <p class="notice bad">{failure}</p>
  return value ? <Answering key={id} id={id} question={value} next={next} /> : <p class="quiet">Loading…</p>
}

function Answering({ id, question, next }: PracticeProps & { readonly question: OpenQuestion }) {
  const chosen = useSignal<number | undefined>(undefined)
  const review = useSignal<Review | undefined>(undefined)
  const answer = async () => {
    try {
      const found = await fetchReview(id)
      review.value = found
      note({ kind: 'answered', question: id, level: question.level, isRight: found.right === chosen.value })
    } catch (cause) {
      complain(cause)
    }
  }
  return (
    <div class="stack">
      <QuestionCard
        question={question}
        chosen={chosen.value}
        isClosed={review.value !== undefined}
        onChoose={(option) => (chosen.value = option)}
      />
      {review.value ? (
        <>
          <Verdict isRight={review.value.right === chosen.value} next={next} />
          <ReviewView review={review.value} chosen={chosen.value} />
        </>
      ) : (
        <div class="stack">
          <div class="buttons">
            <button class="button primary" type="button" disabled={chosen.value === undefined} onClick={answer}>
              Answer
            </button>
          </div>
          <details class="hint">
            <summary>Hint</summary>
            <p>{question.hint}</p>
          </details>
        </div>
      )}
    </div>
  )
}

function Verdict({ isRight, next }: { readonly isRight: boolean; readonly next: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div class={`notice verdict-notice ${isRight ? 'good' : 'bad'}`}>
      <h2 ref={heading} tabIndex={-1}>
        {isRight ? 'Right' : 'Not right'}
      </h2>
      <div class="buttons">{next}</div>
    </div>
  )
}
