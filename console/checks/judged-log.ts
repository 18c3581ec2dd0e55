/** A flow log that is chosen and judged under the live rules, again when they change. It stays while the console is open. */

import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Problem } from '../../src/app/console/api.ts'
import type { ReplayView } from '../../src/app/console/checks-api.ts'
import { inRegion, upload } from '../api/client.ts'
import { worldVersion } from '../api/events.ts'

interface Judged {
  /** How much of the file is sent, from 0 to 1; undefined while nothing is under way. */
  readonly part: number | undefined
  /** The newest that there is, of the file at hand. */
  readonly view: ReplayView | undefined
  readonly problem: string | undefined
}

const nothing: Judged = { part: undefined, view: undefined, problem: undefined }

export const log = signal<File | undefined>(undefined)
export const isStrict = signal(false)
/** Whether the tightest rules are asked for as well. */
export const isShrunk = signal(false)
export const judged = signal<Judged>(nothing)
/** What was asked last, and of which version of the world. */
const asked = signal<{ readonly question: string; readonly version: number } | undefined>(undefined)
let current = new AbortController()

/** The server takes no more. */
const mostBytes = 256_000_000
/** A larger file is not sent again unasked. */
const smallBytes = 8_000_000

export function isSmall(file: File | undefined): boolean {
  return file !== undefined && file.size <= smallBytes
}

export function choose(file: File): void {
  stop()
  log.value = file
  judged.value = nothing
}

/** Ends what is under way. */
export function stop(): void {
  current.abort()
  judged.value = { ...judged.value, part: undefined }
}

/** Keeps the answer in step with the file, the question and the rules. True where the rules are newer than the answer. */
export function useJudgedLog(): boolean {
  const file = log.value
  const version = worldVersion.value
  const question = inRegion(pathOf(file))
  const isSame = asked.value?.question === question && judged.value !== nothing
  const isOld = isSame && asked.value?.version !== version
  const isDue = file !== undefined && (!isSame || (isOld && isSmall(file)))
  useEffect(() => {
    if (isDue) judge()
  }, [file, question, version])
  return isOld && !isDue && judged.value.part === undefined
}

function pathOf(file: File | undefined): string {
  const choices = `${isStrict.value ? '&strict=1' : ''}${isShrunk.value ? '&shrink=1' : ''}`
  return `checks/replay?name=${encodeURIComponent(file?.name ?? '')}${choices}`
}

export function judge(): void {
  const file = log.value
  if (!file) return
  current.abort()
  if (file.size > mostBytes) {
    judged.value = {
      ...nothing,
      problem: `${file.name} is larger than 256 MB: the command below reads logs of any size.`,
    }
    return
  }
  const path = pathOf(file)
  const own = new AbortController()
  current = own
  asked.value = { question: inRegion(path), version: worldVersion.value }
  judged.value = { ...judged.value, part: 0, problem: undefined }
  const tell = (part: number) => {
    if (!own.signal.aborted) judged.value = { ...judged.value, part }
  }
  const settle = (answer: Pick<Judged, 'view' | 'problem'>) => {
    if (!own.signal.aborted) judged.value = { part: undefined, ...answer }
  }
  upload<ReplayView | Problem>(path, file, { signal: own.signal, tell }).then(
    (answer) =>
      settle('problem' in answer ? { view: undefined, problem: answer.problem } : { view: answer, problem: undefined }),
    (cause: Error) => settle({ view: undefined, problem: cause.message }),
  )
}
