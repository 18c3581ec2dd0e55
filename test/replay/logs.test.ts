/** Lines of flow logs in their formats, and what each record is taken for. */

import { describe, expect, test } from 'vitest'
import { whollyKnown } from '../../src/import/imported.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import type { World } from '../../src/model/world.ts'
import { labelsBy } from '../../src/reach/reachability/labels.ts'
import { formatFromText } from '../../src/replay/log-format.ts'
import { Replay, type ReplayOptions } from '../../src/replay/replay.ts'
import { type ReplayResults, resultsOf } from '../../src/replay/results.ts'

const world = worldFromLines(`
group db
group web ingress tcp 443 from 0.0.0.0/0 as sgr-https
group web egress tcp 5432 to db as sgr-todb
group db ingress tcp 5432 from web as sgr-fromweb
interface web 10.0.1.10 10.0.1.20 2001:db8::10 in web
interface db 10.0.2.10 in db
`)

const default2 = (fields: string) => `2 123456789012 eni-web ${fields}`
const version5 =
  'version interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags flow-direction pkt-srcaddr pkt-dstaddr'

function results(lines: readonly string[], options: ReplayOptions = {}, judgedIn: World = world): ReplayResults {
  const replay = new Replay(whollyKnown(judgedIn), options)
  const file = replay.file('a.log')
  // In pieces of seven bytes: nothing hangs on where a chunk ends.
  const bytes = Buffer.from(lines.join('\n'))
  for (let at = 0; at < bytes.length; at += 7) file.push(bytes.subarray(at, at + 7))
  file.end()
  return resultsOf(replay, { labels: labelsBy(judgedIn, 'interface'), by: 'bytes' })
}

/** `outcome, pair, cause` of each pair. */
function told(lines: readonly string[], options: ReplayOptions = {}): string[] {
  return results(lines, options).outcomes.flatMap(({ outcome, groups }) =>
    groups.flatMap(({ cause, pairs, records }) =>
      pairs.length === 0
        ? [`${outcome}: ${records} ${JSON.stringify(cause)}`]
        : pairs.map(
            ({ from, to, service, isGuessed }) => `${outcome}: ${from} > ${to} ${service}${isGuessed ? ' ?' : ''}`,
          ),
    ),
  )
}

describe('a record of the default format', () => {
  test.each([
    ['203.0.113.7 10.0.1.10 50000 443 6 10 840 1 61 ACCEPT OK', 'unchanged, accepted: 203.0.113.7 > web tcp/443 ?'],
    ['10.0.1.10 203.0.113.7 443 50000 6 10 840 1 61 ACCEPT OK', 'unchanged, accepted: 203.0.113.7 > web tcp/443 ?'],
    ['203.0.113.7 10.0.1.10 50000 22 6 10 840 1 61 ACCEPT OK', 'newly denied: 203.0.113.7 > web tcp/22'],
    ['203.0.113.7 10.0.1.10 50000 443 6 10 840 1 61 REJECT OK', 'newly allowed: 203.0.113.7 > web tcp/443 ?'],
    ['203.0.113.7 10.0.1.10 50000 22 6 10 840 1 61 REJECT OK', 'unchanged, rejected: 203.0.113.7 > web tcp/22'],
    ['10.0.1.10 10.0.2.10 50000 5432 6 1 40 1 61 ACCEPT OK', 'unchanged, accepted: web > db tcp/5432 ?'],
    ['2001:db8:1::7 2001:db8::10 50000 22 6 1 40 1 61 ACCEPT OK', 'newly denied: 2001:db8:1::7 > web tcp/22'],
    ['203.0.113.7 10.0.1.20 50000 443 6 1 40 1 61 ACCEPT OK', 'unchanged, accepted: 203.0.113.7 > web tcp/443 ?'],
    ['203.0.113.7 10.9.9.9 50000 443 6 1 40 1 61 ACCEPT OK', 'uncertain: 1 {"kind":"doubt","doubt":"unknown-address"}'],
    ['203.0.113.7 10.0.1.10 444 443 6 1 40 1 61 ACCEPT OK', 'uncertain: 203.0.113.7 > web tcp/443'],
    ['203.0.113.7 10.0.1.10 0 0 1 1 40 1 61 ACCEPT OK', 'newly denied: 203.0.113.7 > web icmp ?'],
    ['203.0.113.7 10.0.1.10 0 0 50 1 40 1 61 ACCEPT OK', 'newly denied: 203.0.113.7 > web 50'],
    ['203.0.113.7 10.0.1.10 50000 53 17 1 40 1 61 ACCEPT OK', 'newly denied: 203.0.113.7 > web udp/53'],
    ['- - - - - - - 1 61 - OK', 'uncertain: 1 {"kind":"doubt","doubt":"fields"}'],
  ])('%s is %s', (fields, expected) => {
    expect(told([default2(fields)])).toEqual([expected])
  })
})

describe('what is never filtered, at an interface whose rules admit none of it', () => {
  const ports = (from: number, to: number) => `${from} ${to} 17 1 328 1 61`

  test.each([
    [`10.0.1.10 10.0.1.1 ${ports(68, 67)}`, 'web > 10.0.1.1 udp/67', 'DHCP'],
    [`10.0.1.1 10.0.1.10 ${ports(67, 68)}`, 'web > 10.0.1.1 udp/67', 'DHCP'],
    [`10.0.1.10 255.255.255.255 ${ports(68, 67)}`, 'web > 255.255.255.255 udp/67', 'DHCP'],
    [`0.0.0.0 255.255.255.255 ${ports(68, 67)}`, 'web > 255.255.255.255 udp/67', 'DHCP'],
    [`10.0.1.1 255.255.255.255 ${ports(67, 68)}`, 'web > 10.0.1.1 udp/67', 'DHCP'],
    [`10.0.1.10 10.0.2.10 ${ports(68, 67)}`, 'web > db udp/67', 'DHCP'],
    [`2001:db8::10 2001:db8::1 ${ports(546, 547)}`, '2001:db8::1 > web udp/546', 'DHCP'],
    [`2001:db8::10 ff02::1:2 ${ports(546, 547)}`, 'ff02::1:2 > web udp/546', 'DHCP'],
    [`10.0.1.10 169.254.169.123 ${ports(123, 123)}`, 'web > 169.254.169.123 udp/123', 'Time Sync'],
    [`169.254.169.123 10.0.1.10 ${ports(123, 123)}`, '169.254.169.123 > web udp/123', 'Time Sync'],
  ])('%s', (fields, pair, service) => {
    const { outcomes } = results([default2(`${fields} ACCEPT OK`), default2(`${fields} REJECT OK`)])
    const all = outcomes.flatMap(({ outcome, groups }) => groups.map((group) => ({ outcome, ...group })))
    expect(all.map(({ outcome, cause }) => [outcome, cause])).toEqual([
      ['newly allowed', { kind: 'exempt', service }],
      ['unchanged, accepted', { kind: 'exempt', service }],
    ])
    expect(all.map(({ pairs }) => pairs.map(({ from, to, service: kind }) => `${from} > ${to} ${kind}`))).toEqual([
      [pair],
      [pair],
    ])
  })

  test.each([
    [`0.0.0.0 255.255.255.255 ${ports(68, 69)}`, 'multicast'],
    [`10.0.1.1 255.255.255.255 ${ports(67, 67)}`, 'multicast'],
    [`10.0.1.10 10.0.1.255 ${ports(137, 137)}`, 'multicast'],
    [`0.0.0.0 10.0.9.1 ${ports(68, 69)}`, 'unknown-address'],
    [`10.0.9.1 0.0.0.0 ${ports(68, 69)}`, 'unknown-address'],
  ])('but %s is no DHCP', (fields, doubt) => {
    const { outcomes } = results([default2(`${fields} ACCEPT OK`)])
    const [group] = outcomes.find(({ outcome }) => outcome === 'uncertain')?.groups ?? []
    expect(group?.cause).toEqual({ kind: 'doubt', doubt })
  })

  test('rests on no guess of who began', () => {
    const { outcomes } = results([default2(`10.0.1.10 10.0.1.1 ${ports(68, 67)} ACCEPT OK`)], { isStrict: true })
    expect(outcomes.map(({ outcome, records, guessed }) => [outcome, records, guessed])).toContainEqual([
      'unchanged, accepted',
      1,
      0,
    ])
  })
})

describe('a format', () => {
  const record = '5 eni-web 203.0.113.7 10.0.1.10 50000 443 6 1 40 1 61 ACCEPT OK 2 ingress 203.0.113.7 10.0.1.10'

  test('is what the header says, with hyphens or, as of Parquet, underscores', () => {
    const expected = ['unchanged, accepted: 203.0.113.7 > web tcp/443']
    expect(told([version5, record])).toEqual(expected)
    expect(told([version5.replaceAll('-', '_'), record])).toEqual(expected)
  })

  test('is what the caller says, where there is no header', () => {
    const format = formatFromText(version5.replace(/\S+/g, (field) => `\${${field}}`))
    expect(told([record], { format })).toHaveLength(1)
    expect(() => told([record])).toThrow(/lines of 17 fields.*--format/)
  })

  test('may be in any order, with fields that nobody knows', () => {
    const header = 'action future-field dstaddr dstport srcaddr srcport protocol interface-id'
    expect(told([header, 'ACCEPT x 10.0.1.10 22 203.0.113.7 50000 6 eni-web'])).toEqual([
      'newly denied: 203.0.113.7 > web tcp/22',
    ])
  })

  test('that says too little is refused with what it lacks', () => {
    expect(() => told(['version srcaddr dstaddr', '2 10.0.0.1 10.0.0.2'])).toThrow(/lacks interface-id, srcport/)
    expect(() => formatFromText('Version interface_id')).toThrow(/is no field/)
  })

  test('of a CloudWatch Logs export has the time of its event in front', () => {
    const line = default2('203.0.113.7 10.0.1.10 50000 22 6 10 840 1 61 ACCEPT OK')
    expect(told([`2026-11-01T00:00:00.000Z ${line}`])).toEqual(['newly denied: 203.0.113.7 > web tcp/22'])
  })

  test('changes where another header comes: files may have been put together', () => {
    const line = default2('203.0.113.7 10.0.1.10 50000 22 6 10 840 1 61 ACCEPT OK')
    expect(results([line, version5, record]).records).toBe(2)
  })
})

describe('with TCP flags', () => {
  const judged = (...records: readonly string[]) =>
    told([version5, ...records.map((each) => `5 eni-web ${each} 203.0.113.7 10.0.1.10`)])

  test('who sent the SYN opened it, whatever the ports', () => {
    const out = '5 eni-web 10.0.1.10 203.0.113.7 443 50000 6 1 40 1 61 ACCEPT OK 2 egress 10.0.1.10 203.0.113.7'
    expect(told([version5, out])).toEqual(['newly denied: web > 203.0.113.7 tcp/50000'])
  })

  test('a later window is of whoever opened the connection in an earlier one', () => {
    const out = (flags: number) =>
      `5 eni-web 10.0.1.10 203.0.113.7 443 50000 6 1 40 1 61 ACCEPT OK ${flags} egress 10.0.1.10 203.0.113.7`
    expect(told([version5, out(18), out(0)])).toEqual(['unchanged, accepted: 203.0.113.7 > web tcp/443'])
    expect(told([version5, out(0)])).toEqual(['unchanged, accepted: 203.0.113.7 > web tcp/443 ?'])
  })

  test('a refused SYN-ACK, and a refused segment of no connection, are uncertain where rules would let them by', () => {
    const back = (flags: number) =>
      `5 eni-web 10.0.1.10 203.0.113.7 443 50000 6 1 40 1 61 REJECT OK ${flags} egress 10.0.1.10 203.0.113.7`
    expect(told([version5, back(18)])).toEqual(['uncertain: 203.0.113.7 > web tcp/443'])
    expect(told([version5, back(4)])).toEqual(['uncertain: 203.0.113.7 > web tcp/443'])
    expect(judged('203.0.113.7 10.0.1.10 50000 22 6 1 40 1 61 REJECT OK 0 ingress')).toEqual([
      'unchanged, rejected: 203.0.113.7 > web tcp/22',
    ])
  })

  test('the packet’s own address counts, where srcaddr and dstaddr show the primary one', () => {
    const to20 = '5 eni-web 203.0.113.7 10.0.1.10 50000 443 6 1 40 1 61 ACCEPT OK 2 ingress 203.0.113.7 10.0.1.20'
    const toNobody = to20.replace('10.0.1.20', '10.0.1.99')
    expect(told([version5, to20])).toEqual(['unchanged, accepted: 203.0.113.7 > web tcp/443'])
    expect(told([version5, toNobody])).toEqual(['uncertain: 1 {"kind":"doubt","doubt":"unknown-address"}'])
  })
})

describe('what is no record', () => {
  const good = default2('203.0.113.7 10.0.1.10 50000 443 6 10 840 100 160 ACCEPT OK')

  test.each([
    'garbage',
    good.replace('443', '70000'),
    good.replace('10.0.1.10', '10.0.1.300'),
    good.replace('ACCEPT', 'ACCEPTED'),
    good.replace(' 6 ', ' tcp '),
    good.slice(0, -10),
    `${good} more`,
    good.replace('203.0.113.7', '203.0.113'),
  ])('is told with its line, and not judged: %s', (line) => {
    const { records, damaged } = results([good, line, good])
    expect(records).toBe(2)
    expect(damaged).toEqual({ lines: 1, examples: [{ file: 'a.log', line: 2, text: line }] })
  })

  test('windows without data are counted, and so is what lies outside of the time asked for', () => {
    const empty = (status: string) => default2(`- - - - - - - 100 160 - ${status}`)
    const lines = [good, empty('NODATA'), empty('SKIPDATA'), empty('SKIPDATA'), '', `${good}\r`]
    const { records, noData, skipData, damaged } = results(lines)
    expect({ records, noData, skipData, damaged: damaged.lines }).toEqual({
      records: 2,
      noData: 1,
      skipData: 2,
      damaged: 0,
    })
    expect(results([good], { since: 161 }).outside).toBe(1)
    expect(results([good], { since: 160 }).outside).toBe(0)
    expect(results([good], { until: 100 }).outside).toBe(1)
    expect(results([good], { until: 101 }).outside).toBe(0)
  })

  test('interfaces that the source does not have are named', () => {
    const { strangers, outcomes } = results([good.replace('eni-web', 'eni-else'), good])
    expect(strangers).toEqual([{ networkInterface: 'eni-else', records: 1 }])
    expect(outcomes.find(({ outcome }) => outcome === 'uncertain')?.records).toBe(1)
  })
})

test('flows beyond those that are kept are counted by cause', () => {
  const lines = Array.from({ length: 50 }, (_, peer) =>
    default2(`203.0.113.${peer} 10.0.1.10 50000 22 6 1 40 1 61 ACCEPT OK`),
  )
  const { outcomes, beyond } = results(lines, { mostFlows: { accepted: 10, rejected: 10 } })
  const [denied] = outcomes
  expect(beyond).toBe(40)
  expect(denied?.records).toBe(50)
  expect(denied?.groups[0]?.pairs).toHaveLength(10)
  expect(denied?.groups[0]?.others.records).toBe(40)
})

test('where the bounds of a source differ in their answers it is uncertain', () => {
  const possible = worldFromLines(`
group db
group web ingress tcp 22 from 0.0.0.0/0
interface web 10.0.1.10 in web
`)
  const certain = worldFromLines('group web\ninterface web 10.0.1.10 in web')
  const replay = new Replay({ certain, possible, origins: new Map(), doubts: [] })
  const file = replay.file('a.log')
  file.push(Buffer.from(`${default2('203.0.113.7 10.0.1.10 50000 22 6 1 40 1 61 ACCEPT OK')}\n`))
  file.end()
  expect(replay.tally.judgements.map(({ judgement }) => judgement.cause)).toEqual([{ kind: 'doubt', doubt: 'source' }])
})
