/** Questions and their reviews as text. */

import type { Question } from '../../lesson/content.ts'
import { type PlayedLine, play } from '../../lesson/play.ts'
import type { Review, ReviewedOption } from '../../lesson/review.ts'
import { UsageError } from '../usage-error.ts'
import type { Dialogue } from './dialogue.ts'
import { hanging, wrap } from './layout.ts'
import { eventText, packetText, verdictText, worldText } from './scene-text.ts'

const letters = ['a', 'b', 'c', 'd'] as const

export function questionText({ level, scenario, asks, world, options }: Question, width: number): string {
  return [
    wrap(`(${level}) ${scenario}`, width),
    worldText(play({ world, lines: [] }).opening),
    wrap(asks, width),
    options.map(({ text }, at) => hanging(`  ${letters[at]}  `, text, width)).join('\n'),
  ].join('\n\n')
}

export function reviewText({ options, solution, check }: Review, chosen: number | undefined, width: number): string {
  const rows = options.map((option, at) => optionText(option, { at, chosen }, width))
  const steps = solution.map((step, at) => hanging(`  ${at + 1}. `, step, width))
  const played = check.map((line) => lineText(line, width))
  return [...rows, '', 'Step by step:', ...steps, '', 'Quick check, as the engine played it:', ...played].join('\n')
}

interface Place {
  readonly at: number
  readonly chosen: number | undefined
}

function optionText(option: ReviewedOption, { at, chosen }: Place, width: number): string {
  const mark = `${option.isRight ? '✓' : '✗'} ${letters[at]}  `
  const head = hanging(mark, `${option.text}${at === chosen ? '  (your answer)' : ''}`, width)
  const why = wrap(option.why, width, '     ')
  if (!option.refutedBy) return `${head}\n${why}`
  return `${head}\n${why}\n     refuted by ${packetText(option.refutedBy)}\n${verdictText(option.refutedBy, width, '     ')}`
}

function lineText(line: PlayedLine, width: number): string {
  return line.kind === 'packet' ? `  ${packetText(line)}\n${verdictText(line, width)}` : `  ${eventText(line)}`
}

/** The place of the letter. Throws UsageError. */
export function choiceFrom(text: string): number {
  const at = choiceOf(text)
  if (at === undefined) throw new UsageError(`'${text}' is none of a, b, c and d.`)
  return at
}

function choiceOf(text: string): number | undefined {
  const at = (letters as readonly string[]).indexOf(text.trim().toLowerCase())
  return at < 0 ? undefined : at
}

/** Asks until there is a letter; undefined when the learner leaves. */
export async function askChoice(dialogue: Dialogue, hint?: string): Promise<number | undefined> {
  const prompt = hint === undefined ? 'a, b, c or d? ' : 'a, b, c or d (h for a hint)? '
  for (;;) {
    const line = await dialogue.ask(prompt)
    if (line === undefined || /^q(uit)?$/i.test(line)) return undefined
    const at = choiceOf(line)
    if (at !== undefined) return at
    const asksHint = hint !== undefined && /^h(int)?$/i.test(line)
    dialogue.say(asksHint ? wrap(hint, dialogue.width) : 'Type one letter; q to leave.')
  }
}
