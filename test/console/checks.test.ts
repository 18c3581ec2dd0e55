/** The checks that the console asks for: policy tests and lint over the live world. */

import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '../../src/app/console/api.ts'
import type { LintView, PolicyTestsView, ReplayView, ShrinkView } from '../../src/app/console/checks-api.ts'
import { parquetFile } from '../../src/app/flow-log-parquet.ts'
import { type Running, send, serve } from '../server/http.ts'
import { logFields, logLines } from './log.ts'
import { ask, call, value } from './pages.ts'
import { type Scene, scene } from './scene.ts'

let server: Running
let at: Scene

beforeEach(async () => {
  server = await serve()
  at = await scene(server.url)
})
afterEach(async () => {
  expect(server.failures).toEqual([])
  await server.stop()
})

const everybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

describe('policy tests', () => {
  const run = (file: string) => value<PolicyTestsView>(at.url, 'checks/tests', { file })

  test('are proved or refuted, each with its line', async () => {
    const { claims } = await run('tests:\n  - src: internet\n    accept: ["web:80"]\n    deny: ["web:80", "db:*"]\n')
    expect(claims.map(({ kind, target, line, outcome }) => [kind, target, line, outcome])).toEqual([
      ['accept', 'web:80', 3, 'passed'],
      ['deny', 'web:80', 4, 'failed'],
      ['deny', 'db:*', 4, 'passed'],
    ])
    expect(claims.map(({ counterexample }) => counterexample === null)).toEqual([true, false, true])
  })

  test('show with a counterexample the rules or what is in the way, and a timeline', async () => {
    const { claims } = await run(
      'tests:\n  - src: internet\n    deny: ["web:80"]\n  - src: db\n    accept: ["web:22"]\n',
    )
    const [passing, stopped] = claims.map(({ counterexample }) => counterexample)
    expect(passing?.rules).toMatchObject([{ rule: at.web.rule, group: at.web.group, text: 'tcp 80 from 0.0.0.0/0' }])
    expect(passing?.question).toMatchObject({ to: '172.31.0.10', protocol: 'tcp', port: 80 })
    expect(stopped?.blockers).toEqual([expect.stringContaining(`none of ${at.web.group} admits it`)])
    expect(stopped?.timeline).toContain(`${at.web.card} ingress tcp`)
  })

  test('tell the rules that no accept exercises', async () => {
    const { coverage } = await run('tests:\n  - src: web\n    accept: ["db:5432"]\n')
    expect([coverage.exercised, coverage.all]).toEqual([2, 4])
    expect(coverage.missed.map(({ rule }) => rule)).toContain(at.web.rule)
  })

  test.each([
    ['a file that makes no sense', 'tests:\n  - accept: ["db:1"]\n', 'line 2: src is missing'],
    ['no YAML', 'tests: [', 'line 1: '],
  ])('tell the problem with %s', async (_, file, sentence) => {
    expect(await value<Problem>(at.url, 'checks/tests', { file })).toEqual({
      problem: expect.stringContaining(sentence),
    })
  })

  test('need a text', async () => {
    const answer = await ask(at.url, 'checks/tests', { file: 7 })
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('file must be a text.')])
  })
})

describe('lint', () => {
  const lint = (file = '') => value<LintView>(at.url, 'checks/lint', { file })

  test('finds what is wrong, and does not once the fix is made', async () => {
    const input = { GroupId: at.web.group, IpPermissions: [everybody] }
    await call(at.url, 'AuthorizeSecurityGroupIngress', input)
    const found = (await lint()).findings.filter(({ id }) => id === 'SG-OPEN-ADMIN')
    expect(found).toMatchObject([{ severity: 'error', group: { id: at.web.group, name: 'web' } }])
    expect(found[0]?.question).toMatchObject({ to: '172.31.0.10', protocol: 'tcp', port: 22 })
    expect(found[0]?.fix.join('\n')).toContain('aws ec2 revoke-security-group-ingress')
    await call(at.url, 'RevokeSecurityGroupIngress', input)
    expect((await lint()).findings.filter(({ id }) => id === 'SG-OPEN-ADMIN')).toEqual([])
  })

  test('leaves out what is suppressed, and tells what suppresses nothing', async () => {
    await call(at.url, 'AuthorizeSecurityGroupIngress', { GroupId: at.web.group, IpPermissions: [everybody] })
    const entry = (id: string, on: string) => `  - id: ${id}\n    on: ${on}\n    reason: a test\n`
    const view = await lint(`suppress:\n${entry('SG-OPEN-ADMIN', 'web')}${entry('SG-OPEN-ADMIN', 'db')}`)
    expect(view.findings.filter(({ id }) => id === 'SG-OPEN-ADMIN')).toEqual([])
    expect(view.suppressed).toMatchObject([{ reason: 'a test', finding: { id: 'SG-OPEN-ADMIN' } }])
    expect(view.remarks).toEqual([expect.stringContaining('SG-OPEN-ADMIN on db')])
  })

  test('tells the problem with its configuration', async () => {
    const view = await value<Problem>(at.url, 'checks/lint', { file: 'suppress: nothing' })
    expect(view).toEqual({ problem: 'line 1: suppress is a list' })
  })
})

describe('a flow log', () => {
  const path = '/_sallyport/console/checks/replay?name=night.log'
  const bytes = { 'content-type': 'application/octet-stream', authorization: '' }
  const text = () => `${logFields.join(' ')}\n${logLines(at).join('\n')}\n`
  const sent = (body: string | Uint8Array, more = '', headers: Readonly<Record<string, string>> = bytes) =>
    send(at.url, { path: path + more, headers, body })
  const judged = async (body: string | Uint8Array, more = '') => {
    const answer = await sent(body, more)
    expect(answer.status).toBe(200)
    return JSON.parse(answer.body) as ReplayView
  }
  const counts = ({ outcomes }: ReplayView) =>
    outcomes.map(({ outcome, records, guessed }) => [outcome, records, guessed])

  test('is judged under the live rules, by rule and by pair', async () => {
    const view = await judged(text())
    expect(counts(view)).toEqual([
      ['newly denied', 3, 1],
      ['newly allowed', 1, 0],
      ['uncertain', 1, 0],
      ['unchanged, accepted', 2, 0],
      ['unchanged, rejected', 1, 0],
    ])
    expect(view.span).toBe('2026-11-01 00:00:00 to 2026-11-01 00:01:00 UTC')
    const [denied, allowed] = view.outcomes
    expect(denied?.causes).toMatchObject([
      {
        groups: [{ id: at.db.group, name: 'db' }],
        direction: 'ingress',
        pairs: [{ from: 'web', service: 'tcp/6379' }],
      },
      { groups: [{ id: at.web.group, name: 'web' }], pairs: [{ from: '198.51.100.7', isGuessed: true }] },
    ])
    expect(allowed?.causes).toMatchObject([{ rules: [{ rule: at.web.rule, text: 'tcp 80 from 0.0.0.0/0' }] }])
  })

  test('has a repair, with which nothing seen is denied', async () => {
    const { repair } = await judged(text())
    expect(repair?.counts).toBe('2 rules to add (no fewer would do)')
    expect(repair?.lines[0]?.command).toContain(`authorize-security-group-ingress --group-id ${at.db.group}`)
    expect(repair?.proof).toEqual(['Judged again with them: nothing that the log accepted is denied.'])
    expect(repair?.opens.pairs.map(({ change, to, on }) => [change, to, on])).toContainEqual([
      'opens',
      'db',
      'tcp 6379',
    ])
  })

  test('is judged under the rules of that moment', async () => {
    const redis = { IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379, UserIdGroupPairs: [{ GroupId: at.web.group }] }
    await call(at.url, 'AuthorizeSecurityGroupIngress', { GroupId: at.db.group, IpPermissions: [redis] })
    expect(counts(await judged(text()))[0]).toEqual(['newly denied', 1, 1])
  })

  test('guesses nothing where it is told to', async () => {
    expect(counts(await judged(text(), '&strict=1'))[0]).toEqual(['newly denied', 2, 0])
  })

  test('has the tightest rules where they are asked for, with what they close and what the log cannot vouch for', async () => {
    expect((await judged(text())).shrink).toBeNull()
    const { shrink } = await judged(text(), '&shrink=1')
    const { rules, commands, proof, closes, risks } = shrink as ShrinkView
    const narrower = rules.find(({ rule }) => rule.rule === at.web.rule)
    expect(narrower).toMatchObject({
      rule: { group: at.web.group, direction: 'ingress', text: 'tcp 80 from 0.0.0.0/0' },
      becomes: ['tcp 80 from 198.51.100.7/32'],
    })
    expect(commands.findLastIndex((line) => line.includes(' authorize-'))).toBeLessThan(
      commands.findIndex((line) => line.includes(' revoke-')),
    )
    expect(proof).toEqual(['Judged again with them: all that passed passes still.'])
    expect(closes.pairs.map(({ change }) => change)).toContain('closes')
    expect(shrink?.closedHeadline).toBe('Proved: nothing opens. What closes, over all packets:')
    expect(risks[0]).toBe(
      'They are of 2026-11-01 00:00:00 to 2026-11-01 00:01:00 UTC: what runs once a month or at a failover only was not seen.',
    )
  })

  test('is text, gzip or Parquet, of any name', async () => {
    const plain = await judged(text())
    expect(await judged(gzipSync(text()))).toEqual(plain)
    expect(await judged(parquetFile(logFields, logLines(at)))).toEqual(plain)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('sallyport-log-'))).toEqual([])
  })

  test('may be larger than a call', async () => {
    const many = 40_000
    const line = `${logLines(at)[0]}\n`
    const view = await judged(`${logFields.join(' ')}\n${line.repeat(many)}`)
    expect(view.records).toBe(many)
  })

  test.each([
    ['no flow log', 'a song\nof two lines\n', 'The format lacks interface-id'],
    ['damaged gzip', Uint8Array.of(0x1f, 0x8b, 8, 0, 7, 7, 7, 7, 7, 7, 7, 7), 'This log cannot be read: invalid'],
    ['damaged Parquet', 'PAR1 and no more', 'It cannot be read as Parquet'],
    ['a line without an end', 'x'.repeat(3_000_000), 'A line of it is longer than 1 MB'],
  ])('tells the problem with %s', async (_, body, sentence) => {
    const answer = await sent(body)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { problem: expect.stringContaining(sentence) }])
  })

  test('that breaks off is judged as far as it goes, and that is said', async () => {
    const whole = gzipSync(text().repeat(2000))
    const view = await judged(whole.subarray(0, whole.length - 20))
    expect(view.records).toBeGreaterThan(0)
    expect(view.notes).toContainEqual(expect.stringContaining('Not read to its end: night.log'))
  })

  test('that announces to be too large is refused', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { ...bytes, 'content-length': '256000001' }
      const asked = request(at.url + path, { method: 'POST', headers, agent: false }, (response) => {
        resolve(response.statusCode)
        asked.destroy()
      })
      asked.on('error', reject)
      asked.write(new Uint8Array(17 * 1024 * 1024))
    })
    expect(status).toBe(413)
  })

  test.each([
    ['a form', { ...bytes, 'content-type': 'text/plain' }, 415],
    ['another origin', { ...bytes, origin: 'http://elsewhere.example' }, 403],
  ])('is not taken from %s', async (_, headers, status) => {
    expect((await sent(text(), '', headers)).status).toBe(status)
  })

  test('whose sender goes away is forgotten, and is no fault', async () => {
    for (let count = 0; count < 5; count++) {
      const asked = request(at.url + path, {
        method: 'POST',
        headers: { ...bytes, 'content-length': '9999' },
        agent: false,
      })
      const over = new Promise((resolve) => asked.on('error', resolve))
      asked.write(text().slice(0, 300))
      setTimeout(() => asked.destroy(), 30)
      await over
    }
    await expect.poll(async () => (await sent(text())).body).toContain('"outcomes"')
  })
})
