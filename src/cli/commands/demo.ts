/** `sallyport demo`: the story of a stateful web server on real packets, step by step, on this machine. */

import { Command, Option } from 'commander'
import { assemble, type System } from '../../app/assemble.ts'
import { Stand } from '../../app/demo/stand.ts'
import type { DemoStep } from '../../app/demo/step.ts'
import { playStory } from '../../app/demo/story.ts'
import { operatorLog } from '../../app/operator-log.ts'
import { SystemFailure } from '../../app/system-failure.ts'
import { defaultQuotas } from '../../model/quota.ts'
import { type Listener, listen } from '../../server/listener.ts'
import { CommandFailure } from '../command-failure.ts'
import { stopSignal } from '../stop-signal.ts'

interface DemoOptions {
  readonly keep?: boolean
  readonly output: 'text' | 'json'
}

export function demoCommand(): Command {
  return new Command('demo')
    .summary('see rules filter real packets')
    .description(
      'Starts an endpoint in memory on a free port, runs two instances as network namespaces with a web server in ' +
        'each, and types the five commands of the lesson: what the web server answers, and what it may open, before ' +
        'and after its outbound rule is revoked. Needs no root where the system allows user namespaces. Nothing is ' +
        'left behind.',
    )
    .option('--keep', 'leave the endpoint and its instances running until Ctrl-C')
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nExit code: 0 every step did what it says, 1 a step did not, 2 this system does not allow it: what is missing is said.',
    )
    .action(demo)
}

const scope = { account: '123456789012', region: 'us-east-1' }
/** Milliseconds: it takes a tenth of this. */
const longest = 120_000

async function demo(options: DemoOptions): Promise<void> {
  const system = await startedSystem()
  const listener = await listen(system, { host: '127.0.0.1', port: 0 })
  try {
    await play({ system, listener, options })
  } finally {
    await listener.stop()
    await system.close()
  }
}

async function startedSystem(): Promise<System> {
  try {
    return await assemble({
      store: { memory: true },
      quotas: defaultQuotas,
      authentication: { defaultAccount: scope.account, credentials: undefined },
      dataPlane: 'namespaces',
      ...operatorLog('warn'),
    })
  } catch (thrown) {
    if (thrown instanceof SystemFailure) throw new CommandFailure(2, thrown.message)
    throw thrown
  }
}

interface Play {
  readonly system: System
  readonly listener: Listener
  readonly options: DemoOptions
}

async function play({ system, listener: { url }, options }: Play): Promise<void> {
  const isText = options.output === 'text'
  const start = performance.now()
  const steps: DemoStep[] = []
  for await (const step of inTime(playStory(standOn(system, url)))) {
    steps.push(step)
    if (isText) process.stdout.write(`${stepText(step)}\n`)
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const failed = steps.find(({ isAsClaimed }) => !isAsClaimed)
  if (!isText) process.stdout.write(`${JSON.stringify({ url, isAsClaimed: !failed, steps }, null, 2)}\n`)
  else if (!failed) {
    process.stdout.write(
      `All ${steps.length} steps did what they say, in ${seconds} s: real packets, filtered by this machine's kernel.\n`,
    )
  }
  if (options.keep) await keep(url, isText)
  if (failed) throw new CommandFailure(1, `step ${failed.number} did not do what it says: ${failed.claim}.`)
}

function standOn(system: System, url: string): Stand {
  const { region } = scope
  return new Stand({
    cloud: {
      scope,
      call: async (action, input) => (await system.console.call(scope, { action, input })).output,
    },
    remote: { url, region, accessKeyId: 'test', secret: 'test' },
    settled: () => system.settled(),
  })
}

async function* inTime(steps: AsyncGenerator<DemoStep>): AsyncGenerator<DemoStep> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new CommandFailure(1, 'It took more than two minutes.')), longest).unref()
  })
  for (;;) {
    const next = await Promise.race([steps.next(), late])
    if (next.done) return
    yield next.value
  }
}

function stepText({ number, claim, command, output, why, isAsClaimed }: DemoStep): string {
  return [
    `${number}. ${claim}${isAsClaimed ? '' : ': NO'}`,
    indented(`$ ${command}`),
    ...(output.trim() === '' ? [] : [indented(output.trim())]),
    ...why.map((sentence) => `   → ${sentence}`),
    '',
  ].join('\n')
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '   ')
}

async function keep(url: string, isText: boolean): Promise<void> {
  const lines = [
    'The endpoint and its instances run until Ctrl-C. In another terminal:',
    `  export AWS_ENDPOINT_URL=${url} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=${scope.region}`,
    '  sallyport exec web -- bash',
    '  sallyport explain client web tcp 80',
  ]
  ;(isText ? process.stdout : process.stderr).write(`${lines.join('\n')}\n`)
  await stopSignal()
}
