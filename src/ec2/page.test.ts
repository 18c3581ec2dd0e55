import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Rejection } from '../model/rejection.ts'
import { SortedMap } from '../model/sorted-map.ts'
import { type Listing, list, rowsFrom, tableRows } from './page.ts'

interface Row {
  readonly id: string
  readonly colour: string
}

const colours = ['red', 'green', 'blue']
const rows: readonly Row[] = Array.from({ length: 23 }, (_, index) => ({
  id: `r-${String(index).padStart(2, '0')}`,
  colour: colours[index % 3] ?? '',
}))

function table(from: readonly Row[] = rows): SortedMap<Row> {
  const map = new SortedMap<Row>()
  for (const row of from) map.set(row.id, row)
  return map
}

function listing(input: Listing<Row>['input'], from: readonly Row[] = rows): Listing<Row> {
  return { input, rows: tableRows(table(from)), filters: { colour: ({ colour }) => colour } }
}

function walk(input: Listing<Row>['input'], more: Partial<Listing<Row>> = {}): string[][] {
  const pages: string[][] = []
  let token: string | undefined
  do {
    const { items, nextToken } = list({ ...listing({ ...input, NextToken: token }), ...more })
    pages.push(items.map(({ id }) => id))
    token = nextToken
  } while (token !== undefined)
  return pages
}

const red = [{ Name: 'colour', Values: ['red'] }]

describe('a listing', () => {
  test('holds everything in key order when no page is asked for', () => {
    expect(walk({})).toEqual([rows.map(({ id }) => id)])
  })

  test('comes in pages of the size asked for', () => {
    expect(walk({ MaxResults: 10 }).map(({ length }) => length)).toEqual([10, 10, 3])
    expect(walk({ MaxResults: 23 }).map(({ length }) => length)).toEqual([23])
  })

  test('in pages has what it has in one, whatever the size and the filters', () => {
    const filters = fc.constantFrom([], red, [{ Name: 'colour', Values: ['red', 'b*'] }])
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 30 }), filters, (size, Filters) => {
        expect(walk({ MaxResults: size, Filters }).flat()).toEqual(walk({ Filters }).flat())
      }),
    )
  })

  test('is the same from an index as from a walk over all', () => {
    const indexes = { colour: (value: string) => rows.filter(({ colour }) => colour === value).reverse() }
    expect(walk({ MaxResults: 5, Filters: red }, { indexes })).toEqual(walk({ MaxResults: 5, Filters: red }))
    const wild = [{ Name: 'colour', Values: ['r*'] }]
    expect(walk({ Filters: wild }, { indexes })).toEqual(walk({ Filters: red }))
  })

  test('of given rows has each once, in key order', () => {
    const given = rowsFrom([...rows, ...rows].reverse(), ({ id }) => id)
    expect(walk({ MaxResults: 10 }, { rows: given })).toEqual(walk({ MaxResults: 10 }))
  })

  test('keeps its place when rows come and go', () => {
    const { nextToken } = list(listing({ MaxResults: 5 }))
    const later = list(listing({ NextToken: nextToken }, rows.slice(5).concat({ id: 'r-00x', colour: 'red' })))
    expect(later.items.map(({ id }) => id)).toEqual(rows.slice(5).map(({ id }) => id))
  })

  test('remembers its filters in the token', () => {
    const { nextToken } = list(listing({ MaxResults: 5, Filters: red }))
    const left = list(listing({ NextToken: nextToken }))
    const resent = list(listing({ NextToken: nextToken, Filters: red }))
    expect(left).toEqual(resent)
    expect(left.items.every(({ colour }) => colour === 'red')).toBe(true)
  })
})

describe('a listing is refused', () => {
  test('under the smallest page and cut to the largest', () => {
    expect(() => list(listing({ MaxResults: 4 }))).toThrow(
      'Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
    )
    const narrow = { ...listing({ MaxResults: 1000 }), limits: { least: 1, most: 7 } }
    expect(list(narrow).items).toHaveLength(7)
  })

  test('in pages of given ids', () => {
    const ids = { given: ['r-00'], set: 'rowIdSet' }
    expect(() => list({ ...listing({ MaxResults: 5 }), ids })).toThrow(
      'The parameter rowIdSet cannot be used with the parameter maxResults',
    )
  })

  test('for a token under other filters', () => {
    const { nextToken } = list(listing({ MaxResults: 5, Filters: red }))
    const other = { NextToken: nextToken, Filters: [{ Name: 'colour', Values: ['blue'] }] }
    expect(() => list(listing(other))).toThrow(`The token '${nextToken}' is invalid`)
  })

  test('and never breaks for a token that it did not write', () => {
    const json = fc.json().map((text) => Buffer.from(text).toString('base64url'))
    const shaped = fc
      .record({ after: fc.anything(), filters: fc.anything() })
      .map((content) => Buffer.from(JSON.stringify(content) ?? '').toString('base64url'))
    fc.assert(
      fc.property(fc.oneof(fc.string({ minLength: 1 }), json, shaped), (token) => {
        try {
          list(listing({ NextToken: token }))
        } catch (error) {
          expect(error).toBeInstanceOf(Rejection)
        }
      }),
      { numRuns: 500 },
    )
  })
})
