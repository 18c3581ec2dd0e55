/** `sallyport serve`: the EC2 endpoint, until it is told to stop. */

import { Command, InvalidArgumentError, Option } from 'commander'
import { pino } from 'pino'
import { assemble, type SystemOptions } from '../../app/assemble.ts'
import { readCredentialsFile } from '../../app/credentials-file.ts'
import type { StoreEvent } from '../../app/ledger.ts'
import { version } from '../../app/version.ts'
import type { Answered } from '../../ec2/endpoint.ts'
import { defaultQuotas, isQuotaName, type QuotaName, type Quotas, quotaNames, unlimited } from '../../model/quota.ts'
import { isLoopback } from '../../server/guard.ts'
import { listen } from '../../server/listener.ts'
import type { StoreTarget } from '../../store/open-store.ts'
import { UsageError } from '../usage-error.ts'

interface ServeOptions {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly memory?: boolean
  readonly database?: string
  readonly account: string
  readonly credentials?: string
  readonly quota?: Quotas
  readonly logLevel: string
}

const logLevels = ['silent', 'error', 'warn', 'info', 'debug']

export function serveCommand(): Command {
  return new Command('serve')
    .summary('serve the EC2 endpoint')
    .description('Serves the EC2 endpoint. Point AWS_ENDPOINT_URL of the aws CLI or an SDK at the URL it prints.')
    .option('--port <number>', 'port to listen on; 0 picks a free one', portFrom, 4510)
    .option('--host <address>', 'address to listen on; other than loopback needs --credentials', '127.0.0.1')
    .addOption(
      new Option('--data <directory>', 'keep the state in this directory')
        .default('.sallyport')
        .conflicts(['memory', 'database']),
    )
    .addOption(new Option('--memory', 'keep the state in memory only').conflicts('database'))
    .option('--database <url>', 'keep the state in PostgreSQL: postgres://USER@HOST/DATABASE')
    .option(
      '--account <digits>',
      'account of access keys whose id is not an account number',
      accountFrom,
      '123456789012',
    )
    .option(
      '--credentials <file>',
      'verify signatures against the keys of this file (the form of ~/.aws/credentials, `account = …` in a section is optional)',
    )
    .option('--quota <name=value>', "change one of AWS's default quotas, or `off` for none; may be repeated", quotaFrom)
    .addOption(new Option('--log-level <level>', 'what to log to standard error').choices(logLevels).default('warn'))
    .addHelpText('after', `\nQuotas and their defaults:\n${quotaTable()}`)
    .action((options: ServeOptions) => serve(options))
}

async function serve(options: ServeOptions): Promise<void> {
  if (options.credentials === undefined && !isLoopback(options.host)) {
    throw new UsageError(
      `Without --credentials anyone who reaches the port may do anything, so ${options.host} is refused. ` +
        'Give --credentials FILE or listen on 127.0.0.1.',
    )
  }
  const system = await assemble(systemOptions(options))
  const listener = await listen(system, options).catch(async (cause: NodeJS.ErrnoException) => {
    await system.close()
    throw listenFailure(cause, options)
  })
  process.stdout.write(`Sallyport ${version} serves EC2 at ${listener.url} (${system.health().store})\n`)
  await stopSignal()
  await listener.stop()
  await system.close()
}

function listenFailure(cause: NodeJS.ErrnoException, { host, port }: ServeOptions): Error {
  if (cause.code !== 'EADDRINUSE') return new Error(`Cannot listen on ${host}:${port}: ${cause.message}`, { cause })
  return new Error(`Port ${port} of ${host} is taken. Stop what listens there, or give another --port.`, { cause })
}

function systemOptions(options: ServeOptions): SystemOptions {
  const { account: defaultAccount, credentials: file, quota, logLevel: level } = options
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
  const credentials = file === undefined ? undefined : readCredentialsFile(file)
  return {
    store: storeTarget(options),
    quotas: quota ?? defaultQuotas,
    authentication: { defaultAccount, credentials },
    onAnswer: (answered) => logAnswer(log, answered),
    onStore: (event) => logStore(log, event),
  }
}

function storeTarget({ memory, database, data }: ServeOptions): StoreTarget {
  if (memory) return { memory: true }
  return database === undefined ? { directory: data } : { url: database }
}

type Log = Pick<ReturnType<typeof pino>, 'error' | 'warn' | 'info'>

function logAnswer(log: Log, { failure, code, action, ...answered }: Answered): void {
  const { requestId, status, caller } = answered
  const facts = { requestId, action, status, code, account: caller?.account, region: caller?.region }
  if (failure !== undefined) log.error({ ...facts, err: failure }, 'a request failed inside')
  else if (code === 'InvalidAction') log.warn(facts, `the action ${action} is not there`)
  else log.info(facts, code === undefined ? 'answered' : 'refused')
}

function logStore(log: Log, event: StoreEvent): void {
  if (event.kind === 'failed')
    log.error({ err: event.cause }, 'the store failed; requests are refused until it is back')
  else log.warn('the store is back')
}

/** The first SIGTERM or SIGINT; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

function portFrom(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.')
  return Number(text)
}

function accountFrom(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('An account has twelve digits.')
  return text
}

/** Adds one `--quota` to those given before it. */
function quotaFrom(text: string, before: Quotas | undefined): Quotas {
  if (text === 'off') return unlimited
  const [name = '', value = ''] = text.split('=', 2)
  if (!isQuotaName(name)) throw new InvalidArgumentError(`The quotas are: ${quotaNames.join(', ')}.`)
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError(`Give ${name}=NUMBER.`)
  return { ...(before ?? defaultQuotas), [name]: Number(value) }
}

function quotaTable(): string {
  const line = (name: QuotaName) => `  ${name.padEnd(34)}${defaultQuotas[name]}`
  return quotaNames.map(line).join('\n')
}
