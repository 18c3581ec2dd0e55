/** Do: lines to type in order, each checked; beside it what older pages show and what was really printed. */

import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { LessonContent } from '../../src/app/lesson/api.ts'
import type { CommandNote, Drill, DrillStep } from '../../src/lesson/content.ts'
import { useTask } from './task.ts'
import { TerminalPane } from './terminal.tsx'
import { WorldPanel } from './world-panel.tsx'

export function DrillView({ drill, content }: { readonly drill: Drill; readonly content: LessonContent }) {
  const { id, standing, entries, failure, run, startOver } = useTask(drill.id)
  const draft = useSignal('')
  const input = useRef<HTMLTextAreaElement>(null)
  if (failure.value) return <p class="notice bad">{failure.value}</p>
  const now = standing.value
  if (!now) return <p class="quiet">Loading…</p>
  return (
    <div class="stack">
      <p>{drill.says}</p>
      <div class="workbench">
        <section class="panel" aria-label="Steps">
          <div class="panel-head">
            <h2>
              Steps{' '}
              <small>
                {now.stepsDone} of {drill.steps.length}
              </small>
            </h2>
            <button class="button small" type="button" onClick={startOver}>
              Start over
            </button>
          </div>
          <ol class="steps">
            {drill.steps.map((step, at) => (
              <Step
                key={step.line}
                step={step}
                state={at < now.stepsDone ? 'done' : at === now.stepsDone ? 'now' : 'later'}
                command={drill.id === 'five-commands' ? commandNote(content, at + 1) : undefined}
                onTake={() => {
                  draft.value = step.line
                  input.current?.focus()
                }}
              />
            ))}
          </ol>
          <p class="panel-body" role="status">
            {now.isDone && <strong class="good">All steps are done.</strong>}
          </p>
        </section>
        <TerminalPane key={id.value} entries={entries.value} draft={draft} input={input} onRun={run} />
      </div>
      <WorldPanel world={now.world} title="Your cloud" />
    </div>
  )
}

function commandNote({ chapters }: LessonContent, number: number): CommandNote | undefined {
  const parts = chapters.flatMap((chapter) => chapter.parts)
  return parts.flatMap((part) => (part.kind === 'command' && part.number === number ? [part] : []))[0]
}

interface StepProps {
  readonly step: DrillStep
  readonly state: 'done' | 'now' | 'later'
  readonly command: CommandNote | undefined
  readonly onTake: () => void
}

const stateNames = { done: 'Done', now: 'Now', later: 'Later' } as const

function Step({ step, state, command, onTake }: StepProps) {
  return (
    <li data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <p>
        <span class="visually-hidden">{stateNames[state]}: </span>
        {step.says}
      </p>
      <div class="step-line">
        <code>{step.line}</code>
        {state === 'now' && (
          <button class="button small" type="button" onClick={onTake}>
            Put in the terminal
          </button>
        )}
      </div>
      {state === 'done' && command && (
        <dl class="then-and-today">
          <dt>Older pages show</dt>
          <dd>{command.olderPages}</dd>
          <dt>Printed today</dt>
          <dd>{command.currentCli}</dd>
        </dl>
      )}
      {state === 'done' && !command && step.note && <p class="quiet">{step.note}</p>}
    </li>
  )
}
