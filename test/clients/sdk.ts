/** The AWS SDK for JavaScript against an endpoint, and what its refusals say. */

import { EC2, EC2ServiceException } from '@aws-sdk/client-ec2'
import { type Keys, region } from './surroundings.ts'

interface SdkOptions {
  readonly keys?: Keys
  readonly maxAttempts?: number
}

export function sdk(url: string, { keys = { id: 'test', secret: 'test' }, maxAttempts = 3 }: SdkOptions = {}): EC2 {
  const credentials = { accessKeyId: keys.id, secretAccessKey: keys.secret }
  return new EC2({ endpoint: url, region, credentials, maxAttempts })
}

/** The options of a waiter: the first poll must see the final state, a second is a second late. */
export function patience(client: EC2) {
  return { client, maxWaitTime: 3, minDelay: 1, maxDelay: 1 }
}

/** Every member of an answer is optional to TypeScript; this says that AWS always sends it. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('EC2 left out a member that AWS sends')
  return value
}

/** The only one of a list. */
export function only<T>(list: readonly T[] | undefined): T {
  if (list?.length !== 1) throw new Error(`EC2 answered ${list?.length ?? 'no list'} where AWS answers one`)
  return list[0] as T
}

export interface Refused {
  readonly code: string
  readonly message: string
  readonly status: number | undefined
}

/** How EC2 refuses a call; throws when it does not. */
export async function refusal(call: Promise<unknown>): Promise<Refused> {
  try {
    await call
  } catch (thrown) {
    if (!(thrown instanceof EC2ServiceException)) throw thrown
    return { code: thrown.name, message: thrown.message, status: thrown.$metadata.httpStatusCode }
  }
  throw new Error('EC2 did not refuse')
}
