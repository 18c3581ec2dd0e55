/**
 * The console's own paths: JSON in and out, a session cookie where callers are verified. A POST must say that
 * it is JSON, or of a file that it is bytes, which no form of another site can.
 */

import { randomUUID } from 'node:crypto'
import type { System } from '../../app/assemble.ts'
import { BadInput } from '../../app/bad-input.ts'
import { type Members, membersOf, textOf } from '../../app/console/input.ts'
import { Rejection, reject } from '../../model/rejection.ts'
import type { Scope } from '../../model/world.ts'
import { ClientGone } from '../body.ts'
import type { Reply, StreamReply } from '../reply.ts'
import { eventStream } from './event-stream.ts'
import { lessonQuestions } from './lesson-routes.ts'
import { securityHeaders } from './static-files.ts'

/** A request below `/_sallyport/console/`. */
export interface ConsoleRequest {
  readonly method: string
  readonly target: string
  readonly headers: ReadonlyMap<string, string>
  readBody(): Promise<Uint8Array>
  streamBody(limit: number): AsyncIterable<Uint8Array>
  discardBody(most?: number): Promise<boolean>
}

const base = '/_sallyport/console/'
const cookieName = 'sallyport-session'

type Work = (system: System, scope: Scope, body: Members) => Promise<object> | object

const questions: Readonly<Record<string, Work>> = {
  call: ({ console }, scope, body) => console.call(scope, body),
  preview: ({ console }, scope, body) => console.preview(scope, body),
  map: ({ console }, scope, body) => console.map(scope, body),
  'map/arrow': ({ console }, scope, body) => console.arrow(scope, body),
  'checks/tests': ({ console }, scope, body) => console.policyTests(scope, body),
  'checks/lint': ({ console }, scope, body) => console.lint(scope, body),
  connections: ({ console }, scope) => console.connections(scope),
  send: ({ console }, scope, body) => console.send(scope, body),
  delivered: ({ console }, scope, body) => console.delivered(scope, textOf(body, 'flowLog')),
  'tracer/open': ({ console }, scope, body) => console.openTrace(scope, body),
  'tracer/step': ({ console }, scope, body) => console.stepTrace(scope, body),
  ...lessonQuestions,
}

export function isConsoleApi(path: string): boolean {
  return path.startsWith(base)
}

/** Never rejects with a Rejection: the pages get refusals as JSON. */
export async function consoleReply(system: System, request: ConsoleRequest): Promise<Reply | StreamReply> {
  try {
    return await answered(system, request)
  } catch (thrown) {
    return refused(system, thrown)
  }
}

async function answered(system: System, request: ConsoleRequest): Promise<Reply | StreamReply> {
  const url = new URL(request.target, 'http://console')
  const path = url.pathname.slice(base.length)
  const token = cookieOf(request.headers)
  const account = system.console.sessions.accountOf(token)
  if (path === 'session') return json(200, system.console.sessionInfo(account), methodIs(request, 'GET'))
  if (path === 'sign-in') return signIn(system, await bodyOf(request))
  if (path === 'sign-out') return signOut(system, token, await bodyOf(request))
  const work = Object.hasOwn(questions, path) ? questions[path] : undefined
  const isUpload = path === 'checks/replay'
  if (path !== 'events' && !isUpload && !work) reject('NoSuchPath', { path: url.pathname.slice(0, 80) })
  if (account === undefined) reject('NotSignedIn')
  const scope = system.console.scopeOf(account, url.searchParams.get('region') ?? 'us-east-1')
  if (isUpload) return replayed(system, scope, request, url.searchParams)
  if (!work) {
    methodIs(request, 'GET')
    return eventStream(system, scope, url.searchParams.get('topics') ?? '')
  }
  return json(200, await work(system, scope, await bodyOf(request)))
}

function methodIs({ method }: ConsoleRequest, allowed: string): object {
  if (method !== allowed) reject('MethodNotAllowed', { method, allowed })
  return {}
}

/** Of a flow log, as it lies: gzip of that size is some gigabytes of lines. */
const largestLog = 256_000_000

/** The body is the log itself. A log that is refused is read on, so that a browser that sends it hears why. */
async function replayed(
  system: System,
  scope: Scope,
  request: ConsoleRequest,
  parameters: URLSearchParams,
): Promise<Reply> {
  methodIs(request, 'POST')
  typeIs(request, 'application/octet-stream')
  const upload = {
    name: parameters.get('name') ?? '',
    isStrict: parameters.get('strict') === '1',
    isShrunk: parameters.get('shrink') === '1',
    bytes: request.streamBody(largestLog),
  }
  const reply = await system.console.replay(scope, upload).then(
    (view) => json(200, view),
    (thrown) => refused(system, thrown),
  )
  const isRead = await request.discardBody(reply.status === 200 ? largestLog : undefined)
  return isRead ? reply : { ...reply, headers: { ...reply.headers, connection: 'close' } }
}

async function bodyOf(request: ConsoleRequest): Promise<Members> {
  methodIs(request, 'POST')
  typeIs(request, 'application/json')
  const bytes = await request.readBody()
  return membersOf(parsed(new TextDecoder().decode(bytes)), 'The body')
}

function typeIs({ headers }: ConsoleRequest, wanted: string): void {
  const type = headers.get('content-type') ?? ''
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== wanted) reject('WrongType', { type: type.slice(0, 80), wanted })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadInput('The body is no JSON.')
  }
}

function signIn({ console }: System, body: Members): Reply {
  const { token, account } = console.sessions.signIn(textOf(body, 'accessKeyId'), textOf(body, 'secretAccessKey'))
  return json(200, console.sessionInfo(account), { 'set-cookie': cookie(token) })
}

function signOut({ console }: System, token: string | undefined, _: Members): Reply {
  if (token !== undefined) console.sessions.signOut(token)
  return json(200, console.sessionInfo(undefined), { 'set-cookie': `${cookie('')}; Max-Age=0` })
}

function cookie(token: string): string {
  return `${cookieName}=${token}; Path=${base}; HttpOnly; SameSite=Strict`
}

function cookieOf(headers: ReadonlyMap<string, string>): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(/[;,]\s*/).map((pair) => pair.split('='))
  return pairs.find(([name]) => name === cookieName)?.[1]
}

function json(status: number, value: object, headers: object = {}): Reply {
  const body = `${JSON.stringify(value)}\n`
  return {
    status,
    type: 'application/json',
    body,
    headers: { ...securityHeaders, 'cache-control': 'no-store', ...headers },
  }
}

function refused({ console }: System, thrown: unknown): Reply {
  if (thrown instanceof Rejection) return error(thrown.status, thrown.code, thrown.message)
  if (thrown instanceof ClientGone) return error(400, 'ClientGone', thrown.message)
  if (thrown instanceof BadInput) return error(400, 'BadInput', thrown.message)
  console.fail(randomUUID(), thrown)
  return error(500, 'InternalError', 'An internal error has occurred')
}

function error(status: number, code: string, message: string): Reply {
  return json(status, { error: { code, message } })
}
