/**
 * Who may speak to the server at all. Where credentials are not verified, a web page could speak
 * through its visitor's browser: by a host name that leads to this machine (DNS rebinding) or by a form.
 */

import { isIPv4 } from 'node:net'
import { reject } from '../model/rejection.ts'

export interface Guard {
  /** The address that the server was told to listen on. */
  readonly host: string
  readonly verifiesCallers: boolean
}

type Headers = ReadonlyMap<string, string>

/** Rejects ForeignHost or ForeignOrigin. A page that holds nobody's data may be opened by another site's link. */
export function guardRequest(headers: Headers, guard: Guard, isPage = false): void {
  const host = headers.get('host') ?? ''
  if (!guard.verifiesCallers && !isOwnName(hostName(host), guard.host)) reject('ForeignHost', { host: shown(host) })
  if (isPage && headers.get('sec-fetch-mode') === 'navigate') return
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const isForeign = origin !== undefined ? origin !== `http://${host}` : site === 'cross-site' || site === 'same-site'
  if (isForeign) reject('ForeignOrigin', { origin: shown(origin ?? site ?? '') })
}

/** Whether listening on that address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function isOwnName(name: string, listening: string): boolean {
  return isLoopback(name) || name === listening || name.endsWith('.localhost')
}

/** The host of a Host header, without its port and without brackets. */
function hostName(header: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(header)
  return (bracketed?.[1] ?? header.replace(/:\d+$/, '')).toLowerCase()
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
