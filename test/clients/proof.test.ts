/** `sallyport reach`, `diff` and `test` as a person runs them: from a file, from standard input, from a running endpoint. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram, type ServerProcess, startServer } from '../server-process.ts'

const lines = `group web ingress tcp 443 from 0.0.0.0/0
group web egress any to 0.0.0.0/0
group db ingress tcp 5432 from web
interface web 10.0.0.5 in web public 203.0.113.80
interface db 10.0.1.9 in db
`
const policy = `tests:
  - src: web
    accept: ["db:5432"]
    deny: ["db:22"]
  - src: internet
    accept: ["web:443"]
    deny: ["db:*"]
`

let root: string
let world: string
let proposed: string
let tests: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sallyport-proof-'))
  world = written('world.txt', lines)
  proposed = written('proposed.txt', `${lines}group db ingress tcp 22 from web\n`)
  tests = written('policy.yaml', policy)
})

afterAll(() => rmSync(root, { recursive: true }))

function written(name: string, content: string | Uint8Array): string {
  const path = join(root, name)
  writeFileSync(path, content)
  return path
}

/** Exit code, and how the output begins. */
async function ran(args: readonly string[], input = ''): Promise<[number | null, string]> {
  const { status, stdout, stderr } = await runProgram(args, { input })
  return [status, (stdout || stderr).split('\n')[0]?.replaceAll(root, '…') ?? '']
}

describe('reach', () => {
  test('lists a world of lines, from a file and from standard input', async () => {
    const fromFile = await runProgram(['reach', '--state', world])
    expect([fromFile.status, fromFile.stderr]).toEqual([0, ''])
    expect(fromFile.stdout).toBe(`FROM      TO        ON
internet  web       tcp 443
web       db        tcp 5432
web       internet  all traffic
`)
    expect((await runProgram(['reach', '--state', '-'], { input: lines })).stdout).toBe(fromFile.stdout)
  })

  test('ends with 1 where nothing can be opened, and with 2 where an end, a service or a world is none', async () => {
    expect([
      await ran(['reach', '--state', world, '--from', 'internet', '--to', 'db']),
      await ran(['reach', '--state', world, '--from', 'nobody']),
      await ran(['reach', '--state', world, '--on', 'tcp/http']),
      await ran(['reach', '--state', join(root, 'absent')]),
      await ran(['reach', '--state', '-'], 'group web ingress tcp 443 from'),
    ]).toEqual([
      [1, 'Nothing can be opened.'],
      [2, expect.stringContaining("'nobody' is no interface, instance, Name tag, address or CIDR of this world.")],
      [2, expect.stringContaining("'tcp/http' names no services")],
      [2, expect.stringContaining('no such file')],
      [2, 'sallyport: -: line 1: a peer is missing'],
    ])
  })

  test.each([
    ['json', '{'],
    ['mermaid', 'flowchart LR'],
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg"'],
  ])('prints %s', async (form, start) => {
    const [status, first] = await ran(['reach', '--state', world, '-o', form])
    expect([status, first.slice(0, start.length)]).toEqual([0, start])
  })

  describe('of thirty interfaces that are all open to each other', () => {
    const names = Array.from({ length: 30 }, (_, index) => `interface host-${index} 10.0.0.${10 + index} in all`)
    const input = `group all ingress any from all\ngroup all egress any to all\n${names.join('\n')}\n`
    const asked = ['reach', '--state', '-', '--by', 'interface']

    test('prints every row into a pipe, and with --top as many as it says, and how many there are besides', async () => {
      const whole = await runProgram(asked, { input })
      const some = await runProgram([...asked, '--top', '3'], { input })
      expect([whole, some].map(({ status, stdout }) => [status, stdout.split('\n').length])).toEqual([
        [0, 872],
        [0, 7],
      ])
      expect(whole.stdout).not.toContain('more rows')
      expect(some.stdout).toContain('\n\n… 867 more rows: narrow with --from, --to or --on;')
    })

    test('has all of them in JSON, whatever the table is told to leave out', async () => {
      const { status, stdout } = await runProgram([...asked, '--top', '3', '-o', 'json'], { input })
      expect([status, (JSON.parse(stdout) as { rows: object[] }).rows.length]).toEqual([0, 870])
    })

    test.each(['mermaid', 'svg'])('draws no %s of so many arrows, and says what to do', async (form) => {
      const { status, stdout, stderr } = await runProgram([...asked, '-o', form], { input })
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toContain('More than 500 arrows are no picture: narrow them with --from, --to or --on')
    })

    test.each([
      [['--top', '0'], 'Use a number of at least 1.'],
      [['--top', '3', '--all'], "'--all' cannot be used with option '--top <number>'"],
    ])('%j is wrong usage', async (options, message) => {
      const { status, stderr } = await runProgram([...asked, ...options], { input })
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)])
    })
  })
})

test('diff ends with 0 for the same, with 1 for what --fail-on names, with 2 for a world that is none', async () => {
  const results = await Promise.all(
    [
      [world, world],
      [world, proposed],
      [world, proposed, '--fail-on', 'opened'],
      [world, proposed, '--fail-on', 'closed'],
      [proposed, world, '--fail-on', 'opened'],
      [proposed, world, '--fail-on', 'nothing'],
      [world, join(root, 'absent')],
    ].map((args) => ran(['diff', ...args])),
  )
  expect(results.map(([status]) => status)).toEqual([0, 1, 1, 0, 0, 0, 2])
  expect(results[1]?.[1]).toBe('+  opens  web > db  tcp 22')
  expect(results[4]?.[1]).toBe('-  closes  web > db  tcp 22')
})

describe('test', () => {
  test('ends with 0 if all passed', async () => {
    expect(await ran(['test', tests, '--state', world])).toEqual([0, '4 claims, 4 passed, 0 failed'])
  })

  test('ends with 1 if not, and what refutes it replays', async () => {
    const folder = join(root, 'replays')
    const [status, first] = await ran(['test', tests, '--state', proposed, '--replay', folder])
    expect([status, first]).toEqual([1, '✗ web: deny db:22   …/policy.yaml:4'])
    const replays = readdirSync(folder).map((name) => join(folder, name))
    expect(replays).toHaveLength(1)
    expect((await ran(['simulate', ...replays]))[0]).toBe(0)
  })

  test('ends with 2 if a file makes no sense', async () => {
    const bad = written('bad.yaml', 'tests:\n  - src: web\n    accept: ["db"]\n')
    expect(await ran(['test', bad, '--state', world])).toEqual([
      2,
      "sallyport: …/bad.yaml: line 3: 'db' has no ports: write 'db:443' or 'db:*'",
    ])
  })
})

describe('diff of sources that leave something open', () => {
  const template = (description: string) => `Parameters: { Office: { Type: String } }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: ${description}
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Office }]
  One: { Type: AWS::EC2::NetworkInterface, Properties: { SubnetId: !Ref Subnet, GroupSet: [!Ref Web] } }
  Two: { Type: AWS::EC2::NetworkInterface, Properties: { SubnetId: !Ref Subnet, GroupSet: [!Ref Web] } }
`

  test('claims no theorem of what is undetermined in both, and fails only if it is to', async () => {
    const [was, now] = [written('was.yaml', template('web')), written('now.yaml', template('web servers'))]
    const ended = async (...args: readonly string[]) => {
      const { status, stdout } = await runProgram(['diff', ...args, '--by', 'group'], { input: '' })
      return [status, /^Nothing.*?(?=[:;])/m.exec(stdout)?.[0]]
    }
    const open = 'Nothing changes as far as is known'
    expect(await ended(was, now)).toEqual([0, open])
    expect(await ended(was, now, '--fail-on', 'undetermined')).toEqual([1, open])
    expect(await ended(was, was, '--fail-on', 'undetermined')).toEqual([0, 'Nothing changes'])
    expect(await ended(was, now, '--parameters', 'Office=203.0.113.0/24')).toEqual([0, 'Nothing changes'])
    const { stdout } = await runProgram(['diff', was, now, '-o', 'json'], { input: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      isSame: false,
      rows: [],
      undetermined: [{ result: 'undetermined' }, {}],
    })
  })
})

describe('from a running endpoint', () => {
  let server: ServerProcess

  beforeAll(async () => {
    server = await startServer()
  })

  afterAll(async () => {
    expect(await server.stop()).toBe(0)
  })

  test('a world without interfaces has nothing to open, and is the same as itself', async () => {
    expect(await ran(['reach', '--endpoint-url', server.url])).toEqual([1, 'Nothing can be opened.'])
    const [status, first] = await ran(['diff', 'live', server.url, '--endpoint-url', server.url])
    expect([status, first]).toEqual([0, expect.stringContaining('Nothing changes')])
  })
})

describe('replay', () => {
  const log = (action: string) =>
    '2 123456789012 eni-web 203.0.113.7 10.0.0.5 50000 8443 6 1 40 1 61 ACCEPT OK\n'.replace('ACCEPT', action)

  test('ends with 1 for what is newly denied, or for what --fail-on names', async () => {
    const denied = written('denied.log', log('ACCEPT'))
    const results = await Promise.all(
      [
        [denied],
        [denied, '--fail-on', 'nothing'],
        [denied, '--fail-on', 'allowed'],
        [written('refused.log', log('REJECT'))],
        [join(root, 'absent.log')],
        [written('no.log', 'hello\n')],
      ].map((args) => ran(['replay', ...args, '--against', world])),
    )
    expect(results.map(([status]) => status)).toEqual([1, 0, 0, 0, 2, 2])
  })

  test('tells the same of many files that threads read as of one that is sent to it', async () => {
    const header = 'version interface-id srcaddr dstaddr srcport dstport protocol packets bytes action tcp-flags'
    const lines = Array.from({ length: 20_000 }, (_, number) => {
      const client = `203.0.${number % 250}.${number % 7}`
      const card = number % 11 === 0 ? `eni-${number % 5}` : 'eni-web'
      return `5 ${card} ${client} 10.0.0.5 ${40_000 + (number % 50)} ${[443, 8443][number % 2]} 6 1 40 ACCEPT ${[2, 16][number % 2]}`
    })
    lines[777] = 'no record'
    const texts = [0, 1, 2, 3, 4].map((file) => [header, ...lines.slice(file * 4000, (file + 1) * 4000), ''].join('\n'))
    const folder = join(root, 'many')
    mkdirSync(folder)
    texts.forEach((text, file) => {
      writeFileSync(join(folder, `${file}.log${file % 2 ? '.gz' : ''}`), file % 2 ? gzipSync(text) : text)
    })
    const told = async (logs: string, input = '') => {
      const { status, stdout, stderr } = await runProgram(['replay', logs, '--against', world, '-o', 'json'], { input })
      expect([status, stderr]).toEqual([1, ''])
      const { damaged, ...results } = JSON.parse(stdout)
      return { ...results, damaged: damaged.lines }
    }
    const many = await told(folder)
    expect(many).toMatchObject({ records: 19_999, damaged: 1 })
    expect(await told('-', texts.join(''))).toEqual(many)
  })

  test('tells a file that breaks off, and judges those beside it', async () => {
    const whole = gzipSync(log('ACCEPT').repeat(10_000))
    const files = [whole, whole.subarray(0, whole.length / 2), whole].map((bytes, number) =>
      written(`part-${number}.log.gz`, bytes),
    )
    const { status, stdout, stderr } = await runProgram(['replay', ...files, '--against', world, '-o', 'json'])
    const { records, unread } = JSON.parse(stdout)
    expect([status, stderr.replaceAll(root, '…'), unread.length]).toEqual([
      2,
      'sallyport: …/part-1.log.gz could not be read to its end: unexpected end of file\n',
      1,
    ])
    expect(records).toBeGreaterThan(20_000)
  })

  test('ends at once where there is nothing to judge by, however long the logs are', async () => {
    const long = written('long.log', log('ACCEPT').repeat(200_000))
    expect(await ran(['replay', long, '--against', join(root, 'absent')])).toEqual([
      2,
      "sallyport: …/absent: ENOENT: no such file or directory, stat '…/absent'",
    ])
  })

  test('prints plain data for other programs', async () => {
    const [status, first] = await ran(['replay', written('json.log', log('ACCEPT')), '--against', world, '-o', 'json'])
    expect([status, first]).toEqual([1, '{'])
  })

  test('prints what CI reads, with the same exit code', async () => {
    const denied = written('ci.log', log('ACCEPT'))
    const printed = (...more: readonly string[]) =>
      runProgram(['replay', denied, '--against', world, '-o', 'github', ...more], { input: '' })
    const [failed, told] = [await printed(), await printed('--fail-on', 'nothing')]
    expect([failed.status, told.status]).toEqual([1, 0])
    const first = `file=${world},line=1,title=newly denied%3A no ingress rule of sg-web::newly denied, no ingress rule of`
    expect(failed.stdout).toContain(`::error ${first}`)
    expect(told.stdout).toContain(`::warning ${first}`)
  })
})
