/** `sallyport demo` as a user starts it: by root and by an ordinary user, and where the system lacks something. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { DemoStep } from '../../src/app/demo/step.ts'
import { type Ended, program, runProgram } from '../server-process.ts'
import { findTool } from '../tools.ts'
import { everybody, isGone, lacksTools, prefixOf } from './lab-scene.ts'

interface Report {
  readonly url: string
  readonly isAsClaimed: boolean
  readonly steps: readonly DemoStep[]
}

function start(prefix: readonly string[], words: readonly string[]) {
  const [tool = '', ...args] = [...prefix, process.execPath, program, 'demo', ...words]
  return spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function demo(prefix: readonly string[], ...words: string[]): Promise<Ended> {
  const running = start(prefix, words)
  const ended = once(running, 'exit') as Promise<[number | null]>
  const [stdout, stderr] = await Promise.all([text(running.stdout), text(running.stderr)])
  return { status: (await ended)[0], stdout, stderr }
}

/** Runs the rest of a command line as root of a user namespace, after the script. */
const contained = (script: string) => ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-ec', script, 'sh']

describe.skipIf(lacksTools).each(everybody)('the demonstration, run by %s', (who) => {
  test('plays the story on real packets, and every step does what it says', async () => {
    const { status, stdout, stderr } = await demo(prefixOf(who), '--output', 'json')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const { isAsClaimed, steps } = JSON.parse(stdout) as Report
    expect(isAsClaimed).toBe(true)
    expect(steps.every((step) => step.isAsClaimed)).toBe(true)
    const commands = steps.map(({ command }) => /^aws ec2 (\S+)|^sallyport exec (\S+)/.exec(command)?.slice(1).join(''))
    expect(commands).toEqual([
      'describe-vpcs',
      'create-security-group',
      'authorize-security-group-ingress',
      'describe-security-groups',
      'run-instances',
      'run-instances',
      'describe-security-groups',
      'authorize-security-group-ingress',
      'client',
      'web',
      'revoke-security-group-egress',
      'describe-security-groups',
      'client',
      'web',
    ])
    const [before, own, , , after, blocked] = steps.slice(-6)
    expect(before).toMatchObject({ output: 'hello from web\n' })
    expect(before?.why.join('\n')).toMatch(/its answer, outbound at web: untracked/)
    expect(own).toMatchObject({ output: 'hello from client\n' })
    expect(after).toMatchObject({ output: 'hello from web\n' })
    expect(after?.why.join('\n')).toMatch(/its answer, outbound at web: answers the connection opened 0s ago/)
    expect(blocked?.output).toMatch(/timed out after 3\d{3} milliseconds/)
    expect(blocked?.why).toEqual([expect.stringMatching(/^the first packet, outbound at web: no egress rule of sg-/)])
  })
})

describe.skipIf(lacksTools)('the demonstration', () => {
  test('prints each step with its command, the real output and the reason', async () => {
    const { status, stdout } = await demo(prefixOf('an ordinary user'))
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /^ {3}\$ aws ec2 create-security-group --group-name my-web-sg .*\n {3}\{\n {7}"GroupId": "sg-/m,
    )
    expect(stdout).toMatch(
      /^ {3}\$ sallyport exec client -- curl .*\n {3}hello from web\n {3}→ the first packet, inbound/m,
    )
    expect(stdout).toMatch(/^All 14 steps did what they say, in \d+\.\d s/m)
  })

  test('without curl, Node asks for the pages', async () => {
    const withoutCurl = contained(`mount --bind /dev/null ${findTool('curl').path}; exec "$@"`)
    const { status, stdout } = await demo(withoutCurl, '--output', 'json')
    expect(status).toBe(0)
    const { steps } = JSON.parse(stdout) as Report
    expect(steps.at(-1)?.command).toMatch(/^sallyport exec web -- node -e 'fetch\(…\)' http/)
  })

  test('--keep leaves everything running until it is told to stop, and nothing behind', async () => {
    const running = start(prefixOf('an ordinary user'), ['--keep'])
    const lines: string[] = []
    for await (const line of createInterface(running.stdout)) {
      lines.push(line)
      if (line.includes('sallyport explain')) break
    }
    const url = /AWS_ENDPOINT_URL=(\S+)/.exec(lines.join('\n'))?.[1]
    const { stdout } = await runProgram(['ps', '--output', 'json', '--endpoint-url', url ?? ''])
    const { holder } = JSON.parse(stdout) as { holder: { pid: number } }
    const ended = once(running, 'exit')
    running.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    expect(isGone(holder.pid)).toBe(true)
  })

  test('a system that lacks something is told what, with exit code 2', async () => {
    const forbidden =
      'echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-all --inh-caps=-all "$@"'
    const { status, stdout, stderr } = await demo(contained(forbidden))
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/cannot be had here: this system refuses user namespaces\. Run it as root, or/)
  })
})
