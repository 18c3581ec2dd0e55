/** Rows of reachability as a long list: made one by one, counted without their words, the largest of them, as JSON. */

import { describe, expect, test } from 'vitest'
import { jsonPieces } from '../../src/cli/reach/json.ts'
import { tableLines, topLines } from '../../src/cli/reach/table.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { everything } from '../../src/reach/packet-set/diagram.ts'
import { type LabelKind, labelKinds, labelsBy } from '../../src/reach/reachability/labels.ts'
import { reachabilityRows } from '../../src/reach/reachability/listing.ts'
import { Reachability } from '../../src/reach/reachability/reachability.ts'
import { selectionOf } from '../../src/reach/reachability/selection.ts'

/** Rows of both families that are one, rows of one family, parts of a group, more services than a short list has. */
const world = worldFromLines(`
  group web egress  any       to 0.0.0.0/0
  group web egress  any       to ::/0
  group web ingress tcp 443   from 0.0.0.0/0
  group web ingress tcp 443   from ::/0
  group web ingress tcp 22    from 203.0.113.0/24
  group db  ingress tcp 5432  from web
  group db  ingress tcp 9000  from 10.0.0.0/30
  group db  ingress tcp 9001  from 2001:db8::/126
  ${Array.from({ length: 20 }, (_, port) => `group log ingress tcp ${7000 + port} from 10.0.2.${port}/32`).join('\n  ')}
  ${Array.from({ length: 20 }, (_, at) => `interface log-${at} 10.0.2.${at} in web log`).join('\n  ')}
  interface web-1 10.0.0.1 2001:db8::1 in web public 203.0.113.80
  interface web-2 10.0.0.2 2001:db8::2 in web
  interface web-3 10.0.0.8 2001:db8::8 in web
  interface db-1  10.0.1.1 2001:db8:1::1 in db
  interface db-2  10.0.1.2 in db
`)

function rowsBy(kind: LabelKind) {
  const reachability = new Reachability(world)
  const all = selectionOf(reachability, undefined)
  return reachabilityRows(reachability, { from: all, to: all, labels: labelsBy(world, kind), on: everything })
}

describe.each(labelKinds)('by %s', (kind) => {
  const rows = rowsBy(kind)
  const all = [...rows]

  test('rows come again as often as they are asked for, and are counted without their words', () => {
    expect([...rows]).toEqual(all)
    expect(Array.from(rows.facts(), (facts, index) => ({ ...facts, packet: all[index]?.packet }))).toEqual(all)
    expect([rows.size, rows.isEmpty]).toEqual([all.length, false])
  })

  test.each([1, 2, 5, 1000])(
    'the %d largest are those that hold for the most pairs, the first of equals first',
    (count) => {
      const largest = all.toSorted((a, b) => b.pairs - a.pairs).slice(0, count)
      expect(rows.top(count)).toEqual(largest.map(({ packet: _, ...facts }) => facts))
    },
  )

  test('the JSON is that of one value', () => {
    const doubts = [{ what: 'a count', file: 'main.tf', line: 3, name: 'aws_instance.web' }]
    const text = (more: object) => [...jsonPieces(rows, more)].join('')
    expect(text({})).toBe(`${JSON.stringify({ rows: all }, null, 2)}\n`)
    expect(text({ doubts })).toBe(`${JSON.stringify({ rows: all, doubts }, null, 2)}\n`)
  })

  test('a table of some rows says how many more there are, and of all rows nothing', () => {
    const lines = [...topLines(rows, 2)]
    expect([lines.length, lines[0]?.split(/\s+/).slice(0, 3)]).toEqual([4, ['FROM', 'TO', 'ON']])
    expect(lines[3]).toMatch(`\n… ${all.length - 2} more rows: narrow with --from, --to or --on;`)
    expect([...topLines(rows, all.length)]).toEqual([...tableLines(rows)])
    expect([...topLines(rows, all.length - 1)].at(-1)).toContain('1 more row:')
  })
})

test('no rows are an empty list', () => {
  expect([...jsonPieces([], {})].join('')).toBe(`${JSON.stringify({ rows: [] }, null, 2)}\n`)
})
