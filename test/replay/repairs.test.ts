/** Laws of what a replay proposes: a repair breaks nothing, the tightest rules lose nothing and open nothing. */

import { describe, expect, test } from 'vitest'
import { whollyKnown } from '../../src/import/imported.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { defaultFlowLogFormat } from '../../src/model/flow-log.ts'
import type { World } from '../../src/model/world.ts'
import { compareWorlds } from '../../src/reach/compare.ts'
import type { Claim } from '../../src/reach/policy-test/claim.ts'
import { ruleLine } from '../../src/reach/replay.ts'
import { formatFromText } from '../../src/replay/log-format.ts'
import { type Repair, repairOf } from '../../src/replay/repair.ts'
import { Replay } from '../../src/replay/replay.ts'
import { type Shrink, shrinkOf } from '../../src/replay/shrink.ts'
import { knownLog } from './known-logs.ts'

const version5 = `${defaultFlowLogFormat} \${tcp-flags} \${pkt-srcaddr} \${pkt-dstaddr} \${flow-direction}`

function replayed(world: World, lines: readonly string[]): Replay {
  const replay = new Replay(whollyKnown(world), { format: formatFromText(version5) })
  const file = replay.file('log')
  file.push(Buffer.from(lines.map((line) => `${line}\n`).join('')))
  file.end()
  return replay
}

/** A record that opens a connection, at the sender, at the receiver, or at both. */
function opening(at: string, from: string, to: string, port: number): string {
  const direction = at === from ? 'egress' : 'ingress'
  return `5 1 eni-${at === from ? names[from] : names[to]} ${from} ${to} 50000 ${port} 6 1 40 1 61 ACCEPT OK 2 ${from} ${to} ${direction}`
}

const names: Readonly<Record<string, string>> = { '10.0.1.10': 'web', '10.0.1.11': 'web2', '10.0.2.10': 'db' }

function addedRules({ rules }: Pick<Repair, 'rules'>): string[] {
  return rules
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.kind === 'rule-added' ? [`${change.group} ${ruleLine(change.rule)}`] : []))
    .sort()
}

describe('a repair', () => {
  const world = worldFromLines(`
group web
group db
group web egress any to 0.0.0.0/0
interface web 10.0.1.10 in web
interface web2 10.0.1.11 in web
interface db 10.0.2.10 in db
`)
  const repaired = (lines: readonly string[], blocks = 8) => {
    const repair = repairOf(replayed(world, lines), whollyKnown(world), blocks)
    if (!repair) throw new Error('something was denied')
    return repair
  }

  test('is one rule for all members of a group, and says that fewer would not do', () => {
    const repair = repaired(['10.0.1.10', '10.0.1.11'].map((from) => opening('10.0.2.10', from, '10.0.2.10', 5432)))
    // Both addresses are one block, which opens no more than the group does.
    expect(addedRules(repair)).toEqual(['sg-db ingress tcp 5432 from 10.0.1.10/31'])
    expect([repair.atLeast, repair.proof.denied.records]).toEqual([1, 0])
  })

  test('takes ports that touch as one range, and opens none between others', () => {
    const lines = [8080, 8081, 8083].map((port) => opening('10.0.1.10', '203.0.113.7', '10.0.1.10', port))
    expect(addedRules(repaired(lines))).toEqual([
      'sg-web ingress tcp 8080-8081 from 203.0.113.7/32',
      'sg-web ingress tcp 8083 from 203.0.113.7/32',
    ])
  })

  test('takes wider blocks where there are more sources than it may name', () => {
    const lines = [1, 9, 77, 200].map((last) => opening('10.0.1.10', `203.0.113.${last}`, '10.0.1.10', 443))
    expect(addedRules(repaired(lines, 2))).toEqual([
      'sg-web ingress tcp 443 from 203.0.113.0/25',
      'sg-web ingress tcp 443 from 203.0.113.200/32',
    ])
    expect(addedRules(repaired(lines, 1))).toEqual(['sg-web ingress tcp 443 from 203.0.113.0/24'])
  })

  test('makes ACL entries where an ACL stands in the way', () => {
    const guarded = worldFromLines(`
group db ingress tcp 5432 from 0.0.0.0/0
acl edge ingress 100 allow any from 0.0.0.0/0
subnet inner 10.0.2.0/24 acl edge
interface db 10.0.2.10 in db subnet inner
`)
    const back = '5 1 eni-db 10.0.2.10 10.0.1.10 5432 50000 6 1 40 1 61 ACCEPT OK 18 10.0.2.10 10.0.1.10 egress'
    const repair = repairOf(replayed(guarded, [back]), whollyKnown(guarded), 8)
    expect(repair?.entries.map(({ command }) => command)).toEqual([
      'aws ec2 create-network-acl-entry --network-acl-id acl-edge --rule-number 100 --egress --rule-action allow ' +
        '--protocol 6 --cidr-block 10.0.1.10/32 --port-range From=1024,To=65535',
    ])
    expect(repair?.proof.denied.records).toBe(0)
  })

  test('is none where nothing is denied', () => {
    expect(repairOf(replayed(world, []), whollyKnown(world), 8)).toBeUndefined()
  })

  test.each(Array.from({ length: 15 }, (_, seed) => `repair ${seed}`))('breaks nothing that was seen: %s', (seed) => {
    const { proposed, records } = knownLog(seed, version5, 60)
    const replay = replayed(
      proposed,
      records.map(({ line }) => line),
    )
    const repair = repairOf(replay, whollyKnown(proposed), 4)
    if (!repair) return
    expect(repair.proof.denied.records).toBe(0)
    expect(repair.atLeast).toBeLessThanOrEqual(repair.rules.length)
    expect(compareWorlds(proposed, repair.changed.certain, 'interface').rows.map(({ result }) => result)).not.toContain(
      'closes',
    )
  })
})

describe('the tightest rules', () => {
  const world = worldFromLines(`
group web
group db
group web ingress tcp 1-9000 from 0.0.0.0/0 as sgr-1
group web egress any to 0.0.0.0/0 as sgr-2
group web ingress tcp 22 from 10.0.0.0/8 as sgr-3
group db ingress any from 10.0.0.0/16 as sgr-4
interface web 10.0.1.10 in web
interface db 10.0.2.10 in db
`)
  const seen = [
    opening('10.0.1.10', '203.0.113.7', '10.0.1.10', 443),
    opening('10.0.1.10', '10.0.1.10', '10.0.2.10', 5432),
    opening('10.0.2.10', '10.0.1.10', '10.0.2.10', 5432),
  ]
  const shrunk = (claims: readonly Claim[] = [], lines = seen) =>
    shrinkOf(replayed(world, lines), whollyKnown(world), { mostRules: 4, claims })
  const diff = ({ rules }: Shrink) =>
    rules.flatMap((each) => [`-${each.rule.id}`, ...addedRules({ rules: each.added })])

  test('are those that were used, for what they were used', () => {
    expect(diff(shrunk())).toEqual([
      '-sgr-4',
      'sg-db ingress tcp 5432 from sg-web',
      '-sgr-1',
      'sg-web ingress tcp 443 from 203.0.113.7/32',
      '-sgr-2',
      'sg-web egress tcp 5432 to sg-db',
      '-sgr-3',
    ])
  })

  test('admit what accept tests are about, seen or not', () => {
    const claim: Claim = {
      kind: 'accept',
      text: 'web:22',
      from: ['198.51.100.0/24'],
      to: ['web'],
      services: ['tcp/22'],
      families: [4],
      line: 3,
    }
    // From the internet nobody reaches an interface without a public address: the test is no claim that holds.
    expect(shrunk([claim]).tests).toEqual({ all: 1, passed: 0 })
    const inside = { ...claim, text: 'db:8080', from: ['web'], to: ['db'], services: ['tcp/8080'] }
    const result = shrunk([inside])
    expect(result.tests).toEqual({ all: 1, passed: 1 })
    expect(diff(result)).toContain('sg-db ingress tcp 8080 from sg-web')
  })

  test('keep for who may have opened all ports that its own stands for', () => {
    // Nobody can tell who opened it; if it was web, then to 51002, of which only its class is kept.
    const line = '5 1 eni-web 203.0.113.7 10.0.1.10 51002 50007 6 1 40 1 61 ACCEPT OK 0 203.0.113.7 10.0.1.10 ingress'
    expect(diff(shrunk([], [line]))).toContain('sg-web egress tcp 32768-65535 to 203.0.113.7/32')
  })

  test('leave alone the groups of interfaces of which there is no record', () => {
    const { whole, risks } = shrunk([], seen.slice(0, 2))
    expect(whole.map(({ rule }) => rule.id)).toEqual(['sgr-4'])
    expect(risks.silentGroups).toEqual(['sg-db'])
  })

  test.each(Array.from({ length: 15 }, (_, seed) => `shrink ${seed}`))('lose nothing and open nothing: %s', (seed) => {
    const { proposed, records } = knownLog(seed, version5, 60)
    const replay = replayed(
      proposed,
      records.map(({ line }) => line),
    )
    const { changed, lost } = shrinkOf(replay, whollyKnown(proposed), { mostRules: 3, claims: [] })
    expect(lost.records).toBe(0)
    const results = compareWorlds(proposed, changed.certain, 'interface').rows.map(({ result }) => result)
    expect(results.filter((result) => result === 'opens' || result === 'may open')).toEqual([])
  })
})
