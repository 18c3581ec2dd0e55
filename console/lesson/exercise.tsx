/** Fix and build: a requirement, a terminal, and goals that turn green as the engine's packets meet their fate. */

import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { ExerciseHead, Solution } from '../../src/app/lesson/api.ts'
import type { GradedGoal } from '../../src/lesson/exercises/grade.ts'
import { CommandLines } from '../parts/commands.tsx'
import { complain } from '../parts/toasts.tsx'
import { fetchSolution } from './content.ts'
import { useTask } from './task.ts'
import { TerminalPane } from './terminal.tsx'
import { sentenceText } from './words.ts'
import { WorldPanel } from './world-panel.tsx'

export function ExerciseView({ exercise }: { readonly exercise: ExerciseHead }) {
  const { id, standing, entries, failure, run, startOver } = useTask(exercise.id)
  const draft = useSignal('')
  const input = useRef<HTMLTextAreaElement>(null)
  if (failure.value) return <p class="notice bad">{failure.value}</p>
  const now = standing.value
  if (!now) return <p class="quiet">Loading…</p>
  const goals = now.grade?.goals ?? []
  const met = goals.filter(({ ok }) => ok).length
  return (
    <div class="stack">
      <p class="claim">{exercise.scenario}</p>
      <div class="workbench">
        <div class="stack">
          <section class="panel" aria-label="Goals">
            <div class="panel-head">
              <h2>
                Goals{' '}
                <small>
                  {met} of {goals.length}
                </small>
              </h2>
              <button class="button small" type="button" onClick={startOver}>
                Start over
              </button>
            </div>
            <ul class="goals">
              {goals.map((goal) => (
                <Goal key={goal.text} goal={goal} />
              ))}
            </ul>
            <p class="panel-body" role="status">
              {now.isDone ? (
                <strong class="good">All goals are met.</strong>
              ) : (
                <span class="visually-hidden">
                  {met} of {goals.length} goals are met.
                </span>
              )}
            </p>
          </section>
          <Help exercise={exercise} isDone={now.isDone} />
        </div>
        <TerminalPane key={id.value} entries={entries.value} draft={draft} input={input} onRun={run} />
      </div>
      <WorldPanel world={now.world} title="Your cloud" />
    </div>
  )
}

function Goal({ goal: { text, ok, packet, action, sentence } }: { readonly goal: GradedGoal }) {
  return (
    <li data-ok={ok}>
      <span class="goal-mark" aria-hidden="true">
        {ok ? '✓' : '✗'}
      </span>
      <div>
        <p>
          <span class="visually-hidden">{ok ? 'Met: ' : 'Not met: '}</span>
          {text}
        </p>
        {packet !== null && (
          <p class="goal-packet">
            <code>{packet}</code> is {action === 'allow' ? 'allowed' : 'denied'}
          </p>
        )}
        {!ok && sentence !== '' && <p class="quiet">{sentenceText(sentence)}</p>}
      </div>
    </li>
  )
}

function Help({ exercise, isDone }: { readonly exercise: ExerciseHead; readonly isDone: boolean }) {
  const solution = useSignal<Solution | undefined>(undefined)
  const show = async () => {
    try {
      solution.value = await fetchSolution(exercise.id)
    } catch (cause) {
      complain(cause)
    }
  }
  return (
    <section class="panel help" aria-label="Help">
      <details>
        <summary>Hint</summary>
        <p>{exercise.hint}</p>
      </details>
      {solution.value ? (
        <div class="stack">
          <CommandLines lines={solution.value.lines} title="A solution" />
          <p>{solution.value.explains}</p>
        </div>
      ) : (
        <button class="button plain" type="button" onClick={show}>
          {isDone ? 'Compare with a solution' : 'Show a solution'}
        </button>
      )}
    </section>
  )
}
