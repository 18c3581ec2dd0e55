/** The suggestions of "maybe you meant": Python's difflib.get_close_matches, whose ratio is Ratcliff and Obershelp's. */

const best = 3

/** At most three candidates whose likeness to `word` reaches `cutoff`, the likest first. */
export function closeMatches(word: string, candidates: readonly string[], cutoff: number): string[] {
  return candidates
    .filter((candidate) => candidate.length <= 80 && word.length <= 80)
    .map((candidate) => ({ candidate, likeness: likenessOf(candidate, word) }))
    .filter(({ likeness }) => likeness >= cutoff)
    .sort((one, other) => other.likeness - one.likeness || (one.candidate < other.candidate ? 1 : -1))
    .slice(0, best)
    .map(({ candidate }) => candidate)
}

function likenessOf(one: string, other: string): number {
  const length = one.length + other.length
  return length === 0 ? 1 : (2 * matchingCharacters(one, other)) / length
}

/** The longest common stretch, and the same again to its left and to its right. */
function matchingCharacters(one: string, other: string): number {
  const { inOne, inOther, length } = longestStretch(one, other)
  if (length === 0) return 0
  return (
    length +
    matchingCharacters(one.slice(0, inOne), other.slice(0, inOther)) +
    matchingCharacters(one.slice(inOne + length), other.slice(inOther + length))
  )
}

interface Stretch {
  readonly inOne: number
  readonly inOther: number
  readonly length: number
}

function longestStretch(one: string, other: string): Stretch {
  let longest: Stretch = { inOne: 0, inOther: 0, length: 0 }
  let lengths: number[] = []
  for (let i = 0; i < one.length; i++) {
    const row: number[] = []
    for (let j = 0; j < other.length; j++) {
      if (one[i] !== other[j]) continue
      const length = (lengths[j - 1] ?? 0) + 1
      row[j] = length
      if (length > longest.length) longest = { inOne: i - length + 1, inOther: j - length + 1, length }
    }
    lengths = row
  }
  return longest
}
