/** `sallyport lint` as a person runs it: from a file, from a running endpoint, in every form, with a configuration. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram, startServer } from '../server-process.ts'

const lines = `group web ingress tcp 443 from 0.0.0.0/0
group web ingress tcp 22 from 0.0.0.0/1
group web ingress tcp 22 from 128.0.0.0/1
group old
interface web 10.0.0.5 in web public 203.0.113.80
`
const config = `suppress:
  - id: SG-OPEN-ADMIN
    on: web
    reason: the lab
  - id: SG-RULE-DEAD
    on: web
    reason: there was one
`

let root: string
let world: string
let suppressing: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sallyport-lint-'))
  world = written('world.txt', lines)
  suppressing = written('lint.yaml', config)
})

afterAll(() => rmSync(root, { recursive: true }))

function written(name: string, text: string): string {
  const path = join(root, name)
  writeFileSync(path, text)
  return path
}

async function linted(...args: readonly string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const { status, stdout, stderr } = await runProgram(['lint', ...args], {})
  return { status, stdout: stdout.replaceAll(root, '…'), stderr: stderr.replaceAll(root, '…') }
}

test('tells what it finds, where, by which packet, and how to end it', async () => {
  expect(await linted('--state', world)).toEqual({
    status: 1,
    stderr: '',
    stdout: `✗ error SG-OPEN-ADMIN sg-web   …/world.txt:2
    tcp 22 of web can be reached from every public IPv4 address, by several rules together.
    tcp 1.0.0.0:40000 > 10.0.0.5:22 S
    sgr-2 of web: ingress tcp 22 from 0.0.0.0/1
    sgr-3 of web: ingress tcp 22 from 128.0.0.0/1
    fix: aws ec2 revoke-security-group-ingress --group-id sg-web --security-group-rule-ids sgr-2 sgr-3

! warning SG-GROUP-UNATTACHED sg-old   …/world.txt:4
    No interface carries old, and no group in use names it.
    fix: aws ec2 delete-security-group --group-id sg-old

1 error, 1 warning in 2 groups
`,
  })
})

test('a configuration suppresses, and is told what of it is of no use', async () => {
  const { status, stdout } = await linted('--state', world, '--config', suppressing, '--fail-on', 'error')
  expect([status, stdout.split('\n').slice(-3)]).toEqual([
    0,
    [
      '1 warning in 2 groups; 1 suppressed',
      'unused suppression, line 5: SG-RULE-DEAD on web: nothing of that kind is found there',
      '',
    ],
  ])
})

describe('exit codes', () => {
  test.each([
    [0, ['--only', 'SG-RULE-STALE', 'sg-rule-dead'], 'Nothing found in 2 groups'],
    [0, ['--only', 'SG-GROUP-UNATTACHED', '--fail-on', 'error'], '! warning SG-GROUP-UNATTACHED sg-old'],
    [1, ['--only', 'SG-GROUP-UNATTACHED', '--fail-on', 'note'], '! warning SG-GROUP-UNATTACHED sg-old'],
    [2, ['--only', 'SG-NOTHING'], 'sallyport: there is no SG-NOTHING'],
    [2, ['--config', 'absent.yaml'], 'sallyport: absent.yaml: ENOENT'],
    [2, ['--fail-on', 'never'], "error: option '--fail-on <severity>' argument 'never' is invalid"],
  ])('%d for %j', async (expected, args, beginning) => {
    const { status, stdout, stderr } = await linted('--state', world, ...args)
    expect([status, (stdout || stderr).slice(0, beginning.length)]).toEqual([expected, beginning])
  })
})

test('the rules are listed and explained', async () => {
  const { stdout } = await linted('--list-rules')
  expect(stdout).toContain('SG-OPEN-ADMIN        error    The world can reach a port')
  const explained = await linted('--explain', 'sg-rule-untracked')
  expect([explained.status, explained.stdout.split('\n')[0]]).toEqual([0, 'SG-RULE-UNTRACKED (note)'])
  expect((await linted('--explain', 'nothing')).status).toBe(2)
})

test.each([
  ['tap', 'TAP version 13\n1..13\n'],
  ['junit', '<?xml version="1.0"'],
  ['github', '::error file='],
  ['sarif', '{\n  "$schema"'],
  ['json', '{\n  "findings": [\n    {\n      "id": "SG-OPEN-ADMIN"'],
])('prints %s', async (form, start) => {
  const { status, stdout } = await linted('--state', world, '-o', form)
  expect([status, stdout.slice(0, start.length)]).toEqual([1, start])
})

test('looks at a running endpoint', async () => {
  const server = await startServer()
  try {
    const { status, stdout } = await linted('--endpoint-url', server.url, '--fail-on', 'error')
    expect([status, stdout.split('\n').at(-2)]).toEqual([0, 'Nothing found in 1 group'])
  } finally {
    await server.stop()
  }
})
