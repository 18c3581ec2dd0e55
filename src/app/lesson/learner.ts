/**
 * A learner's own cloud with a task in it. Lines run in a terminal on it as they would at a shell; names may
 * stand for ids, `sg-web`. What is done is asked of the engine after each line, whoever changed the world.
 */

import type { Instant } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Drill, DrillStep, Exercise } from '../../lesson/content.ts'
import { exerciseWorld, withIds } from '../../lesson/exercises/exercise-world.ts'
import { gradeExercise, gradeGoal } from '../../lesson/exercises/grade.ts'
import { worldView } from '../../lesson/world-view.ts'
import { Terminal } from '../../terminal/terminal.ts'
import { Sandbox } from '../sandbox.ts'
import type { Entered, Printed, Standing } from './api.ts'

export type Task =
  | { readonly kind: 'exercise'; readonly exercise: Exercise }
  | { readonly kind: 'drill'; readonly drill: Drill }

export interface LearnerOptions {
  readonly now: Instant
  readonly entropy: Entropy
}

export class Learner {
  readonly task: Task
  readonly #sandbox: Sandbox
  readonly #terminal: Terminal
  #stepsDone = 0

  private constructor(task: Task, sandbox: Sandbox, entropy: Entropy) {
    this.task = task
    this.#sandbox = sandbox
    this.#terminal = new Terminal({ cloud: sandbox, entropy })
  }

  static async open(task: Task, { now, entropy }: LearnerOptions): Promise<Learner> {
    const world = exerciseWorld(task.kind === 'drill' ? task.drill.world : task.exercise.world)
    return new Learner(task, await Sandbox.open({ scope: world.scope, now, world, entropy }), entropy)
  }

  /** Never rejects for what is typed. */
  async enter(text: string): Promise<Entered> {
    const ended = await this.#terminal.run(withIds(text, this.#sandbox.world))
    if (this.task.kind === 'drill') this.#advance(this.task.drill, text, ended)
    return { ended, standing: this.standing() }
  }

  standing(): Standing {
    const { world } = this.#sandbox
    const seen = { stepsDone: this.#stepsDone, world: worldView(world) }
    if (this.task.kind === 'drill') {
      return { isDone: this.#stepsDone === this.task.drill.steps.length, grade: null, ...seen }
    }
    const grade = gradeExercise(this.task.exercise, world)
    return { isDone: grade.isComplete, grade, ...seen }
  }

  #advance({ steps }: Drill, text: string, ended: Printed): void {
    for (let step = steps[this.#stepsDone]; step; step = steps[this.#stepsDone]) {
      if (!this.#isDone(step, text, ended)) return
      this.#stepsDone += 1
      // One run does not count for two steps that only show.
      if (!step.done) return
    }
  }

  /** The engine says when a change is made; what only shows is done when its operation has ended as it should. */
  #isDone({ line, done, refusedWith }: DrillStep, text: string, { exitCode, stderr }: Printed): boolean {
    if (done) return gradeGoal(done, this.#sandbox.world).ok
    if (operationOf(text) !== operationOf(line)) return false
    return refusedWith === undefined ? exitCode === 0 : stderr.includes(`(${refusedWith})`)
  }
}

function operationOf(text: string): string | undefined {
  return /\baws\s+ec2\s+([\w-]+)/.exec(text)?.[1]
}
