/**
 * Randomness as an argument. An action that is given the same entropy makes the same ids, which is
 * what lets a test compare whole answers.
 */

export interface Entropy {
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string
}

/** Repeatable entropy for tests and recorded scenes (xorshift32; not for secrets). */
export function seededEntropy(seed: number): Entropy {
  let state = seed | 0 || 1
  function nextDigit(): string {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return ((state >>> 0) & 15).toString(16)
  }
  return { hex: (length) => Array.from({ length }, nextDigit).join('') }
}

/** `head` of 8-4-4-4-12 form, as AWS prints request ids. */
export function uuidFrom(entropy: Entropy): string {
  const digits = entropy.hex(32)
  const part = (start: number, end: number) => digits.slice(start, end)
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`
}
