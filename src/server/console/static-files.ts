/**
 * The console's files as Vite built them, read once and kept, compressed, in memory. Any path below
 * `/console` that is no file is one of the console's own pages, which the browser draws.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rejection } from '../../model/rejection.ts'
import type { Reply } from '../reply.ts'

interface StaticFile {
  readonly type: string
  readonly plain: Buffer
  readonly compressed: Buffer
}

type Headers = ReadonlyMap<string, string>

const built = fileURLToPath(new URL('../../../dist/console/', import.meta.url))
const indexPath = '/console/index.html'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Whether the path is the console's: `/console`, `/console/groups`, `/console/assets/index-….js`. */
export function isConsolePath(path: string): boolean {
  return path === '/console' || path.startsWith('/console/')
}

export class StaticFiles {
  readonly #directory: string
  #kept: ReadonlyMap<string, StaticFile> = new Map()

  /** `directory` ends in a slash. */
  constructor(directory = built) {
    this.#directory = directory
  }

  /** A file or the page; rejects NoSuchPath for an asset that is not there, and ConsoleNotBuilt. */
  answer(path: string, headers: Headers): Reply {
    // A checkout may be built while its server runs: what was not there is looked for again.
    if (this.#kept.size === 0) this.#kept = readFiles(this.#directory)
    const file = this.#kept.get(path)
    if (file && path !== indexPath) return reply(file, headers, 'public, max-age=31536000, immutable')
    if (path.startsWith('/console/assets/')) throw rejection('NoSuchPath', { path: path.slice(0, 80) })
    const page = this.#kept.get(indexPath)
    if (!page) throw rejection('ConsoleNotBuilt')
    return reply(page, headers, 'no-cache')
  }
}

function reply({ type, plain, compressed }: StaticFile, headers: Headers, caching: string): Reply {
  const isCompressed = /\bgzip\b/.test(headers.get('accept-encoding') ?? '')
  return {
    status: 200,
    type,
    body: isCompressed ? compressed : plain,
    headers: {
      ...securityHeaders,
      'cache-control': caching,
      vary: 'accept-encoding',
      ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    },
  }
}

function readFiles(directory: string): ReadonlyMap<string, StaticFile> {
  if (!existsSync(join(directory, 'index.html'))) return new Map()
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    paths.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [`/console/${path.slice(directory.length)}`, staticFile(path)] as const
    }),
  )
}

function staticFile(path: string): StaticFile {
  const plain = readFileSync(path)
  const extension = path.slice(path.lastIndexOf('.') + 1)
  return { type: types[extension] ?? 'application/octet-stream', plain, compressed: gzipSync(plain, { level: 9 }) }
}
