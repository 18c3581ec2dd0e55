/**
 * A client that knows what it knows: a call was answered, was refused, or nobody can tell, because
 * the server died first. Nothing is retried.
 */

import { Agent, request } from 'node:http'
import { XMLParser } from 'fast-xml-parser'
import type { Body, WireParameters } from '../cloud.ts'

export type Outcome =
  | { readonly kind: 'done'; readonly xml: string }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown' }

export interface Wire {
  call(action: string, parameters?: WireParameters): Promise<Outcome>
  close(): void
}

const parser = new XMLParser({ isArray: (name) => name === 'item', parseTagValue: false, trimValues: false })

/** The one element below the declaration. */
export function parsed(xml: string): Body {
  const document = parser.parse(xml) as Record<string, Body>
  return Object.entries(document).find(([name]) => !name.startsWith('?'))?.[1]
}

export function wireTo(url: string): Wire {
  const agent = new Agent({ keepAlive: true })
  return {
    async call(action, parameters = {}) {
      const entries = Object.entries({ Action: action, Version: '2016-11-15', ...parameters })
      const body = new URLSearchParams(
        entries.map(([name, value]): [string, string] => [name, String(value)]),
      ).toString()
      const answer = await send(url, agent, body)
      if (answer === undefined || answer.status === 503) return { kind: 'unknown' }
      if (answer.status === 200) return { kind: 'done', xml: answer.xml }
      if (answer.status < 500) return { kind: 'refused', code: parsed(answer.xml).Errors.Error.Code }
      throw new Error(`${action} answered ${answer.status}: ${answer.xml}`)
    },
    close: () => agent.destroy(),
  }
}

/** Undefined when the connection broke before the whole answer was there. */
function send(url: string, agent: Agent, body: string): Promise<{ status: number; xml: string } | undefined> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=00',
      'x-amz-date': '20261122T100000Z',
    }
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      let xml = ''
      response.setEncoding('utf8').on('data', (text: string) => {
        xml += text
      })
      response.on('close', () => resolve(response.complete ? { status: response.statusCode ?? 0, xml } : undefined))
    })
    call.on('error', () => resolve(undefined))
    call.end(body)
  })
}
