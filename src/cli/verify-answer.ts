/** What engine and kernel say of one question, side by side. */

import { ask } from '../app/remote.ts'
import type { VerifyAnswer } from '../app/verify/verify-path.ts'
import type { Question } from '../reach/explain.ts'
import { CommandFailure } from './command-failure.ts'
import { explanationText } from './explanation-text.ts'
import { type EndpointOptions, fromEndpoint } from './world-options.ts'

interface VerifyOptions extends EndpointOptions {
  readonly output: 'text' | 'json'
}

export async function verify({ from, to, traffic }: Question, asked: string, options: VerifyOptions): Promise<void> {
  const body = JSON.stringify({ from, to, ...traffic })
  const answer = (await fromEndpoint(options, (remote) =>
    ask(remote, { method: 'POST', target: '/_sallyport/verify', body }),
  )) as VerifyAnswer
  const isText = options.output === 'text'
  process.stdout.write(isText ? text(asked, answer) : `${JSON.stringify(answer, null, 2)}\n`)
  const { kernel, result } = answer
  if (kernel.some(({ isAgreed }) => isAgreed === false)) throw new CommandFailure(3, '')
  if (result === 'reachable' && kernel.every(({ isAgreed }) => isAgreed === null)) throw new CommandFailure(2, '')
  if (result !== 'reachable') throw new CommandFailure(1, '')
}

function text(asked: string, answer: VerifyAnswer): string {
  return [...sideBySide(answer), '', explanationText(asked, answer)].join('\n')
}

function sideBySide({ result, findings, kernel }: VerifyAnswer): string[] {
  const [only] = kernel
  if (only && kernel.length === 1) return [`engine: ${result}`, `kernel: ${wordText(only)}`, ...warning(kernel)]
  const parts = findings.flatMap((finding, index) => {
    const word = kernel[index]
    return word ? [`  ${finding.packet}`, `    engine: ${finding.result}`, `    kernel: ${wordText(word)}`] : []
  })
  return [`engine: ${result}`, 'kernel: part by part', ...parts, ...warning(kernel)]
}

function wordText({ result, how }: VerifyAnswer['kernel'][number]): string {
  return result === 'not-asked' ? `cannot be verified: ${how}` : `${result} (${how})`
}

function warning(kernel: VerifyAnswer['kernel']): string[] {
  return kernel.some(({ isAgreed }) => isAgreed === false) ? ['They disagree.'] : []
}
