/** How the lesson's pages spell directions, times and verdicts. */

import type { PlayedPacket } from '../../src/lesson/play.ts'

export const sides = { ingress: 'Inbound', egress: 'Outbound' } as const

export function timeText(seconds: number): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return `${seconds / 86_400} d`
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`
  return `${seconds} s`
}

export function spanText(seconds: number): string {
  if (seconds > 172_800) return `${Math.round(seconds / 86_400)} d`
  if (seconds > 7200) return `${Math.round(seconds / 3600)} h`
  return `${seconds} s`
}

export function verdictHead({ action, stopsAt }: Pick<PlayedPacket, 'action' | 'stopsAt'>): string {
  if (action === 'allow') return 'Allowed'
  return stopsAt === null ? 'Denied' : `Denied at the ${stopsAt}`
}

export function sentenceText(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}

export function count(amount: number, one: string, several = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : several}`
}

/** The event of a timeline's line, without its time. */
export function eventText(line: string): string {
  return line.replace(/^\S+\s+/, '')
}
