/**
 * Progress as it was stored, read back. It may be old, edited or cut short: what is not understood is
 * left out piece by piece, so that one bad entry does not cost the rest.
 */

import { type CounterexampleCard, type Prediction, reasonLabels } from '../predict.ts'
import { type Answered, type CardState, type ExamResult, noProgress, type Progress } from './progress.ts'

/** Never throws: text that is no progress at all is none. */
export function readProgress(text: string): Progress {
  const stored = parsed(text)
  if (!isRecord(stored) || stored['version'] !== 1) return noProgress
  const strings = (name: string) => listOf(stored[name], (item) => (typeof item === 'string' ? item : undefined))
  const cards = isRecord(stored['cards']) ? Object.entries(stored['cards']) : []
  return {
    version: 1,
    scenes: strings('scenes'),
    chapters: strings('chapters'),
    drills: strings('drills'),
    exercises: strings('exercises'),
    answers: listOf(stored['answers'], readAnswer),
    counterexamples: listOf(stored['counterexamples'], readCounterexample),
    cards: Object.fromEntries(cards.flatMap(([id, card]) => (isCard(card) ? [[id, card]] : []))),
    round: isCount(stored['round']) ? stored['round'] : 0,
    exams: listOf(stored['exams'], readExam),
  }
}

export function writeProgress(progress: Progress): string {
  return JSON.stringify(progress)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function listOf<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] {
  if (!Array.isArray(value)) return []
  return value.map(read).filter((item) => item !== undefined)
}

function readAnswer(item: unknown): Answered | undefined {
  if (!isRecord(item)) return undefined
  const { question, level, isRight } = item
  const isLevel = level === 'easy' || level === 'medium' || level === 'hard'
  if (typeof question !== 'string' || !isLevel || typeof isRight !== 'boolean') return undefined
  return { question, level, isRight }
}

function readCounterexample(item: unknown): CounterexampleCard | undefined {
  if (!isRecord(item)) return undefined
  const { id, scene, step } = item
  const predicted = readPrediction(item['predicted'])
  if (typeof id !== 'string' || typeof scene !== 'string' || !isCount(step) || !predicted) return undefined
  return { id, scene, step, predicted }
}

function readPrediction(item: unknown): Prediction | undefined {
  if (!isRecord(item)) return undefined
  const { action, because } = item
  if (action !== 'allow' && action !== 'deny') return undefined
  const reason = reasonLabels[action].find(({ kind }) => kind === because)
  return reason ? { action, because: reason.kind } : { action }
}

function isCard(item: unknown): item is CardState {
  return isRecord(item) && isCount(item['box']) && item['box'] >= 1 && item['box'] <= 5 && isCount(item['dueIn'])
}

function readExam(item: unknown): ExamResult | undefined {
  if (!isRecord(item)) return undefined
  const { seed, right, asked } = item
  const isSeed = typeof seed === 'number' && Number.isSafeInteger(seed)
  return isSeed && isCount(right) && isCount(asked) && right <= asked ? { seed, right, asked } : undefined
}
