/** No false finding and none missed, over the corpus; and every fix ends what it is a fix of. */

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Sandbox } from '../../src/app/sandbox.ts'
import { instant } from '../../src/base/clock.ts'
import { seededEntropy } from '../../src/base/entropy.ts'
import { stateOf, worldFromState } from '../../src/model/state.ts'
import type { World } from '../../src/model/world.ts'
import { compareWorlds } from '../../src/reach/compare.ts'
import type { Finding } from '../../src/reach/lint/finding.ts'
import { lint } from '../../src/reach/lint/lint.ts'
import { lintRules } from '../../src/reach/lint/registry.ts'
import type { LintSettings } from '../../src/reach/lint/settings.ts'
import { Terminal } from '../../src/terminal/terminal.ts'
import { type CorpusCase, corpus, corpusText, foundText } from './corpus.ts'

function findingsIn(world: World, settings: LintSettings): readonly Finding[] {
  return lint({ certain: world, possible: world, settings }).findings
}

describe('found is exactly what is to be found', () => {
  test.each(corpus.map((each) => [each.title, each] as const))('%s', (_, { world, settings, expected }) => {
    expect(findingsIn(world, settings).map(foundText).sort()).toEqual(expected)
  })
})

test('the corpus has every rule, good configurations, and the threads that it is made from', () => {
  const found = new Set(corpus.flatMap(({ expected }) => expected.map((line) => line.split(' ')[0])))
  expect([...found].sort()).toEqual(lintRules.map(({ id }) => id).sort())
  expect(corpus.length).toBeGreaterThanOrEqual(60)
  expect(corpus.filter(({ expected }) => expected.length === 0).length).toBeGreaterThanOrEqual(25)
  const threads = ['checkov#6624', 'checkov#6073', 'checkov#1203', 'trivy#7455', 'trivy#7267', 'trivy#6754', 'cfsec#37']
  const more = ['prowler#2069', 'prowler#5172', 'prowler#3009', 'prowler#2943', 'prowler#3264', 'prowler#4132']
  for (const thread of [...threads, ...more, 'terraform#2471']) expect(corpusText).toContain(thread)
})

/** Ids of the notation are too short for the API: the same world with ids as AWS spells them. */
function withLongIds({ world, settings }: CorpusCase): { readonly world: World; readonly settings: LintSettings } {
  const written = Array.from(settings.written, ([name, text]) => [longIds(name), text] as const)
  const intended = settings.intended?.map((entry) => ({ ...entry, to: longIds(entry.to) }))
  const long = worldFromState(JSON.parse(longIds(JSON.stringify(stateOf(world)))))
  return { world: long, settings: { ...settings, intended, written: new Map(written) } }
}

function longIds(text: string): string {
  const kinds =
    'vpc-cidr-assoc|subnet-cidr-assoc|rtbassoc|aclassoc|eni-attach|sgr|sg|eni|subnet|acl|vpc|igw|rtb|pl|dopt'
  return text.replace(new RegExp(`(?<![a-z-])(?:${kinds})-[A-Za-z0-9-]+`, 'g'), longId)
}

function longId(id: string): string {
  const [prefix = ''] = /^(?:(?:vpc|subnet)-cidr-assoc|eni-attach|[a-z]+)/.exec(id) ?? []
  return `${prefix}-${createHash('sha256').update(id).digest('hex').slice(0, 17)}`
}

async function fixed(world: World, { fix }: Finding): Promise<World> {
  const options = { scope: world.scope, now: instant(Date.UTC(2026, 10, 22)), world, entropy: seededEntropy(1) }
  const cloud = await Sandbox.open(options)
  const terminal = new Terminal({ cloud, entropy: seededEntropy(2) })
  for (const line of fix) {
    const { stderr, exitCode } = await terminal.run(line)
    expect({ line, stderr, exitCode }).toEqual({ line, stderr: '', exitCode: 0 })
  }
  return cloud.world
}

/** Those after which every packet fares as before. */
const harmless = ['SG-RULE-IMPLIED', 'SG-RULE-STALE', 'SG-RULE-DEAD', 'SG-RULE-IDLE', 'SG-RULE-UNTRACKED']

describe('the fix ends the finding', () => {
  const bad = corpus.filter(({ expected }) => expected.length > 0)
  test.each(bad.map((each) => [each.title, each] as const))('%s', async (_, each) => {
    const { world, settings } = withLongIds(each)
    const findings = findingsIn(world, settings)
    expect(findings).toHaveLength(each.expected.length)
    for (const finding of findings) {
      expect(finding.fix).not.toEqual([])
      const after = await fixed(world, finding)
      // A source that is mended says what holds.
      const left = findingsIn(after, { ...settings, written: new Map() })
      expect(left.map(foundText)).not.toContain(foundText(finding))
      if (harmless.includes(finding.id)) expect(compareWorlds(world, after, 'interface').rows).toEqual([])
    }
  })
})
