/**
 * Takes words apart as Python's argparse does for the CLI: options anywhere, `--option=value`, unambiguous
 * beginnings of names, `-1` as a value; what nobody knows is kept for the next parser.
 */

import { usageError } from '../cli-error.ts'
import { pythonLiteral } from '../print/python-text.ts'
import { closeMatches } from './close-matches.ts'

/** How many words an option takes. */
export type Arity = 'none' | 'one' | 'perhaps one' | 'any'

/** An option as the parser sees it. */
export interface Taker {
  /** Without the dashes. */
  readonly name: string
  readonly arity: Arity
  readonly isRequired?: boolean
  readonly isInteger?: boolean
  readonly choices?: readonly string[]
}

export interface Taken<T extends Taker> {
  /** The words of each option that was given; the last time it was given counts. */
  readonly values: ReadonlyMap<T, readonly string[]>
  readonly positional: string | undefined
  readonly extras: readonly string[]
}

/** Whether exactly one word is for the parser itself, or perhaps one. */
interface Positional {
  readonly name: string
  readonly isRequired: boolean
}

/** Throws CliError. */
export function takeApart<T extends Taker>(
  words: readonly string[],
  takers: readonly T[],
  positional: Positional,
): Taken<T> {
  const parser = new Parser(words, takers)
  parser.run()
  const missing = [
    ...takers.filter((taker) => taker.isRequired && !parser.values.has(taker)).map(({ name }) => `--${name}`),
    ...(positional.isRequired && parser.positional === undefined ? [positional.name] : []),
  ]
  if (missing.length > 0) throw usageError(`the following arguments are required: ${missing.join(', ')}`)
  return parser
}

/** A word as an option: whose, by what name, and what stands behind its `=`. */
interface Sighting<T> {
  readonly taker: T | undefined
  readonly value: string | undefined
}

class Parser<T extends Taker> implements Taken<T> {
  readonly values = new Map<T, readonly string[]>()
  readonly extras: string[] = []
  positional: string | undefined
  readonly #words: readonly string[]
  readonly #takers: ReadonlyMap<string, T>
  #at = 0

  constructor(words: readonly string[], takers: readonly T[]) {
    this.#words = words
    this.#takers = new Map(takers.map((taker) => [`--${taker.name}`, taker]))
  }

  run(): void {
    const sightings = this.#sightings()
    while (this.#at < this.#words.length) {
      const sighting = sightings[this.#at]
      const word = this.#words[this.#at++] ?? ''
      if (sighting?.taker) this.#take(sighting.taker, sighting.value, sightings)
      else if (sighting || this.positional !== undefined) this.extras.push(word)
      else if (word !== '--') this.positional = word
    }
  }

  /** Every word is judged before any is taken, so that an ambiguous one is refused wherever it stands. */
  #sightings(): (Sighting<T> | undefined)[] {
    const end = this.#words.indexOf('--')
    return this.#words.map((word, at) => (end < 0 || at < end ? this.#sight(word) : undefined))
  }

  #sight(word: string): Sighting<T> | undefined {
    if (!word.startsWith('-') || word === '-') return undefined
    const exact = this.#takers.get(word)
    if (exact) return { taker: exact, value: undefined }
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    const value = equals < 0 ? undefined : word.slice(equals + 1)
    const named = this.#takers.get(name)
    if (named) return { taker: named, value }
    const begun = name.startsWith('--') ? [...this.#takers].filter(([full]) => full.startsWith(name)) : []
    if (begun.length > 1) {
      throw usageError(`ambiguous option: ${word} could match ${begun.map(([full]) => full).join(', ')}`)
    }
    const [only] = begun
    if (only) return { taker: only[1], value }
    return /^-\d+$|^-\d*\.\d+$/.test(word) || word.includes(' ') ? undefined : { taker: undefined, value }
  }

  #take(taker: T, given: string | undefined, sightings: readonly (Sighting<T> | undefined)[]): void {
    if (taker.arity === 'none' && given !== undefined) {
      throw usageError(`argument --${taker.name}: ignored explicit argument ${pythonLiteral(given)}`)
    }
    const words = given === undefined ? this.#following(taker.arity, sightings) : [given]
    if (taker.arity === 'one' && words.length === 0) throw usageError(`argument --${taker.name}: expected one argument`)
    for (const word of words) check(taker, word)
    this.values.set(taker, words)
  }

  #following(arity: Arity, sightings: readonly (Sighting<T> | undefined)[]): string[] {
    const most = arity === 'none' ? 0 : arity === 'any' ? Number.POSITIVE_INFINITY : 1
    const words: string[] = []
    while (words.length < most && this.#at < this.#words.length && !sightings[this.#at]) {
      const word = this.#words[this.#at++] ?? ''
      if (word !== '--') words.push(word)
    }
    return words
  }
}

function check({ name, isInteger, choices }: Taker, word: string): void {
  if (isInteger && !/^\s*[+-]?\d+(_\d+)*\s*$/.test(word)) {
    throw usageError(`argument --${name}: invalid int value: ${pythonLiteral(word)}`)
  }
  if (choices && !choices.includes(word)) throw invalidChoice(`--${name}`, word, choices)
}

export function invalidChoice(name: string, word: string, choices: readonly string[]): Error {
  const cells = choices.map((choice) => choice.padEnd(40))
  const rows = cells.flatMap((_, at) => (at % 2 === 0 ? [cells.slice(at, at + 2).join(' | ')] : []))
  const possible = closeMatches(word, choices, 0.8)
  const lines = ['Invalid choice, valid choices are:\n', ...rows]
  if (possible.length > 0) {
    lines.push(`\n\nInvalid choice: ${pythonLiteral(word)}, maybe you meant:\n`)
    lines.push(...possible.map((choice) => `  * ${choice}`))
  }
  return usageError(`argument ${name}: ${lines.join('\n')}`)
}
