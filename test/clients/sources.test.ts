/** Sources as a person names them on the command line: a folder of describe output, Terraform's plans and states. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram, startServer } from '../server-process.ts'
import { awsCli, hasAwsCli } from './aws-cli.ts'

const dump = 'test/fixtures/describe/shop'
const shop = 'test/fixtures/terraform/shop'

let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sallyport-sources-'))
})

afterAll(() => rmSync(root, { recursive: true }))

/** The first line of what it printed, and its exit code. */
async function ran(...args: readonly string[]): Promise<[number | null, string]> {
  const { status, stdout, stderr } = await runProgram(args)
  return [status, (stdout || stderr).split('\n')[0]?.replaceAll(root, '…') ?? '']
}

describe('a world', () => {
  test.each([
    ['of describe output', dump],
    ['of a plan', `${shop}/create.plan.json`],
    ['of a state', `${shop}/state.json`],
  ])('%s answers who reaches whom', async (_, source) => {
    const { stdout, status } = await runProgram(['reach', '--state', source, '--from', 'app-a', '--output', 'json'])
    const { rows } = JSON.parse(stdout) as { rows: { to: { name: string }; result: string }[] }
    expect([status, new Set(rows.map(({ result }) => result))]).toEqual([0, new Set(['reachable'])])
    expect(rows.map(({ to }) => to.name)).toEqual(expect.arrayContaining(['internet', 'web-0', 'web-1']))
  })

  test('of a state is the one that the account describes', async () => {
    const told =
      'Nothing changes: every packet fares as before, between 6 addresses of interfaces, and between them and the internet.'
    expect(await ran('diff', `${shop}/state.json`, dump)).toEqual([0, told])
  })
})

describe('diff of a plan alone', () => {
  test('compares what is there with what is planned, and tells what closes in between', async () => {
    const { status, stdout } = await runProgram(['diff', `${shop}/change.plan.json`, '--by', 'group'])
    expect(status).toBe(1)
    expect(stdout).toContain('-  closes  internet (203.0.113.0/25) > app  tcp 22, 1 of 2 pairs\n')
    expect(stdout).toContain('While it is applied, for a while:\n-  closed  app > db ')
    expect(stdout).toContain(`aws_security_group_rule.app_ssh (${shop}/groups.tf:75)\n`)
    expect(stdout).toContain(
      `aws_security_group.app (${shop}/groups.tf:60) is to be deleted while 2 interfaces carry it`,
    )
  })

  test('says the same as JSON', async () => {
    const { stdout } = await runProgram(['diff', `${shop}/change.plan.json`, '--by', 'group', '--output', 'json'])
    const { rows, whileApplied } = JSON.parse(stdout)
    expect([rows.length, whileApplied.rows.length, whileApplied.stuck.length]).toEqual([1, 6, 1])
    expect(whileApplied.rows[0]).toMatchObject({
      result: 'closed meanwhile',
      packet: expect.stringContaining('tcp '),
      resources: [{ file: `${shop}/groups.tf`, line: 84, name: 'aws_security_group_rule.app_out' }],
    })
  })

  test.each([
    ['outage', 1],
    ['opened', 0],
    ['nothing', 0],
  ])('--fail-on %s ends with %i', async (what, code) => {
    const { status } = await runProgram(['diff', `${shop}/change.plan.json`, '--fail-on', what])
    expect(status).toBe(code)
  })

  test('a plan that takes nothing away has no outage', async () => {
    const { status, stdout } = await runProgram(['diff', `${shop}/create.plan.json`, '--fail-on', 'outage'])
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([
      0,
      'While it is applied nothing else closes or opens for a while.',
    ])
  })
})

test.each<[string, () => string, string]>([
  ['a state in place of a plan', () => `${shop}/state.json`, 'sallyport: …: This is no plan of Terraform'],
  ['JSON of another form', () => written('x.json', '{"a":1}'), 'sallyport: …: This is no plan of Terraform'],
])('diff with one argument refuses %s', async (_, path, message) => {
  const [status, text] = await ran('diff', path())
  expect([status, text.replace(path(), '…').replace('…/x.json', '…')]).toEqual([2, expect.stringContaining(message)])
})

test.each<[string, () => string, string]>([
  ['JSON of another form', () => written('x.json', '{"a":1}'), 'This JSON is of no known form: a saved state'],
  ['a folder without describe output', () => 'test/fixtures/terraform', 'No *.json of this folder is describe output,'],
])('a source that is %s is refused', async (_, path, message) => {
  const [status, text] = await ran('reach', '--state', path())
  expect([status, text]).toEqual([2, expect.stringContaining(message)])
})

function written(name: string, text: string): string {
  const path = join(root, name)
  writeFileSync(path, text)
  return path
}

/** The calls that docs/sources.md lists. */
const calls = [
  ...['security-groups', 'security-group-rules', 'network-interfaces', 'instances', 'subnets', 'vpcs', 'route-tables'],
  ...['internet-gateways', 'network-acls', 'managed-prefix-lists', 'addresses', 'vpc-peering-connections'],
]

test.skipIf(!hasAwsCli)('what the real CLI prints of an endpoint is the endpoint’s world', async () => {
  const server = await startServer()
  try {
    const cli = awsCli(server.url)
    const group = await cli.text('ec2 create-security-group --group-name web --description web --query GroupId')
    await cli.run(`ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr 0.0.0.0/0`)
    await cli.run(`ec2 authorize-security-group-ingress --group-id ${group} --protocol -1 --source-group ${group}`)
    await cli.run(`ec2 run-instances --image-id ami-0123456789abcdef0 --count 2 --security-group-ids ${group}`)
    for (const call of calls) written(`${call}.json`, JSON.stringify(await cli.json(`ec2 describe-${call}`), null, 2))
    rmSync(join(root, 'x.json'), { force: true })
    const compared = await runProgram(['diff', server.url, root])
    expect([compared.status, compared.stdout.split(':')[0]]).toEqual([0, 'Nothing changes'])
    const open = await runProgram(['reach', '--state', root, '--from', 'internet', '--to', group])
    expect([open.status, open.stdout]).toEqual([0, expect.stringContaining('tcp 443')])
  } finally {
    await server.stop()
  }
})
