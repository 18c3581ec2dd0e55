/** What docs/vectors.md promises of the notation: its example plays, its words exist, nonsense is refused by line. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NotationError } from '../src/base/words.ts'
import { type PacketResult, playTimeline, TimelineError } from '../src/engine/timeline.ts'
import { vectorFiles } from './vector-files.ts'

const page = readFileSync('docs/vectors.md', 'utf8')
const world = 'world\n  group web ingress tcp 80 from 0.0.0.0/0 as sgr-1\n  interface e 10.0.0.10 in web\n'

function play(text: string): PacketResult[] {
  return Array.from(playTimeline(text))
}

describe('the page', () => {
  test('its example plays as it expects', () => {
    const example = /^```\n(# A revoked[\s\S]*?)^```/m.exec(page)?.[1] ?? ''
    const results = play(example)
    expect(results).toHaveLength(7)
    expect(results.filter(({ isAsExpected }) => !isAsExpected)).toEqual([])
  })

  test('it explains every reason that a vector gives', () => {
    const reasons = vectorFiles().flatMap(({ text }) => play(text).map(({ reason }) => reason.replace(/[(,].*$/, '')))
    const words = new Set(reasons.filter((reason) => !reason.startsWith('sgr-')))
    for (const word of words) expect(page).toMatch(new RegExp(`^\\| \`${word}[(\`]`, 'm'))
  })

  test('it explains every option, and every option exists', () => {
    const named = Array.from(page.matchAll(/^\| `option ([a-z-]+)/gm), ([, name = '']) => name)
    expect(() => play('option none on')).toThrow(`use ${named.join(', ')}`)
    const row = page.split('\n').find((line) => line.startsWith('| `option timeout')) ?? ''
    const timers = Array.from(row.matchAll(/`([a-z-]+)` \d+/g), ([, timer = '']) => timer)
    expect(() => play('option timeout none 1')).toThrow(`use ${timers.join(', ')}`)
  })

  test.each(['group', 'interface', 'subnet', 'acl', 'prefix-list'])('it explains the line `%s` of a world', (line) => {
    expect(page).toMatch(new RegExp(`^\\| \`${line} `, 'm'))
    expect(() => play('world\n  nonsense')).toThrow(new RegExp(`is none of .*\\b${line}\\b`))
  })
})

describe('what a line may change', () => {
  test('an option counts wherever it stands', () => {
    const segment = '0s e ingress tcp 1.1.1.1:1 > 10.0.0.10:80 A'
    expect(play(`${world}${segment}`)[0]?.reason).toBe('no-state')
    expect(play(`${world}${segment}\noption opens-mid-stream on`)[0]?.reason).toBe('sgr-1')
  })

  test('a later world replaces an interface from there on', () => {
    const moved = 'world\n  interface e 10.0.0.11 in web\n'
    const [before, after] = play(
      `${world}0s e ingress tcp 1.1.1.1:1 > 10.0.0.11:80 S\n${moved}0s e ingress tcp 1.1.1.1:1 > 10.0.0.11:80 S`,
    )
    expect([before?.reason, after?.reason]).toEqual(['source-dest-check', 'sgr-1'])
  })

  test('a group that is attached twice is there once', () => {
    const [result] = play(`${world}0s attach web to e\n0s e ingress tcp 1.1.1.1:1 > 10.0.0.10:80 S`)
    expect(result?.reason).toBe('sgr-1')
  })
})

describe('what makes no sense is refused with its line', () => {
  test.each([
    ['option', 1, 'an option is missing'],
    ['option opens-mid-stream maybe', 1, "'maybe' is not a choice: use on, off"],
    ['option allowance many', 1, "'many' is no number of connections"],
    ['option allowance 1 2', 1, "'2' is one word too many"],
    [`${world}0s wait`, 4, "'wait' is neither an event nor an interface of the world"],
    [`${world}soon revoke sgr-1`, 4, "'soon' is no time: use 0s, 90s, +10s, 5d"],
    [`${world}9999999999s revoke sgr-1`, 4, "'9999999999s' is no time: use 0s, 90s, +10s, 5d"],
    [`${world}2s revoke sgr-1\n1s forget e`, 5, '1s lies before the line above'],
    [`${world}0s revoke sgr-2`, 4, 'there is no rule sgr-2'],
    [`${world}0s authorize db ingress tcp 80 from web`, 4, 'there is no group db'],
    [`${world}0s attach db to e`, 4, 'there is no group db'],
    [`${world}0s attach web to f`, 4, 'there is no interface f'],
    [`${world}0s forget f`, 4, 'there is no interface f'],
    [`${world}0s idle f tcp 60`, 4, 'there is no interface f'],
    [`${world}0s e ingress udp 1.1.1.1:1 > 10.0.0.10:1 perhaps`, 4, "'perhaps' is not an expectation: use allow, deny"],
    ['world\n  path e auto-tracked', 2, 'there is no interface e'],
    ['world\n  interface e 10.0.0.10 in db', 2, 'there is no group db'],
    ['world\n  interface e 10.0.0.10 subnet front', 2, 'there is no subnet front'],
    ['world\n  subnet front 10.0.0.0/24 acl edge', 2, 'there is no ACL edge'],
    ['world\n  acl edge ingress 0 allow any from 0.0.0.0/0', 2, '0 is no number of an entry: use 1 to 32766'],
    ['world\n  acl edge ingress 32767 allow any from 0.0.0.0/0', 2, '32767 is no number of an entry: use 1 to 32766'],
    ['world\n  acl edge ingress 1 allow any from web', 2, "'web' is no CIDR: an ACL knows no groups"],
    ['world\n  prefix-list pl-1 10.0.0.0/8 ::/0', 2, 'the entries of a prefix list are of one IP family'],
    ['world\n  group web ingress tcp 90-80 from web', 2, "'90-80' is no port, no range 80-90 and not any"],
    ['world\n  group web ingress tcp 65536 from web', 2, "'65536' is no port, no range 80-90 and not any"],
    ['world\n  group web ingress icmp 256 from web', 2, "'256' is no ICMP TYPE, TYPE/CODE and not any"],
    ['world\n  group web ingress icmp 3/256 from web', 2, "'3/256' is no ICMP TYPE, TYPE/CODE and not any"],
    ['world\n  group web ingress 6 from web', 2, 'protocol 6 is written by its name'],
    ['world\n  group web ingress 256 from web', 2, "'256' is no protocol: use any, tcp, udp, icmp, icmpv6 or a number"],
    ['world\n  group web ingress tcp 80 to web', 2, "'from' is expected before 'to'"],
    ['world\n  group web ingress tcp 80 from web as one', 2, "a rule id begins with sgr-, unlike 'one'"],
  ])('%j', (text, line, complaint) => {
    expect(() => play(text)).toThrow(new TimelineError(line, new NotationError(complaint)))
  })
})
