/** A replay as cases: what fails, what is told only, and the place of each. */

import { expect, test } from 'vitest'
import { type Imported, whollyKnown } from '../../import/imported.ts'
import { worldFromLines } from '../../import/world-lines.ts'
import { labelsBy } from '../../reach/reachability/labels.ts'
import { repairOf } from '../../replay/repair.ts'
import { Replay } from '../../replay/replay.ts'
import { resultsOf } from '../../replay/results.ts'
import { shrinkOf } from '../../replay/shrink.ts'
import { formatReport, reportForms } from '../report/report.ts'
import { replayCases } from './replay-cases.ts'

const world = worldFromLines(`
group web ingress tcp 443 from 0.0.0.0/0 as sgr-https
group web ingress tcp 8000-9000 from 0.0.0.0/0 as sgr-wide
acl edge ingress 90 deny tcp any from 203.0.113.0/24
acl edge ingress 100 allow any from 0.0.0.0/0
acl edge egress 100 allow any to 0.0.0.0/0
subnet front 10.0.1.0/24 acl edge
interface web 10.0.1.10 in web subnet front
`)
const at = (line: number, name: string) => ({ file: 'main.tf', line, name })
const origins = new Map([
  ['sg-web', at(3, 'aws_security_group.web')],
  ['sgr-https', at(9, 'aws_vpc_security_group_ingress_rule.https')],
  ['acl-edge', at(20, 'aws_network_acl.edge')],
])

const record = (fields: string) => `2 123456789012 eni-web ${fields} 1 61`
const lines = [
  `${record('198.51.100.7 10.0.1.10 50000 22 6 2 80')} ACCEPT OK`,
  `${record('203.0.113.7 10.0.1.10 50000 443 6 2 80')} ACCEPT OK`,
  `${record('198.51.100.7 10.0.1.10 50000 443 6 2 80')} REJECT OK`,
  `${record('198.51.100.7 10.0.1.10 50000 8080 6 2 80')} REJECT OK`,
  `${record('198.51.100.7 10.9.9.9 50000 443 6 2 80')} ACCEPT OK`,
  `${record('198.51.100.7 10.0.1.11 50000 443 6 2 80')} ACCEPT OK`.replace('eni-web', 'eni-else'),
  'nonsense',
]

function cases(failing: readonly string[], isShrunk = false) {
  const source: Imported = { ...whollyKnown(world), origins }
  const replay = new Replay(source)
  const file = replay.file('night.log')
  file.push(Buffer.from(`${lines.join('\n')}\n`))
  file.end()
  return replayCases({
    results: resultsOf(replay, { labels: labelsBy(world, 'interface'), by: 'bytes' }),
    unread: [{ path: 'cut.gz', why: 'unexpected end of file' }],
    repair: repairOf(replay, source, 8),
    shrink: isShrunk ? shrinkOf(replay, source, { mostRules: 4, claims: [] }) : undefined,
    ...{ origins, source: 'plan.json', failing, top: 10 },
  })
}

test('each group of flows that fares otherwise is one, where its group, rule or ACL is written', () => {
  const told = cases(['newly denied']).map(({ name, file, line, level, isTolerated = false, isPassed }) => {
    const outcome = isPassed ? 'passed' : isTolerated ? level : 'FAILED'
    return `${outcome} ${name} ${file}:${line}`
  })
  expect(told).toEqual([
    'FAILED newly denied: no ingress rule of sg-web main.tf:3',
    'FAILED newly denied: acl-edge denies it, ingress: entry 90 main.tf:20',
    'warning newly allowed: by ingress sgr-https of sg-web main.tf:9',
    'warning newly allowed: by ingress sgr-wide of sg-web main.tf:3',
    'note uncertain: neither side is an address that the interface has in the source plan.json:1',
    'note uncertain: the source has no such interface plan.json:1',
    'passed unchanged, accepted: none plan.json:1',
    'passed unchanged, rejected: none plan.json:1',
    'FAILED unread: cut.gz cut.gz:1',
    'warning damaged: night.log:7 night.log:7',
    'note To break nothing that was seen: 1 rule to add (no fewer would do) and 1 ACL entry to add plan.json:1',
  ])
})

test('fails what --fail-on names, and no other group', () => {
  const failed = (outcomes: readonly string[]) =>
    cases(outcomes)
      .filter(({ isPassed, isTolerated, rule }) => !isPassed && !isTolerated && rule !== 'replay/unread')
      .map(({ rule, level }) => `${rule} ${level}`)
  expect(failed([])).toEqual([])
  expect(failed(['newly allowed', 'uncertain'])).toEqual([
    'replay/newly-allowed error',
    'replay/newly-allowed error',
    'replay/uncertain error',
    'replay/uncertain error',
  ])
})

test('pairs and what they weigh are its evidence, and the repair its commands', () => {
  const all = cases(['newly denied'])
  expect(all[0]).toMatchObject({
    message: 'newly denied, no ingress rule of sg-web: 1 record, 80 B',
    details: ['198.51.100.7 > web tcp/22: 1 record, 80 B'],
    subject: 'sg-web ingress',
  })
  expect(all.find(({ subject }) => subject === 'unknown-interface')?.details).toEqual(['eni-else: 1 record'])
  expect(all.at(-1)?.details.join('\n')).toMatch(/authorize-security-group-ingress[\s\S]*nothing that the log accepted/)
})

test('rules that can be tighter are notes where they are written, with what the logs cannot vouch for', () => {
  const tight = cases([], true).filter(({ rule }) => rule.startsWith('replay/tight'))
  expect(tight.map(({ name, file, line }) => `${name} ${file}:${line}`)).toEqual([
    'The tightest rules that still admit all that was seen: 2 rules of the source change. plan.json:1',
    expect.stringMatching(/^sgr-https of sg-web, ingress tcp 443 from 0.0.0.0\/0, is u.* main.tf:9$/),
    'sgr-wide of sg-web, ingress tcp 8000-9000 from 0.0.0.0/0, is unused main.tf:3',
  ])
  expect(tight[0]?.details.join('\n')).toContain('what runs once a month or at a failover only was not seen')
  expect(tight[2]?.details).toEqual([expect.stringContaining('revoke-security-group-ingress')])
})

test('every form takes them, and the notes fail nothing', () => {
  for (const form of reportForms) expect(formatReport(form, cases([], true), '1.0.0')).toContain('sgr-wide')
  expect(formatReport('github', cases([], true), '1.0.0')).toContain('::notice file=main.tf,line=9,')
})
