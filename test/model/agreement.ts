/**
 * Holds the program's engine against the reference model on one text, and cuts a text on which they
 * differ down to the lines that matter, in the form of a vector file.
 */

import { type PacketResult, playTimeline, TimelineError } from '../../src/engine/timeline.ts'
import { playReference, type ReferenceResult } from './reference-timeline.ts'

export interface Disagreement {
  readonly line: number
  readonly engine: string
  readonly reference: string
}

/** The first packet that they judge differently. Throws when one of them cannot read the text. */
export function disagreement(text: string): Disagreement | undefined {
  const engine = Array.from(playTimeline(text), engineWords)
  const reference = playReference(text)
  for (const [index, expected] of reference.entries()) {
    const words = referenceWords(expected)
    if (engine[index] !== words) return { line: expected.line, engine: engine[index] ?? 'nothing', reference: words }
  }
  return engine.length === reference.length
    ? undefined
    : { line: 0, engine: `${engine.length} packets`, reference: `${reference.length} packets` }
}

function engineWords({ line, verdict, reason }: PacketResult): string {
  return `${line} ${verdict.action} ${reason} ${forgottenAt(verdict.because) ?? ''}`
}

type Because = PacketResult['verdict']['because']

function forgottenAt(because: Because): number | undefined {
  if (because.kind === 'rules') return because.expiresAt
  if (because.kind === 'fragment') return forgottenAt(because.first)
  return because.kind === 'connection' || because.kind === 'related-error' ? because.connection.expiresAt : undefined
}

function referenceWords({ line, action, reason, forgottenAt }: ReferenceResult): string {
  return `${line} ${action} ${reason} ${forgottenAt ?? ''}`
}

/** The fewest of the text's lines on which they still differ, each packet with what the reference expects. */
function smallestVector(text: string): string {
  const small = smallest(text).replace(/\n(?=\d)/, '\n\n')
  const expected = playReference(small)
  const lines = small.split('\n').map((line, index) => {
    const result = expected.find((each) => each.line === index + 1)
    return result ? `${line}   ${result.action} ${result.reason}` : line
  })
  return ['# the engine and the reference model differ', '# provenance: derived', ...lines].join('\n')
}

/** Takes away runs of lines, halves first, for as long as the difference stays. */
function smallest(text: string): string {
  let lines = text.trimEnd().split('\n')
  for (let size = lines.length >> 1; size >= 1; size = size > 1 ? size >> 1 : 0) {
    for (let start = 0; start < lines.length; ) {
      const fewer = [...lines.slice(0, start), ...lines.slice(start + size)]
      if (disagrees(fewer)) lines = fewer
      else start += size
    }
    if (size === 1) lines = withoutSingles(lines)
  }
  return `${lines.join('\n')}\n`
}

/** Once more line by line: taking one away can make another needless. */
function withoutSingles(lines: readonly string[]): string[] {
  const index = lines.findIndex((_, at) => disagrees(lines.toSpliced(at, 1)))
  return index < 0 ? [...lines] : withoutSingles(lines.toSpliced(index, 1))
}

/** Without some of its lines a text may make no sense: that is no disagreement. */
function disagrees(lines: readonly string[]): boolean {
  try {
    return disagreement(lines.join('\n')) !== undefined
  } catch (thrown) {
    if (thrown instanceof TimelineError) return false
    throw thrown
  }
}

/** What to print for a seed on which they differ. */
export function report(seed: number, text: string): string {
  const vector = smallestVector(text)
  const found = disagreement(vector)
  return [
    `seed ${seed}`,
    vector,
    `line ${found?.line}`,
    `  engine    ${found?.engine}`,
    `  reference ${found?.reference}`,
  ].join('\n')
}
