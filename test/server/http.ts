/** A server in the test's own process, and clients crude enough to send what no client library would. */

import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { assemble } from '../../src/app/assemble.ts'
import type { Authentication } from '../../src/ec2/caller.ts'
import { defaultQuotas } from '../../src/model/quota.ts'
import { type Listener, listen } from '../../src/server/listener.ts'
import type { StoreTarget } from '../../src/store/open-store.ts'

export interface Running extends Listener {
  /** What went wrong inside: nothing, whatever a client sends. */
  readonly failures: readonly unknown[]
}

export async function serve(
  authentication: Partial<Authentication> = {},
  store: StoreTarget = { memory: true },
): Promise<Running> {
  const failures: unknown[] = []
  const system = await assemble({
    store,
    quotas: defaultQuotas,
    authentication: { defaultAccount: '123456789012', ...authentication },
    onAnswer: ({ failure }) => {
      if (failure !== undefined) failures.push(failure)
    },
    onStore: ({ kind }) => failures.push(kind),
  })
  const listener = await listen(system, { host: '127.0.0.1', port: 0 })
  return {
    url: listener.url,
    failures,
    async stop(patience) {
      await listener.stop(patience)
      await system.close()
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly agent?: Agent
}

export function credentialsOf(accessKeyId: string, region = 'us-east-1', day = '20261122'): string {
  return (
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${day}/${region}/ec2/aws4_request, ` +
    `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`
  )
}

export const signed = { authorization: credentialsOf('test'), 'x-amz-date': '20261122T100000Z' }

/** One request on a connection of its own; a POST unless said otherwise. */
export async function send(url: string, { method = 'POST', path = '/', headers, body, agent }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method, path, headers: { ...signed, ...headers }, agent: agent ?? false }
    const call = request(url, options, (response) => {
      text(response).then(
        (read) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read }),
        reject,
      )
    })
    call.on('error', reject)
    call.end(body)
  })
}

export function form(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams({ Version: '2016-11-15', ...parameters }).toString()
}

/** Error code of a refusal. */
export function codeOf({ body }: Answer): string | undefined {
  return /<Code>([^<]*)<\/Code>/.exec(body)?.[1]
}

export function open(url: string): Socket {
  const { hostname, port } = new URL(url)
  return connect(Number(port), hostname)
}

/** Sends bytes as they are and reads until the server closes. */
export async function sendRaw(url: string, bytes: string | Uint8Array): Promise<string> {
  const socket = open(url)
  socket.on('error', () => undefined)
  socket.end(bytes)
  return text(socket).catch(() => '')
}

export { Agent }
