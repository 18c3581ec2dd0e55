/** Which path is answered by what. EC2 itself is at `/`, where a browser gets the console; the rest is `/_sallyport`'s. */

import type { System } from '../app/assemble.ts'
import type { SignedRequest } from '../ec2/protocol/signature.ts'
import { rejection } from '../model/rejection.ts'
import { consoleReply, isConsoleApi } from './console/console-routes.ts'
import { isConsolePath, StaticFiles } from './console/static-files.ts'
import { type Reply, type StreamReply, xml } from './reply.ts'

/** A request whose body is not read yet. */
export interface Unread extends Omit<SignedRequest, 'body'> {
  /** Rejects with a Rejection for one that is larger than the limit, or than any call of EC2 is. */
  readBody(limit?: number): Promise<Uint8Array>
  /** The body as it comes; what is not taken of it is to be discarded. */
  streamBody(limit: number): AsyncIterable<Uint8Array>
  /** Whether the rest came to its end before so many bytes. */
  discardBody(most?: number): Promise<boolean>
}

interface Route {
  readonly methods: readonly string[]
  answer(system: System, request: Unread): Promise<Reply> | Reply
}

const consoleFiles = new StaticFiles()

const routes: Readonly<Record<string, Route>> = {
  '/': { methods: ['POST', 'GET'], answer: ec2 },
  '/_sallyport/health': { methods: ['GET', 'HEAD'], answer: health },
  '/_sallyport/state': { methods: ['GET', 'POST'], answer: state },
  '/_sallyport/packets': { methods: ['POST'], answer: packets },
  '/_sallyport/connections': { methods: ['GET'], answer: connections },
  '/_sallyport/flow-logs': { methods: ['GET'], answer: flowLogs },
  '/_sallyport/enforcement': { methods: ['GET', 'POST'], answer: enforcement },
  '/_sallyport/rules': { methods: ['GET'], answer: ruleUse },
  '/_sallyport/policy': { methods: ['GET'], answer: policy },
  '/_sallyport/metrics': { methods: ['GET'], answer: metrics },
  '/_sallyport/instances': { methods: ['GET'], answer: instances },
  '/_sallyport/verify': { methods: ['POST'], answer: verify },
  '/_sallyport/instances/log': { methods: ['GET'], answer: instanceLog },
}

/** Rejects with NoSuchPath, MethodNotAllowed and what the path itself rejects with. */
export async function route(system: System, request: Unread): Promise<Reply | StreamReply> {
  const path = pathOf(request.target)
  if (isPage(request)) return consoleFiles.answer(path, request.headers)
  if (isConsoleApi(path)) return consoleReply(system, request)
  const found = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (!found) throw rejection('NoSuchPath', { path: path.slice(0, 80) })
  const { method } = request
  if (!found.methods.includes(method)) {
    throw rejection('MethodNotAllowed', { method, allowed: found.methods.join(' or ') })
  }
  return found.answer(system, request)
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '/'
}

/** What holds nobody's data and may be opened from anywhere: the console's files, and `/` to who asks EC2 nothing. */
export function isPage({ method, target, headers }: Unread): boolean {
  const path = pathOf(target)
  if (method !== 'GET' && method !== 'HEAD') return false
  if (path !== '/') return isConsolePath(path)
  return !headers.has('authorization') && !/[?&](Action|X-Amz-[A-Za-z]+)=/.test(target)
}

async function ec2(system: System, request: Unread): Promise<Reply> {
  const { status, body, requestId } = await system.handle(await withBody(request))
  return { status, type: xml, body, requestId }
}

/** Some ten thousand interfaces with their groups. */
const largestState = 64 * 1024 * 1024

async function state(system: System, request: Unread): Promise<Reply> {
  if (request.method === 'POST') return json(await system.applyState(await withBody(request, largestState)))
  return json({ status: 200, body: await system.state({ ...request, body: '' }) })
}

async function packets(system: System, request: Unread): Promise<Reply> {
  return json(await system.packets(await withBody(request)))
}

async function connections(system: System, request: Unread): Promise<Reply> {
  return json(await system.connections({ ...request, body: '' }))
}

async function flowLogs(system: System, request: Unread): Promise<Reply> {
  return json(await system.flowLogs({ ...request, body: '' }))
}

async function enforcement(system: System, request: Unread): Promise<Reply> {
  return json(await system.enforcement(await withBody(request)))
}

async function ruleUse(system: System, request: Unread): Promise<Reply> {
  return json(await system.ruleUse({ ...request, body: '' }))
}

async function policy(system: System, request: Unread): Promise<Reply> {
  return json(await system.policy({ ...request, body: '' }))
}

/** Prometheus cannot sign: where callers are verified, its page asks for what any other does. */
async function metrics(system: System, request: Unread): Promise<Reply> {
  if (system.verifiesCallers) await system.state({ ...request, body: '' })
  return { status: 200, type: 'text/plain; version=0.0.4', body: system.metrics() }
}

async function instances(system: System, request: Unread): Promise<Reply> {
  return json(await system.instances({ ...request, body: '' }))
}

async function instanceLog(system: System, request: Unread): Promise<Reply> {
  return json(await system.instanceLog({ ...request, body: '' }))
}

async function verify(system: System, request: Unread): Promise<Reply> {
  return json(await system.verify(await withBody(request)))
}

function health(system: System): Reply {
  const report = system.health()
  return json({ status: report.status === 'serving' ? 200 : 503, body: `${JSON.stringify(report)}\n` })
}

async function withBody({ method, target, headers, readBody }: Unread, limit?: number): Promise<SignedRequest> {
  return { method, target, headers, body: await readBody(limit) }
}

function json({ status, body }: { readonly status: number; readonly body: string }): Reply {
  return { status, type: 'application/json', body }
}
