/**
 * What the lesson is made of, as JSON-serialisable data. One content serves all ten modes; whatever it
 * says of a packet is a line of notation (docs/vectors.md) that the engine is held to.
 */

/** The ten ways through the same content. */
export type ModeId =
  | 'read'
  | 'watch'
  | 'do'
  | 'predict'
  | 'fix'
  | 'build'
  | 'compare'
  | 'flashcards'
  | 'practice'
  | 'exam'

export interface Mode {
  readonly id: ModeId
  readonly title: string
  readonly says: string
}

/** A sentence or two that is true, and the scenes that show it. */
export interface Claim {
  readonly text: string
  readonly scenes: readonly [string, ...string[]]
}

export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | ({ readonly kind: 'claim' } & Claim)
  | { readonly kind: 'list'; readonly claims: readonly Claim[] }
  | ({ readonly kind: 'command' } & CommandNote)

/** One of the five commands: what it does, and how what it prints has changed. */
export interface CommandNote {
  readonly number: number
  readonly line: string
  readonly does: string
  readonly olderPages: string
  readonly currentCli: string
  readonly scenes: readonly [string, ...string[]]
}

export interface Chapter {
  readonly id: string
  readonly title: string
  readonly aim: string
  readonly parts: readonly Part[]
  /** To watch and to predict, in this order. */
  readonly scenes: readonly string[]
  /** To do in the terminal. */
  readonly drills: readonly string[]
}

/** A small world and what happens in it. */
export interface Scene {
  readonly id: string
  readonly title: string
  /** What it proves, in one sentence. */
  readonly claim: string
  /** `option` lines, for where AWS is silent or publishes no figure. */
  readonly options?: readonly string[]
  /** Lines under `world`. */
  readonly world: readonly string[]
  readonly steps: readonly Step[]
}

/** A packet has a question; an event only says what happens. Its line ends with the verdict and its reason. */
export interface Step {
  readonly line: string
  readonly asks?: string
  readonly explains: string
}

export type Level = 'easy' | 'medium' | 'hard'

/** One of four answers, as a promise that the engine keeps or breaks. */
export interface Option {
  readonly text: string
  /** Lines under `world` that choosing it adds. */
  readonly world?: readonly string[]
  /** Timeline lines that come true if it is right; the question's `promise` if absent. */
  readonly lines?: readonly string[]
  /** What the reason of the last packet must say, besides. */
  readonly says?: string
  /** Why it is right, or why people choose it and what they miss. */
  readonly why: string
}

export interface Question {
  readonly id: string
  readonly level: Level
  readonly topic: string
  readonly scenario: string
  readonly asks: string
  readonly world: readonly string[]
  /** What every option is held to that has no lines of its own. */
  readonly promise?: readonly string[]
  readonly options: readonly [Option, Option, Option, Option]
  readonly hint: string
  /** Step by step. */
  readonly solution: readonly string[]
}

/** Packets with the verdicts that a requirement asks for. */
export interface Goal {
  readonly text: string
  /** A group of this name is put on an interface `probe`, for worlds in which nothing carries it yet. */
  readonly probes?: string
  /** Timeline lines; each packet line says `allow` or `deny`. */
  readonly lines: readonly string[]
}

/** A world to mend, or to build a requirement in. */
export interface Exercise {
  readonly id: string
  readonly kind: 'fix' | 'build'
  readonly level: Level
  readonly title: string
  readonly scenario: string
  /** Absent: the default network that AWS gives a new Region. */
  readonly world?: readonly string[]
  readonly goals: readonly [Goal, ...Goal[]]
  readonly hint: string
  /** `aws ec2 …` lines; ids are written by name, `sg-web`. */
  readonly solution: readonly string[]
  readonly explains: string
}

/** Lines to type, each with what it should have done. */
export interface Drill {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly world?: readonly string[]
  readonly steps: readonly DrillStep[]
}

export interface DrillStep {
  readonly says: string
  readonly line: string
  /** Holds after the line, and not before; absent for a line that only shows. */
  readonly done?: Goal
  /** The code of the error that AWS answers the line with. */
  readonly refusedWith?: string
  readonly note?: string
}

export interface Flashcard {
  readonly id: string
  readonly chapter: string
  readonly front: string
  readonly back: string
  readonly scene: string
}

/** The same traffic through a group and through an ACL: two scenes side by side. */
export interface Comparison {
  readonly id: string
  readonly title: string
  readonly group: { readonly says: string; readonly scene: string }
  readonly acl: { readonly says: string; readonly scene: string }
}
