/** A long list as JSON, piece by piece: one text of all of it may be longer than a text can be. */

/** What `JSON.stringify({ rows, ...more }, null, 2)` would say. */
export function* jsonPieces(rows: Iterable<object>, more: object): Generator<string> {
  yield '{\n  "rows": ['
  let count = 0
  for (const row of rows) {
    yield `${count === 0 ? '' : ','}\n    ${JSON.stringify(row, null, 2).replaceAll('\n', '\n    ')}`
    count += 1
  }
  yield count === 0 ? ']' : '\n  ]'
  const rest = JSON.stringify(more, null, 2)
  yield rest === '{}' ? '\n}\n' : `,${rest.slice(1)}\n`
}
