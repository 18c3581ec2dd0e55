/**
 * The package as a stranger's project has it: packed by npm, unpacked into node_modules, imported by
 * its name.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSallyport } from '../src/index.ts'
import { setup } from './build.ts'
import { codeOf, credentialsOf, form, send } from './server/http.ts'

/** Compiling takes seconds, and many of them on a busy machine. */
const aWhile = 120_000

const describeVpcs = { body: form({ Action: 'DescribeVpcs' }) }

describe('the packed package', () => {
  let project: string

  beforeAll(() => {
    setup()
    project = mkdtempSync(join(tmpdir(), 'sallyport-library-'))
    const modules = join(project, 'node_modules')
    mkdirSync(modules)
    for (const name of readdirSync('node_modules').filter((each) => !each.startsWith('.'))) {
      symlinkSync(resolve('node_modules', name), join(modules, name))
    }
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', project], { stdio: 'pipe' })
    const [archive = ''] = readdirSync(project).filter((name) => name.endsWith('.tgz'))
    execFileSync('tar', ['-xzf', join(project, archive), '-C', project])
    symlinkSync(join(project, 'package'), join(modules, 'sallyport'))
  }, aWhile)

  afterAll(() => rmSync(project, { recursive: true }))

  const run = (script: string, ...options: string[]) => {
    writeFileSync(join(project, 'script.mjs'), script)
    const args = [...options, '--preserve-symlinks', 'script.mjs']
    return execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
  }

  test('starts an endpoint in well under half a second, stops it, and lets the process end', () => {
    const printed = run(`
      const before = performance.now()
      const { startSallyport, ...rest } = await import('sallyport')
      const sallyport = await startSallyport()
      const took = performance.now() - before
      const { status } = await fetch(sallyport.url + '/_sallyport/health')
      await sallyport.stop()
      const after = await fetch(sallyport.url).catch(() => 'closed')
      console.log(JSON.stringify({ status, after, took, url: sallyport.url, rest: Object.keys(rest) }))
    `)
    const { took, ...seen } = JSON.parse(printed)
    const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(seen).toEqual({ status: 200, after: 'closed', url, rest: [] })
    // About 80 ms on an idle machine; the bound leaves room for a busy one.
    expect(took).toBeLessThan(2000)
  })

  test('brings types that a strict project compiles against', { timeout: aWhile }, () => {
    writeFileSync(
      join(project, 'user.mts'),
      `import { type QuotaName, type Sallyport, type StartOptions, startSallyport } from 'sallyport'
       const name: QuotaName = 'rules-per-security-group'
       const options: StartOptions = { port: 0, account: '210987654321', quotas: { [name]: 5 } }
       const sallyport: Sallyport = await startSallyport(options)
       const url: string = sallyport.url
       await sallyport.stop()
       // @ts-expect-error a quota that does not exist
       await startSallyport({ quotas: { rules: 5 } })
       export { url }`,
    )
    const tsc = resolve('node_modules/typescript/bin/tsc')
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
      'user.mts',
    ]
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...options], { cwd: project, encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, ''])
  })

  test('has the program, and none of the sources or tests', () => {
    const program = join(project, 'package/dist/cli/main.js')
    expect(
      execFileSync(process.execPath, ['--preserve-symlinks-main', program, '--version'], { encoding: 'utf8' }),
    ).toMatch(/^\d/)
    const files = readdirSync(join(project, 'package'), { recursive: true }).map(String)
    expect(files.filter((file) => /(?<!\.d)\.ts$|\.test\.|\.contract\./.test(file))).toEqual([])
  })
})

describe('startSallyport', () => {
  test('serves in memory on a free port of this machine: two do not meet', async () => {
    const [one, other] = await Promise.all([startSallyport(), startSallyport()])
    const made = form({ Action: 'CreateSecurityGroup', GroupName: 'mine', GroupDescription: 'd' })
    await send(one.url, { body: made })
    const { body } = await send(other.url, { body: form({ Action: 'DescribeSecurityGroups' }) })
    await Promise.all([one.stop(), other.stop()])
    expect(body).not.toContain('<groupName>mine</groupName>')
    await expect(send(one.url, describeVpcs)).rejects.toThrow('ECONNREFUSED')
  })

  test('takes an account and quotas, or none', async () => {
    const sallyport = await startSallyport({ account: '210987654321', quotas: { 'security-groups-per-region': 1 } })
    const create = form({ Action: 'CreateSecurityGroup', GroupName: 'one', GroupDescription: 'd' })
    const { body } = await send(sallyport.url, describeVpcs)
    const refused = codeOf(await send(sallyport.url, { body: create }))
    await sallyport.stop()
    const unlimited = await startSallyport({ quotas: 'off' })
    const headers = { authorization: credentialsOf('111111111111') }
    const codes = [codeOf(await send(unlimited.url, { headers, body: create }))]
    await unlimited.stop()
    expect([body.includes('<ownerId>210987654321</ownerId>'), refused, ...codes]).toEqual([
      true,
      'SecurityGroupLimitExceeded',
      undefined,
    ])
  })

  test('stops however often it is asked, also with a client that keeps its connection', async () => {
    const sallyport = await startSallyport()
    await fetch(`${sallyport.url}/_sallyport/health`)
    await Promise.all([sallyport.stop(), sallyport.stop()])
    await sallyport.stop()
  })

  test('says when the port is taken', async () => {
    const sallyport = await startSallyport()
    await expect(startSallyport({ port: Number(new URL(sallyport.url).port) })).rejects.toThrow('EADDRINUSE')
    await sallyport.stop()
  })

  test.each([
    [{ account: '12' }, "account must have twelve digits, not '12'"],
    [{ quotas: { rules: 1 } }, "there is no quota named 'rules'"],
    [{ quotas: { 'vpcs-per-region': -1 } }, 'quota vpcs-per-region must be a number from 0 up'],
    [{ quotas: { 'vpcs-per-region': Number.NaN } }, 'quota vpcs-per-region must be a number from 0 up'],
  ])('refuses %j', async (options, message) => {
    await expect(startSallyport(options as object)).rejects.toThrow(new TypeError(message))
  })
})
