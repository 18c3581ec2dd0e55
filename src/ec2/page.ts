/**
 * Describe calls in one piece: ids, filters and pages over one table. A page token remembers where
 * the last page ended and under which filters, not a position, so rows may come and go between pages.
 */

import { reject } from '../model/rejection.ts'
import type { ReadonlySortedMap } from '../model/sorted-map.ts'
import type { Tag } from '../model/tag.ts'
import { type FilterTable, matcher } from './filter.ts'
import type { Filter } from './protocol/types.generated.ts'
import { isExact } from './wildcard.ts'

export interface PageLimits {
  readonly least: number
  readonly most: number
}

/** What most describe calls allow (spec 1.5). */
const usualPages: PageLimits = { least: 5, most: 1000 }

export interface PageInput {
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

/** Rows that can be walked from any key on, in key order. */
export interface Rows<T> {
  readonly keyOf: (row: T) => string
  readonly after: (key: string | undefined) => Iterable<T>
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextToken: string | undefined
}

export interface Listing<T> {
  readonly input: PageInput
  readonly limits?: PageLimits
  readonly rows: Rows<T>
  /** Ids given in the request, and what AWS calls their list: they exclude MaxResults. */
  readonly ids?: { readonly given: readonly string[] | undefined; readonly set: string }
  readonly filters: FilterTable<T>
  readonly tags?: (row: T) => readonly Tag[]
  /** For these filters, an index that lists a value's rows sooner than a walk over all. */
  readonly indexes?: Readonly<Record<string, (value: string) => readonly T[]>>
}

/** One page of what the request selects. */
export function list<T>(listing: Listing<T>): Page<T> {
  const { input, limits = usualPages, ids } = listing
  if (input.MaxResults !== undefined && ids?.given?.length)
    reject('ParametersExclusive', { first: ids.set, second: 'maxResults' })
  const size = pageSize(input.MaxResults, limits)
  const { after, filters } = readToken(input)
  const matches = matcher(filters, listing.filters, listing.tags)
  const items: T[] = []
  for (const row of candidates(listing, filters).after(after)) {
    if (!matches(row)) continue
    if (items.length === size) return { items, nextToken: writeToken(listing.rows.keyOf(items.at(-1) as T), filters) }
    items.push(row)
  }
  return { items, nextToken: undefined }
}

function pageSize(asked: number | undefined, { least, most }: PageLimits): number {
  if (asked === undefined) return most
  if (asked < least) reject('MaxResultsTooSmall', { value: asked, minimum: least })
  return Math.min(asked, most)
}

/** Ids in the request narrow the rows more than any index does. */
function candidates<T>({ rows, ids, indexes }: Listing<T>, filters: readonly Filter[]): Rows<T> {
  if (ids?.given) return rows
  for (const { Name = '', Values = [] } of filters) {
    const index = indexes && Object.hasOwn(indexes, Name) ? indexes[Name] : undefined
    if (index && Values.every(isExact)) return rowsFrom(Values.flatMap(index), rows.keyOf)
  }
  return rows
}

/** A whole table as rows. */
export function tableRows<T extends { readonly id: string }>(table: ReadonlySortedMap<T>): Rows<T> {
  return { keyOf: (row) => row.id, after: (key) => table.values(key) }
}

/** A handful of rows, each once, in key order. */
export function rowsFrom<T>(rows: Iterable<T>, keyOf: (row: T) => string): Rows<T> {
  const sorted = inKeyOrder([...rows], keyOf)
  return { keyOf, after: (key) => (key === undefined ? sorted : sorted.filter((row) => keyOf(row) > key)) }
}

function inKeyOrder<T>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] {
  if (rows.length < 2) return rows
  const byKey = new Map(rows.map((row) => [keyOf(row), row]))
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

interface TokenContent {
  readonly after: string
  readonly filters: readonly Filter[]
}

function writeToken(after: string, filters: readonly Filter[]): string {
  return Buffer.from(JSON.stringify({ after, filters } satisfies TokenContent)).toString('base64url')
}

/** Where to go on; a client may send the filters again or leave them to the token. */
function readToken({ NextToken, Filters = [] }: PageInput): { after: string | undefined; filters: readonly Filter[] } {
  if (!NextToken) return { after: undefined, filters: Filters }
  const content = parseToken(NextToken) ?? reject('InvalidPaginationToken', { token: NextToken })
  const repeats = Filters.length === 0 || JSON.stringify(Filters) === JSON.stringify(content.filters)
  return repeats ? content : reject('InvalidPaginationToken', { token: NextToken })
}

function parseToken(token: string): TokenContent | undefined {
  let content: unknown
  try {
    content = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
  const { after, filters } = (content ?? {}) as Partial<TokenContent>
  return typeof after === 'string' && Array.isArray(filters) && filters.every(isFilter) ? { after, filters } : undefined
}

function isFilter(value: unknown): value is Filter {
  const { Name, Values } = (value ?? {}) as Partial<Filter>
  return (
    typeof Name === 'string' &&
    (Values === undefined || (Array.isArray(Values) && Values.every((each) => typeof each === 'string')))
  )
}
