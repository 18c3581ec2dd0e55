/** `sallyport exec`: runs a command inside an instance, or at the internet, with this terminal. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { Command } from 'commander'
import { confined, hostnameOf } from '../../app/lab/confine.ts'
import { enterCommand } from '../../app/lab/holder.ts'
import { type LabReport, machineBoot, processNamespaceOf } from '../../app/lab/lab-paths.ts'
import { toolPath } from '../../app/system-tool.ts'
import { CommandFailure } from '../command-failure.ts'
import { fetchLab, instanceNamed } from '../lab-instances.ts'
import { UsageError } from '../usage-error.ts'
import { addEndpointOptions, type EndpointOptions } from '../world-options.ts'

interface ExecOptions extends EndpointOptions {
  readonly privileged?: boolean
}

export function execCommand(): Command {
  return addEndpointOptions(new Command('exec'))
    .summary('run a command inside an instance')
    .description(
      'Runs a command in the network namespace of an instance of an endpoint on this machine, with the files and the ' +
        'terminal of the caller. internet is the outside: it answers at 198.51.100.0/24, 192.0.2.0/24 and 2001:db8:ffff::/48.',
    )
    .argument('<instance>', 'an id, a Name tag, internet, or vpc-… for its router')
    .argument('<command...>', 'what to run; -- may come before it')
    .option('--privileged', 'with the power to see and change the namespace’s own rules and devices')
    .passThroughOptions()
    .addHelpText('after', '\nExit code: the command’s own; 2 when it could not be run.')
    .action(exec)
}

async function exec(given: string, words: readonly string[], options: ExecOptions): Promise<void> {
  const command = words[0] === '--' ? words.slice(1) : words
  if (command.length === 0) throw new UsageError('Say what to run: sallyport exec INSTANCE -- COMMAND.')
  const report = await fetchLab(options)
  const namespace = namespaceNamed(report, given)
  checkHere(report, options)
  const enter = enterCommand(report.holder, namespace)
  const hostname = hostnameOf(namespace, report.instances.find(({ id }) => id === namespace)?.addresses ?? [])
  const argv = options.privileged
    ? [...enter, ...command]
    : confined(enter, { folder: process.cwd(), hostname }, command)
  const status = await run([...asOwner(report), ...argv])
  if (status !== 0) throw new CommandFailure(status, '')
}

function namespaceNamed(report: LabReport, given: string): string {
  if (given === 'internet') return report.internet.namespace
  if (report.routers.includes(given)) return given
  const { id, state, namespace } = instanceNamed(report, given)
  if (namespace === undefined)
    throw new CommandFailure(2, `${id} is ${state}: only in a running instance can a command be run.`)
  return namespace
}

/** Namespaces are entered here, whereas the endpoint may be anywhere. */
function checkHere({ holder }: LabReport, { endpointUrl }: EndpointOptions): void {
  if (process.platform !== 'linux' || machineBoot() !== holder.boot) {
    throw new CommandFailure(2, `The endpoint ${endpointUrl} is on another machine: run this command there.`)
  }
  const seen = processNamespaceOf(holder.pid)
  if (seen === holder.processNamespace) return
  throw new CommandFailure(
    2,
    `The instances of ${endpointUrl} cannot be entered from here: run this command as the user who runs the server, ` +
      'and outside of containers that the server is not in.',
  )
}

/** The user namespace of another user knows them alone as root: root has to become that user to be root in it. */
function asOwner({ holder: { pid, privilege } }: LabReport): string[] {
  if (privilege === 'root' || process.getuid?.() !== 0) return []
  const { uid, gid } = statSync(`/proc/${pid}`)
  return uid === 0 ? [] : ['setpriv', '--reuid', String(uid), '--regid', String(gid), '--clear-groups', '--']
}

const signalNumbers: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 }

/** The command's exit code, 128 and the signal's number if that ended it. */
async function run([program = '', ...args]: readonly string[]): Promise<number> {
  // Ctrl-C is the command's to take.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, () => undefined)
  const running = spawn(program, args, { stdio: 'inherit', env: { ...process.env, PATH: toolPath } })
  try {
    const [status, signal] = (await once(running, 'exit')) as [number | null, string | null]
    return status ?? 128 + (signalNumbers[signal ?? ''] ?? 0)
  } catch (cause) {
    throw new CommandFailure(2, `${program} could not be started: ${(cause as Error).message}`)
  }
}
