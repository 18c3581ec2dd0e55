/**
 * A conversation with the learner, at a terminal or through a pipe. Lines that arrive before they are
 * asked for wait; through a pipe the answer is written after its prompt, so that the record reads well.
 */

import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

export interface Dialogue {
  readonly width: number
  /** Writes whole lines. */
  say(text: string): void
  /** The next line without blanks around it; undefined when the learner has left. */
  ask(prompt: string): Promise<string | undefined>
  close(): void
}

export interface Streams {
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly output: Writable & { readonly columns?: number }
}

/** Lines of prose are no easier to read when they are longer than this. */
const widest = 96
const usual = 80

export function openDialogue({ input, output }: Streams): Dialogue {
  const isTerminal = input.isTTY === true
  const reader = createInterface({ input, output, terminal: isTerminal, historySize: 200 })
  const lines = reader[Symbol.asyncIterator]()
  return {
    width: Math.min(output.columns ?? usual, widest),
    say: (text) => void output.write(`${text}\n`),
    async ask(prompt) {
      reader.setPrompt(prompt)
      reader.prompt()
      const { value, done } = await lines.next()
      if (!isTerminal || done) output.write(done ? '\n' : `${value}\n`)
      return done ? undefined : String(value).trim()
    },
    close: () => reader.close(),
  }
}
