/** `--kernel`: the kernel as second witness, and what it says about a packet as text. */

import type { KernelWord } from '../app/stage/kernel-timeline.ts'
import { Witness } from '../app/stage/witness.ts'
import { SystemFailure } from '../app/system-failure.ts'
import { CommandFailure } from './command-failure.ts'

/** The exit code of a run in which engine and kernel disagree. */
const disagreed = 3

/** Lends a kernel to the work. Ends with 2 where this system lends none, or refuses a step. */
export async function withWitness<T>(work: (witness: Witness) => Promise<T>): Promise<T> {
  let witness: Witness | undefined
  try {
    witness = await Witness.open()
    return await work(witness)
  } catch (thrown) {
    throw thrown instanceof SystemFailure ? new CommandFailure(2, thrown.message) : thrown
  } finally {
    await witness?.close()
  }
}

/** `kernel: allow`, and whether that is what the engine says. */
export function kernelText(word: KernelWord): string {
  if ('notAsked' in word) return `kernel: not asked (${word.notAsked})`
  return `kernel: ${word.action}${word.agrees ? '' : '  DISAGREES'}`
}

/** Of a timeline that is not played at all. */
export function unplayedText(why: string): string {
  return `kernel: plays nothing of this (${why})`
}

export function disagreement(packets: number): CommandFailure {
  const about = `${packets} ${packets === 1 ? 'packet' : 'packets'}`
  return new CommandFailure(
    disagreed,
    `engine and kernel disagree about ${about}. docs/gaps.md lists the sequences that netfilter is known to take otherwise.`,
  )
}
