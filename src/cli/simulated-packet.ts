/** What `sallyport simulate` prints of a packet. */

import type { KernelWord } from '../app/stage/kernel-timeline.ts'
import type { PacketResult } from '../engine/timeline.ts'
import { kernelText } from './kernel-witness.ts'

export function packetJson(file: string, { verdict, expected, ...result }: PacketResult, kernel?: KernelWord): string {
  return `${JSON.stringify({ file, ...result, ...verdict, expected, kernel })}\n`
}

const indent = ' '.repeat(21)

export function packetText(result: PacketResult, kernel?: KernelWord): string {
  const { at, networkInterface, direction, packet, verdict, reason, sentence, expected, isAsExpected } = result
  const where = `${at / 1000}s`.padEnd(8) + `${networkInterface.replace(/^eni-/, '')} ${direction}`.padEnd(12)
  const lines = [`${where} ${packet.padEnd(52)} ${verdict.action}`, `${indent}${sentence}`]
  if (kernel) lines.push(`${indent}${kernelText(kernel)}`)
  if (!isAsExpected && expected) {
    lines.push(
      `MISMATCH  expected  ${expected.action} ${expected.reason ?? ''}`,
      `          got       ${verdict.action} ${reason}`,
    )
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
