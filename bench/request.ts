/** Whole HTTP requests as an SDK would send them, ready to be written to a socket. */

import { createRequire } from 'node:module'

type Sign = (
  request: {
    readonly host: string
    readonly method: 'POST'
    readonly path: string
    readonly service: 'ec2'
    readonly region: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  },
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
) => { readonly headers: Readonly<Record<string, string | number>> }

/** The package brings no types. */
const { sign } = createRequire(import.meta.url)('aws4') as { readonly sign: Sign }

export const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }

export type Form = Readonly<Record<string, string>>

const type = 'application/x-www-form-urlencoded; charset=utf-8'

function bodyOf(form: Form): string {
  return new URLSearchParams({ Version: '2016-11-15', ...form }).toString()
}

/** Signed with `keys` for this moment: a server that verifies takes it for five minutes. */
export function requestOf(url: string, form: Form): string {
  const { host } = new URL(url)
  const body = bodyOf(form)
  const { headers } = sign(
    { host, method: 'POST', path: '/', service: 'ec2', region: 'us-east-1', headers: { 'Content-Type': type }, body },
    keys,
  )
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)
  return `POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

export async function answerTo(url: string, form: Form): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/20261122/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0`
  const headers = { 'content-type': type, authorization, 'x-amz-date': '20261122T000000Z' }
  const response = await fetch(url, { method: 'POST', headers, body: bodyOf(form) })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${form['Action']} answered ${response.status}: ${text}`)
  return text
}
