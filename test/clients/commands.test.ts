/** The commands explain, simulate and state as a user runs them: what they print, and what they end with. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stateOf } from '../../src/model/state.ts'
import { reachWorld } from '../reach-world.ts'
import { codeOf, credentialsOf, send } from '../server/http.ts'
import { type Ended, type Given, runProgram, type ServerProcess, startServer } from '../server-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-commands-'))
const state = join(folder, 'state.json')

function written(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const saved = `${JSON.stringify(
  stateOf(
    reachWorld(`
      group app egress any to 0.0.0.0/0 as sgr-app
      group db ingress tcp 5432 from app as sgr-db
      acl n
      acl n ingress 100 allow any from 0.0.0.0/0
      acl n egress 100 allow tcp 32768-65535 to 0.0.0.0/0
      subnet s 10.0.2.0/24 acl n
      interface app 10.0.0.5 in app
      interface db 10.0.1.9 in db
      interface old 10.0.2.9 in db subnet s
    `),
  ),
)}\n`

beforeAll(() => writeFileSync(state, saved))
afterAll(() => rmSync(folder, { recursive: true }))

const explain = (question: string, given?: Given): Promise<Ended> =>
  runProgram(['explain', '--state', state, ...question.split(' ')], given)

describe('sallyport explain', () => {
  test('says yes, the way there and back, and what the yes stands on', async () => {
    expect(await explain('eni-app eni-db tcp 5432')).toEqual({
      status: 0,
      stderr: '',
      stdout: `reachable: eni-app to eni-db, tcp 5432
  every packet asked about passes, and its answer

reachable: eni-app (10.0.0.5) > eni-db (10.0.1.9)
  tcp 10.0.0.5:1024 > 10.0.1.9:5432 S
  there
    ✓ egress rules of eni-app for 10.0.1.9: sgr-app of sg-app
    ✓ egress of acl-open at subnet-10-0-0-0-24 for 10.0.1.9: entry 100 allows it
    ✓ route from subnet-10-0-0-0-24 to 10.0.1.9: local
    ✓ ingress of acl-open at subnet-10-0-1-0-24 for 10.0.0.5: entry 100 allows it
    ✓ ingress rules of eni-db for 10.0.0.5: sgr-db of sg-db
  and back, where an answer needs no rule
    ✓ egress of acl-open at subnet-10-0-1-0-24 for 10.0.0.5: entry 100 allows it
    ✓ route from subnet-10-0-1-0-24 to 10.0.0.5: local
    ✓ ingress of acl-open at subnet-10-0-0-0-24 for 10.0.1.9: entry 100 allows it
  stands on sgr-app, sgr-db: revoke any of these and it stops
`,
    })
  })

  test('says no with a fix to copy, and ends with 1', async () => {
    const { status, stdout, stderr } = await explain('eni-app eni-db tcp 22')
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/^unreachable: eni-app to eni-db, tcp 22\n {2}no packet asked about passes\n/)
    expect(stdout).toContain('    ✗ ingress rules of eni-db for 10.0.0.5: none of sg-db admits it\n')
    expect(stdout).toMatch(
      /\n\nin the way, and what would change it:\n {2}- no ingress rule of sg-db admits it from 10\.0\.0\.5\/32 at eni-db\n/,
    )
    expect(stdout).toContain(
      "      aws ec2 authorize-security-group-ingress --group-id sg-db --ip-permissions 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=10.0.0.5/32}]'\n",
    )
  })

  test.each([
    [
      'eni-app eni-old tcp 5432',
      'ambiguous: eni-app to eni-old, tcp 5432\n  some packets asked about pass and some do not\n',
    ],
    ['eni-app internet', 'unreachable: eni-app to internet, tcp\n'],
    ['eni-app eni-db icmp', 'unreachable: eni-app to eni-db, icmp\n'],
    ['eni-app eni-db 6 22', 'unreachable: eni-app to eni-db, 6 22\n'],
    ['10.0.0.5 10.0.1.0/24 47', 'unreachable: 10.0.0.5 to 10.0.1.0/24, 47\n'],
  ])('%s is no yes either, and ends with 1', async (question, first) => {
    const { status, stdout, stderr } = await explain(question)
    expect([status, stderr, stdout.startsWith(first)]).toEqual([1, '', true])
  })

  test('as JSON names result, findings with their hops, and fixes', async () => {
    const { status, stdout } = await explain('eni-app eni-old tcp 5432 --output json')
    const { result, findings, fixes } = JSON.parse(stdout)
    expect([status, result, findings.length]).toEqual([1, 'ambiguous', 2])
    expect(findings[0]).toMatchObject({
      result: 'unreachable',
      from: 'eni-app (10.0.0.5)',
      to: 'eni-old (10.0.2.9)',
      packet: 'tcp 10.0.0.5:1024 > 10.0.2.9:5432 S',
      addresses: [],
      ports: [],
      clientPorts: ['1024-32767'],
      blockers: [
        {
          leg: 'return',
          outcome: 'stops',
          kind: 'acl',
          acl: 'acl-n',
          direction: 'egress',
          peer: '10.0.0.5',
          entry: '*',
        },
      ],
      standsOn: [],
    })
    expect(findings[0].hops).toHaveLength(8)
    expect(findings[1].standsOn).toEqual([
      { rule: 'sgr-app', group: 'sg-app' },
      { rule: 'sgr-db', group: 'sg-db' },
    ])
    expect(fixes).toEqual([
      {
        why: 'acl-n of subnet-s denies it, egress: its final deny',
        command:
          'aws ec2 create-network-acl-entry --network-acl-id acl-n --rule-number 200 --egress --rule-action allow --protocol 6 --cidr-block 10.0.0.5/32 --port-range From=1024,To=65535',
      },
    ])
  })

  test('tells the first parts of a question that has many', async () => {
    const rules = Array.from({ length: 30 }, (_, index) => `group many ingress tcp ${index * 2} from 10.0.0.5`)
    const lines = [
      'group o egress any to 0.0.0.0/0',
      ...rules,
      'interface a 10.0.0.5 in o',
      'interface b 10.0.0.9 in many',
    ]
    const file = written('many.json', JSON.stringify(stateOf(reachWorld(lines.join('\n')))))
    const { status, stdout } = await runProgram(['explain', '--state', file, 'eni-a', 'eni-b'])
    expect([status, stdout.split('\n').filter((line) => /^(un)?reachable: eni/.test(line)).length]).toEqual([1, 20])
    expect(stdout).toContain('\n\n… and 11 more parts of the question, which --output json tells\n')
  })

  test('reads a state from standard input', async () => {
    const ended = await runProgram(['explain', '--state', '-', 'eni-app', 'eni-db', 'tcp', '5432'], { input: saved })
    expect(ended).toMatchObject({ status: 0, stderr: '' })
  })

  test.each([
    ['eni-app', "error: missing required argument 'to'"],
    ['eni-app eni-db tcp 1 2', 'error: too many arguments'],
    ['eni-app eni-db sctp', "sallyport: 'sctp' is no protocol: use tcp, udp, icmp, icmpv6 or a number up to 255."],
    ['eni-app eni-db 256', "sallyport: '256' is no protocol"],
    ['eni-app eni-db tcp 65536', "sallyport: '65536' is no port."],
    ['eni-app eni-db tcp -- -1', "sallyport: '-1' is no port."],
    ['eni-app eni-db icmp 8', 'sallyport: icmp has no ports.'],
    ['eni-app eni-db --output yaml', "error: option '-o, --output <form>' argument 'yaml' is invalid."],
    ['nobody eni-db', "sallyport: 'nobody' is no interface, instance, Name tag, address or CIDR of this world."],
    ['internet 198.51.100.7', "sallyport: Neither 'internet' nor '198.51.100.7' is in this world."],
  ])('%s is refused with 2', async (question, message) => {
    const { status, stdout, stderr } = await explain(question)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  test.each([
    ['that is not there', undefined, 'ENOENT: no such file or directory'],
    ['that is no JSON', '{', 'JSON'],
    ['that is something else', '{"format":1}', 'This is no state: it has no format 1, scope and objects.'],
    ['of a later form', saved.replace('"format":1', '"format":2'), 'This is no state: it has no format 1'],
    [
      'with objects that are none',
      saved.replace(/"subnet":\[/, '"subnet":[7,'),
      'This is no state: its subnet is no list of objects with ids.',
    ],
    [
      'with kinds that are not known',
      saved.replace('"subnet":', '"netsub":'),
      'This is no state: there are no objects of the kind netsub.',
    ],
    [
      'with objects of another kind',
      saved.replace(/"securityGroup":\[/, '"securityGroup":[{"id":"sg-1"},'),
      'This state is damaged: ',
    ],
    [
      'that contradicts itself',
      saved.replaceAll('"subnet-10-0-1-0-24"', '"subnet-x"').replace('"id":"subnet-x"', '"id":"subnet-y"'),
      'This state is damaged: eni-db is in a subnet that exists',
    ],
  ])('a state file %s is refused with 2', async (_, text, message) => {
    const file = text === undefined ? join(folder, 'none.json') : written('bad.json', text)
    const { status, stdout, stderr } = await runProgram(['explain', '--state', file, 'eni-app', 'eni-db'])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`sallyport: ${file}: `)
    expect(stderr).toContain(message)
  })

  test('without an endpoint says so, and ends with 2', async () => {
    const { status, stderr } = await runProgram(['explain', 'a', 'b', '--endpoint-url', 'http://127.0.0.1:9'])
    expect([status, stderr]).toEqual([
      2,
      'sallyport: Nothing answers at http://127.0.0.1:9. Start it with `sallyport serve`, or give --endpoint-url.\n',
    ])
  })

  test('with an endpoint that is no URL says so, and ends with 2', async () => {
    const { status, stderr } = await runProgram(['explain', 'a', 'b', '--endpoint-url', 'nowhere'])
    expect([status, stderr]).toEqual([
      2,
      "sallyport: 'nowhere' is no URL of an endpoint, like http://127.0.0.1:4510.\n",
    ])
  })
})

const timeline = `
world
  group web ingress tcp 80 from 0.0.0.0/0 as sgr-1
  interface a 10.0.0.5 in web

0s  a ingress  tcp 203.0.113.5:40000 > 10.0.0.5:80 S   allow
1s  a ingress  tcp 203.0.113.5:40000 > 10.0.0.5:22 S   deny
2s  a egress   tcp 10.0.0.5:80 > 203.0.113.5:40000 SA
`

describe('sallyport simulate', () => {
  test('prints each packet with its verdict and reason', async () => {
    const { status, stdout, stderr } = await runProgram(['simulate', written('good.txt', timeline)])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout.split('\n').filter((line) => /^\d/.test(line))).toEqual([
      expect.stringMatching(/^0s +a ingress +tcp 203\.0\.113\.5:40000 > 10\.0\.0\.5:80 S +allow$/),
      expect.stringMatching(/^1s +a ingress +tcp 203\.0\.113\.5:40000 > 10\.0\.0\.5:22 S +deny$/),
      expect.stringMatching(/^2s +a egress +tcp 10\.0\.0\.5:80 > 203\.0\.113\.5:40000 SA +allow$/),
    ])
  })

  test('as JSON gives one object a packet', async () => {
    const file = written('good.txt', timeline)
    const { status, stdout } = await runProgram(['simulate', '-o', 'json', file])
    const results = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect([status, results.length]).toEqual([0, 3])
    expect(results[1]).toMatchObject({
      file,
      line: 7,
      at: 1000,
      networkInterface: 'eni-a',
      direction: 'ingress',
      packet: 'tcp 203.0.113.5:40000 > 10.0.0.5:22 S',
      action: 'deny',
      because: { kind: 'no-rule', direction: 'ingress', groups: ['sg-web'] },
      expected: { action: 'deny' },
      isAsExpected: true,
    })
    expect(results[2]).toMatchObject({ action: 'allow', because: { kind: 'connection', role: 'reply' } })
  })

  test('reads standard input', async () => {
    const ended = await runProgram(['simulate', '-'], { input: timeline })
    expect(ended).toMatchObject({ status: 0, stderr: '' })
  })

  test('shows both sides of a mismatch, and ends with 1', async () => {
    const wrong = written('wrong.txt', timeline.replace('22 S   deny', '22 S   allow'))
    const { status, stdout, stderr } = await runProgram(['simulate', wrong])
    expect([status, stderr]).toEqual([1, 'sallyport: 1 packet met another fate than expected.\n'])
    expect(stdout).toContain('MISMATCH  expected  allow\n          got       deny no-rule\n')
  })

  test('plays several files, each under its name, and counts their mismatches together', async () => {
    const wrong = written('wrong.txt', timeline.replace('22 S   deny', '22 S   allow'))
    const { status, stdout, stderr } = await runProgram(['simulate', wrong, wrong])
    expect([status, stderr]).toEqual([1, 'sallyport: 2 packets met another fate than expected.\n'])
    expect(stdout.split('\n').filter((line) => line === wrong)).toHaveLength(2)
  })

  test.each([
    ['no file', [], "error: missing required argument 'file'"],
    ['a file that is not there', [join(folder, 'none.txt')], 'none.txt: ENOENT: no such file or directory'],
    ['a folder', [folder], 'EISDIR: illegal operation on a directory'],
    ['a line that makes no sense', [written('odd.txt', 'world\n  grup web\n')], "odd.txt: line 2: 'grup' is none of"],
  ])('refuses %s with 2', async (_, files, message) => {
    const { status, stdout, stderr } = await runProgram(['simulate', ...files])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})

describe('the state of a running endpoint', () => {
  let server: ServerProcess
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(async () => {
    expect(await server.stop()).toBe(0)
  })

  const path = '/_sallyport/state'
  const get = (headers?: Record<string, string>) =>
    send(server.url, { method: 'GET', path, ...(headers ? { headers } : {}) })

  test('is printed by sallyport state, for --state of another command', async () => {
    const { status, stdout, stderr } = await runProgram(['state', '--endpoint-url', server.url])
    expect([status, stderr]).toEqual([0, ''])
    const printed = JSON.parse(stdout)
    expect(printed).toMatchObject({ format: 1, scope: { account: '123456789012', region: 'us-east-1' } })
    const block = printed.objects.vpc[0].cidrBlocks[0].cidr
    expect(block).toBe('172.31.0.0/16')
    const question = ['explain', '--state', '-', '172.31.0.77', 'internet']
    const ended = await runProgram(question, { input: stdout })
    expect(ended).toMatchObject({
      status: 2,
      stderr: "sallyport: Neither '172.31.0.77' nor 'internet' is in this world.\n",
    })
  })

  test('is that of the caller’s region and account', async () => {
    const of = async (args: string[], env?: NodeJS.ProcessEnv) => {
      const { stdout } = await runProgram(['state', '--endpoint-url', server.url, ...args], env ? { env } : {})
      return JSON.parse(stdout).scope
    }
    expect(await of(['--region', 'eu-west-1'])).toEqual({ account: '123456789012', region: 'eu-west-1' })
    expect(await of([], { AWS_ACCESS_KEY_ID: '111122223333', AWS_REGION: 'eu-north-1' })).toEqual({
      account: '111122223333',
      region: 'eu-north-1',
    })
  })

  test('is given to GET with credentials', async () => {
    const { status, headers, body } = await get()
    expect([status, headers['content-type']]).toEqual([200, 'application/json'])
    expect(JSON.parse(body)).toMatchObject({ format: 1, scope: { region: 'us-east-1' } })
    expect((await get({ authorization: credentialsOf('test', 'eu-west-1') })).body).toContain('"region":"eu-west-1"')
  })

  test.each([
    { who: 'no credentials', headers: { authorization: '' }, refusal: '403 MissingAuthenticationToken' },
    {
      who: 'a region that is none',
      headers: { authorization: credentialsOf('test', 'moon') },
      refusal: '401 AuthFailure',
    },
    { who: 'another method', method: 'PUT', refusal: '405 MethodNotAllowed' },
    { who: 'a page of another origin', headers: { origin: 'https://evil.example' }, refusal: '403 AccessDenied' },
    { who: 'a host name that leads here', headers: { host: 'rebind.example' }, refusal: '403 AccessDenied' },
  ])('is refused to $who', async ({ method = 'GET', headers = {}, refusal }) => {
    const answer = await send(server.url, { method, path, headers: headers as Record<string, string> })
    expect(`${answer.status} ${codeOf(answer)}`).toBe(refusal)
  })
})

test('what sallyport state cannot fetch is told, and ends with 2', async () => {
  const file = written('credentials', '[a]\naws_access_key_id = AKIDA\naws_secret_access_key = right\n')
  const server = await startServer(['--memory', '--credentials', file])
  const ask = (secret: string) =>
    runProgram(['state', '--endpoint-url', server.url], {
      env: { AWS_ACCESS_KEY_ID: 'AKIDA', AWS_SECRET_ACCESS_KEY: secret },
    })
  expect(await ask('right')).toMatchObject({ status: 0, stderr: '' })
  expect(await ask('wrong')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^sallyport: http:\S+ answered 403: The request signature we calculated does not match/,
    ),
  })
  expect(await server.stop()).toBe(0)
})
