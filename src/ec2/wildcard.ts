/**
 * Filter values with wildcards (spec 1.6): `*` stands for any characters, `?` for zero or one, as the
 * guide's worked example has it. No value takes more than a few passes over the text.
 */

import { reject } from '../model/rejection.ts'

/** No text that EC2 holds is longer. */
const longestPattern = 1024

/** Whether a filter value asks for one text exactly, so that an index can answer it. */
export function isExact(value: string): boolean {
  return !/[*?\\]/.test(value)
}

type Pattern = (text: string) => boolean

/** A test for one filter value. */
export function patternFrom(value: string): Pattern {
  if (isExact(value)) return (text) => text === value
  if (value.length > longestPattern) {
    reject('InvalidParameterValue', {
      value: `${value.slice(0, 40)}…`,
      name: 'filter.value',
      reason: `A filter value may be at most ${longestPattern} characters long.`,
    })
  }
  const pieces = piecesOf(value)
  return (text) => fits(pieces, text)
}

/** Literal text after a gap of at most so many characters. */
interface Piece {
  gap: number
  text: string
}

interface Pieces {
  readonly pieces: readonly Piece[]
  /** The most characters after the last piece. */
  readonly tail: number
}

function piecesOf(value: string): Pieces {
  const pieces: Piece[] = []
  let gap = 0
  let isInText = false
  for (let at = 0; at < value.length; at++) {
    const wild = value.charAt(at)
    if (wild === '*' || wild === '?') {
      gap += wild === '*' ? Number.POSITIVE_INFINITY : 1
      isInText = false
      continue
    }
    if (wild === '\\' && /[*?\\]/.test(value.charAt(at + 1))) at++
    const piece = pieces.at(-1)
    if (isInText && piece) piece.text += value.charAt(at)
    else pieces.push({ gap, text: value.charAt(at) })
    gap = 0
    isInText = true
  }
  return { pieces, tail: gap }
}

/** Follows all readings of the pattern at once: `ends` is where the pieces so far may have ended. */
function fits({ pieces, tail }: Pieces, text: string): boolean {
  let ends: readonly number[] = [0]
  for (const piece of pieces) {
    ends = endsAfter(piece, ends, text)
    if (ends.length === 0) return false
  }
  return isWithin(tail, text, ends.at(-1) ?? 0, text.length)
}

/** Where the piece may end if those before it ended at one of `ends`, in rising order. */
function endsAfter({ gap, text: literal }: Piece, ends: readonly number[], text: string): number[] {
  const next: number[] = []
  const [first = 0] = ends
  const last = ends.at(-1) ?? 0
  let nearest = 0
  for (let at = text.indexOf(literal, first); at >= 0; at = text.indexOf(literal, at + 1)) {
    if (at - last > 2 * gap) break
    while ((ends[nearest + 1] ?? Number.POSITIVE_INFINITY) <= at) nearest++
    if (isWithin(gap, text, ends[nearest] ?? 0, at)) next.push(at + literal.length)
  }
  return next
}

/** Whether at most `gap` characters lie between; one beyond the basic plane, an emoji say, is two units long. */
function isWithin(gap: number, text: string, from: number, to: number): boolean {
  const units = to - from
  if (units <= gap || units > 2 * gap) return units <= gap
  return [...text.slice(from, to)].length <= gap
}
