/** Rows of reachability as a table, a matrix, a Mermaid chart and an SVG picture. */

import { expect, test } from 'vitest'
import type { ReachFacts as Row } from '../../reach/reachability/listing.ts'
import { arrowsOf, mostArrows } from './arrows.ts'
import { formatMatrix } from './matrix.ts'
import { formatMermaid } from './mermaid.ts'
import { formatSvg } from './svg.ts'
import { tableLines } from './table.ts'

function row(from: string, to: string, ports: readonly string[], more: Partial<Row> = {}): Row {
  return {
    from: { name: from, addresses: [] },
    to: { name: to, addresses: [] },
    result: 'reachable',
    families: [4],
    services: [{ protocol: 'tcp', ports, clientPorts: [] }],
    pairs: 1,
    outOf: 1,
    ...more,
  }
}

const rows = [
  row('internet', 'web', ['443'], { families: [4, 6] }),
  row('internet', 'ops', ['22'], { from: { name: 'internet', addresses: ['203.0.113.0/24'] } }),
  row('web', 'db', ['5432', '6379', '9200-9300', '27017']),
  row('web', '<odd> & "named"', ['1'], { result: 'undetermined', pairs: 2, outOf: 6 }),
]

function drawn(some: readonly Row[]) {
  const arrows = arrowsOf(some)
  if (!arrows) throw new Error('these are few')
  return arrows
}

test('a table has a line a row', () => {
  const listed = {
    families: new Set(rows.flatMap(({ families }) => families)),
    endsAt: (side: 'from' | 'to') => rows.map((each) => each[side]),
    facts: () => rows,
  }
  expect([...tableLines(listed)].join('')).toBe(`FROM                       TO               ON
internet                   web              tcp 443
internet (203.0.113.0/24)  ops              tcp 22 over IPv4
web                        db               tcp 5432, 6379, 9200-9300, 27017 over IPv4
web                        <odd> & "named"  perhaps tcp 1 over IPv4, 2 of 6 pairs
`)
})

test('a matrix tells below what does not fit into its cells', () => {
  expect(formatMatrix(rows)).toBe(`FROM \\ TO  <odd> & "named"  db   ops  web
internet   .                .    [1]  tcp 443
web        [2]              [3]  .    .

[1] tcp 22 over IPv4 with internet (203.0.113.0/24)
[2] perhaps tcp 1 over IPv4, 2 of 6 pairs
[3] tcp 5432, 6379, 9200-9300, 27017 over IPv4
`)
})

test('a Mermaid chart quotes names and dots the arrow of what is not known', () => {
  expect(formatMermaid(drawn(rows)).split('\n')).toEqual([
    'flowchart LR',
    '  n0["internet"]',
    '  n1["web"]',
    '  n2["ops"]',
    '  n3["db"]',
    '  n4["&lt;odd&gt; &amp; &quot;named&quot;"]',
    '  n0 -->|"tcp 443"| n1',
    '  n0 -->|"tcp 22"| n2',
    '  n1 -->|"tcp 5432, 6379, 9200-9300, 27017"| n3',
    '  n1 -.->|"tcp 1"| n4',
    '',
  ])
})

test('a picture has a box a name and an arrow a pair, none outside of its frame', () => {
  const svg = formatSvg(drawn(rows))
  expect([svg.match(/<rect x/g)?.length, svg.match(/<path class="arrow/g)?.length]).toEqual([5, 4])
  expect(svg).toContain('&lt;odd&gt; &amp; &quot;named&quot;')
  const [, width = '0', height = '0'] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
  const corners = [...svg.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"/g)]
  for (const [, x, y, wide, high] of corners) {
    expect(Math.min(Number(x), Number(y))).toBeGreaterThanOrEqual(0)
    expect(Number(x) + Number(wide)).toBeLessThanOrEqual(Number(width))
    expect(Number(y) + Number(high)).toBeLessThanOrEqual(Number(height))
  }
})

test('a picture has no more arrows than Mermaid draws', () => {
  const many = Array.from({ length: mostArrows }, (_, index) => row('web', `db-${index}`, ['5432']))
  expect(arrowsOf([...many, row('web', 'db-0', ['22'])])).toHaveLength(mostArrows)
  expect(arrowsOf([...many, row('web', 'ops', ['22'])])).toBeUndefined()
})
