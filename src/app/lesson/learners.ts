/** The learners' clouds that the server keeps, each under a name that nobody guesses. They are bounded in number and age. */

import { randomUUID } from 'node:crypto'
import { type Clock, hours, type Instant } from '../../base/clock.ts'
import { reject } from '../../model/rejection.ts'
import { systemEntropy } from '../random.ts'
import { Learner, type Task } from './learner.ts'

interface Kept {
  readonly account: string
  readonly learner: Learner
  readonly usedAt: Instant
}

const most = 100
const lifetime = hours(2)

export class Learners {
  readonly #clock: Clock
  /** The one that was used longest ago is first. */
  readonly #kept = new Map<string, Kept>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The oldest makes room. */
  async open(account: string, task: Task): Promise<{ readonly id: string; readonly learner: Learner }> {
    const learner = await Learner.open(task, { now: this.#clock(), entropy: systemEntropy() })
    const id = randomUUID()
    for (const [old, { usedAt }] of this.#kept) {
      if (this.#kept.size >= most || this.#clock() - usedAt > lifetime) this.#kept.delete(old)
    }
    this.#kept.set(id, { account, learner, usedAt: this.#clock() })
    return { id, learner }
  }

  /** Rejects LessonTaskUnknown for one that is over, or another account's. */
  find(account: string, id: string): Learner {
    const kept = this.#kept.get(id)
    if (kept?.account !== account) reject('LessonTaskUnknown')
    this.#kept.delete(id)
    this.#kept.set(id, { ...kept, usedAt: this.#clock() })
    return kept.learner
  }

  close(account: string, id: string): void {
    if (this.#kept.get(id)?.account === account) this.#kept.delete(id)
  }
}
