/**
 * A free number in a long range without looking at all of it: the lowest one where the taken ones
 * have no gaps, otherwise one that follows a taken one.
 */

/** `undefined` when every number from `first` to `last` is taken. */
export function freeNumber(first: bigint, last: bigint, isTaken: (number: bigint) => boolean): bigint | undefined {
  if (first > last) return undefined
  let taken = first - 1n
  for (let step = 0n; first + step <= last; step = step === 0n ? 1n : step * 2n) {
    if (!isTaken(first + step)) return boundary(taken, first + step, isTaken)
    taken = first + step
  }
  for (let number = first; number <= last; number++) if (!isTaken(number)) return number
  return undefined
}

/** A free number right after a taken one, at most `free`; `taken` may be the one before the range. */
function boundary(taken: bigint, free: bigint, isTaken: (number: bigint) => boolean): bigint {
  let [low, high] = [taken, free]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (isTaken(middle)) low = middle
    else high = middle
  }
  return high
}
