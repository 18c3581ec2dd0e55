/**
 * EC2 filters: values of one filter are alternatives, filters add up (spec 1.6). What a row does not
 * have matches no value, not even `*`.
 */

import { reject } from '../model/rejection.ts'
import type { Tag } from '../model/tag.ts'
import type { Filter } from './protocol/types.generated.ts'
import { patternFrom } from './wildcard.ts'

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
