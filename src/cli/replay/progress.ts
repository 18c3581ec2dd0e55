/** How far a replay is, as a line on standard error that is written over; nothing where nobody watches. */

import type { Progress } from '../../app/replay/read-logs.ts'
import { thousands } from '../../base/amounts.ts'

const width = 24
const leastMilliseconds = 100

export interface ProgressLine {
  readonly show: (progress: Progress, records: number) => void
  readonly clear: () => void
}

export function progressLine(isQuiet: boolean): ProgressLine {
  const { stderr } = process
  if (isQuiet || !stderr.isTTY) return { show: () => undefined, clear: () => undefined }
  const start = performance.now()
  let last = 0
  return {
    show(progress, records) {
      const now = performance.now()
      if (now - last < leastMilliseconds) return
      last = now
      stderr.write(`\r\u001b[K${progressText(progress, records, (now - start) / 1000)}`)
    },
    clear: () => stderr.write('\r\u001b[K'),
  }
}

export function progressText({ done, all }: Progress, records: number, seconds: number): string {
  const rate = `${thousands(records)} records, ${thousands(Math.round(records / Math.max(seconds, 0.001)))}/s`
  if (all === 0) return rate
  const part = Math.min(1, done / all)
  const bar = '#'.repeat(Math.round(part * width)).padEnd(width, '.')
  const left = part > 0 ? `, ${Math.ceil((seconds * (1 - part)) / part)} s left` : ''
  return `[${bar}] ${Math.floor(part * 100)}%  ${rate}${left}`
}
