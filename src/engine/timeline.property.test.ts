/** No text breaks the player of timelines in any way but by a TimelineError that names a line. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomTimeline } from '../../test/model/random-timeline.ts'
import { playTimeline, TimelineError } from './timeline.ts'

const words = fc.oneof(
  fc.constantFrom('world', 'group', 'interface', 'subnet', 'acl', 'prefix-list', 'path', 'option', 'in', 'idle', 'as'),
  fc.constantFrom(
    'ingress',
    'egress',
    'from',
    'to',
    'tcp',
    'udp',
    'icmp',
    '80',
    '80-70',
    '70000',
    'any',
    'allow',
    'deny',
  ),
  fc.constantFrom(
    '0s',
    '1s',
    '+1s',
    '5x',
    '99999999999s',
    'authorize',
    'revoke',
    'attach',
    'detach',
    'forget',
    'removed',
  ),
  fc.constantFrom('e', 'a', 'sgr-1', 'pl-1', '10.0.0.1', '10.0.0.1:80', '>', '::1', '0.0.0.0/0', '#', '__proto__', 'S'),
  fc.string({ maxLength: 5 }),
)

function expectOnlyTimelineErrors(text: string): void {
  try {
    for (const { line } of playTimeline(text)) expect(line).toBeGreaterThan(0)
  } catch (error) {
    expect(error).toBeInstanceOf(TimelineError)
    expect((error as TimelineError).line).toBeLessThanOrEqual(text.split('\n').length)
  }
}

test('lines of stray words are refused and nothing else', () => {
  const line = fc
    .tuple(fc.constantFrom('', '  '), fc.array(words, { maxLength: 9 }))
    .map(([indent, all]) => indent + all.join(' '))
  const text = fc.array(line, { maxLength: 12 }).map((lines) => ['world', ...lines].join('\n'))
  fc.assert(fc.property(text, expectOnlyTimelineErrors), { numRuns: 2_000 })
})

test('a timeline with one word lost, doubled or exchanged is played or refused and nothing else', () => {
  const property = fc.property(fc.integer(), fc.nat(), fc.nat(), words, (seed, at, what, word) => {
    const lines = randomTimeline(seed).split('\n')
    const index = at % lines.length
    const parts = (lines[index] ?? '').split(' ')
    const place = what % (parts.length + 1)
    const changes = [parts.toSpliced(place, 1), parts.toSpliced(place, 0, word), parts.with(place % parts.length, word)]
    expectOnlyTimelineErrors(lines.with(index, (changes[what % 3] ?? []).join(' ')).join('\n'))
  })
  fc.assert(property, { numRuns: 400 })
})
