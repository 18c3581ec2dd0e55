/**
 * Reads a request's body, up to a bound. A refused body is read on and thrown away: a client that is
 * cut off while it speaks reports a broken connection and never sees the refusal.
 */

import type { IncomingMessage } from 'node:http'
import { rejection } from '../model/rejection.ts'

const largestBody = 1024 * 1024
const mostDiscarded = 16 * largestBody

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
      if (!request.readableEnded) refuse(new Error('the client went away'))
    })
  })
}

/** Whether the rest of the body came to an end, so that the connection can carry another request. */
export function discardBody(request: IncomingMessage): Promise<boolean> {
  if (request.readableEnded) return Promise.resolve(true)
  return new Promise((resolve) => {
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostDiscarded) resolve(false)
    })
    request.on('end', () => resolve(true))
    request.on('error', () => resolve(false))
    request.on('close', () => resolve(false))
  })
}
