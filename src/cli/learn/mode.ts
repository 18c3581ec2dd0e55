/**
 * A mode of `sallyport learn`: what it can be asked about, what it prints as JSON, and how it goes as a
 * conversation. `learn MODE` alone lists the topics, unless the mode goes over everything.
 */

import type { Level, ModeId } from '../../lesson/content.ts'
import type { Dialogue } from './dialogue.ts'
import type { Notebook } from './notebook.ts'

export interface Topic {
  readonly id: string
  readonly title: string
  readonly level?: Level
}

export interface Session {
  readonly dialogue: Dialogue
  readonly notebook: Notebook
  /** What an exam or a new question is drawn by. */
  readonly seed?: number | undefined
  /** Absent: as the answers so far suggest. */
  readonly level?: Level | undefined
  /** Whether the kernel is to play what the engine plays. */
  readonly kernel?: boolean | undefined
}

/** What answers given on the command line came to. */
export interface Outcome {
  readonly isRight: boolean
  /** As JSON. */
  readonly report: object
  readonly text: string
}

/** What a mode does about one topic, or about everything. */
export interface Work {
  /** As JSON, without what the learner is to find out. */
  content(session: Session): object | Promise<object>
  /** Judges answers given on the command line; absent where there is nothing to answer. Throws UsageError. */
  answer?(answers: readonly string[], session: Session): Promise<Outcome> | Outcome
  run(session: Session): Promise<void>
}

export interface LearnMode {
  readonly id: ModeId
  /** In the order of the lesson. */
  readonly topics: readonly Topic[]
  about(topic: string): Work
  /** Whether the kernel can be a witness. */
  readonly hasWitness?: boolean
  readonly everything?: Work
}
