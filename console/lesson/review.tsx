/** The review of an answer: each option with its packet, the solution step by step, the quick check as it was played. */

import type { PlayedLine } from '../../src/lesson/play.ts'
import type { Review, ReviewedOption } from '../../src/lesson/review.ts'
import { PacketProof } from './outcome.tsx'
import { letters } from './question.tsx'
import { eventText, timeText } from './words.ts'

export function ReviewView({ review, chosen }: { readonly review: Review; readonly chosen: number | undefined }) {
  return (
    <section class="panel review" aria-label="Review">
      <h3>The options</h3>
      <ul class="reviewed">
        {review.options.map((option, at) => (
          <Reviewed key={option.text} option={option} at={at} isChosen={chosen === at} />
        ))}
      </ul>
      <h3>Step by step</h3>
      <ol class="solution">
        {review.solution.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h3>Quick check, as the engine played it</h3>
      {review.check.map((line, at) => (
        <CheckLine key={at} line={line} />
      ))}
    </section>
  )
}

interface ReviewedProps {
  readonly option: ReviewedOption
  readonly at: number
  readonly isChosen: boolean
}

function Reviewed({ option: { text, isRight, why, refutedBy }, at, isChosen }: ReviewedProps) {
  return (
    <li data-right={isRight}>
      <p>
        <span class={`badge ${isRight ? 'good' : 'bad'}`}>{isRight ? 'Right' : 'Wrong'}</span>{' '}
        {isChosen && <span class="badge">Your answer</span>}{' '}
        <strong>
          {letters[at]}. {text}
        </strong>
      </p>
      <p>{why}</p>
      {refutedBy && (
        <>
          <p class="quiet">The packet that refutes it:</p>
          <PacketProof packet={refutedBy} />
        </>
      )}
    </li>
  )
}

function CheckLine({ line }: { readonly line: PlayedLine }) {
  if (line.kind === 'packet') return <PacketProof packet={line} />
  return (
    <p class="proof packet-line">
      <span class="quiet">t = {timeText(line.at)}</span> <code>{eventText(line.line)}</code>
    </p>
  )
}
