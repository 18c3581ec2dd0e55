/** `--kernel` as a user gives it: vectors and scenes on the kernel, by root and by an ordinary user, and where that fails. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, program } from '../server-process.ts'
import { findTool } from '../tools.ts'
import { everybody, prefixOf } from './lab-scene.ts'
import { hasStageTools } from './stage-tools.ts'

const vectors = [
  'vectors/basics/S04-no-egress-rule-stops-new-outbound-only.txt',
  'vectors/exempt/interface-to-itself-is-not-filtered.txt',
] as const
const byOption = 'vectors/exempt/ipv6-link-local-can-be-exempt.txt'
const byAllowance = 'allowance'

/** netfilter takes nothing of the opener before its SYN is answered. */
const apart = `
world
  group web  ingress tcp 80 from 0.0.0.0/0 as sgr-1
  interface a 10.0.0.5 in web

0s a ingress tcp 203.0.113.5:40000 > 10.0.0.5:80 S   allow
0s a ingress tcp 203.0.113.5:40000 > 10.0.0.5:80 A   deny
`

interface Given {
  readonly prefix?: readonly string[]
  readonly input?: string
}

let home: string

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sallyport-witness-'))
})
afterAll(() => rmSync(home, { recursive: true }))

async function sallyport(words: readonly string[], { prefix = [], input = '' }: Given = {}): Promise<Ended> {
  const [tool = '', ...args] = [...prefix, process.execPath, program, ...words]
  const running = spawn(tool, args, { env: { ...process.env, XDG_STATE_HOME: home } })
  running.stdin.on('error', () => undefined).end(input)
  const ended = once(running, 'exit') as Promise<[number | null]>
  const [stdout, stderr] = await Promise.all([text(running.stdout), text(running.stderr)])
  return { status: (await ended)[0], stdout, stderr }
}

const wordsOfKernel = (stdout: string) => stdout.split('\n').flatMap((line) => /^ +kernel: (.*)$/.exec(line)?.[1] ?? [])

describe.skipIf(!hasStageTools).each(everybody)('the kernel as witness, asked by %s', (who) => {
  test('says what it does with every packet of a vector, or why it was not asked', async () => {
    const { status, stdout, stderr } = await sallyport(['simulate', '--kernel', ...vectors], { prefix: prefixOf(who) })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const verdicts = stdout.split('\n').flatMap((line) => /^\d.* (allow|deny)$/.exec(line)?.[1] ?? [])
    const words = wordsOfKernel(stdout)
    const asked = words.flatMap((word, at) => (word.startsWith('not asked (what an interface sends') ? [] : [at]))
    expect(words).toHaveLength(verdicts.length)
    expect(asked.length).toBe(words.length - 2)
    expect(asked.map((at) => words[at])).toEqual(asked.map((at) => verdicts[at]))
  })
})

describe.skipIf(!hasStageTools)('the kernel as witness', () => {
  test('is in the JSON of each packet', async () => {
    const { status, stdout } = await sallyport(['simulate', '--kernel', '-o', 'json', ...vectors])
    const packets = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { action: string; kernel: object })
    expect(status).toBe(0)
    expect(packets[0]).toMatchObject({ kernel: { action: packets[0]?.action, agrees: true } })
    expect(packets.at(-2)).toMatchObject({ kernel: { notAsked: expect.stringMatching(/^what an interface sends/) } })
  })

  test('disagrees aloud, which counts for more than a mismatch', async () => {
    const { status, stdout, stderr } = await sallyport(['simulate', '--kernel', '-'], { input: apart })
    expect(wordsOfKernel(stdout)).toEqual(['allow', 'deny  DISAGREES'])
    expect(stdout).toContain('MISMATCH')
    expect(status).toBe(3)
    expect(stderr).toMatch(/^sallyport: engine and kernel disagree about 1 packet\. docs\/gaps\.md/)
  })

  test('plays nothing where the engine is told to do otherwise than by default', async () => {
    const why = /^kernel: plays nothing of this \(vectors that choose an engine option/m
    for (const words of [[byOption], ['--option', 'change-delay=0', vectors[0]]]) {
      const { status, stdout } = await sallyport(['simulate', '--kernel', ...words])
      expect(status).toBe(0)
      expect(stdout).toMatch(why)
      expect(wordsOfKernel(stdout)).toEqual([])
    }
  })

  test('plays a scene, with the answer that the scene leaves out', async () => {
    const { status, stdout, stderr } = await sallyport(['learn', 'watch', 'narrowing-cuts', '--kernel'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const verdicts = stdout.split('\n').flatMap((line) => /^ +[✓✗] (allow|deny)/.exec(line)?.[1] ?? [])
    expect(wordsOfKernel(stdout)).toEqual(verdicts)
    expect(stdout).toMatch(/^For the kernel an answer was added: 0s \S+ egress tcp .* SA$/m)
    const json = await sallyport(['learn', 'watch', 'narrowing-cuts', '--kernel', '-o', 'json'])
    const { steps } = JSON.parse(json.stdout) as { steps: { kind: string; action?: string; kernel?: object }[] }
    const packets = steps.filter(({ kind }) => kind === 'packet')
    expect(packets.map(({ kernel }) => kernel)).toEqual(packets.map(({ action }) => ({ action, agrees: true })))
  })

  test('plays no scene about an allowance, and no other mode of the lesson', async () => {
    const { status, stdout } = await sallyport(['learn', 'watch', byAllowance, '--kernel'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^kernel: plays nothing of this \(vectors that choose an engine option/m)
    const other = await sallyport(['learn', 'predict', byAllowance, '--kernel'])
    expect(other).toEqual({ status: 2, stdout: '', stderr: 'sallyport: --kernel is for learn watch SCENE.\n' })
  })

  test.each([
    [`mount --bind /dev/null ${findTool('conntrack').path}`, /: conntrack missing\. Install with: apt-get install -y/],
    ['echo 0 > /proc/sys/user/max_user_namespaces', /: this system refuses user namespaces\. Run it as root, or/],
  ])('where %s, says in one line what helps', async (script, what) => {
    const inside = `${script}; exec setpriv --bounding-set=-all --inh-caps=-all "$@"`
    const prefix = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-ec', inside, 'sh']
    const { status, stdout, stderr } = await sallyport(['simulate', '--kernel', vectors[0]], { prefix })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^sallyport: --kernel cannot be had here: .*\n$/)
    expect(stderr).toMatch(what)
  })
})
