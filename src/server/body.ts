/**
 * Reads a request's body, up to a bound. A refused body is read on and thrown away: a client that is
 * cut off while it speaks reports a broken connection and never sees the refusal.
 */

import type { IncomingMessage } from 'node:http'
import { rejection } from '../model/rejection.ts'

const largestBody = 1024 * 1024
const mostDiscarded = 16 * largestBody

/** Nobody is there any more to be answered. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

/** Rejects RequestEntityTooLarge as soon as the bound is passed or announced to be. */
export function readBody(request: IncomingMessage, limit = largestBody): Promise<Buffer> {
  return new Promise((resolve, refuse) => {
    const tooLarge = () => refuse(rejection('RequestEntityTooLarge', { limit }))
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      tooLarge()
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) tooLarge()
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', refuse)
    request.on('close', () => {
      if (!request.readableEnded) refuse(new ClientGone('the client went away'))
    })
  })
}

/** The body as it comes, for more than memory should hold. Rejects RequestEntityTooLarge as readBody does, and ClientGone. */
export async function* streamBody(request: IncomingMessage, limit: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw rejection('RequestEntityTooLarge', { limit })
  let size = 0
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  try {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > limit) throw rejection('RequestEntityTooLarge', { limit })
      yield chunk
    }
  } catch (thrown) {
    if (request.errored) throw new ClientGone('the client went away')
    throw thrown
  }
}

/** Whether the rest of the body came to an end, so that the connection can carry another request. */
export function discardBody(request: IncomingMessage, most = mostDiscarded): Promise<boolean> {
  if (request.readableEnded) return Promise.resolve(true)
  if (request.destroyed) return Promise.resolve(false)
  return new Promise((resolve) => {
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > most) resolve(false)
    })
    request.on('end', () => resolve(true))
    request.on('error', () => resolve(false))
    request.on('close', () => resolve(false))
  })
}
