/** The library: an EC2 endpoint in your own process, for tests of code that manages security groups. */

import { assemble } from './app/assemble.ts'
import { defaultQuotas, isQuotaName, type QuotaName, unlimited } from './model/quota.ts'
import { listen } from './server/listener.ts'

export type { QuotaName } from './model/quota.ts'

export interface StartOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number
  /** The account that access keys belong to unless their id is an account number. Default 123456789012. */
  readonly account?: string
  /** Limits other than AWS's defaults, or `off` for none. */
  readonly quotas?: 'off' | Partial<Readonly<Record<QuotaName, number>>>
}

export interface Sallyport {
  /** `http://127.0.0.1:PORT`, for a client's `endpoint`. */
  readonly url: string
  /** Answers what was asked, closes the port and forgets everything. */
  stop(): Promise<void>
}

/**
 * Starts an in-memory endpoint on 127.0.0.1 that accepts any credentials. Rejects with the system's
 * error when the port is taken, and with a TypeError for options that make no sense.
 */
export async function startSallyport(options: StartOptions = {}): Promise<Sallyport> {
  const { port = 0, account = '123456789012', quotas = {} } = options
  if (!/^\d{12}$/.test(account)) throw new TypeError(`account must have twelve digits, not '${account}'`)
  const system = await assemble({
    store: { memory: true },
    quotas: quotas === 'off' ? unlimited : { ...defaultQuotas, ...checked(quotas) },
    authentication: { defaultAccount: account },
    onAnswer: () => undefined,
    onStore: () => undefined,
  })
  const listener = await listen(system, { host: '127.0.0.1', port })
  return {
    url: listener.url,
    async stop() {
      await listener.stop()
      await system.close()
    },
  }
}

function checked(quotas: Partial<Readonly<Record<QuotaName, number>>>): typeof quotas {
  for (const [name, value] of Object.entries(quotas)) {
    if (!isQuotaName(name)) throw new TypeError(`there is no quota named '${name}'`)
    if (!(value >= 0)) throw new TypeError(`quota ${name} must be a number from 0 up`)
  }
  return quotas
}
