/**
 * Who opened a connection, by its ports alone: a service has a low port and its client one from the range that
 * systems draw from. A guess, and told as one.
 */

/** Linux draws from here on; Windows and the BSDs from higher. */
const firstDrawn = 32_768
const firstRegistered = 1024

export interface PortGuess {
  /** The sender of the packets opened the connection. */
  readonly isOpening: boolean
  /** The ports are of different kinds. */
  readonly isLikely: boolean
}

const guesses = {
  opening: { isOpening: true, isLikely: true },
  answer: { isOpening: false, isLikely: true },
  openingPerhaps: { isOpening: true, isLikely: false },
  answerPerhaps: { isOpening: false, isLikely: false },
} as const

export function guessByPorts(source: number, destination: number): PortGuess {
  const [from, to] = [kindOf(source), kindOf(destination)]
  if (from !== to) return from > to ? guesses.opening : guesses.answer
  return source >= destination ? guesses.openingPerhaps : guesses.answerPerhaps
}

function kindOf(port: number): number {
  if (port < firstRegistered) return 0
  return port < firstDrawn ? 1 : 2
}
