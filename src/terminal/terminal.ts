/** A terminal session: lines as they are pasted, with variables that last from one line to the next. */

import type { Entropy } from '../base/entropy.ts'
import { type Cloud, type Ended, runAws } from './aws.ts'
import { type Command, type Part, parseScript, type Script, ShellError, type Word } from './parse/shell-words.ts'

export type { Cloud, Ended } from './aws.ts'

export interface TerminalOptions {
  readonly cloud: Cloud
  readonly entropy: Entropy
}

/** More than any answer: what a script may print, so that `$(…)` cannot multiply without end. */
const longestOutput = 4_000_000

export class Terminal {
  readonly #options: TerminalOptions
  readonly #variables = new Map<string, string>()
  #exitCode = 0

  constructor(options: TerminalOptions) {
    this.#options = options
  }

  /** Runs one line or several. Rejects only as the cloud fails, never for what is typed. */
  async run(text: string): Promise<Ended> {
    try {
      return await this.#script(parseScript(text))
    } catch (cause) {
      if (!(cause instanceof ShellError)) throw cause
      this.#exitCode = 2
      return { stdout: '', stderr: `sh: ${cause.message}\n`, exitCode: 2 }
    }
  }

  async #script(script: Script): Promise<Ended> {
    let stdout = ''
    let stderr = ''
    for (const command of script) {
      const ended = await this.#command(command)
      stdout += ended.stdout
      stderr += ended.stderr
      this.#exitCode = ended.exitCode
      if (stdout.length + stderr.length > longestOutput) throw new ShellError('the output is too long')
    }
    return { stdout, stderr, exitCode: script.length === 0 ? 0 : this.#exitCode }
  }

  async #command({ assignments, words }: Command): Promise<Ended> {
    const errors: string[] = []
    const own = new Map<string, string>()
    let exitCode = 0
    for (const { name, value } of assignments) {
      const { text, status } = await this.#joined(value, errors)
      own.set(name, text)
      exitCode = status
      if (words.length === 0) this.#variables.set(name, text)
    }
    const fields: string[] = []
    // Not spread: an output may be more words than a call takes arguments.
    for (const word of words) for (const field of await this.#fields(word, errors)) fields.push(field)
    const ended = words.length === 0 ? { stdout: '', stderr: '', exitCode } : await this.#named(fields, own)
    return { ...ended, stderr: errors.join('') + ended.stderr }
  }

  async #named(fields: readonly string[], own: ReadonlyMap<string, string>): Promise<Ended> {
    const [name, ...rest] = fields
    const environment = new Map([...this.#variables, ...own])
    switch (name) {
      case 'aws':
        return runAws(rest, { ...this.#options, environment })
      case 'echo':
        return { stdout: `${rest.join(' ')}\n`, stderr: '', exitCode: 0 }
      case 'export':
        return this.#exported(rest)
      case undefined:
        return { stdout: '', stderr: '', exitCode: 0 }
      default:
        return {
          stdout: '',
          stderr: `${name}: command not found; this terminal has aws, echo and export\n`,
          exitCode: 127,
        }
    }
  }

  #exported(words: readonly string[]): Ended {
    for (const word of words) {
      const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)(?:=(.*))?$/s.exec(word) ?? []
      if (name === undefined) {
        return { stdout: '', stderr: `export: ${word}: bad variable name\n`, exitCode: 2 }
      }
      if (value !== undefined) this.#variables.set(name, value)
    }
    return { stdout: '', stderr: '', exitCode: 0 }
  }

  /** A word as one text, as an assignment takes it. */
  async #joined(word: Word, errors: string[]): Promise<{ readonly text: string; readonly status: number }> {
    let text = ''
    let status = 0
    for (const part of word) {
      const value = await this.#value(part, errors)
      text += value.text
      status = value.status ?? status
    }
    if (text.length > longestOutput) throw new ShellError('the value is too long')
    return { text, status }
  }

  /** A word as the fields it makes: an unquoted value is split at blanks, and an empty one makes none. */
  async #fields(word: Word, errors: string[]): Promise<string[]> {
    const fields: string[] = []
    let current: string | undefined
    let length = 0
    for (const part of word) {
      const { text } = await this.#value(part, errors)
      length += text.length
      if (length > longestOutput) throw new ShellError('the value is too long')
      if (part.kind === 'text' || part.isQuoted) {
        current = (current ?? '') + text
        continue
      }
      const [first = '', ...others] = text.split(/[ \t\n]+/)
      if (first !== '') current = (current ?? '') + first
      for (const other of others) {
        if (current !== undefined) fields.push(current)
        current = other === '' ? undefined : other
      }
    }
    return current === undefined ? fields : [...fields, current]
  }

  async #value(part: Part, errors: string[]): Promise<{ readonly text: string; readonly status?: number }> {
    if (part.kind === 'text') return { text: part.text }
    if (part.kind === 'variable') {
      return { text: part.name === '?' ? String(this.#exitCode) : (this.#variables.get(part.name) ?? '') }
    }
    const ended = await this.#script(part.script)
    errors.push(ended.stderr)
    return { text: ended.stdout.replace(/\n+$/, ''), status: ended.exitCode }
  }
}
