/** What POST /_sallyport/verify does with a request: `{ from, to, protocol, port }`. */

import type { SignedRequest } from '../../ec2/protocol/signature.ts'
import type { World } from '../../model/world.ts'
import type { Finding, Question, Result } from '../../reach/explain.ts'
import { BadInput } from '../bad-input.ts'
import { membersFrom, portFrom, protocolFrom, textOf } from '../send-request.ts'
import { SystemFailure } from '../system-failure.ts'
import type { KernelWord, Verifier } from './verifier.ts'

/** As JSON. */
export interface VerifyAnswer {
  readonly result: Result
  readonly findings: readonly Finding[]
  readonly fixes: readonly { readonly why: string; readonly command: string | null }[]
  /** One for each finding, in their order. */
  readonly kernel: readonly KernelWord[]
}

/** Rejects with BadInput. */
export async function answerVerify(
  verifier: Verifier,
  world: World,
  { body }: Pick<SignedRequest, 'body'>,
): Promise<VerifyAnswer> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const { explanation, kernel } = await verifier.verify(world, questionOf(text)).catch((thrown) => {
    if (thrown instanceof SystemFailure) throw new BadInput(`The packets could not be sent: ${thrown.message}`)
    throw thrown
  })
  const { result, findings, fixes } = explanation
  return { result, findings, fixes: fixes.map(({ why, command = null }) => ({ why, command })), kernel }
}

function questionOf(text: string): Question {
  const { from, to, protocol: given = 'tcp', port } = membersFrom(text)
  const protocol = protocolFrom(given)
  const number = portFrom(port, 'port')
  const isOfPorts = protocol === 'tcp' || protocol === 'udp'
  if (number !== undefined && !isOfPorts) throw new BadInput(`${protocol} has no ports.`)
  const traffic = { protocol, ...(number === undefined ? {} : { port: number }) }
  return { from: textOf(from, 'from'), to: textOf(to, 'to'), traffic }
}
