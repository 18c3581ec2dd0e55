/**
 * The published SDK on both ends: what it signs and sends is verified and decoded, what is answered
 * it parses back. It sends nothing for lists that are empty further in, so both sides are pruned.
 */

import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyStructure, everyAction, plainText, type Structure } from '../../../test/ec2-shapes.ts'
import { instant } from '../../base/clock.ts'
import { decodeInput, decodeQuery } from './query.ts'
import { inputShapeOf, isScalar, membersOf, outputShapeOf } from './shape.ts'
import { verifySignature } from './signature.ts'
import type { ActionName } from './types.generated.ts'
import { encodeResponse } from './xml.ts'

interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
interface Sdk {
  readonly EC2Client: new (options: object) => { send(command: object): Promise<Record<string, unknown>> }
  readonly [command: string]: new (input: object) => object
}

const require = createRequire(import.meta.url)
const sdk = require('@aws-sdk/client-ec2') as Sdk
const secretAccessKey = 'key/with+slash'
let answer: (body: string) => string = () => ''

const client = new sdk.EC2Client({
  region: 'us-east-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKID', secretAccessKey },
  requestHandler: { handle: async (request: HttpRequest) => ({ response: respond(request) }) },
})

function respond({ method, path, headers, body }: HttpRequest): object {
  const received = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  verifySignature({ method, target: path, headers: received, body }, () => secretAccessKey, instant(Date.now()))
  const xml = Readable.from([Buffer.from(answer(body))])
  return { statusCode: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body: xml }
}

describe('the SDK and this protocol understand each other', () => {
  test.each(everyAction)('%s', async (action) => {
    const outputShape = outputShapeOf(action)
    const outputs = outputShape ? anyStructure(outputShape, plainText) : fc.constant({})
    const property = fc.asyncProperty(anyStructure(inputShapeOf(action), plainText), outputs, async (input, output) => {
      const { decoded, parsed } = await call(action, input, output)
      expect(decoded).toMatchObject(prune(input) ?? {})
      if (outputShape) expect(fromSdk(outputShape, parsed)).toEqual(fromSdk(outputShape, toSdk(outputShape, output)))
    })
    await fc.assert(property, { numRuns: 3 })
  })
})

async function call(action: ActionName, input: Structure, output: Structure) {
  let decoded: unknown
  answer = (body) => {
    decoded = prune(decodeInput(action, decodeQuery(body))) ?? {}
    return encodeResponse(action, output, 'id')
  }
  const Command = sdk[`${action}Command`]
  if (!Command) throw new Error(`The SDK has no ${action}Command`)
  const parsed = await client.send(new Command(toSdk(inputShapeOf(action), input)))
  return { decoded, parsed }
}

/** The one list whose items the SDK expects under another name than `item`, which AWS's docs do not show. */
const unparsed = 'InferenceAcceleratorInfo'

const toSdk = (shape: string, value: Structure) =>
  convert(shape, value, {
    timestamp: (time) => new Date(time as number),
    blob: (base64) => Buffer.from(base64 as string, 'base64'),
  })
const fromSdk = (shape: string, value: Structure) => convert(shape, value, { timestamp: Number })

function convert(
  shape: string,
  value: Structure,
  by: Readonly<Record<string, (scalar: unknown) => unknown>>,
): Structure {
  const result: Record<string, unknown> = {}
  for (const { name, type, isList } of membersOf(shape)) {
    const member = value[name]
    if (member === undefined || type === unparsed) continue
    const one = (item: unknown) => (isScalar(type) ? (by[type]?.(item) ?? item) : convert(type, item as Structure, by))
    result[name] = isList ? (member as readonly unknown[]).map(one) : one(member)
  }
  return result
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(prune).filter((item) => item !== undefined)
    return items.length > 0 ? items : undefined
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, member]) => [name, prune(member)] as const)
  const present = entries.filter(([, member]) => member !== undefined)
  return present.length > 0 ? Object.fromEntries(present) : undefined
}
