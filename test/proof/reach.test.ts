/** What `sallyport reach` lists: worlds as text, rows as people read them. */

import { describe, expect, test } from 'vitest'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { put } from '../../src/model/change.ts'
import { apply, type World } from '../../src/model/world.ts'
import { explain } from '../../src/reach/explain.ts'
import { servicesNamed } from '../../src/reach/packet-set/service-name.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import type { RowEnd } from '../../src/reach/reachability/findings.ts'
import { type LabelKind, labelsBy } from '../../src/reach/reachability/labels.ts'
import { listReachability } from '../../src/reach/reachability/listing.ts'
import { Reachability } from '../../src/reach/reachability/reachability.ts'
import { selectionOf } from '../../src/reach/reachability/selection.ts'
import { moved, otherVpc, reachWorld } from '../reach-world.ts'

interface Asked {
  readonly from?: string
  readonly to?: string
  readonly on?: string
  readonly by?: LabelKind
}

function rowsOf(world: World, { from, to, on, by = 'interface' }: Asked = {}): string[] {
  const reachability = new Reachability(world)
  const rows = listReachability(reachability, {
    from: selectionOf(reachability, from),
    to: selectionOf(reachability, to),
    labels: labelsBy(world, by),
    on: servicesNamed(reachability.diagrams, on),
  })
  return rows.map((row) => {
    const { result, families, pairs, outOf } = row
    const services = row.services.map(ruleText).join('; ')
    const doubt = result === 'undetermined' ? 'perhaps ' : ''
    return `${endText(row.from)} > ${endText(row.to)}: ${doubt}${services} [${families}] ${pairs}/${outOf}`
  })
}

function endText({ name, addresses }: RowEnd): string {
  return [name, ...addresses].join(' ')
}

const threeTiers = `
  group ops  ingress tcp 22   from 203.0.113.0/24
  group web  ingress tcp 443  from 0.0.0.0/0
  group web  ingress tcp 443  from ::/0
  group web  ingress tcp 22   from ops
  group web  egress  any      to 0.0.0.0/0
  group ops  egress  tcp any  to 10.0.0.0/16
  group db   ingress tcp 5432 from web
  interface web 10.0.0.5 2001:db8::5 in web public 203.0.113.80
  interface ops 10.0.0.9 in ops public 203.0.113.81
  interface db  10.0.1.9 in db
`

test('the same address in another VPC is nobody that the first one reaches', () => {
  const twins = reachWorld(
    `group a ingress any from 0.0.0.0/0
     group a egress any to 0.0.0.0/0
     interface x 10.0.0.5 in a
     interface z 10.0.0.9 in a
     interface y 10.0.1.5 in a`,
    otherVpc(['10.0.0.0/16'], 'y'),
    moved('y', '10.0.0.5'),
  )
  expect(rowsOf(twins)).toEqual(['eni-x > eni-z: all traffic [4] 1/1', 'eni-z > eni-x: all traffic [4] 1/1'])
  const traffic = { protocol: 'tcp', port: 80 } as const
  expect(explain(twins, { from: 'eni-x', to: 'eni-y', traffic }).findings.map(({ blockers }) => blockers)).toEqual([
    [expect.objectContaining({ kind: 'delivery', networkInterface: 'eni-x' })],
  ])
})

describe('three tiers', () => {
  const world = worldFromLines(threeTiers)

  test('are listed with who opens what, the internet among them', () => {
    expect(rowsOf(world)).toEqual([
      'internet > web: tcp 443 [4,6] 1/1',
      'internet 203.0.113.0/24 > ops: tcp 22 [4] 1/1',
      'ops > web: tcp 22, 443 [4] 1/1',
      'web > db: tcp 5432 [4] 1/1',
      'web > internet: all traffic [4] 1/1',
    ])
  })

  test.each<[Asked, string[]]>([
    [{ to: 'db' }, ['web > db: tcp 5432 [4] 1/1']],
    [{ from: 'internet', on: 'tcp/22' }, ['internet 203.0.113.0/24 > ops: tcp 22 [4] 1/1']],
    [{ from: 'internet', to: 'db' }, []],
    [{ from: '203.0.113.7', to: 'ops' }, ['203.0.113.7 > ops: tcp 22 [4] 1/1']],
    [{ from: 'sg-ops', to: '10.0.0.0/24' }, ['ops > web: tcp 22, 443 [4] 1/1']],
    [{ from: '203.0.113.81', to: 'web' }, ['ops > web: tcp 22, 443 [4] 1/1']],
    [{ from: 'web', to: '198.51.100.0/24', on: 'udp/53' }, ['web > 198.51.100.0/24: udp 53 [4] 1/1']],
  ])('asked for %j', (asked, rows) => {
    expect(rowsOf(world, asked)).toEqual(rows)
  })
})

test('halves of all addresses are all addresses, and so is a list', () => {
  const world = worldFromLines(`
    prefix-list pl-half 128.0.0.0/1
    group web ingress tcp 22 from 0.0.0.0/1
    group web ingress tcp 22 from pl-half
    interface web 10.0.0.5 in web public 203.0.113.80
  `)
  expect(rowsOf(world)).toEqual(['internet > web: tcp 22 [4] 1/1'])
})

test('an interface without a public address is not reached from the internet over IPv4', () => {
  const world = worldFromLines(`
    group web ingress any from 0.0.0.0/0
    interface web 10.0.0.5 in web
  `)
  expect(rowsOf(world)).toEqual([])
})

test('answers that an ACL lets go to some client ports only are told with them', () => {
  const world = worldFromLines(`
    acl narrow
    acl narrow ingress 100 allow any from 0.0.0.0/0
    acl narrow egress 100 allow tcp 32768-60999 to 0.0.0.0/0
    subnet s 10.0.0.0/24 acl narrow
    group web ingress tcp 443 from 0.0.0.0/0
    interface web 10.0.0.5 in web subnet s public 203.0.113.80
  `)
  expect(rowsOf(world)).toEqual(['internet > web: tcp 443 (from client ports 32768-60999) [4] 1/1'])
})

test('what goes by a NAT gateway is undetermined', () => {
  const world = worldFromLines(`
    group app egress tcp 443 to 0.0.0.0/0
    interface app 10.0.0.5 in app
  `)
  const table = world.routeTable.get('rtb-main')
  if (!table) throw new Error('the world has a main table')
  const route = { destination: { kind: 'ipv4', cidr: '0.0.0.0/0' }, target: { kind: 'other', id: 'nat-1' } } as const
  const behindNat = apply(world, [put('routeTable', { ...table, routes: [route] })])
  expect(rowsOf(behindNat)).toEqual(['app > internet: perhaps tcp 443 [4] 1/1'])
})

describe('many interfaces', () => {
  const cards = Array.from({ length: 60 }, (_, index) => {
    const group = index % 3 === 0 ? 'web' : 'db'
    return `interface c${index} 10.0.${index % 4}.${10 + index} in ${group}`
  })
  const world = worldFromLines(`
    group web egress any to 0.0.0.0/0
    group db ingress tcp 5432 from web
    group db ingress tcp 9000 from 10.0.0.0/24
    ${cards.join('\n    ')}
  `)

  test('are told by group, with how many pairs it is true of', () => {
    expect(rowsOf(world, { to: 'sg-db', by: 'group' })).toEqual([
      'web > db: tcp 5432 [4] 600/800',
      'web > db: tcp 5432, 9000 [4] 200/800',
    ])
  })

  test('are alike for the most part: few classes of ends stand for all', () => {
    expect(new Reachability(world).classes).toHaveLength(8)
  })
})

test('a packet of each row is allowed, which its own row says of it', () => {
  const world = worldFromLines(threeTiers)
  const reachability = new Reachability(world)
  const all = selectionOf(reachability, undefined)
  const on = servicesNamed(reachability.diagrams, undefined)
  const rows = listReachability(reachability, { from: all, to: all, labels: labelsBy(world, 'interface'), on })
  expect(rows.map(({ packet }) => packet)).toEqual([
    'tcp 1.0.0.0:40000 > 10.0.0.5:443 S',
    'tcp 203.0.113.0:40000 > 10.0.0.9:22 S',
    'tcp 10.0.0.9:40000 > 10.0.0.5:443 S',
    'tcp 10.0.0.5:40000 > 10.0.1.9:5432 S',
    'tcp 10.0.0.5:40000 > 1.0.0.0:443 S',
  ])
})
