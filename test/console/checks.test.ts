/** The checks that the console asks for: policy tests and lint over the live world. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '../../src/app/console/api.ts'
import type { LintView, PolicyTestsView } from '../../src/app/console/checks-api.ts'
import { type Running, serve } from '../server/http.ts'
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
