/** What the learner has done, the packets that surprised, and the button that forgets it all. */

import { useSignal } from '@preact/signals'
import type { LessonContent } from '../../src/app/lesson/api.ts'
import { practiceScore } from '../../src/lesson/study/progress.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/toasts.tsx'
import { note, progress } from './progress.ts'

export function ProgressPage({ content }: { readonly content: LessonContent }) {
  const { chapters, scenes, drills, exercises, cards } = progress.value
  const { byLevel } = practiceScore(progress.value)
  const known = content.flashcards.filter(({ id }) => (cards[id]?.box ?? 0) >= 3).length
  return (
    <div class="stack">
      <ul class="shares" aria-label="Shares">
        <Share what="Chapters read" done={chapters.length} of={content.chapters.length} />
        <Share what="Scenes seen" done={scenes.length} of={content.scenes.length} />
        <Share what="Drills done" done={drills.length} of={content.drills.length} />
        <Share what="Exercises solved" done={exercises.length} of={content.exercises.length} />
        <Share what="Cards known (box 3 and up)" done={known} of={content.flashcards.length} />
        {Object.entries(byLevel).map(([level, { right, asked }]) => (
          <Share key={level} what={`Questions right, ${level}`} done={right} of={asked} />
        ))}
      </ul>
      <Counterexamples content={content} />
      <Exams />
      <Forget />
    </div>
  )
}

function Exams() {
  const { exams } = progress.value
  return (
    <section class="panel" aria-label="Exams">
      <div class="panel-head">
        <h2>
          Exams <small>{exams.length}</small>
        </h2>
      </div>
      {exams.length === 0 ? (
        <p class="panel-body quiet">None yet.</p>
      ) : (
        <ol class="panel-body tally">
          {exams.map(({ seed, right, asked }, at) => (
            <li key={`${at} ${seed}`}>
              {right} of {asked} right
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Forget() {
  const isAsking = useSignal(false)
  const reset = () => {
    note({ kind: 'reset' })
    isAsking.value = false
    say('Your progress is forgotten.')
  }
  return (
    <>
      <div class="buttons">
        <button class="button" type="button" onClick={() => (isAsking.value = true)}>
          Forget my progress
        </button>
      </div>
      {isAsking.value && (
        <Dialog
          title="Forget your progress?"
          onClose={() => (isAsking.value = false)}
          answers={
            <button class="button primary" type="button" onClick={reset}>
              Forget it
            </button>
          }
        >
          <p>Chapters, scenes, answers, cards and exams are forgotten in this browser. This cannot be undone.</p>
        </Dialog>
      )}
    </>
  )
}

function Share({ what, done, of }: { readonly what: string; readonly done: number; readonly of: number }) {
  return (
    <li class="panel share">
      <span class="quiet">{what}</span>
      <strong>
        {done} of {of}
      </strong>
      <meter min={0} max={Math.max(of, 1)} value={done} aria-label={what} />
    </li>
  )
}

function Counterexamples({ content }: { readonly content: LessonContent }) {
  const { counterexamples } = progress.value
  return (
    <section class="panel" aria-label="Packets that surprised you">
      <div class="panel-head">
        <h2>
          Packets that surprised you <small>{counterexamples.length}</small>
        </h2>
        {counterexamples.length > 0 && (
          <a class="button small" href="/console/lesson/flashcards">
            Predict them again
          </a>
        )}
      </div>
      {counterexamples.length === 0 ? (
        <p class="panel-body quiet">A wrong prediction keeps its packet here until you predict it right.</p>
      ) : (
        <ul class="surprises">
          {counterexamples.map(({ id, scene, step, predicted }) => (
            <li key={id}>
              <a href={`/console/lesson/predict/${scene}`}>
                {content.scenes.find((each) => each.id === scene)?.title ?? scene}
              </a>
              , step {step + 1}: you said it is {predicted.action === 'allow' ? 'allowed' : 'denied'}.
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
