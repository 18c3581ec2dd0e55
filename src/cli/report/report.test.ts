/** The forms that other programs read: a pass, a failure, and characters that each form must escape. */

import { XMLParser } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { formatReport, type ReportCase } from './report.ts'

const passed: ReportCase = {
  rule: 'policy/accept',
  name: 'web: accept db:5432',
  file: 'policy.yaml',
  line: 3,
  isPassed: true,
  message: '',
  details: [],
}
const failed: ReportCase = {
  ...passed,
  rule: 'policy/deny',
  name: 'a <b> & "c" #1: deny db:22',
  line: 7,
  isPassed: false,
  message: 'tcp 10.0.0.9:40000 > 10.0.1.9:22 S: want denied, got accepted',
  details: ['by sgr-1 of sg-db', '100%'],
}
const cases = [passed, failed]

test('TAP', () => {
  expect(formatReport('tap', cases, '1.0.0').split('\n')).toEqual([
    'TAP version 13',
    '1..2',
    'ok 1 - web: accept db:5432',
    'not ok 2 - a <b> & "c" \\#1: deny db:22',
    '  ---',
    '  message: "tcp 10.0.0.9:40000 > 10.0.1.9:22 S: want denied, got accepted"',
    '  at: "policy.yaml:7"',
    '  details: ["by sgr-1 of sg-db","100%"]',
    '  ...',
    '',
  ])
})

test('JUnit, as an XML parser reads it', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' })
  const suite = parser.parse(formatReport('junit', cases, '1.0.0')).testsuites.testsuite
  expect([suite.tests, suite.failures]).toEqual(['2', '1'])
  expect(suite.testcase[0]).toMatchObject({ classname: 'policy/accept', file: 'policy.yaml', line: '3' })
  expect(suite.testcase[1]).toMatchObject({
    name: failed.name,
    failure: { message: failed.message, '#text': 'by sgr-1 of sg-db\n100%' },
  })
})

test('SARIF 2.1.0', () => {
  const log = JSON.parse(formatReport('sarif', cases, '1.0.0'))
  expect([log.version, log.runs[0].tool.driver]).toEqual([
    '2.1.0',
    { name: 'sallyport', version: '1.0.0', rules: [{ id: 'policy/deny' }] },
  ])
  expect(log.runs[0].results).toEqual([
    {
      ruleId: 'policy/deny',
      level: 'error',
      message: { text: [failed.message, ...failed.details].join('\n') },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'policy.yaml' }, region: { startLine: 7 } } }],
    },
  ])
})

test('GitHub annotations', () => {
  expect(formatReport('github', cases, '1.0.0')).toBe(
    '::error file=policy.yaml,line=7,title=a <b> & "c" #1%3A deny db%3A22::' +
      'tcp 10.0.0.9:40000 > 10.0.1.9:22 S: want denied, got accepted%0Aby sgr-1 of sg-db%0A100%25\n',
  )
})

const finding: ReportCase = {
  ...failed,
  rule: 'SG-EGRESS-OPEN',
  name: 'SG-EGRESS-OPEN sg-web',
  level: 'note',
  isTolerated: true,
  subject: 'sg-web',
  message: 'everything out',
  details: [],
}
const suppressed: ReportCase = { ...finding, level: 'error', isTolerated: false, suppression: 'the lab' }
const findings = [finding, suppressed]

test('what is told and fails nothing, and what is suppressed', () => {
  const tap = formatReport('tap', findings, '1.0.0')
  expect(tap).toContain('not ok 1 - SG-EGRESS-OPEN sg-web # todo\n')
  expect(tap).toContain('ok 2 - SG-EGRESS-OPEN sg-web # SKIP the lab\n')
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' })
  const suite = parser.parse(formatReport('junit', findings, '1.0.0')).testsuites.testsuite
  expect(suite).toMatchObject({
    failures: '0',
    testcase: [{ 'system-out': 'everything out' }, { skipped: { message: 'the lab' } }],
  })
  expect(formatReport('github', findings, '1.0.0')).toBe(
    '::notice file=policy.yaml,line=7,title=SG-EGRESS-OPEN sg-web::everything out\n',
  )
})

test('SARIF describes rules, tells levels, objects and suppressions', () => {
  const rule = { id: 'SG-EGRESS-OPEN', level: 'note', title: 'Open', explanation: 'Why' } as const
  const [run] = JSON.parse(formatReport('sarif', findings, '1.0.0', [rule])).runs
  expect(run.tool.driver.rules).toEqual([
    {
      id: 'SG-EGRESS-OPEN',
      shortDescription: { text: 'Open' },
      fullDescription: { text: 'Why' },
      defaultConfiguration: { level: 'note' },
    },
  ])
  expect(run.results).toMatchObject([
    {
      level: 'note',
      locations: [{ logicalLocations: [{ fullyQualifiedName: 'sg-web' }] }],
      partialFingerprints: { 'rule/object/v1': 'SG-EGRESS-OPEN/sg-web' },
    },
    { level: 'error', suppressions: [{ kind: 'external', justification: 'the lab' }] },
  ])
  expect(run.results[0]).not.toHaveProperty('suppressions')
})
