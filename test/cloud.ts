/**
 * An endpoint in the test's own process, called as a client calls it: parameters on the wire in, XML
 * out. Ids and time are repeatable.
 */

import { XMLParser } from 'fast-xml-parser'
import { openLedger, type StepListener, type StoredLedger } from '../src/app/ledger.ts'
import { after, type Instant, instant, type Milliseconds } from '../src/base/clock.ts'
import { seededEntropy } from '../src/base/entropy.ts'
import { callAction, type EndpointParts, type EndpointResponse, handle } from '../src/ec2/endpoint.ts'
import { defaultQuotas, type Quotas } from '../src/model/quota.ts'
import type { World } from '../src/model/world.ts'
import { insights } from '../src/reach/insights/insights.ts'
import { MemoryStore } from '../src/store/memory-store.ts'

/** A response's XML as nested objects; `item` is always a list, every text a string, an empty element ''. */
// biome-ignore lint/suspicious/noExplicitAny: tests walk answers of a hundred shapes.
export type Body = any

export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

export interface Cloud {
  /** The body of a successful answer; throws for a refusal. */
  call(action: string, parameters?: WireParameters): Promise<Body>
  /** The refusal; throws for a success, and when anything was changed. */
  refusal(action: string, parameters?: WireParameters): Promise<Refusal>
  /** The output of an action asked for in the same process, its input and output as data. */
  ask(action: string, input?: object): Promise<Body>
  /** The answer as text to a body as bytes, signed for `service`. */
  post(body: string | Uint8Array, service?: string): Promise<EndpointResponse>
  /** Moves the clock. */
  wait(span: Milliseconds): void
  /** The same cloud for another account or region. */
  as(caller: { readonly accessKeyId?: string; readonly region?: string }): Cloud
  readonly now: Instant
  world(): World
  /** The listener is told of each step of every world. */
  follow(listener: StepListener): void
}

/** For an action that is run without a cloud. */
export { insights }

interface Parts extends EndpointParts {
  readonly ledger: StoredLedger
}

/** Parameters as on the wire: `{ GroupId: 'sg-1', 'IpPermissions.1.IpProtocol': 'tcp' }`. */
export type WireParameters = Readonly<Record<string, string | number | boolean>>

const parser = new XMLParser({ isArray: (name) => name === 'item', parseTagValue: false, trimValues: false })

export interface CloudOptions {
  readonly quotas?: Partial<Quotas>
  readonly enforcementOf?: EndpointParts['enforcementOf']
  /** Those that answer at once, if absent. */
  readonly insights?: EndpointParts['insights']
}

export async function cloud({
  quotas = {},
  enforcementOf = () => undefined,
  insights: analysers = insights,
}: CloudOptions = {}): Promise<Cloud> {
  const time = { now: instant(Date.UTC(2026, 10, 22, 10)) }
  const clock = () => time.now
  const ledger = await openLedger({ store: new MemoryStore(), clock, onStore: () => undefined })
  const parts: Parts = {
    ledger,
    clock,
    entropy: seededEntropy(20_261_122),
    quotas: { ...defaultQuotas, ...quotas },
    authentication: { defaultAccount: '123456789012' },
    enforcementOf,
    insights: analysers,
    onAnswer: ({ failure }) => {
      if (failure !== undefined) throw failure
    },
  }
  return cloudFor(parts, time, { accessKeyId: 'test', region: 'us-east-1' })
}

interface Signer {
  readonly accessKeyId: string
  readonly region: string
  /** `ec2` if absent. */
  readonly service?: string | undefined
}

function cloudFor(parts: Parts, time: { now: Instant }, signer: Signer): Cloud {
  const account = /^\d{12}$/.test(signer.accessKeyId) ? signer.accessKeyId : parts.authentication.defaultAccount
  const find = () => parts.ledger.find({ account, region: signer.region })
  return {
    async call(action, parameters = {}) {
      const { status, body } = await send(parts, signer, { Action: action, ...parameters })
      if (status !== 200) throw new Error(`${action} answered ${status}: ${body}`)
      return (parser.parse(body) as Body)[`${action}Response`]
    },
    async refusal(action, parameters = {}) {
      await send(parts, signer, { Action: 'DescribeVpcs' })
      const before = find()
      const { status, body } = await send(parts, signer, { Action: action, ...parameters })
      if (status === 200) throw new Error(`${action} succeeded: ${body}`)
      if (find() !== before) throw new Error(`${action} was refused and changed something: ${body}`)
      const { Code, Message } = (parser.parse(body) as Body).Response.Errors.Error
      return { status, code: Code, message: Message }
    },
    ask: (action, input = {}) => callAction(action, input, { parts, scope: { account, region: signer.region } }),
    post: (body, service) => post(parts, { ...signer, service }, body),
    wait(span) {
      time.now = after(time.now, span)
    },
    as: (caller) => cloudFor(parts, time, { ...signer, ...caller }),
    get now() {
      return time.now
    },
    world() {
      const world = find()
      if (!world) throw new Error('nothing was called yet')
      return world
    },
    follow: (listener) => parts.ledger.follow(listener),
  }
}

async function send(parts: EndpointParts, signer: Signer, parameters: WireParameters): Promise<EndpointResponse> {
  const body = Object.entries({ Version: '2016-11-15', ...parameters })
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
  return post(parts, signer, body)
}

async function post(
  parts: EndpointParts,
  { accessKeyId, region, service = 'ec2' }: Signer,
  body: string | Uint8Array,
): Promise<EndpointResponse> {
  const authorization =
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/${region}/${service}/aws4_request, ` +
    `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`
  const headers = new Map([
    ['host', '127.0.0.1:4510'],
    ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
    ['x-amz-date', '20261122T100000Z'],
    ['authorization', authorization],
  ])
  return handle({ method: 'POST', target: '/', headers, body }, parts)
}
