/** A question to the server that a component shows the answer of, asked again when the world or the question changes. */

import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { region } from '../shell/session.ts'
import { worldVersion } from './events.ts'

export interface Asked<T> {
  /** The newest answer; the one before stays until it is there. */
  readonly answer: T | undefined
  readonly failure: string | undefined
}

/** `key` names the question: with another key the old answer is not shown. */
export function useAsked<T>(key: string, question: () => Promise<T>): ReadonlySignal<Asked<T>> {
  // The key changes while this render's question is not yet the effect's.
  const newest = useRef(question)
  newest.current = question
  const state = useSignal<Asked<T>>({ answer: undefined, failure: undefined })
  const asking = useSignal(key)
  if (asking.peek() !== key) {
    asking.value = key
    state.value = { answer: undefined, failure: undefined }
  }
  useSignalEffect(() => {
    const mark = `${asking.value} ${region.value} ${worldVersion.value}`
    let isCurrent = true
    newest.current().then(
      (answer) => {
        if (isCurrent && mark) state.value = { answer, failure: undefined }
      },
      (cause: Error) => {
        if (isCurrent) state.value = { answer: state.peek().answer, failure: cause.message }
      },
    )
    return () => {
      isCurrent = false
    }
  })
  return state
}
