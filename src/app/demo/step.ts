/** One step of the demonstration: what was typed, what came of it, and why. */

export interface DemoStep {
  readonly number: number
  /** What the step claims, and is held to. */
  readonly claim: string
  readonly command: string
  /** As it was printed. */
  readonly output: string
  /** Sentences. */
  readonly why: readonly string[]
  readonly isAsClaimed: boolean
}
