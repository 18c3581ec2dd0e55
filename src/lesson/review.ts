/**
 * Which option of a question is right: the one whose promises the engine keeps. No answer is written
 * down anywhere; a wrong option is refuted by the first packet that meets another fate than it promises.
 */

import { invariant } from '../base/invariant.ts'
import type { Level, Option, Question } from './content.ts'
import { type PlayedLine, type PlayedPacket, play } from './play.ts'

export interface ReviewedOption {
  readonly text: string
  readonly isRight: boolean
  readonly why: string
  /** The packet that met another fate than the option promises, with the fate it met. */
  readonly refutedBy: PlayedPacket | null
}

export interface Review {
  readonly question: string
  readonly right: number
  readonly options: readonly ReviewedOption[]
  /** The right option's lines as the engine played them. */
  readonly check: readonly PlayedLine[]
  readonly solution: readonly string[]
}

export function reviewQuestion(question: Question): Review {
  const played = question.options.map((option) => playOption(question, option))
  const options = question.options.map((option, index): ReviewedOption => {
    const refutedBy = refutation(option, played[index] ?? [])
    return { text: option.text, isRight: refutedBy === undefined, why: option.why, refutedBy: refutedBy ?? null }
  })
  const right = options.findIndex(({ isRight }) => isRight)
  return { question: question.id, right, options, check: played[right] ?? [], solution: question.solution }
}

/** A question as a learner sees it: nothing in it gives the answer away. */
export interface PosedQuestion {
  readonly id: string
  readonly level: Level
  readonly topic: string
  readonly scenario: string
  readonly asks: string
  readonly options: readonly string[]
  readonly hint: string
}

export function pose({ id, level, topic, scenario, asks, options, hint }: Question): PosedQuestion {
  return { id, level, topic, scenario, asks, options: options.map(({ text }) => text), hint }
}

/** The index of the one right option. */
export function answerOf(question: Question): number {
  const { right, options } = reviewQuestion(question)
  invariant(options.filter(({ isRight }) => isRight).length === 1, `${question.id} has one right option`)
  return right
}

function playOption({ world, promise = [] }: Question, option: Option): readonly PlayedLine[] {
  return play({ world: [...world, ...(option.world ?? [])], lines: option.lines ?? promise }).lines
}

function refutation({ says }: Option, lines: readonly PlayedLine[]): PlayedPacket | undefined {
  const packets = lines.filter((line) => line.kind === 'packet')
  const surprise = packets.find(({ isAsExpected }) => !isAsExpected)
  const last = packets.at(-1)
  return surprise ?? (says !== undefined && !last?.sentence.includes(says) ? last : undefined)
}
