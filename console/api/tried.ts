/** A question about what somebody is typing: what is no sense yet is a problem to show beside it, and the answer before stays. */

import { useRef } from 'preact/hooks'
import type { Problem } from '../../src/app/console/api.ts'
import { useAsked } from './asked.ts'

export interface Tried<T> {
  /** The newest that there is. */
  readonly view: T | undefined
  readonly problem: string | undefined
}

export function useTried<T extends object>(key: string, question: () => Promise<T | Problem>): Tried<T> {
  const { answer, failure } = useAsked(key, question).value
  const latest = useRef<T | undefined>(undefined)
  const isProblem = answer !== undefined && 'problem' in answer
  if (answer !== undefined && !isProblem) latest.current = answer as T
  return { view: latest.current, problem: isProblem ? (answer as Problem).problem : failure }
}
