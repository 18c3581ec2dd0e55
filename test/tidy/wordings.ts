/**
 * Every sentence of the rejection catalogue is quoted by a test or a vector. What counts is the
 * longest part between its parameters; a sentence that is all parameter counts by its name.
 */

import type { Complaint } from './complaint.ts'

interface Entry {
  readonly text: (parameters: never) => string
}

const gap = '\u0000'

/** Stands for any parameter: whatever is read from it or called on it, it prints as one gap. */
const placeholder: unknown = new Proxy(() => gap, {
  get: (_target, key) => (key === Symbol.toPrimitive || key === 'toString' ? () => gap : placeholder),
  apply: () => placeholder,
})

export function wordingComplaints(catalogue: Readonly<Record<string, Entry>>, quotes: string): Complaint[] {
  const said = unescapeQuotes(quotes)
  return Object.entries(catalogue).flatMap(([name, entry]) => {
    const fragment = fixedPart(entry)
    const isQuoted = fragment === '' ? quotesName(said, name) : said.includes(fragment)
    if (isQuoted) return []
    const wanted = fragment === '' ? `its name, '${name}'` : `"${fragment}"`
    return [{ where: name, rule: 'a wording no test quotes', instead: `Provoke it in a test that contains ${wanted}` }]
  })
}

/** The longest part of the sentence that no parameter changes. */
function fixedPart({ text }: Entry): string {
  const sentence = String(text(placeholder as never))
  return sentence
    .split(gap)
    .reduce((longest, part) => (part.trim().length > longest.trim().length ? part : longest), '')
}

function quotesName(said: string, name: string): boolean {
  return said.includes(`'${name}'`)
}

function unescapeQuotes(source: string): string {
  return source.replace(/\\(['"`])/g, '$1')
}
