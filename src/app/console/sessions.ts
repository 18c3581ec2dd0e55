/** Sign-ins to the console of a server that verifies its callers: an access key buys a session for some hours. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { after, type Clock, hours, type Instant } from '../../base/clock.ts'
import type { Authentication } from '../../ec2/caller.ts'
import { reject } from '../../model/rejection.ts'

export interface Session {
  readonly token: string
  readonly account: string
}

interface Kept extends Session {
  readonly expiresAt: Instant
}

const lifetime = hours(8)
/** The oldest make room. */
const mostSessions = 100
const twelveDigits = /^\d{12}$/

export class Sessions {
  readonly #authentication: Authentication
  readonly #clock: Clock
  readonly #sessions = new Map<string, Kept>()

  constructor(authentication: Authentication, clock: Clock) {
    this.#authentication = authentication
    this.#clock = clock
  }

  get areNeeded(): boolean {
    return this.#authentication.credentials !== undefined
  }

  /** Rejects AuthFailure for a key that is not known or a secret that is not the key's. */
  signIn(accessKeyId: string, secret: string): Session {
    const { credentials, defaultAccount } = this.#authentication
    const credential = credentials?.get(accessKeyId)
    if (!credential || !isSame(credential.secret, secret)) reject('AuthFailure')
    const account = credential.account ?? (twelveDigits.test(accessKeyId) ? accessKeyId : defaultAccount)
    const session = { token: randomBytes(32).toString('hex'), account }
    this.#sessions.set(session.token, { ...session, expiresAt: after(this.#clock(), lifetime) })
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size > mostSessions && oldest !== undefined) this.#sessions.delete(oldest)
    return session
  }

  signOut(token: string): void {
    this.#sessions.delete(token)
  }

  /** Whom the token speaks for: anybody for the default account where no caller is verified. */
  accountOf(token: string | undefined): string | undefined {
    if (!this.areNeeded) return this.#authentication.defaultAccount
    const session = token === undefined ? undefined : this.#sessions.get(token)
    if (session === undefined || this.#clock() < session.expiresAt) return session?.account
    this.#sessions.delete(session.token)
    return undefined
  }
}

/** In constant time, whatever the lengths. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
