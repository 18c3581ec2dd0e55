/** A running endpoint asked as any client would ask it: signed, for an account and a region. */

import { authorizationFor } from '../ec2/protocol/signature.ts'

export interface Remote {
  /** `http://127.0.0.1:4510` */
  readonly url: string
  readonly region: string
  readonly accessKeyId: string
  readonly secret: string
}

export interface Asked {
  readonly method: 'GET' | 'POST'
  /** Path and query. */
  readonly target: string
  readonly body?: string
  /** Ends the wait for an answer. */
  readonly signal?: AbortSignal
}

/** The endpoint did not answer what was asked; the message says what to look at. */
export class RemoteFailure extends Error {
  override readonly name = 'RemoteFailure'
}

/** The JSON of a good answer. Rejects with RemoteFailure, whose message holds the endpoint's own. */
export async function ask(remote: Remote, asked: Asked): Promise<unknown> {
  const { status, text } = await exchange(remote, asked)
  const value = jsonOf(text)
  if (status === 200 && value !== undefined) return value
  if (isRefusal(value)) throw new RemoteFailure(value.error)
  const [, message = text.slice(0, 200)] = /<Message>([^<]*)<\/Message>/.exec(text) ?? []
  throw new RemoteFailure(`${remote.url} answered ${status}: ${message}`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRefusal(value: unknown): value is { readonly error: string } {
  return typeof value === 'object' && value !== null && 'error' in value
}

async function exchange(
  remote: Remote,
  { method, target, body = '', signal }: Asked,
): Promise<{ status: number; text: string }> {
  const { url, region, accessKeyId, secret } = remote
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new RemoteFailure(`'${url}' is no URL of an endpoint, like http://127.0.0.1:4510.`)
  }
  const timestamp = new Date(Date.now()).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const headers = new Map([
    ['host', new URL(url).host],
    ['x-amz-date', timestamp],
  ])
  const scope = { accessKeyId, date: timestamp.slice(0, 8), region, service: 'ec2' }
  const authorization = authorizationFor({ method, target, headers, body }, scope, secret)
  try {
    const response = await fetch(new URL(target, url), {
      method,
      headers: { 'x-amz-date': timestamp, authorization },
      ...(method === 'POST' ? { body } : {}),
      ...(signal ? { signal } : {}),
    })
    return { status: response.status, text: await response.text() }
  } catch (cause) {
    throw new RemoteFailure(`Nothing answers at ${url}. Start it with \`sallyport serve\`, or give --endpoint-url.`, {
      cause,
    })
  }
}
