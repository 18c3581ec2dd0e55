/** An exam's end: the score by level, and each question's review. */

import { useEffect, useRef } from 'preact/hooks'
import type { ExamReport, OpenExam } from '../../src/app/lesson/api.ts'
import { ReviewView } from './review.tsx'

export interface ExamReportProps {
  readonly exam: OpenExam
  readonly answers: readonly (number | null)[]
  readonly report: ExamReport
  readonly onAgain: () => void
}

export function ExamReportView({ exam, answers, report: { score, reviews }, onAgain }: ExamReportProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div class="stack">
      <section class="panel result" aria-label="Score">
        <h2 ref={heading} tabIndex={-1}>
          {score.right} of {score.asked} right: {score.isPassed ? 'passed' : 'not passed'}
        </h2>
        <ul class="levels">
          {score.byLevel.map(({ level, right, asked }) => (
            <li key={level}>
              <span>{level}</span>
              <meter min={0} max={asked} value={right} aria-label={`${level}: ${right} of ${asked}`} />
              <span>
                {right} of {asked}
              </span>
            </li>
          ))}
        </ul>
        <div class="buttons">
          <button class="button primary" type="button" onClick={onAgain}>
            Another exam
          </button>
        </div>
      </section>
      <section aria-label="Review">
        <h2>Review</h2>
        {exam.questions.map(({ id, scenario, asks }, at) => {
          const review = reviews[at]
          if (!review) return null
          const isRight = review.right === answers[at]
          return (
            <details class="panel exam-review" key={id}>
              <summary>
                <span class={isRight ? 'badge good' : answers[at] === null ? 'badge' : 'badge bad'}>
                  {isRight ? 'Right' : answers[at] === null ? 'Open' : 'Wrong'}
                </span>{' '}
                {at + 1}. {asks}
              </summary>
              <p class="panel-body">{scenario}</p>
              <ReviewView review={review} chosen={answers[at] ?? undefined} />
            </details>
          )
        })}
      </section>
    </div>
  )
}
