/** What the console shows of live traffic: previews of edits, records, connections, and the stream that tells them. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionList, Preview } from '../../src/app/console/api.ts'
import { type Running, serve } from '../server/http.ts'
import { call, listen, value } from './pages.ts'
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

const fromOutside = { packet: 'tcp 198.51.100.7:40000 > 172.31.0.10:80 S' }
const revokeWeb = () => [
  { action: 'RevokeSecurityGroupIngress', input: { GroupId: at.web.group, SecurityGroupRuleIds: [at.web.rule] } },
]
const preview = (calls: object[]) => value<Preview>(at.url, 'preview', { calls })

/** An untracked flow from outside to web, and a tracked one from web to db. */
async function traffic(): Promise<void> {
  await value(at.url, 'send', {
    packet: fromOutside.packet,
    at: { networkInterface: at.web.card, direction: 'ingress' },
  })
  await value(at.url, 'send', { from: 'web', to: 'db', protocol: 'tcp', port: 5432, keepOpen: true })
}

function ssh(from: string): object {
  return { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: from }] }
}

describe('a preview', () => {
  test('tells that an untracked connection is cut by a revoke, and changes nothing', async () => {
    await traffic()
    const { refusal, flows, considered } = await preview(revokeWeb())
    expect([refusal, considered]).toEqual([null, 3])
    expect(flows).toEqual([
      expect.objectContaining({
        effect: 'cut',
        before: 'untracked',
        after: 'refused',
        sentence: 'the flow is cut at once, as it is untracked; new ones like it are refused',
      }),
    ])
    const { connections } = await value<ConnectionList>(at.url, 'connections', {})
    expect(connections.map(({ state }) => state)).toEqual(['established', 'established', 'syn-sent'])
  })

  test('tells that a tracked connection goes on while new ones like it are refused', async () => {
    await traffic()
    const calls = [
      { action: 'RevokeSecurityGroupIngress', input: { GroupId: at.db.group, SecurityGroupRuleIds: [at.db.rule] } },
    ]
    const { flows } = await preview(calls)
    expect(flows).toMatchObject([{ effect: 'goes on', before: 'tracked', after: 'refused' }])
    expect(flows[0]?.flow.networkInterface).toBe(at.db.card)
  })

  test('tells that a narrower rule makes what was untracked tracked', async () => {
    await traffic()
    const narrower = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '198.51.100.0/24' }] }
    const { flows } = await preview([
      ...revokeWeb(),
      { action: 'AuthorizeSecurityGroupIngress', input: { GroupId: at.web.group, IpPermissions: [narrower] } },
    ])
    expect(flows).toMatchObject([{ effect: 'cut', before: 'untracked', after: 'tracked' }])
  })

  test('says nothing where nothing would change', async () => {
    await traffic()
    const again = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }
    const calls = [
      { action: 'AuthorizeSecurityGroupIngress', input: { GroupId: at.web.group, IpPermissions: [again] } },
    ]
    const changes = { by: 'interface', pairs: [], tracking: [], hidden: 0, undetermined: 0, ends: 2 }
    expect(await preview(calls)).toEqual({ refusal: null, flows: [], considered: 3, changes })
  })

  test('tells what a new rule opens, with a packet and the rules that let it by', async () => {
    const { changes } = await preview([
      {
        action: 'AuthorizeSecurityGroupIngress',
        input: { GroupId: at.db.group, IpPermissions: [ssh('172.31.0.0/16')] },
      },
    ])
    const [pair, ...more] = changes.pairs
    expect(more).toEqual([])
    expect(pair).toMatchObject({
      change: 'opens',
      from: 'web',
      to: 'db',
      on: 'tcp 22',
      packet: expect.stringMatching(/^tcp 172/),
    })
    expect(pair?.question).toEqual({ from: '172.31.0.10', to: '172.31.0.30', protocol: 'tcp', port: 22 })
    expect(pair?.rules).toMatchObject([
      { group: at.web.group, direction: 'egress', text: 'all traffic to 0.0.0.0/0', isNew: false },
      { group: at.db.group, direction: 'ingress', text: 'tcp 22 from 172.31.0.0/16', isNew: true },
    ])
    expect(changes.tracking).toEqual([])
  })

  test('tells what a revoke closes, and that it was untracked', async () => {
    const { changes } = await preview(revokeWeb())
    expect(changes.pairs.map(({ change, from, to, on }) => [change, from, to, on])).toEqual([
      ['closes', 'db', 'web', 'tcp 80'],
      ['closes', 'internet', 'web', 'tcp 80'],
    ])
    expect(changes.tracking).toMatchObject([
      { names: 'web', direction: 'ingress', was: 'untracked', is: 'refused', on: 'tcp 80', peers: 'anywhere' },
    ])
  })

  test('tells of flows that turn untracked, and of those that turn tracked', async () => {
    const opened = await preview([
      { action: 'AuthorizeSecurityGroupIngress', input: { GroupId: at.web.group, IpPermissions: [ssh('0.0.0.0/0')] } },
    ])
    expect(opened.changes.tracking).toMatchObject([{ was: 'refused', is: 'untracked', on: 'tcp 22', families: [4] }])
    const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
    const closed = await preview([
      { action: 'RevokeSecurityGroupEgress', input: { GroupId: at.web.group, IpPermissions: [everything] } },
    ])
    expect(closed.changes.tracking).toMatchObject([{ was: 'untracked', is: 'tracked', on: 'tcp 80' }])
  })

  test('tells the first call that EC2 would refuse', async () => {
    const { refusal } = await preview([...revokeWeb(), ...revokeWeb()])
    expect(refusal).toMatchObject({ call: 1, code: 'InvalidSecurityGroupRuleId.NotFound' })
  })
})

describe('the stream of events', () => {
  test('tells that the world changed, again and again', async () => {
    const stream = listen(at.url, '')
    await stream.world()
    await call(at.url, 'CreateTags', { Resources: [at.web.group], Tags: [{ Key: 'a', Value: 'b' }] })
    await stream.world()
    stream.close()
  })

  test('tells records as packets pass, each with the rule that decided it', async () => {
    const stream = listen(at.url, 'records')
    await value(at.url, 'send', { from: 'web', to: 'db', protocol: 'tcp', port: 5432, exchange: true })
    const records = await stream.next('records', (all) => all.length === 4)
    const asked = records.find(
      ({ direction, networkInterface }) => direction === 'ingress' && networkInterface === at.db.card,
    )
    expect(asked).toMatchObject({ action: 'ACCEPT', packets: 5, flowLogs: [], decidedBy: { isByConnection: true } })
    expect(asked?.decidedBy.rules).toMatchObject([{ rule: at.db.rule, group: at.db.group }])
    expect(asked?.line).toMatch(
      new RegExp(`^2 123456789012 ${at.db.card} 172.31.0.10 172.31.0.30 \\d+ 5432 6 5 200 \\d+ \\d+ ACCEPT OK$`),
    )
    await value(at.url, 'send', { from: 'db', to: 'web', protocol: 'tcp', port: 22 })
    const [, refused] = await stream.next('records')
    expect(refused).toMatchObject({ action: 'REJECT', decidedBy: { kind: 'no-rule', rules: [] } })
    stream.close()
  })

  test('names the flow logs that record what it tells, and their lines can be read when a window ends', async () => {
    const { FlowLogIds } = await call<{ FlowLogIds: string[] }>(at.url, 'CreateFlowLogs', {
      ResourceIds: [at.db.card],
      ResourceType: 'NetworkInterface',
      TrafficType: 'REJECT',
      LogGroupName: 'refused',
      DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/flow',
    })
    const stream = listen(at.url, 'records')
    await value(at.url, 'send', { from: 'web', to: 'db', protocol: 'tcp', port: 22 })
    const records = await stream.next('records', (all) => all.some(({ action }) => action === 'REJECT'))
    expect(records.map(({ action, flowLogs }) => [action, flowLogs])).toEqual([
      ['ACCEPT', []],
      ['REJECT', FlowLogIds],
    ])
    const lines = await value<{ header: string }>(at.url, 'delivered', { flowLog: FlowLogIds[0] })
    expect(lines.header).toMatch(/^version account-id/)
    stream.close()
  })

  test('tells connections at once, and again when one is opened', async () => {
    const stream = listen(at.url, 'connections')
    expect((await stream.next('connections')).connections).toEqual([])
    await traffic()
    const { connections } = await stream.next('connections', (list) => list.connections.length === 3)
    expect(connections.map(({ isTracked }) => isTracked)).toEqual([true, true, false])
    stream.close()
  })

  test('does not hold up the end of the server', async () => {
    const other = await serve()
    const stream = listen(other.url, 'connections')
    await stream.world()
    const start = performance.now()
    await other.stop()
    await stream.ended
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('a stream of one Region', () => {
  let other: Running
  beforeAll(async () => {
    other = await serve()
  })
  afterAll(() => other.stop())

  test('hears nothing of another', async () => {
    const stream = listen(other.url, 'records&region=eu-west-1')
    await stream.world()
    const there = await scene(other.url)
    await value(there.url, 'send', { from: 'web', to: 'db', protocol: 'tcp', port: 5432 })
    const silence = new Promise((resolve) => setTimeout(() => resolve('silence'), 700))
    expect(await Promise.race([stream.next('records'), silence])).toBe('silence')
    stream.close()
  })
})
