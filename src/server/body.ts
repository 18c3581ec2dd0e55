/** Reads a request's body, up to a bound. */

import type { IncomingMessage } from 'node:http'
import { rejection } from '../model/rejection.ts'

export const largestBody = 1024 * 1024

/** Rejects RequestEntityTooLarge as soon as the bound is passed or announced to be. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, refuse) => {
    const tooLarge = () => refuse(rejection('RequestEntityTooLarge', { limit: largestBody }))
    if (Number(request.headers['content-length'] ?? 0) > largestBody) {
      tooLarge()
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > largestBody) tooLarge()
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', refuse)
    request.on('close', () => refuse(new Error('the client went away')))
  })
}
