/** A request to one of Sallyport's own paths answered by a live engine: whose it is, what comes back, as JSON. */

import type { Instant } from '../base/clock.ts'
import { uuidFrom } from '../base/entropy.ts'
import { type EndpointParts, readWorld } from '../ec2/endpoint.ts'
import type { SignedRequest } from '../ec2/protocol/signature.ts'
import { Rejection } from '../model/rejection.ts'
import type { World } from '../model/world.ts'
import { BadInput } from './bad-input.ts'
import type { LiveEngine, LiveEngines } from './live-engines.ts'

export interface JsonAnswer {
  readonly status: number
  readonly body: string
}

export interface LiveParts {
  readonly parts: EndpointParts
  readonly engines: LiveEngines
}

/** `now` is the moment of everything that the request asks for. It may take its time. */
export type LiveWork = (engine: LiveEngine, now: Instant) => unknown

/** What the work returns; 400 for BadInput, and 500 when the fault is ours. Rejects with a Rejection. */
export async function liveAnswer(
  { parts, engines }: LiveParts,
  request: SignedRequest,
  work: LiveWork,
): Promise<JsonAnswer> {
  const { scope } = await readWorld(request, parts)
  const answer = await answered(
    () => work(engines.of(scope), parts.clock()),
    (failure) => {
      const [action] = request.target.split('?', 1)
      const facts = { requestId: uuidFrom(parts.entropy), action, caller: undefined, code: 'InternalError' }
      parts.onAnswer({ ...facts, status: 500, failure })
    },
  )
  // Verdicts rest on the newest rules, which may be on their way to the disk.
  await parts.ledger.settled()
  return answer
}

async function answered(work: () => unknown, onFailure: (failure: unknown) => void): Promise<JsonAnswer> {
  try {
    return json(200, await work())
  } catch (thrown) {
    if (thrown instanceof Rejection) throw thrown
    if (thrown instanceof BadInput) return json(400, { error: thrown.message })
    onFailure(thrown)
    return json(500, { error: 'An internal error has occurred' })
  }
}

/** The same for questions that no engine is asked, and that may take their time. Rejects with a Rejection. */
export async function worldAnswer(
  parts: EndpointParts,
  request: SignedRequest,
  work: (world: World, now: Instant) => unknown,
): Promise<JsonAnswer> {
  const world = await readWorld(request, parts)
  try {
    return json(200, await work(world, parts.clock()))
  } catch (thrown) {
    if (thrown instanceof BadInput) return json(400, { error: thrown.message })
    throw thrown
  }
}

function json(status: number, value: unknown): JsonAnswer {
  return { status, body: `${JSON.stringify(value)}\n` }
}
