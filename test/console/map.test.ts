/** The map's answers: each interface where they are few, groups and subnets where they are many, arrows with their rules. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ArrowView, MapView, Preview, Problem } from '../../src/app/console/api.ts'
import { mapView } from '../../src/app/console/map.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { type Running, serve } from '../server/http.ts'
import { type Estate, manyInterfaces } from './many.ts'
import { ask, call, value } from './pages.ts'
import { type Scene, scene } from './scene.ts'

function namesOf({ nodes }: MapView): string[] {
  return nodes.map(({ name }) => name).sort()
}

function arrowsOf({ nodes, arrows }: MapView): string[] {
  const nameOf = (key: string) => nodes.find((node) => node.key === key)?.name ?? key
  return arrows.map(({ from, to, on }) => `${nameOf(from)} > ${nameOf(to)}: ${on}`).sort()
}

describe('of a few interfaces', () => {
  let server: Running
  let at: Scene
  const map = (body: object = {}) => value<MapView>(server.url, 'map', body)

  beforeAll(async () => {
    server = await serve()
    at = await scene(server.url)
  })
  afterEach(() => expect(server.failures).toEqual([]))
  afterAll(() => server.stop())

  test('shows each in its subnet, with its groups', async () => {
    const view = await map()
    expect([view.by, view.interfaces, namesOf(view)]).toEqual(['interface', 2, ['db', 'web']])
    expect(view.nodes.find(({ key }) => key === at.web.card)).toMatchObject({
      detail: expect.stringMatching(/^172\.31\.0\.10, \d/),
      groups: [{ id: at.web.group, name: 'web' }],
    })
    expect(view.boxes).toMatchObject([{ detail: '172.31.0.0/20', isOpened: false }])
    expect(view.vpcs).toMatchObject([{ cidrs: ['172.31.0.0/16'] }])
  })

  test('has an arrow for what can open a connection', async () => {
    const view = await map()
    expect(arrowsOf(view)).toEqual([
      'db > web: tcp 80',
      'internet > web: tcp 80',
      'web > db: tcp 5432',
      'web > internet: all traffic',
    ])
    expect(view.arrows.find(({ to }) => to === at.db.card)).toMatchObject({ isKnown: true, families: [4] })
  })

  test('leaves out what is not on the service, and who has nothing to do with the name', async () => {
    expect(arrowsOf(await map({ on: 'tcp/5432' }))).toEqual(['web > db: tcp 5432', 'web > internet: tcp 5432'])
    const found = await map({ find: ' 172.31.0.30' })
    expect(arrowsOf(found)).toEqual(['db > web: tcp 80', 'web > db: tcp 5432'])
    expect(found.nodes.filter(({ isFound }) => isFound).map(({ name }) => name)).toEqual(['db'])
    expect(await map({ find: 'nobody' })).toMatchObject({ nodes: [], arrows: [], vpcs: [], boxes: [] })
  })

  test.each([
    ['by', { by: 'colour' }, 'by must be one of interface, group, subnet.'],
    ['opened', { opened: 'all' }, 'opened must be a list of texts.'],
  ])('is told what is wrong with %s', async (_, body, sentence) => {
    const answer = await ask(server.url, 'map', body)
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining(sentence)])
  })

  test('tells the problem with a service that is none', async () => {
    const problem = expect.stringContaining("'http' names no services")
    expect(await value<Problem>(server.url, 'map', { on: 'http' })).toEqual({ problem })
    const ends = { from: at.web.card, to: at.db.card }
    expect(await value<Problem>(server.url, 'map/arrow', { ...ends, on: 'http' })).toEqual({ problem })
  })

  test('an arrow tells a packet and the rules at both of its ends', async () => {
    const between = await value<ArrowView>(server.url, 'map/arrow', { from: at.web.card, to: at.db.card })
    const question = { from: '172.31.0.10', to: '172.31.0.30', protocol: 'tcp', port: 5432 }
    const packet = expect.stringMatching(/:5432 S$/)
    expect(between.rows).toEqual([{ on: 'tcp 5432', families: [4], addresses: '', packet, question }])
    expect(between.egress).toMatchObject([{ group: at.web.group, text: 'all traffic to 0.0.0.0/0' }])
    expect(between.ingress).toMatchObject([{ rule: at.db.rule, text: `tcp 5432 from ${at.web.group}` }])
    const inward = await value<ArrowView>(server.url, 'map/arrow', { from: 'internet', to: at.web.card })
    expect([inward.egress, inward.ingress.map(({ rule }) => rule)]).toEqual([[], [at.web.rule]])
    const never = await value<ArrowView>(server.url, 'map/arrow', { from: 'internet', to: at.db.card })
    expect(never).toEqual({ rows: [], egress: [], ingress: [] })
  })

  test('rules for addresses that are not outside are no rules of the internet', async () => {
    const permission = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }
    await call(server.url, 'AuthorizeSecurityGroupIngress', { GroupId: at.web.group, IpPermissions: [permission] })
    const inward = await value<ArrowView>(server.url, 'map/arrow', { from: 'internet', to: at.web.card })
    expect(inward.ingress.map(({ rule }) => rule)).toEqual([at.web.rule])
  })
})

describe('of 600 interfaces', () => {
  let server: Running
  let estate: Estate
  const map = (body: object = {}) => value<MapView>(server.url, 'map', body)

  beforeAll(async () => {
    server = await serve()
    estate = await manyInterfaces(server.url, 600)
  }, 120_000)
  afterEach(() => expect(server.failures).toEqual([]))
  afterAll(() => server.stop())

  test('shows groups, and an arrow from each to the next, to the first and to the internet', async () => {
    const view = await map()
    expect([view.by, view.nodes.length, view.interfaces]).toEqual(['group', 20, 600])
    expect(view.nodes[0]).toMatchObject({ detail: '30 interfaces', interfaces: 30 })
    expect(arrowsOf(view)).toEqual(
      expect.arrayContaining([
        'internet > tier-01: tcp 443',
        'tier-01 > tier-02: tcp 8001',
        'tier-20 > tier-01: tcp 443',
      ]),
    )
    expect(arrowsOf(view)).toHaveLength(1 + 1 + 20 + 19)
  })

  test('opens one, and finds one by itself', async () => {
    const [first = ''] = estate.tiers
    const opened = await map({ opened: [first] })
    expect(opened.nodes).toHaveLength(19 + 30)
    expect(opened.boxes).toMatchObject([{ key: first, name: 'tier-01', isOpened: true }])
    const one = opened.nodes.find(({ box }) => box === first)
    const found = await map({ find: one?.key })
    expect(namesOf(found)).toEqual(expect.arrayContaining([one?.name, 'tier-01', 'tier-02']))
    expect(found.nodes.filter(({ isFound }) => isFound)).toMatchObject([{ key: one?.key, interfaces: 1 }])
  })

  test('shows subnets, and their groups where a subnet has too many', async () => {
    const view = await map({ by: 'subnet' })
    expect(view.nodes.map(({ kind }) => kind)).toEqual(view.nodes.map(() => 'subnet'))
    const [node] = view.nodes
    const opened = await map({ by: 'subnet', opened: [node?.key] })
    const parts = opened.nodes.filter(({ kind }) => kind === 'part')
    expect([parts.length, parts[0]?.name, parts[0]?.box]).toEqual([20, 'tier-01', node?.key])
    const [part] = parts
    const twice = await map({ by: 'subnet', opened: [node?.key, part?.key] })
    expect(twice.nodes.filter(({ box }) => box === part?.key)).toHaveLength(part?.interfaces ?? 0)
  })

  test('says why it does not show each by itself', async () => {
    const view = await value<Problem>(server.url, 'map', { by: 'interface' })
    expect(view.problem).toMatch(/^600 interfaces one by one are no picture/)
  })

  test('answers within a second of work, after a change too, and so does the editor', async () => {
    const permission = { IpProtocol: 'tcp', FromPort: 9, ToPort: 9, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
    const authorize = {
      action: 'AuthorizeSecurityGroupIngress',
      input: { GroupId: estate.tiers[5], IpPermissions: [permission] },
    }
    await call(server.url, authorize.action, authorize.input)
    expect(await secondsOf(() => map())).toBeLessThan(1)
    const [from, to] = estate.tiers
    expect(await secondsOf(() => value<ArrowView>(server.url, 'map/arrow', { from, to }))).toBeLessThan(1)
    const calls = [{ ...authorize, input: { ...authorize.input, GroupId: estate.tiers[6] } }]
    expect(await secondsOf(() => value<Preview>(server.url, 'preview', { calls }))).toBeLessThan(1)
  })
})

/** Of work: the server is in this process, and other processes may take their share of the machine. */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

describe('a picture of too many arrows', () => {
  const groups = Array.from({ length: 75 }, (_, index) => `g${index}`)
  const world = worldFromLines(
    groups
      .flatMap((group, index) => [
        `group ${group} ingress tcp 443 from 10.0.0.0/8`,
        `group ${group} egress any to 0.0.0.0/0`,
        ...(index < 3 ? [`group ${group} ingress tcp 22 from 10.0.0.0/8`] : []),
        `interface i${index} 10.0.${index}.4 in ${group}`,
      ])
      .join('\n'),
  )

  test('is not drawn, and what makes fewer is said', () => {
    expect(mapView(world, {})).toEqual({
      problem: 'More than 5000 arrows are no picture: show subnets, ask for one port, or find some by name.',
    })
  })

  test('is drawn for one port, and for what is found', () => {
    expect(mapView(world, { on: 'tcp/22' })).toMatchObject({ arrows: { length: 3 * 74 } })
    expect(mapView(world, { find: '10.0.7.4' })).toMatchObject({ arrows: { length: 2 * 74 } })
  })
})
