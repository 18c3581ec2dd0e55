/** `sallyport serve`: the EC2 endpoint, until it is told to stop. */

import { Command, InvalidArgumentError, Option } from 'commander'
import { assemble, type SystemOptions } from '../../app/assemble.ts'
import { readCredentialsFile } from '../../app/credentials-file.ts'
import { type LogLevel, logLevels, operatorLog } from '../../app/operator-log.ts'
import { version } from '../../app/version.ts'
import { type EngineDefaults, engineDefaults } from '../../engine/defaults.ts'
import { optionTable } from '../../engine/timeline-options.ts'
import { defaultQuotas, isQuotaName, type QuotaName, type Quotas, quotaNames, unlimited } from '../../model/quota.ts'
import { isLoopback } from '../../server/guard.ts'
import { listen } from '../../server/listener.ts'
import { engineOptionFrom } from '../engine-option.ts'
import { stopSignal } from '../stop-signal.ts'
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
  readonly engineOption?: EngineDefaults
  readonly dataPlane: 'none' | 'namespaces'
  readonly logLevel: LogLevel
}

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
    .option(
      '--engine-option <name=value>',
      'what the packet engine does where AWS says nothing; may be repeated',
      engineOptionFrom,
    )
    .addOption(
      new Option('--data-plane <kind>', 'run instances: as network namespaces of this machine')
        .choices(['none', 'namespaces'])
        .default('none'),
    )
    .addOption(new Option('--log-level <level>', 'what to log to standard error').choices(logLevels).default('warn'))
    .addHelpText('after', `\nQuotas and their defaults:\n${quotaTable()}`)
    .addHelpText('after', `\nEngine options and their defaults:\n${optionTable()}`)
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
  const { account: defaultAccount, credentials: file, quota = defaultQuotas, logLevel } = options
  const { engineOption: engine = engineDefaults } = options
  const credentials = file === undefined ? undefined : readCredentialsFile(file)
  return {
    store: storeTarget(options),
    quotas: quota,
    engine,
    dataPlane: options.dataPlane,
    authentication: { defaultAccount, credentials },
    ...operatorLog(logLevel),
  }
}

function storeTarget({ memory, database: url, data }: ServeOptions): SystemOptions['store'] {
  if (memory) return { memory: true }
  if (url === undefined) return { directory: data }
  // The URL is not repeated: it may hold a password.
  if (!/^postgres(ql)?:\/\//.test(url)) throw new UsageError('--database takes postgres://USER@HOST/DATABASE.')
  return { url }
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
  const equals = text.indexOf('=')
  const name = text.slice(0, Math.max(equals, 0))
  const value = text.slice(equals + 1)
  if (!isQuotaName(name)) throw new InvalidArgumentError(`The quotas are: ${quotaNames.join(', ')}.`)
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError(`Give ${name}=NUMBER.`)
  return { ...(before ?? defaultQuotas), [name]: Number(value) }
}

function quotaTable(): string {
  const line = (name: QuotaName) => `  ${name.padEnd(34)}${defaultQuotas[name]}`
  return quotaNames.map(line).join('\n')
}
