/** A long list as JSON, piece by piece: one text of all of it may be longer than a text can be. */

/** What `JSON.stringify({ rows, ...more }, null, 2)` would say. */
export function* jsonPieces(rows: Iterable<object>, more: object): Generator<string> {
  const textOf = sharedTexts()
  yield '{\n  "rows": ['
  let separator = '\n'
  for (const row of rows) {
    const members = Object.entries(row).map(([name, value]) => `      "${name}": ${textOf(value)}`)
    yield `${separator}    {\n${members.join(',\n')}\n    }`
    separator = ',\n'
  }
  yield separator === '\n' ? ']' : '\n  ]'
  const rest = JSON.stringify(more, null, 2)
  yield rest === '{}' ? '\n}\n' : `,${rest.slice(1)}\n`
}

/** Many rows have the same ends and services, as the same objects: each is spelt once. */
function sharedTexts(): (value: unknown) => string {
  const known = new WeakMap<object, string>()
  const spelt = (value: unknown) => JSON.stringify(value, null, 2).replaceAll('\n', '\n      ')
  return (value) => {
    if (typeof value !== 'object' || value === null) return spelt(value)
    const text = known.get(value) ?? spelt(value)
    known.set(value, text)
    return text
  }
}
