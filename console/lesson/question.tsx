/** A question: scenario, rules, options as radio buttons. */

import type { OpenQuestion } from '../../src/app/lesson/api.ts'
import { WorldPanel } from './world-panel.tsx'

export const letters = ['A', 'B', 'C', 'D'] as const

export interface QuestionCardProps {
  readonly question: OpenQuestion
  readonly chosen: number | undefined
  readonly onChoose: (option: number) => void
  /** Once answered, the options rest. */
  readonly isClosed?: boolean
}

export function QuestionCard({ question, chosen, onChoose, isClosed = false }: QuestionCardProps) {
  const { id, level, scenario, asks, options, world } = question
  return (
    <div class="two question">
      <section class="panel" aria-label="Question">
        <p class="panel-head">
          <span class="badge">{level}</span>
        </p>
        <div class="panel-body stack">
          <p>{scenario}</p>
          <fieldset class="options" disabled={isClosed}>
            <legend>{asks}</legend>
            {options.map((text, at) => (
              <label key={text} class="option">
                <input type="radio" name={id} checked={chosen === at} onChange={() => onChoose(at)} />
                <span class="option-letter">{letters[at]}</span>
                <span>{text}</span>
              </label>
            ))}
          </fieldset>
        </div>
      </section>
      <WorldPanel world={world} />
    </div>
  )
}
