/** The paths of the live engines over HTTP: who may ask, what is refused, whose flows are shown. */

import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, codeOf, credentialsOf, form, type Running, send, serve } from '../server/http.ts'

let server: Running
let card: string

beforeAll(async () => {
  server = await serve()
  const subnets = await send(server.url, { body: form({ Action: 'DescribeSubnets' }) })
  const subnet = /<subnetId>([^<]+)</.exec(subnets.body)?.[1] ?? ''
  const made = await send(server.url, { body: form({ Action: 'CreateNetworkInterface', SubnetId: subnet }) })
  card = /<networkInterfaceId>([^<]+)</.exec(made.body)?.[1] ?? ''
})

afterEach(() => expect(server.failures).toEqual([]))
afterAll(() => server.stop())

const packets = '/_sallyport/packets'
const connections = '/_sallyport/connections'
const foreign = { authorization: credentialsOf('test', 'eu-west-1') }

function post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return send(server.url, { path: packets, headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
}

function list(query = '', headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return send(server.url, { method: 'GET', path: `${connections}${query}`, headers })
}

const dns = () => ({ from: card, to: '169.254.169.253', protocol: 'udp', port: 53 })

describe('packets', () => {
  test('are answered with what became of each', async () => {
    const { status, headers, body } = await post(dns())
    expect([status, headers['content-type']]).toEqual([200, 'application/json'])
    const hop = { networkInterface: card, direction: 'egress', action: 'allow' }
    const because = { kind: 'exempt', service: 'Amazon DNS' }
    const sentence = 'traffic of Amazon DNS is never filtered'
    const packet = expect.stringMatching(/^udp 172\.31\.\d+\.\d+:\d+ > 169\.254\.169\.253:53$/)
    expect(JSON.parse(body)).toEqual([{ packet, hops: [{ ...hop, because, sentence }] }])
  })

  test.each([
    ['no JSON', '{', 'The body is no JSON.'],
    ['nothing', '', 'The body is no JSON.'],
    ['a list', [], 'The body must be a JSON object.'],
    ['null', null, 'The body must be a JSON object.'],
    ['an empty object', {}, 'tcp needs a port.'],
    ['no ends', { port: 1 }, 'from must be a text.'],
    ['an end that is no text', { from: 1, to: 'x', port: 1 }, 'from must be a text.'],
    ['an empty end', { from: 'x', to: '', port: 1 }, 'to must be a text.'],
    ['a stranger', { from: 'x', to: 'y', prot: 'tcp' }, "'prot' has no place here."],
    ['a packet and ends', { packet: 'x', from: 'y' }, "'from' has no place here."],
    ['no packet', { packet: '' }, 'packet must be a text.'],
    ['a bad packet', { packet: 'tcp 1 > 2' }, "packet: '1' is no address"],
    ['a packet without end', { packet: 'x'.repeat(1001) }, 'packet is longer than 1000 characters.'],
    [
      'a packet too large',
      { packet: 'udp 10.0.0.1:1 > 10.0.0.2:2 65536B' },
      "packet: '65536' is no number up to 65535",
    ],
    ['a bad place', { packet: '50 10.0.0.1 > 10.0.0.2', at: 'eni-0' }, 'at must be a JSON object.'],
    ['no direction', { packet: '50 10.0.0.1 > 10.0.0.2', at: {} }, 'at.direction must be a text.'],
    [
      'a bad direction',
      { packet: '50 10.0.0.1 > 10.0.0.2', at: { direction: 'up' } },
      'at.direction must be ingress or egress.',
    ],
    [
      'an unknown interface',
      { packet: '50 10.0.0.1 > 10.0.0.2', at: { direction: 'egress', networkInterface: 'eni-0' } },
      "There is no network interface 'eni-0'.",
    ],
    ['a bad protocol', { from: 'x', to: 'y', protocol: 'sctp' }, 'protocol must be tcp, udp, icmp, icmpv6 or a number'],
    ['a number too high', { from: 'x', to: 'y', protocol: 256 }, 'protocol must be tcp, udp, icmp, icmpv6 or a number'],
    ['a port too high', { from: 'x', to: 'y', port: 65536 }, 'port must be a number from 0 to 65535.'],
    ['a port as text', { from: 'x', to: 'y', port: '80' }, 'port must be a number from 0 to 65535.'],
    ['half a port', { from: 'x', to: 'y', port: 1, clientPort: 0.5 }, 'clientPort must be a number from 0 to 65535.'],
    ['a port of ICMP', { from: 'x', to: 'y', protocol: 'icmp', port: 1 }, 'icmp has no ports.'],
    ['a flag as text', { from: 'x', to: 'y', port: 1, exchange: 'yes' }, 'exchange must be true or false.'],
    ['UDP kept open', { from: 'x', to: 'y', protocol: 'udp', port: 1, keepOpen: true }, 'Only a TCP connection can'],
    ['unknown ends', { from: 'x', to: 'y', port: 1 }, "'x' is no interface, instance, Name tag, address or CIDR"],
  ])('are refused with %s', async (_, body, message) => {
    const answer = await post(body)
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/json'])
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringContaining(message) })
  })

  test('are refused with bytes that are no UTF-8, and with more than 1 MiB', async () => {
    const bytes = await send(server.url, { path: packets, body: new Uint8Array([0xff, 0xfe]) })
    expect(bytes.status).toBe(400)
    const large = await post(`{"from":"${'x'.repeat(1024 * 1024)}"}`)
    expect([large.status, codeOf(large)]).toEqual([413, 'RequestEntityTooLarge'])
  })

  test('never break the server, whatever they are', async () => {
    const key = fc.constantFrom('from', 'to', 'packet', 'at', 'protocol', 'port', 'clientPort', 'exchange', 'keepOpen')
    const text = fc.constantFrom(
      card,
      '10.0.0.1',
      'internet',
      '::1',
      'tcp',
      'icmp',
      '50 1.2.3.4 > 5.6.7.8',
      '0.0.0.0/0',
    )
    const value = fc.oneof(text, fc.integer({ min: -1, max: 70000 }), fc.boolean(), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 6 }), async (body) => {
        expect([200, 400]).toContain((await post(body)).status)
      }),
      { numRuns: 300 },
    )
  })
})

describe('connections', () => {
  test('are those that packets opened, of all interfaces or of one', async () => {
    expect(JSON.parse((await list()).body)).toEqual({ at: expect.stringMatching(/^[\d-]+T[\d:.]+Z$/), connections: [] })
    await post({ ...dns(), to: '172.31.0.99' })
    const { status, body } = await list(`?network-interface=${card}`)
    expect([status, JSON.parse(body).connections.length]).toEqual([200, 1])
  })

  test('of an unknown interface are refused', async () => {
    const { status, body } = await list('?network-interface=eni-0')
    expect([status, JSON.parse(body)]).toEqual([400, { error: "There is no network interface 'eni-0'." }])
  })

  test('of another region are others', async () => {
    const { body } = await list('', foreign)
    expect(JSON.parse(body).connections).toEqual([])
    expect((await list(`?network-interface=${card}`, foreign)).status).toBe(400)
    expect((await post(dns(), foreign)).status).toBe(400)
  })
})

describe('both paths', () => {
  test('want credentials', async () => {
    for (const [method, path] of [
      ['POST', packets],
      ['GET', connections],
    ] as const) {
      const answer = await send(server.url, {
        method,
        path,
        headers: { authorization: '' },
        body: method === 'POST' ? '{}' : '',
      })
      expect([answer.status, codeOf(answer)]).toEqual([403, 'MissingAuthenticationToken'])
    }
  })

  test('refuse pages of another origin', async () => {
    expect((await post(dns(), { origin: 'https://example.com' })).status).toBe(403)
    expect((await list('', { origin: 'https://example.com' })).status).toBe(403)
  })

  test.each([
    ['GET', packets, 'Use POST, not GET.'],
    ['DELETE', packets, 'Use POST, not DELETE.'],
    ['POST', connections, 'Use GET, not POST.'],
  ])('have one method: %s %s is refused', async (method, path, sentence) => {
    const answer = await send(server.url, { method, path })
    expect([answer.status, codeOf(answer)]).toEqual([405, 'MethodNotAllowed'])
    expect(answer.body).toContain(sentence)
  })
})

test('with credentials to verify, a wrong signature is refused', async () => {
  const strict = await serve({ credentials: new Map([['test', { secret: 'secret' }]]) })
  const now = new Date(Date.now()).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const headers = { authorization: credentialsOf('test', 'us-east-1', now.slice(0, 8)), 'x-amz-date': now }
  const answer = await send(strict.url, { path: packets, headers, body: '{}' })
  await strict.stop()
  expect([answer.status, codeOf(answer)]).toEqual([403, 'SignatureDoesNotMatch'])
})
