/**
 * EC2 filters: values of one filter are alternatives, filters add up, `*` and `?` are wildcards
 * (spec 1.6). `?` stands for zero or one character, as the guide's worked example has it.
 */

import { reject } from '../model/rejection.ts'
import type { Tag } from '../model/tag.ts'
import type { Filter } from './protocol/types.generated.ts'

/** What a filter name looks at: the texts of which one must match. */
export type Reading<T> = (item: T) => FilterText | readonly FilterText[]
type FilterText = string | number | boolean | undefined

export type FilterTable<T> = Readonly<Record<string, Reading<T>>>

/** Filters on what no row here ever has: AWS knows the names, and nothing matches them. */
export function matchingNothing<T>(...names: readonly string[]): FilterTable<T> {
  return Object.fromEntries(names.map((name) => [name, () => undefined]))
}

type Matches<T> = (item: T) => boolean

const valuesPerFilter = 200
/** No text that EC2 holds is longer; bounds what matching one pattern costs. */
const longestPattern = 1024

/** A test for all of `filters`. Rejects a name that is not in `table`; `tags` admits `tag:KEY` and `tag-key`. */
export function matcher<T>(
  filters: readonly Filter[] | undefined,
  table: FilterTable<T>,
  tags?: (item: T) => readonly Tag[],
): Matches<T> {
  const tests = (filters ?? []).map((filter) => testFor(filter, table, tags))
  return (item) => tests.every((test) => test(item))
}

function testFor<T>(filter: Filter, table: FilterTable<T>, tags?: (item: T) => readonly Tag[]): Matches<T> {
  const name = filter.Name ?? reject('MissingParameter', { name: 'filter.name' })
  const values = filter.Values ?? []
  if (values.length > valuesPerFilter) reject('FilterValueLimitExceeded', { limit: valuesPerFilter })
  const patterns = values.map(patternFrom)
  const matchesAny = (text: string) => patterns.some((pattern) => pattern(text))
  const read = readingOf(name, table, tags)
  return (item) => {
    const found = read(item)
    return Array.isArray(found) ? found.some(test) : test(found as FilterText)
  }
  function test(text: FilterText): boolean {
    return text !== undefined && matchesAny(String(text))
  }
}

function readingOf<T>(name: string, table: FilterTable<T>, tags?: (item: T) => readonly Tag[]): Reading<T> {
  if (Object.hasOwn(table, name)) return table[name] as Reading<T>
  if (tags && name === 'tag-key') return (item) => tags(item).map(({ key }) => key)
  if (tags && name.startsWith('tag:')) {
    const key = name.slice('tag:'.length)
    return (item) => tags(item).find((tag) => tag.key === key)?.value
  }
  return reject('UnknownFilter', { filter: name })
}

/** Whether a filter value asks for one text exactly, so that an index can answer it. */
export function isExact(value: string): boolean {
  return !/[*?\\]/.test(value)
}

type Pattern = (text: string) => boolean

type Step = { readonly kind: 'character'; readonly is: string } | { readonly kind: 'any' } | { readonly kind: 'maybe' }

/** A test for one filter value. */
export function patternFrom(value: string): Pattern {
  if (isExact(value)) return (text) => text === value
  if (value.length > longestPattern) {
    reject('InvalidParameterValue', {
      value: `${value.slice(0, 40)}…`,
      name: 'filter.value',
      reason: `A filter value may be at most ${longestPattern} characters long.`,
    })
  }
  const steps = stepsOf(value)
  return (text) => matchesSteps(steps, text)
}

function stepsOf(value: string): Step[] {
  const steps: Step[] = []
  for (let at = 0; at < value.length; at++) {
    const character = value.charAt(at)
    const next = value.charAt(at + 1)
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      steps.push({ kind: 'character', is: next })
      at++
    } else if (character === '*') {
      if (steps.at(-1)?.kind !== 'any') steps.push({ kind: 'any' })
    } else if (character === '?') steps.push({ kind: 'maybe' })
    else steps.push({ kind: 'character', is: character })
  }
  return steps
}

/** Walks all readings of the pattern at once, so that no pattern takes exponential time. */
function matchesSteps(steps: readonly Step[], text: string): boolean {
  let reached = withoutInput(new Set([0]), steps)
  for (const character of text) {
    const next = new Set<number>()
    for (const at of reached) {
      const step = steps[at]
      if (step?.kind === 'any') next.add(at)
      else if (step?.kind === 'maybe' || (step?.kind === 'character' && step.is === character)) next.add(at + 1)
    }
    if (next.size === 0) return false
    reached = withoutInput(next, steps)
  }
  return reached.has(steps.length)
}

/** Adds the places that `*` and `?` lead to by standing for nothing. */
function withoutInput(places: Set<number>, steps: readonly Step[]): Set<number> {
  for (const at of places) {
    const step = steps[at]
    if (step && step.kind !== 'character') places.add(at + 1)
  }
  return places
}
