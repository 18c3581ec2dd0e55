/**
 * Long work beside the server's own thread, so that other requests are answered meanwhile. Two threads, made when
 * there is something to do and ended when there is not; what comes while both are busy waits in order.
 */

import { minutes } from '../../base/clock.ts'
import { Desk, type Limits, type Question, TooMuch, usualLimits } from './desk.ts'
import { type Answer, type Given, isSmall, type WorkName, type Worlds, work } from './work.ts'

const mostThreads = 2
const mostWaiting = 20
/** A thread with nothing to do gives its memory back. */
const longestIdle = minutes(5)

interface Waiting {
  readonly question: Question
  readonly resolve: (answer: unknown) => void
  readonly refuse: (cause: unknown) => void
}

interface Seat {
  readonly desk: Desk
  isBusy: boolean
  idle: NodeJS.Timeout | undefined
}

export class Background {
  readonly #limits: Limits
  #seats: Seat[] = []
  readonly #waiting: Waiting[] = []

  constructor(limits: Limits = usualLimits) {
    this.#limits = limits
  }

  /** About a small world, the answer is there at once. Rejects with TooMuch, and as the work does. */
  async ask<K extends WorkName>(name: K, worlds: Worlds, ...given: Given<K>): Promise<Answer<K>> {
    if (worlds.every(isSmall)) {
      const run = work[name] as unknown as (worlds: Worlds, ...given: Given<K>) => Answer<K>
      return run(worlds, ...given)
    }
    if (this.#waiting.length >= mostWaiting) throw new TooMuch('Others are being answered: try again in a while.')
    return new Promise((resolve, refuse) => {
      this.#waiting.push({
        question: { name, worlds, given },
        resolve: (answer) => resolve(answer as Answer<K>),
        refuse,
      })
      this.#next()
    })
  }

  /** What is under way is given up. */
  async close(): Promise<void> {
    for (const { refuse } of this.#waiting.splice(0)) refuse(new TooMuch('The server is stopping.'))
    for (const { idle } of this.#seats) clearTimeout(idle)
    await Promise.all(this.#seats.map(({ desk }) => desk.close()))
  }

  #next(): void {
    const seat = this.#freeSeat()
    const next = seat && this.#waiting.shift()
    if (!seat || !next) return
    clearTimeout(seat.idle)
    seat.isBusy = true
    void seat.desk
      .answer(next.question)
      .then(next.resolve, next.refuse)
      .then(() => this.#leave(seat))
  }

  #freeSeat(): Seat | undefined {
    if (this.#waiting.length === 0) return undefined
    const free = this.#seats.find(({ isBusy, desk }) => !isBusy && !desk.isGone)
    if (free || this.#seats.length >= mostThreads) return free
    const made: Seat = { desk: new Desk(this.#limits), isBusy: false, idle: undefined }
    this.#seats.push(made)
    return made
  }

  #leave(seat: Seat): void {
    seat.isBusy = false
    const end = () => {
      this.#seats = this.#seats.filter((each) => each !== seat)
      void seat.desk.close()
    }
    if (seat.desk.isGone) end()
    else seat.idle = setTimeout(end, longestIdle).unref()
    this.#next()
  }
}
