/** The AWS SDK for JavaScript against an endpoint, and what its refusals say. */

import { EC2Client, EC2ServiceException } from '@aws-sdk/client-ec2'
import { type Keys, region } from './surroundings.ts'

interface SdkOptions {
  readonly keys?: Keys
  readonly account?: string
  readonly maxAttempts?: number
}

export function sdk(url: string, { keys, account = 'test', maxAttempts = 3 }: SdkOptions = {}) {
  const credentials = { accessKeyId: keys?.id ?? account, secretAccessKey: keys?.secret ?? 'test' }
  return new EC2Client({ endpoint: url, region, credentials, maxAttempts })
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
