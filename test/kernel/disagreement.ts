/** The packets of a timeline that engine and kernel decide differently about: none, if all is well. */

import type { Witnessed } from '../../src/app/stage/kernel-timeline.ts'

export interface Disagreement {
  readonly line: number
  readonly packet: string
  readonly engine: 'allow' | 'deny'
  readonly kernel: 'allow' | 'deny'
  readonly reason: string
}

export function disagreements(witnessed: readonly Witnessed[]): Disagreement[] {
  return witnessed.flatMap(({ result: { line, packet, verdict, reason }, kernel }) => {
    if ('notAsked' in kernel || kernel.agrees) return []
    return [{ line, packet, engine: verdict.action, kernel: kernel.action, reason }]
  })
}
