/** The socket: HTTP in, HTTP out. `routes` says what answers a path. */

import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { System } from '../app/assemble.ts'
import { encodeError } from '../ec2/protocol/xml.ts'
import { Rejection } from '../model/rejection.ts'
import { discardBody, readBody, streamBody } from './body.ts'
import { guardRequest } from './guard.ts'
import { type Reply, type StreamReply, xml } from './reply.ts'
import { isPage, route, type Unread } from './routes.ts'

export interface ListenOptions {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
}

export interface Listener {
  /** `http://127.0.0.1:4510` */
  readonly url: string
  /** Answers what has been asked and closes; what is unanswered after `patience` milliseconds is cut off. */
  stop(patience?: number): Promise<void>
}

/** Clients keep connections open between calls; the server must not be the first to let go. */
const keepAlive = 65_000

/** Rejects with the system's error, EADDRINUSE for one. */
export async function listen(system: System, { host, port }: ListenOptions): Promise<Listener> {
  const setting: Setting = { system, host, isStopping: false, streams: new Set() }
  const server = createServer((request, response) => void respond(request, response, setting))
  server.keepAliveTimeout = keepAlive
  const silent = trackSilent(server)
  await new Promise<void>((resolve, refuse) => {
    server.once('error', refuse)
    server.listen(port, host, resolve)
  })
  // A connection that cannot be accepted, for want of descriptors say, is lost alone.
  server.on('error', () => undefined)
  return {
    url: urlOf(server),
    stop(patience = 10_000) {
      setting.isStopping = true
      for (const socket of silent) socket.destroy()
      for (const end of setting.streams) end()
      system.stopWaiting()
      return close(server, patience)
    },
  }
}

/** Connections that have not said a word, as browsers open them in advance: Node does not count them as idle. */
function trackSilent(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>()
  server.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  server.on('request', ({ socket }) => silent.delete(socket))
  return silent
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

function close(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), patience)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

interface Setting {
  readonly system: System
  readonly host: string
  isStopping: boolean
  /** What ends each stream of events that is open: nobody waits for those. */
  readonly streams: Set<() => void>
}

async function respond(request: IncomingMessage, response: ServerResponse, setting: Setting): Promise<void> {
  const reply = await replyTo(request, setting).catch((thrown) => refusal(thrown, request, response))
  if (reply === undefined) {
    response.destroy()
    return
  }
  // The client is told not to come back on this connection, which would otherwise outlive the server's patience.
  if (setting.isStopping) response.setHeader('connection', 'close')
  if ('start' in reply) stream(response, reply, setting)
  else send(response, reply)
}

/** A reader that is further behind than this has gone to sleep. */
const mostUnread = 4 * 1024 * 1024

function stream(response: ServerResponse, { headers, start }: StreamReply, { streams, isStopping }: Setting): void {
  response.writeHead(200, headers)
  const stop = start({
    write(text) {
      if (response.writableLength > mostUnread) return false
      response.write(text)
      return true
    },
  })
  const end = () => response.end()
  streams.add(end)
  response.once('close', () => {
    streams.delete(end)
    stop()
  })
  if (isStopping) end()
}

/** Undefined when there is nobody to answer. */
async function refusal(
  thrown: unknown,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Reply | undefined> {
  if (!(thrown instanceof Rejection)) return undefined
  if (!(await discardBody(request))) response.setHeader('connection', 'close')
  const requestId = randomUUID()
  return { status: thrown.status, type: xml, body: encodeError(thrown.code, thrown.message, requestId), requestId }
}

async function replyTo(request: IncomingMessage, { system, host }: Setting): Promise<Reply | StreamReply> {
  const { method = '', url: target = '/' } = request
  const headers = headersOf(request)
  const unread: Unread = {
    ...{ method, target, headers },
    readBody: (limit) => readBody(request, limit),
    streamBody: (limit) => streamBody(request, limit),
    discardBody: (most) => discardBody(request, most),
  }
  guardRequest(headers, { host, verifiesCallers: system.verifiesCallers }, isPage(unread))
  return route(system, unread)
}

/** Lower-case names; a header given several times has its values joined by commas, as SigV4 signs them. */
function headersOf({ rawHeaders }: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    const value = rawHeaders[at + 1] ?? ''
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before},${value}`)
  }
  return headers
}

/** A text is written together with the head, in one go, which bytes would not be; plain ASCII at least cost. */
function send(response: ServerResponse, { status, type, body, requestId, headers }: Reply): void {
  const length = Buffer.byteLength(body)
  response.writeHead(status, {
    'content-type': type,
    'content-length': length,
    ...(requestId === undefined ? {} : { 'x-amzn-requestid': requestId }),
    ...headers,
  })
  response.end(body, length === body.length ? 'latin1' : 'utf8')
}
