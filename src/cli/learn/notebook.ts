/**
 * The learner's progress and the file that keeps it: $XDG_STATE_HOME/sallyport/learn.json. A file that cannot be
 * written costs the progress and not the lesson.
 */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Progress, type ProgressEvent, progressAfter } from '../../lesson/study/progress.ts'
import { readProgress, writeProgress } from '../../lesson/study/stored-progress.ts'
import { isSystemError } from '../command-failure.ts'

/** Where the XDG base directory specification puts state. */
export function notebookPath({ XDG_STATE_HOME: own }: NodeJS.ProcessEnv): string {
  const base = own?.startsWith('/') ? own : join(homedir(), '.local', 'state')
  return join(base, 'sallyport', 'learn.json')
}

export class Notebook {
  readonly path: string
  readonly #warn: (text: string) => void
  #progress: Progress
  #hasWarned = false

  constructor(path: string, warn: (text: string) => void) {
    this.path = path
    this.#warn = warn
    this.#progress = readProgress(this.#read())
  }

  get progress(): Progress {
    return this.#progress
  }

  note(event: ProgressEvent): void {
    this.#progress = progressAfter(this.#progress, event)
    this.#guarded(() => {
      mkdirSync(dirname(this.path), { recursive: true })
      // Renamed into place: whoever interrupts the program keeps the old file or has the new one.
      const fresh = `${this.path}.${process.pid}`
      writeFileSync(fresh, `${writeProgress(this.#progress)}\n`, { mode: 0o600 })
      renameSync(fresh, this.path)
    })
  }

  #read(): string {
    let text = ''
    this.#guarded(() => {
      text = readFileSync(this.path, 'utf8')
    })
    return text
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (thrown) {
      if (!isSystemError(thrown)) throw thrown
      if (thrown.code === 'ENOENT' || this.#hasWarned) return
      this.#hasWarned = true
      this.#warn(`Progress is not kept: ${thrown.message}`)
    }
  }
}
