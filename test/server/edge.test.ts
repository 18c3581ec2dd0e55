/** What no well-meaning client sends: always a clear refusal, never a 5xx, and the server goes on. */

import { once } from 'node:events'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, form, open, type Running, send, sendRaw, serve, signed } from './http.ts'

let server: Running

beforeAll(async () => {
  server = await serve()
})

/** Nothing broke inside, and the next client is served. */
afterEach(async () => {
  expect(server.failures).toEqual([])
  expect(await send(server.url, { body: form({ Action: 'DescribeVpcs' }) })).toHaveProperty('status', 200)
})

afterAll(() => server.stop())

const mebibyte = 1024 * 1024
const padded = (size: number) => `Action=DescribeVpcs&Version=2016-11-15&Padding=`.padEnd(size, 'x')
const many = (count: number) => Array.from({ length: count }, (_, n) => `P${n}=1`).join('&')

describe('a body', () => {
  test('of 1 MiB is read', async () => {
    expect(await send(server.url, { body: padded(mebibyte) })).toHaveProperty('status', 200)
  })

  test.each([
    ['one byte over 1 MiB', mebibyte + 1, {}],
    ['of 8 MiB', 8 * mebibyte, {}],
    ['of 40 MiB', 40 * mebibyte, {}],
    ['over 1 MiB whose length is not announced', mebibyte + 1, { 'transfer-encoding': 'chunked' }],
  ])('%s is refused, and the client hears it', async (_, size, headers) => {
    const answer = await send(server.url, { headers: headers as Record<string, string>, body: padded(size) })
    expect([answer.status, codeOf(answer)]).toEqual([413, 'RequestEntityTooLarge'])
    expect(answer.body).toContain('The request body exceeds the limit of 1048576 bytes.')
  })

  test.each<[string, string | Uint8Array, string, string]>([
    ['of 10,001 parameters', many(10_001), 'MalformedQueryString', 'The request has more than 10000 parameters'],
    ['with a name given twice', 'Action=DescribeVpcs&Action=x', 'MalformedQueryString', 'is given more than once'],
    [
      'nested eleven deep',
      `Action=DescribeVpcs&${'Filter.1.'.repeat(5)}Value=1`,
      'MalformedQueryString',
      'nested deeper',
    ],
    [
      'nested without end',
      `Action=DescribeVpcs&${'a.'.repeat(200_000)}=1`,
      'MalformedQueryString',
      'A parameter name is nested deeper than 10 levels',
    ],
    ['that is not UTF-8', Uint8Array.of(0x41, 0xff, 0xfe), 'MalformedQueryString', 'The request body is not UTF-8'],
    ['with half a percent-encoding', 'Action=%E2%82', 'MalformedQueryString', 'malformed percent-encoding'],
    ['with a stray percent sign', 'Action=%zz', 'MalformedQueryString', 'malformed percent-encoding'],
    ['that is empty', '', 'MissingAction', 'The request must contain the parameter Action'],
    ['of JSON', '{"Action":"DescribeVpcs"}', 'MissingAction', 'The request must contain the parameter Action'],
    [
      'that asks for what is not there',
      'Action=MakeCoffee',
      'InvalidAction',
      'The action MakeCoffee is not valid for this web service.',
    ],
    ['that asks for what every object has', 'Action=__proto__', 'InvalidAction', 'The action __proto__ is not valid'],
    ['that asks for a method of objects', 'Action=toString', 'InvalidAction', 'The action toString is not valid'],
  ])('%s is refused', async (_, body, code, message) => {
    const answer = await send(server.url, { body })
    expect([answer.status, codeOf(answer)]).toEqual([400, code])
    expect(answer.body).toContain(message)
  })

  test('of 10,000 parameters is read', async () => {
    const answer = await send(server.url, { body: `Action=DescribeVpcs&${many(9_999)}` })
    expect(answer.status).toBe(200)
  })
})

describe('a request', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('with %s is refused', async (method) => {
    const answer = await send(server.url, { method })
    expect([answer.status, codeOf(answer)]).toEqual([405, 'MethodNotAllowed'])
    expect(answer.body).toContain(`Use POST or GET, not ${method}.`)
  })

  test('with HEAD is refused without a body', async () => {
    expect(await send(server.url, { method: 'HEAD' })).toMatchObject({ status: 405, body: '' })
  })

  test.each(['/latest/meta-data', '//', '/..', '/_sallyport', '/%2e%2e/etc/passwd', `/${'x'.repeat(300)}`])(
    'for %s finds nothing',
    async (path) => {
      const answer = await send(server.url, { path, body: form({ Action: 'DescribeVpcs' }) })
      expect([answer.status, codeOf(answer)]).toEqual([404, 'NoSuchPath'])
      expect(answer.body).toContain(`Nothing is at ${path.slice(0, 80)}. EC2 requests go to /.`)
    },
  )

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['a line without an end', 'x'.repeat(20_000)],
    ['headers without an end', `GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(20_000)}`],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc'],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'],
    ['a chunk of no size', 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['no host', 'GET /_sallyport/health HTTP/1.1\r\n\r\n'],
    ['no host, in the old way', 'GET /_sallyport/health HTTP/1.0\r\n\r\n'],
    ['a header with a NUL', 'GET / HTTP/1.1\r\nHost: local\0host\r\n\r\n'],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('with %s is refused or cut off', async (_, bytes) => {
    expect(await sendRaw(server.url, bytes)).toMatch(/^(HTTP\/1\.1 4\d\d [\s\S]*)?$/)
  })

  test.each(['the head', 'the body', 'the answer'])('that is given up during %s leaves no trace', async (moment) => {
    const socket = open(server.url)
    await once(socket, 'connect')
    const head = `POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${signed.authorization}\r\n`
    const body = form({ Action: 'DescribeSecurityGroups' })
    socket.write(head)
    if (moment !== 'the head') socket.write(`X-Amz-Date: 20261122T100000Z\r\nContent-Length: ${body.length}\r\n\r\n`)
    if (moment === 'the answer') socket.write(body)
    await new Promise((resolve) => setTimeout(resolve, 20))
    socket.resetAndDestroy()
    await new Promise((resolve) => setTimeout(resolve, 20))
  })

  test('may ask before it sends its body', async () => {
    const answer = await send(server.url, { headers: { expect: '100-continue' }, body: padded(2_000) })
    expect(answer.status).toBe(200)
  })

  test('that asks to speak another protocol is answered in this one', async () => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'x' }
    expect(await send(server.url, { headers, body: form({ Action: 'DescribeVpcs' }) })).toHaveProperty('status', 200)
  })
})

test('requests that come one behind the other are answered in order', async () => {
  const body = (action: string) => form({ Action: action })
  const one = (action: string, more = '') =>
    `POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${signed.authorization}\r\nX-Amz-Date: 20261122T100000Z\r\n` +
    `${more}Content-Length: ${body(action).length}\r\n\r\n${body(action)}`
  const answers = await sendRaw(
    server.url,
    one('DescribeVpcs') + one('MakeCoffee') + one('DescribeSubnets', 'Connection: close\r\n'),
  )
  expect(answers.match(/<(\w+)Response |<Code>\w+/g)).toEqual([
    '<DescribeVpcsResponse ',
    '<Code>InvalidAction',
    '<DescribeSubnetsResponse ',
  ])
})

test('no bytes on the socket bring it down or make it answer with a 5xx', { timeout: 20_000 }, async () => {
  const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n'
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array)),
    fc
      .uint8Array({ maxLength: 200 })
      .map((array) =>
        Buffer.concat([
          Buffer.from(`${head}Authorization: ${signed.authorization}\r\nX-Amz-Date: 20261122T100000Z\r\n`),
          Buffer.from(`Content-Length: ${array.length}\r\n\r\n`),
          array,
        ]),
      ),
    fc.string({ maxLength: 60 }).map((text) => Buffer.from(`${head}Authorization: ${text}\r\n\r\n`)),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      expect(await sendRaw(server.url, sent)).not.toMatch(/^HTTP\/1\.1 (5|200)/)
    }),
    { numRuns: 150 },
  )
})
