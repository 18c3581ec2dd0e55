/** What a source says that was not understood: told beside every answer, for what depends on it is undetermined. */

import type { Doubt, Imported } from '../import/imported.ts'

/** More are no reading matter; the JSON has them all. */
const mostShown = 10

/** On standard error, so that what reads the answer reads the answer alone. */
export function tellDoubts(...sources: readonly Pick<Imported, 'doubts'>[]): void {
  const doubts = distinctDoubts(sources)
  if (doubts.length === 0) return
  const head = doubts.length === 1 ? 'One thing is' : `${doubts.length} things are`
  const more = doubts.length - mostShown
  const lines = [
    `${head} not known here; what depends on it is told as undetermined:`,
    ...doubts.slice(0, mostShown).map((doubt) => `  ${doubtText(doubt)}`),
    ...(more > 0 ? [`  … and ${more} more, which --output json tells`] : []),
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
}

function doubtText({ what, origin: { file, line, name } }: Doubt): string {
  return `${file}:${line} ${name}: ${what}`
}

/** For the JSON of an answer: nothing where all is known. */
export function doubtsTold(...sources: readonly Pick<Imported, 'doubts'>[]) {
  const doubts = distinctDoubts(sources)
  return doubts.length === 0 ? {} : { doubts: doubts.map(({ what, origin }) => ({ what, ...origin })) }
}

/** Two worlds of one file have the same. */
function distinctDoubts(sources: readonly Pick<Imported, 'doubts'>[]): Doubt[] {
  const all = sources.flatMap(({ doubts }) => doubts)
  return [...new Map(all.map((doubt) => [doubtText(doubt), doubt])).values()]
}
