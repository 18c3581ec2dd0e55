/**
 * `learn do`, `learn fix` and `learn build`: a prompt that takes `aws ec2 …` lines in a cloud of the learner's
 * own. After each line the engine says what is done.
 */

import type { Printed, Standing } from '../../app/lesson/api.ts'
import { Learner, type Task } from '../../app/lesson/learner.ts'
import { systemEntropy } from '../../app/random.ts'
import { instant } from '../../base/clock.ts'
import type { Drill, Exercise } from '../../lesson/content.ts'
import { drills } from '../../lesson/exercises/drills.ts'
import { exerciseWorld } from '../../lesson/exercises/exercise-world.ts'
import { exercises } from '../../lesson/exercises/exercises.ts'
import type { ProgressEvent } from '../../lesson/study/progress.ts'
import { worldView } from '../../lesson/world-view.ts'
import { hanging, title, wrap } from './layout.ts'
import { named } from './lookup.ts'
import type { LearnMode, Outcome, Session, Work } from './mode.ts'
import { worldText } from './scene-text.ts'

export const doMode: LearnMode = {
  id: 'do',
  topics: drills,
  about(topic) {
    const own = named(drills, topic)
    return {
      content: () => own,
      answer: (lines, session) => enterAll({ kind: 'drill', drill: own }, lines, session),
      run: (session) => drill(own, session),
    }
  },
}

export const fixMode = exerciseMode('fix')
export const buildMode = exerciseMode('build')

function exerciseMode(kind: Exercise['kind']): LearnMode {
  const own = exercises.filter((exercise) => exercise.kind === kind)
  return { id: kind, topics: own, about: (topic) => exerciseWork(named(own, topic)) }
}

function exerciseWork(exercise: Exercise): Work {
  const { id, kind, level, title: name, scenario, world, goals } = exercise
  return {
    content() {
      const texts = goals.map(({ text }) => text)
      return { id, kind, level, title: name, scenario, goals: texts, world: worldView(exerciseWorld(world)) }
    },
    answer: (lines, session) => enterAll({ kind: 'exercise', exercise }, lines, session),
    run: (session) => solve(exercise, session),
  }
}

function openLearner(task: Task): Promise<Learner> {
  return Learner.open(task, { now: instant(Date.now()), entropy: systemEntropy() })
}

async function enterAll(task: Task, lines: readonly string[], { notebook, dialogue }: Session): Promise<Outcome> {
  const learner = await openLearner(task)
  const entered: (Printed & { readonly line: string })[] = []
  for (const line of lines) entered.push({ line, ...(await learner.enter(line)).ended })
  const standing = learner.standing()
  if (standing.isDone) notebook.note(doneEvent(task))
  const printed = entered.map(({ line, ...ended }) => `$ ${line}\n${printedText(ended)}`)
  const reached = standing.grade ? goalsText(standing, dialogue.width) : stepsText(task, standing)
  const text = [...printed, reached].join('\n')
  return { isRight: standing.isDone, report: { id: idOf(task), entered, ...standing }, text }
}

function doneEvent(task: Task): ProgressEvent {
  return { kind: task.kind === 'drill' ? 'drill-done' : 'exercise-solved', id: idOf(task) }
}

function idOf(task: Task): string {
  return task.kind === 'drill' ? task.drill.id : task.exercise.id
}

async function drill(own: Drill, { dialogue, notebook }: Session): Promise<void> {
  const { width } = dialogue
  const learner = await openLearner({ kind: 'drill', drill: own })
  dialogue.say(`${title(own.title)}\n\n${wrap(own.says, width)}\n\n${worldText(learner.standing().world)}\n\n${manual}`)
  dialogue.say(`\n${stepText(own, 0, width)}`)
  for (let done = 0; done < own.steps.length; ) {
    const line = await readCommand(dialogue)
    if (line === undefined) return
    if (line === 'hint' || line === 'solution') {
      dialogue.say(own.steps[done]?.line ?? '')
      continue
    }
    const standing = await enter(learner, line, dialogue)
    for (; done < standing.stepsDone; done += 1) {
      const note = own.steps[done]?.note
      dialogue.say(`✓ ${done + 1} of ${own.steps.length}${note === undefined ? '' : `\n${wrap(note, width, '  ')}`}\n`)
    }
    if (done < own.steps.length && standing.stepsDone === done) dialogue.say(`\n${stepText(own, done, width)}`)
  }
  notebook.note({ kind: 'drill-done', id: own.id })
  dialogue.say('All steps are done.')
}

const manual =
  'A name may stand for an id: sg-web, eni-web. hint helps, solution shows, world lists what there is, quit leaves.'

function stepText({ steps }: Drill, at: number, width: number): string {
  const step = steps[at]
  // The line is whole, so that it can be copied.
  return step ? `${hanging(`${at + 1}. `, step.says, width)}\n   ${step.line}` : ''
}

/** A line that ends with a backslash goes on, as at a shell; undefined when the learner leaves. */
async function readCommand(dialogue: Session['dialogue']): Promise<string | undefined> {
  let command = await dialogue.ask('$ ')
  while (command?.endsWith('\\')) {
    const more = await dialogue.ask('> ')
    if (more === undefined) break
    command = `${command}\n${more}`
  }
  return command === 'quit' || command === 'exit' ? undefined : command
}

async function enter(learner: Learner, line: string, dialogue: Session['dialogue']): Promise<Standing> {
  if (line === 'world') {
    dialogue.say(worldText(learner.standing().world))
    return learner.standing()
  }
  const { ended, standing } = await learner.enter(line)
  const printed = printedText(ended)
  if (printed !== '') dialogue.say(printed)
  return standing
}

function printedText({ stdout, stderr }: Printed): string {
  return [stdout, stderr]
    .map((text) => text.replace(/\n$/, ''))
    .filter((text) => text !== '')
    .join('\n')
}

function stepsText(task: Task, { stepsDone }: Standing): string {
  return task.kind === 'drill' ? `${stepsDone} of ${task.drill.steps.length} steps are done.` : ''
}

async function solve(exercise: Exercise, { dialogue, notebook }: Session): Promise<void> {
  const learner = await openLearner({ kind: 'exercise', exercise })
  const { width } = dialogue
  let standing = learner.standing()
  const head = `${title(exercise.title)}\n\n${wrap(`(${exercise.level}) ${exercise.scenario}`, width)}`
  dialogue.say(`${head}\n\n${worldText(standing.world)}\n\n${goalsText(standing, width)}\n\n${wrap(manual, width)}\n`)
  while (!standing.isDone) {
    const line = await readCommand(dialogue)
    if (line === undefined) return
    if (line === 'hint') dialogue.say(wrap(exercise.hint, width))
    else if (line === 'solution') dialogue.say(exercise.solution.join('\n'))
    else if (line !== '') {
      standing = await enter(learner, line, dialogue)
      dialogue.say(`\n${goalsText(standing, width)}\n`)
    }
  }
  notebook.note({ kind: 'exercise-solved', id: exercise.id })
  dialogue.say(wrap(exercise.explains, width))
}

/** A goal that is not met shows the packet that met another fate. */
function goalsText({ grade }: Standing, width: number): string {
  const rows = (grade?.goals ?? []).map(({ text, ok, packet, action, sentence }) => {
    const head = hanging(ok ? '✓ ' : '✗ ', text, width)
    if (ok) return head
    return packet === null
      ? `${head}\n    ${sentence}`
      : `${head}\n    ${packet}\n${wrap(`${action}: ${sentence}`, width, '    ')}`
  })
  return rows.join('\n')
}
