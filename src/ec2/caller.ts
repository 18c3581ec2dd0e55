/** Who asks: the account and the region, from the request's credentials (SigV4 credential scope). */

import type { Instant } from '../base/clock.ts'
import { isRegionName } from '../model/region.ts'
import { reject } from '../model/rejection.ts'
import type { Scope } from '../model/world.ts'
import { readCredentialScope, type SignedRequest, verifySignature } from './protocol/signature.ts'

export interface Credential {
  readonly secret: string
  /** The account the key belongs to; without one, the access key id decides as it does for any key. */
  readonly account?: string | undefined
}

export interface Caller extends Scope {
  readonly accessKeyId: string
  readonly service: string
}

export interface Authentication {
  readonly defaultAccount: string
  /** Absent: any credentials are accepted and signatures are not looked at. */
  readonly credentials?: ReadonlyMap<string, Credential> | undefined
}

const twelveDigits = /^\d{12}$/

/** Rejects MissingAuthenticationToken for a request without credentials, and what `verifySignature` rejects. */
export function callerOf(request: SignedRequest, authentication: Authentication, now: Instant): Caller {
  const scope = readCredentialScope(request) ?? reject('MissingAuthenticationToken')
  const { credentials, defaultAccount } = authentication
  if (credentials) verifySignature(request, (accessKeyId) => credentials.get(accessKeyId)?.secret, now)
  if (!isRegionName(scope.region)) reject('AuthFailure')
  const { accessKeyId } = scope
  const account =
    credentials?.get(accessKeyId)?.account ?? (twelveDigits.test(accessKeyId) ? accessKeyId : defaultAccount)
  return { account, region: scope.region, accessKeyId, service: scope.service }
}
