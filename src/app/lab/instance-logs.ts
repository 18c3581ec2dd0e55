/** What instances print, one file each. They are kept beside the stored state, or gone with the lab. */

import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { InstanceId } from '../../model/ids.ts'

export interface LogPart {
  /** Base64: programs print what they like. */
  readonly bytes: string
  /** Where the next part begins. */
  readonly next: number
}

const longestPart = 256 * 1024

export class InstanceLogs {
  /** Asked each time: the lab's own folder is another one after it was rebuilt. It is there, or the lab is gone. */
  readonly #folder: () => string

  constructor(folder: () => string) {
    this.#folder = folder
  }

  /** A descriptor to append to; who opens it closes it. */
  open(instance: InstanceId): number {
    return openSync(this.#path(instance), 'a', 0o600)
  }

  /** A line of Sallyport's own. */
  note(instance: InstanceId, line: string): void {
    appendFileSync(this.#path(instance), `[sallyport] ${line}\n`, { mode: 0o600 })
  }

  /** From that byte on; nothing when there is no more, or nothing was ever printed. */
  read(instance: InstanceId, from: number): LogPart {
    try {
      const file = openSync(this.#path(instance), 'r')
      try {
        const bytes = Buffer.alloc(Math.max(0, Math.min(longestPart, fstatSync(file).size - from)))
        const length = bytes.length === 0 ? 0 : readSync(file, bytes, 0, bytes.length, from)
        return { bytes: bytes.subarray(0, length).toString('base64'), next: from + length }
      } finally {
        closeSync(file)
      }
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { bytes: '', next: from }
      throw cause
    }
  }

  #path(instance: InstanceId): string {
    return join(this.#folder(), `${instance}.log`)
  }
}
