/** The program as a person at a terminal meets it: help, mistakes, exit codes, and its one line. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setup } from './build.ts'
import { codeOf, form, send } from './server/http.ts'
import { program, runProgram, startServer } from './server-process.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
let root: string

beforeAll(() => {
  setup()
  root = mkdtempSync(join(tmpdir(), 'sallyport-command-'))
}, 120_000)

afterAll(() => rmSync(root, { recursive: true }))

describe('asked for help', () => {
  test.each([
    [['--help'], 'Usage: sallyport [options] [command]'],
    [['help'], 'Usage: sallyport [options] [command]'],
    [['serve', '--help'], 'Usage: sallyport serve [options]'],
    [['help', 'serve'], 'Usage: sallyport serve [options]'],
  ])('%j prints it and exits 0', async (args, usage) => {
    const { status, stdout, stderr } = await runProgram(args)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain(usage)
  })

  test('serve names every option and every quota with its default', async () => {
    const { stdout } = await runProgram(['serve', '--help'])
    const options = [
      'port',
      'host',
      'data',
      'memory',
      'database',
      'account',
      'credentials',
      'quota',
      'engine-option',
      'log-level',
    ]
    expect(options.filter((option) => !stdout.includes(`--${option}`))).toEqual([])
    expect(stdout).toMatch(/rules-per-security-group +60\n/)
    expect(stdout).toMatch(/default:\s+4510.*default: "127\.0\.0\.1".*default: "123456789012"/s)
  })

  test('--version prints it', async () => {
    expect(await runProgram(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })
})

describe('wrong usage exits 2 and says what would be right:', () => {
  test.each([
    [[], 'Usage: sallyport'],
    [['sevre'], "unknown command 'sevre'"],
    [['serve', '--prot', '1'], "unknown option '--prot'"],
    [['serve', 'now'], 'too many arguments'],
    [['serve', '--port'], "option '--port <number>' argument missing"],
    [['serve', '--port', '65536'], 'It must be a number from 0 to 65535.'],
    [['serve', '--port', '0x10'], 'It must be a number from 0 to 65535.'],
    [['serve', '--account', '1234'], 'An account has twelve digits.'],
    [['serve', '--memory', '--data', 'x'], "'--data <directory>' cannot be used with option '--memory'"],
    [['serve', '--memory', '--database', 'x'], "'--memory' cannot be used with option '--database <url>'"],
    [['serve', '--data', 'x', '--database', 'x'], "'--data <directory>' cannot be used with option '--database <url>'"],
    [['serve', '--database', 'mysql://u:secret@h/d'], '--database takes postgres://USER@HOST/DATABASE.'],
    [['serve', '--quota', 'rules=1'], 'The quotas are: security-groups-per-region,'],
    [['serve', '--quota', 'rules-per-security-group'], 'The quotas are: security-groups-per-region,'],
    [['serve', '--quota', 'vpcs-per-region=-1'], 'Give vpcs-per-region=NUMBER.'],
    [['serve', '--quota', 'vpcs-per-region=1=2'], 'Give vpcs-per-region=NUMBER.'],
    [['serve', '--log-level', 'loud'], 'Allowed choices are silent, error, warn, info, debug.'],
    [['serve', '--memory', '--credentials', '/nowhere/keys'], '/nowhere/keys: ENOENT'],
    [['serve', '--memory', '--host', '0.0.0.0'], 'anyone who reaches the port may do anything, so 0.0.0.0 is refused.'],
    [['serve', '--memory', '--host', '::'], 'so :: is refused. Give --credentials FILE or listen on 127.0.0.1.'],
    [['serve', '--memory', '--host', '10.0.0.1'], 'so 10.0.0.1 is refused.'],
    [['serve', '--memory', '--host', 'example.com'], 'so example.com is refused.'],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await runProgram(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/secret| at .*\.js:\d/)
  })
})

describe('serve', () => {
  test('prints one line with the URL, logs nothing, and exits 0 on SIGTERM', async () => {
    const server = spawn(process.execPath, [program, 'serve', '--memory', '--port', '0'])
    let printed = ''
    let logged = ''
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      logged += text
    })
    await once(server.stdout, 'data')
    const line = new RegExp(`^Sallyport ${version} serves EC2 at (http://127\\.0\\.0\\.1:\\d+) \\(memory\\)\n$`)
    const url = line.exec(printed)?.[1] ?? ''
    const health = await (await fetch(`${url}/_sallyport/health`)).json()
    expect(health).toMatchObject({ status: 'serving', version, store: 'memory', worldVersion: 0 })
    server.kill('SIGTERM')
    expect(await once(server, 'close')).toEqual([0, null])
    expect([printed, logged]).toEqual([expect.stringMatching(line), ''])
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('finishes what is in flight at %s', async (signal) => {
    const server = await startServer(['--memory', '--quota', 'off'])
    const calls = Array.from({ length: 40 }, (_, n) =>
      send(server.url, {
        body: form({ Action: 'CreateSecurityGroup', GroupName: `g${n}`, GroupDescription: 'd' }),
      }).then(({ status }) => status),
    )
    // The first answer says that the others have been asked, or are being asked.
    await Promise.race(calls)
    const ended = server.stop(signal)
    const outcomes = await Promise.allSettled(calls)
    expect(await ended).toBe(0)
    const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(new Set(answers)).toEqual(new Set([200]))
  })

  test('keeps its state in a directory from one run to the next', async () => {
    const directory = join(root, 'kept')
    const first = await startServer(['--data', directory])
    await send(first.url, { body: form({ Action: 'CreateSecurityGroup', GroupName: 'kept', GroupDescription: 'd' }) })
    expect(await first.stop()).toBe(0)
    expect(readdirSync(directory).sort()).toEqual(['sallyport.db', 'sallyport.lock'])
    const second = await startServer(['--data', directory])
    const { body } = await send(second.url, { body: form({ Action: 'DescribeSecurityGroups' }) })
    expect(await second.stop()).toBe(0)
    expect(body).toContain('<groupName>kept</groupName>')
  })

  test('changes quotas by name, and switches all of them off', async () => {
    const create = (name: string) => form({ Action: 'CreateSecurityGroup', GroupName: name, GroupDescription: 'd' })
    const tight = await startServer([
      '--memory',
      '--quota',
      'security-groups-per-region=2',
      '--quota',
      'vpcs-per-region=1',
    ])
    const codes = [await send(tight.url, { body: create('a') }), await send(tight.url, { body: create('b') })].map(
      codeOf,
    )
    const vpc = await send(tight.url, { body: form({ Action: 'CreateVpc', CidrBlock: '10.0.0.0/16' }) })
    await tight.stop()
    expect([...codes, codeOf(vpc)]).toEqual([undefined, 'SecurityGroupLimitExceeded', 'VpcLimitExceeded'])
    const open = await startServer(['--memory', '--quota', 'security-groups-per-region=1', '--quota', 'off'])
    expect(codeOf(await send(open.url, { body: create('a') }))).toBeUndefined()
    await open.stop()
  })

  test('gives keys that name no account to the account of --account', async () => {
    const server = await startServer(['--memory', '--account', '210987654321'])
    const { body } = await send(server.url, { body: form({ Action: 'DescribeVpcs' }) })
    await server.stop()
    expect(body).toContain('<ownerId>210987654321</ownerId>')
  })

  test('listens beyond this machine once it verifies signatures', async () => {
    const keys = join(root, 'keys')
    writeFileSync(keys, '[default]\naws_access_key_id = AKID\naws_secret_access_key = secret\n')
    const server = await startServer(['--memory', '--host', '0.0.0.0', '--credentials', keys])
    const url = server.url.replace('0.0.0.0', '127.0.0.1')
    const codes = [codeOf(await send(url, { body: form({ Action: 'DescribeVpcs' }) }))]
    await server.stop()
    expect(codes).toEqual(['AuthFailure'])
  })

  test('logs an action that is not there, and with --log-level info every call', async () => {
    const server = spawn(process.execPath, [program, 'serve', '--memory', '--port', '0', '--log-level', 'info'])
    let logged = ''
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      logged += text
    })
    const [line] = await once(server.stdout, 'data')
    const url = /http:\S+/.exec(String(line))?.[0] ?? ''
    await send(url, { body: form({ Action: 'MakeCoffee' }) })
    await send(url, { body: form({ Action: 'DescribeVpcs' }) })
    server.kill('SIGTERM')
    await once(server, 'close')
    const entries = logged
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text))
    expect(entries).toMatchObject([
      { level: 40, action: 'MakeCoffee', code: 'InvalidAction', msg: 'the action MakeCoffee is not there' },
      { level: 30, action: 'DescribeVpcs', status: 200, account: '123456789012', region: 'us-east-1', msg: 'answered' },
    ])
    expect(logged).not.toContain('Signature')
  })
})

describe('serve refuses to start, exits 1 and says what to do,', () => {
  const refusal = (...args: string[]) => runProgram(['serve', '--port', '0', ...args])

  test('when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { status, stderr } = await runProgram(['serve', '--memory', '--port', String(port)])
    other.close()
    expect([status, stderr]).toEqual([
      1,
      `sallyport: Port ${port} of 127.0.0.1 is taken. Stop what listens there, or give another --port.\n`,
    ])
  })

  test('when another server has the directory, which serves on', async () => {
    const directory = join(root, 'shared')
    const first = await startServer(['--data', directory])
    const { status, stderr } = await refusal('--data', directory)
    expect([status, stderr]).toEqual([
      1,
      `sallyport: The data directory ${directory} is in use by another Sallyport server. ` +
        'Stop that server, or give this one a directory of its own.\n',
    ])
    expect(await send(first.url, { body: form({ Action: 'DescribeVpcs' }) })).toHaveProperty('status', 200)
    expect(await first.stop()).toBe(0)
  })

  test('when no database answers', async () => {
    const { status, stderr } = await refusal('--database', 'postgres://user:secret@127.0.0.1:1/sallyport')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^sallyport: The database postgres \(127\.0\.0\.1:1\/sallyport\) failed: /)
    expect(stderr).not.toContain('secret')
  })

  /** A directory as a server left it, with enough in it that damage hits something. */
  async function leftDirectory(name: string): Promise<{ directory: string; file: string }> {
    const directory = join(root, name)
    const server = await startServer(['--data', directory])
    for (let n = 0; n < 20; n += 1) {
      const made = { Action: 'CreateSecurityGroup', GroupName: `group-${n}`, GroupDescription: 'x'.repeat(255) }
      await send(server.url, { body: form(made) })
    }
    await server.stop()
    return { directory, file: join(directory, 'sallyport.db') }
  }

  function edit(file: string, statement: string): void {
    const database = new Database(file)
    database.exec(statement)
    database.close()
  }

  function overwrite(file: string, change: (bytes: Buffer) => void): void {
    const bytes = readFileSync(file)
    change(bytes)
    writeFileSync(file, bytes)
  }

  test.each<[string, (file: string) => void, string]>([
    [
      'newer',
      (file) => edit(file, 'update meta set format = 2'),
      'was written by a newer version of Sallyport (format 2; this version reads 1)',
    ],
    ['foreign', (file) => writeFileSync(file, 'no database\n'.repeat(1000)), 'is not an SQLite database'],
    ['torn', (file) => overwrite(file, (bytes) => bytes.fill(0x5a, 8192, 12_288)), 'is damaged'],
    [
      'changed inside a document',
      (file) => edit(file, `update object set document = replace(document, 'group-7', 'grOup-7')`),
      'is damaged',
    ],
  ])('when the file is %s, and leaves it as it is', async (name, harm, message) => {
    const { directory, file } = await leftDirectory(name)
    harm(file)
    const before = readFileSync(file)
    const { status, stderr } = await refusal('--data', directory)
    expect(status).toBe(1)
    expect(stderr).toContain(message)
    expect(stderr).toContain(file)
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(directory).sort()).toEqual(['sallyport.db', 'sallyport.lock'])
  })
})
