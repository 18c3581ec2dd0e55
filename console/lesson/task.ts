/** A drill or an exercise that is open in a cloud of the learner's own on the server. */

import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Standing } from '../../src/app/lesson/api.ts'
import { Refusal } from '../api/client.ts'
import { closeTask, enterLine, openTask } from './content.ts'
import { note } from './progress.ts'
import type { Entry } from './terminal.tsx'

export interface OpenTask {
  /** Another one after each start. */
  readonly id: Signal<string>
  readonly standing: Signal<Standing | undefined>
  readonly entries: Signal<readonly Entry[]>
  readonly failure: Signal<string | undefined>
  /** Rejects as the server refuses. */
  readonly run: (line: string) => Promise<void>
  readonly startOver: () => Promise<void>
}

/** Opens the task anew for each visit; the server forgets it when the page is left. */
export function useTask(task: string): OpenTask {
  const id = useSignal('')
  const standing = useSignal<Standing | undefined>(undefined)
  const entries = useSignal<readonly Entry[]>([])
  const failure = useSignal<string | undefined>(undefined)
  const open = async () => {
    try {
      const view = await openTask(task)
      id.value = view.id
      standing.value = view.standing
      entries.value = []
      failure.value = undefined
    } catch (cause) {
      failure.value = (cause as Error).message
    }
  }
  const close = async () => {
    const old = id.peek()
    if (old !== '') await closeTask(old).catch(() => undefined)
  }
  useEffect(() => {
    void open()
    return () => void close()
  }, [task])
  const run = async (line: string) => {
    const entered = await enterLine(id.value, line).catch((cause: unknown) => {
      if (cause instanceof Refusal && cause.code === 'LessonTaskUnknown') {
        throw new Error('This exercise rested too long and is over. Start over to go on.')
      }
      throw cause
    })
    entries.value = [...entries.value, { line, ended: entered.ended }]
    const wasDone = standing.value?.isDone
    standing.value = entered.standing
    if (entered.standing.isDone && !wasDone) {
      note({ kind: entered.standing.grade ? 'exercise-solved' : 'drill-done', id: task })
    }
  }
  const startOver = async () => {
    await close()
    await open()
  }
  return { id, standing, entries, failure, run, startOver }
}
