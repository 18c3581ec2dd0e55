/**
 * What a learner has done, as one JSON value and a pure reducer. Flashcards lie in Leitner boxes: a
 * known card moves one box on and comes back later, a missed one returns to the first.
 */

import type { Level } from '../content.ts'
import type { CounterexampleCard } from '../predict.ts'

export interface Answered {
  readonly question: string
  readonly level: Level
  readonly isRight: boolean
}

export interface CardState {
  /** 1 to 5. */
  readonly box: number
  /** The round from which on it is due. */
  readonly dueIn: number
}

export interface ExamResult {
  readonly seed: number
  readonly right: number
  readonly asked: number
}

export interface Progress {
  readonly version: 1
  readonly scenes: readonly string[]
  readonly chapters: readonly string[]
  readonly drills: readonly string[]
  readonly exercises: readonly string[]
  /** Newest last. */
  readonly answers: readonly Answered[]
  readonly counterexamples: readonly CounterexampleCard[]
  readonly cards: Readonly<Record<string, CardState>>
  /** Rounds of flashcards so far. */
  readonly round: number
  readonly exams: readonly ExamResult[]
}

export const noProgress: Progress = {
  version: 1,
  scenes: [],
  chapters: [],
  drills: [],
  exercises: [],
  answers: [],
  counterexamples: [],
  cards: {},
  round: 0,
  exams: [],
}

export type ProgressEvent =
  | { readonly kind: 'scene-seen' | 'chapter-read' | 'drill-done' | 'exercise-solved'; readonly id: string }
  | ({ readonly kind: 'answered' } & Answered)
  | { readonly kind: 'mispredicted'; readonly card: CounterexampleCard }
  | { readonly kind: 'counterexample-settled'; readonly id: string }
  | { readonly kind: 'card-known' | 'card-missed'; readonly id: string }
  | { readonly kind: 'round-ended' }
  | ({ readonly kind: 'exam-taken' } & ExamResult)
  | { readonly kind: 'reset' }

/** Oldest ones make room. */
const mostKept = 500

export function progressAfter(before: Progress, event: ProgressEvent): Progress {
  switch (event.kind) {
    case 'scene-seen':
      return { ...before, scenes: withId(before.scenes, event.id) }
    case 'chapter-read':
      return { ...before, chapters: withId(before.chapters, event.id) }
    case 'drill-done':
      return { ...before, drills: withId(before.drills, event.id) }
    case 'exercise-solved':
      return { ...before, exercises: withId(before.exercises, event.id) }
    case 'answered': {
      const { question, level, isRight } = event
      return { ...before, answers: [...before.answers, { question, level, isRight }].slice(-mostKept) }
    }
    case 'mispredicted':
      return { ...before, counterexamples: [...without(before, event.card.id), event.card].slice(-mostKept) }
    case 'counterexample-settled':
      return { ...before, counterexamples: without(before, event.id) }
    case 'card-known':
    case 'card-missed':
      return { ...before, cards: { ...before.cards, [event.id]: moved(before, event.id, event.kind === 'card-known') } }
    case 'round-ended':
      return { ...before, round: before.round + 1 }
    case 'exam-taken': {
      const { seed, right, asked } = event
      return { ...before, exams: [...before.exams, { seed, right, asked }].slice(-mostKept) }
    }
    case 'reset':
      return noProgress
    default:
      return event satisfies never
  }
}

function withId(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids : [...ids, id]
}

function without({ counterexamples }: Progress, id: string): CounterexampleCard[] {
  return counterexamples.filter((card) => card.id !== id)
}

const boxes = 5

/** A card of box n rests for 2^(n-1) rounds, a missed one for none. */
function moved({ cards, round }: Progress, id: string, isKnown: boolean): CardState {
  const box = isKnown ? Math.min((cards[id]?.box ?? 0) + 1, boxes) : 1
  return { box, dueIn: isKnown ? round + 2 ** (box - 1) : round }
}

/** The cards to show now: those that were never seen, and those that are due, lowest box first. */
export function dueCards(ids: readonly string[], { cards, round }: Progress): readonly string[] {
  const boxOf = (id: string) => (Object.hasOwn(cards, id) ? (cards[id]?.box ?? 0) : 0)
  const due = ids.filter((id) => !Object.hasOwn(cards, id) || (cards[id]?.dueIn ?? 0) <= round)
  return due.sort((a, b) => boxOf(a) - boxOf(b))
}

export interface PracticeScore {
  readonly right: number
  readonly asked: number
  readonly byLevel: Readonly<Record<Level, { readonly right: number; readonly asked: number }>>
}

export function practiceScore({ answers }: Progress): PracticeScore {
  const of = (level: Level) => {
    const asked = answers.filter((answer) => answer.level === level)
    return { right: asked.filter(({ isRight }) => isRight).length, asked: asked.length }
  }
  return {
    right: answers.filter(({ isRight }) => isRight).length,
    asked: answers.length,
    byLevel: { easy: of('easy'), medium: of('medium'), hard: of('hard') },
  }
}
