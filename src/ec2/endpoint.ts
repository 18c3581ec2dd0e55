/**
 * EC2 as a function: a request goes in, a response comes out, and between them stands everything
 * that happens to a request, in order. The only place that commits, and that catches a Rejection.
 */

import type { Clock, Instant } from '../base/clock.ts'
import { type Entropy, uuidFrom } from '../base/entropy.ts'
import { invariant } from '../base/invariant.ts'
import { put } from '../model/change.ts'
import { defaultNetwork } from '../model/default-network.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { Quotas } from '../model/quota.ts'
import { Rejection, reject } from '../model/rejection.ts'
import type { Scope, World } from '../model/world.ts'
import type { Context, EnforcementKind, Insights, Outcome } from './action.ts'
import { type Authentication, type Caller, callerOf } from './caller.ts'
import { rememberedOutput, rememberOutput, tokenedCall } from './idempotency.ts'
import { answerIdentity, identityError, identityService } from './identity.ts'
import type { Ledger } from './ledger.ts'
import { encodeInput } from './protocol/encode-input.ts'
import { decodeInput, decodeQuery, type Parameters } from './protocol/query.ts'
import type { SignedRequest } from './protocol/signature.ts'
import type { ActionName } from './protocol/types.generated.ts'
import { encodeError, encodeResponse } from './protocol/xml.ts'
import { registry } from './registry.generated.ts'

export interface EndpointResponse {
  readonly status: number
  readonly body: string
  readonly requestId: string
}

/** What the endpoint tells its operator about a request that it answered. */
export interface Answered {
  readonly requestId: string
  readonly action: string | undefined
  readonly caller: Caller | undefined
  readonly status: number
  /** AWS's error code, for a refusal. */
  readonly code: string | undefined
  /** What went wrong inside, when the fault is ours. */
  readonly failure: unknown
}

export interface EndpointParts {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly entropy: Entropy
  readonly quotas: Quotas
  readonly authentication: Authentication
  /** How an interface is enforced on real traffic; without it, none is. */
  readonly enforcementOf?: (
    scope: Scope,
    networkInterface: NetworkInterfaceId,
    now: Instant,
  ) => EnforcementKind | undefined
  readonly insights: Insights
  readonly onAnswer: (answered: Answered) => void
}

type AnyRun = (input: object, context: Context) => Outcome<object>

/** What is known of a request while it is answered; a refusal is worded by how far it came. */
interface Progress {
  caller: Caller | undefined
  action: string | undefined
  service: string | undefined
}

/** Answers one request. Never rejects: what is not a Rejection becomes a 500 with the request's id. */
export async function handle(request: SignedRequest, parts: EndpointParts): Promise<EndpointResponse> {
  const requestId = uuidFrom(parts.entropy)
  const progress: Progress = { caller: undefined, action: undefined, service: undefined }
  try {
    const body = await respond(request, parts, requestId, progress)
    parts.onAnswer({ requestId, ...progress, status: 200, code: undefined, failure: undefined })
    return { status: 200, body, requestId }
  } catch (thrown) {
    // A refusal may rest on what another request has just made: it waits for that to be durable, too.
    const cause = await parts.ledger.settled().then(
      () => thrown,
      (lost) => (thrown instanceof Rejection ? lost : thrown),
    )
    return refuse(cause, parts, requestId, progress)
  }
}

/**
 * One action for a caller in our own process: its input as data under the SDK's member names (what the CLI
 * takes as JSON), its output as data. Rejects with a Rejection, or as the store fails.
 */
export async function callAction(
  name: string,
  input: unknown,
  { parts, scope }: Omit<Performance, 'now'>,
): Promise<object> {
  const action = actionNamed(name)
  try {
    return await perform(action, encodeInput(action, input), { parts, scope, now: parts.clock() })
  } catch (thrown) {
    await parts.ledger.settled()
    throw thrown
  }
}

/** The world of a request's caller, for questions that are not EC2's. Rejects as any request may be refused. */
export async function readWorld(request: SignedRequest, parts: EndpointParts): Promise<World> {
  const now = parts.clock()
  const caller = callerOf(request, parts.authentication, now)
  const world = parts.ledger.find(caller) ?? firstUse(parts, caller, now)
  await parts.ledger.settled()
  return world
}

async function respond(
  request: SignedRequest,
  parts: EndpointParts,
  requestId: string,
  progress: Progress,
): Promise<string> {
  const now = parts.clock()
  const caller = callerOf(request, parts.authentication, now)
  progress.caller = caller
  const parameters = decodeQuery(queryOf(request))
  progress.action = parameters.get('Action')
  progress.service = identityService(caller, parameters)
  if (progress.service) return answerIdentity(progress.service, caller, parameters, requestId)
  const action = actionNamed(progress.action)
  const output = await perform(action, parameters, { parts, scope: caller, now })
  return encodeResponse(action, output, requestId)
}

/** The classic query interface takes its parameters from a GET as well (spec 1.1). */
function queryOf({ method, target, body }: SignedRequest): string {
  if (method === 'POST') return typeof body === 'string' ? body : textOf(body)
  const question = target.indexOf('?')
  return question < 0 ? '' : target.slice(question + 1)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function textOf(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch {
    return reject('MalformedQueryString', { reason: 'The request body is not UTF-8' })
  }
}

function actionNamed(action: string | undefined): ActionName & keyof typeof registry {
  if (!action) reject('MissingAction')
  if (!Object.hasOwn(registry, action)) reject('InvalidAction', { action })
  return action as keyof typeof registry
}

interface Performance {
  readonly parts: EndpointParts
  readonly scope: Scope
  readonly now: Instant
}

async function perform(
  action: ActionName & keyof typeof registry,
  parameters: Parameters,
  { parts, scope, now }: Performance,
): Promise<object> {
  const { ledger, entropy, quotas, insights } = parts
  // Not every input has the member: the Assign and Unassign calls know no DryRun.
  const input = decodeInput(action, parameters) as { readonly DryRun?: boolean | undefined }
  const world = ledger.find(scope) ?? firstUse(parts, scope, now)
  const call = tokenedCall(action, input)
  const repeated = call && rememberedOutput(world, call, now)
  if (repeated && !input.DryRun) return settledAnswer(ledger, repeated as object)
  const run = registry[action] as unknown as AnyRun
  const enforcementOf = (id: NetworkInterfaceId) => parts.enforcementOf?.(scope, id, now)
  const { changes, output } = run(input, { action, world, now, entropy, quotas, enforcementOf, insights })
  if (input.DryRun) reject('DryRunOperation')
  if (changes.length === 0) return settledAnswer(ledger, output)
  await ledger.commit(scope, call ? [...changes, ...rememberOutput(world, call, output, now)] : changes)
  return output
}

async function settledAnswer(ledger: Ledger, output: object): Promise<object> {
  await ledger.settled()
  return output
}

/** AWS has a default VPC in every region before anyone asks. */
function firstUse({ ledger, entropy }: EndpointParts, scope: Scope, now: Instant): World {
  const { region, account } = scope
  const use = put('regionUse', { id: region, firstUsedAt: now })
  const changes = [use, ...defaultNetwork({ region, account }, entropy).changes]
  // The request that follows waits for its own commit or for `settled`, both of which come after this one.
  ledger.commit({ region, account }, changes).catch(() => undefined)
  const world = ledger.find(scope)
  invariant(world, 'the first use of a region makes its world')
  return world
}

function refuse(thrown: unknown, parts: EndpointParts, requestId: string, progress: Progress): EndpointResponse {
  const isRefusal = thrown instanceof Rejection
  const status = isRefusal ? thrown.status : 500
  const code = isRefusal ? thrown.code : 'InternalError'
  const message = isRefusal ? thrown.message : 'An internal error has occurred'
  parts.onAnswer({ requestId, ...progress, status, code, failure: isRefusal ? undefined : thrown })
  const body = isRefusal && progress.service ? identityError(thrown, requestId) : encodeError(code, message, requestId)
  return { status, body, requestId }
}
