/** The packet tracer: a handshake packet by packet, waits and revokes in its middle, and that the live world never hears. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionList, TraceEvent, TraceView } from '../../src/app/console/api.ts'
import { type Running, serve } from '../server/http.ts'
import { call, value } from './pages.ts'
import { type Scene, scene } from './scene.ts'

let server: Running
let at: Scene

beforeAll(async () => {
  server = await serve()
  at = await scene(server.url)
})
afterAll(() => server.stop())

const open = (from: string, to: string, port: number | null = 5432, protocol = 'tcp') =>
  value<TraceView>(at.url, 'tracer/open', { from, to, protocol, port })
const step = ({ id }: TraceView, what: object) => value<TraceView>(at.url, 'tracer/step', { id, ...what })
const send = (trace: TraceView) => step(trace, { packet: trace.next })

async function sent(trace: TraceView, count: number): Promise<TraceView> {
  let newest = trace
  for (let packet = 0; packet < count; packet++) newest = await send(newest)
  return newest
}

function lastReport({ happened }: TraceView) {
  const last = happened.at(-1) as Extract<TraceEvent, { kind: 'packet' }>
  return last.report
}

const revoke = (group: string, rule: string) => ({
  call: { action: 'RevokeSecurityGroupIngress', input: { GroupId: group, SecurityGroupRuleIds: [rule] } },
})

describe('a trace', () => {
  test('answers the question as a whole before the first packet', async () => {
    const trace = await open('web', 'db')
    expect(trace).toMatchObject({ result: 'reachable', next: 0, elapsedSeconds: 0, connections: [], happened: [] })
    expect(trace.script.map(({ label, side }) => `${side} ${label}`)).toEqual([
      'asks SYN',
      'answers SYN-ACK',
      'asks ACK',
      'asks data',
      'answers data',
      'asks FIN',
      'answers FIN',
      'asks ACK',
    ])
    expect(trace.rules.map(({ direction, text }) => `${direction} ${text}`)).toContain('ingress tcp 80 from 0.0.0.0/0')
  })

  test('shows the stations of each packet in its order, and the state table as it fills', async () => {
    const first = await send(await open('web', 'db'))
    expect(lastReport(first).stations.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['egress', 'passes'],
      ['ingress', 'passes'],
    ])
    expect(first.connections.map(({ state, isTracked }) => [state, isTracked])).toEqual([
      ['syn-sent', true],
      ['syn-sent', true],
    ])
    const whole = await sent(first, 7)
    expect([whole.next, whole.connections.map(({ state }) => state)]).toEqual([null, ['time-wait', 'time-wait']])
  })

  test('stops where the packet is refused, and says of each rule at which part it fails', async () => {
    const trace = await send(await open('db', 'web', 22))
    const { stations, isDelivered } = lastReport(trace)
    expect([trace.result, trace.next, isDelivered]).toEqual(['unreachable', 0, false])
    expect(stations.at(-1)).toMatchObject({ kind: 'ingress', outcome: 'stops' })
    expect(stations.at(-1)?.reasons).toMatchObject([
      {
        holds: false,
        text: `${at.web.group} (web): 0 of 1 ingress rule admit it`,
        reasons: [
          {
            text: `${at.web.rule}: tcp 80 from 0.0.0.0/0`,
            reasons: [
              { holds: false, text: 'protocol and port do not match tcp 80' },
              { holds: true, text: 'source 172.31.0.30 is in 0.0.0.0/0' },
            ],
          },
        ],
      },
    ])
    expect(trace.fixes[0]?.command).toContain(`--group-id ${at.web.group}`)
  })

  test('stations behind a refusal are not reached', async () => {
    const { SecurityGroupRules } = await call<{ SecurityGroupRules: { SecurityGroupRuleId: string }[] }>(
      at.url,
      'DescribeSecurityGroupRules',
      { Filters: [{ Name: 'group-id', Values: [at.db.group] }] },
    )
    const egress = SecurityGroupRules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId).find(
      (id) => id !== at.db.rule,
    )
    const trace = await step(await open('db', 'web', 80), {
      call: { action: 'RevokeSecurityGroupEgress', input: { GroupId: at.db.group, SecurityGroupRuleIds: [egress] } },
    })
    expect(lastReport(await send(trace)).stations.map(({ outcome }) => outcome)).toEqual(['stops', 'not reached'])
  })

  test('from outside comes through the gateway and the ACL, and its answer leaves by the route', async () => {
    const asked = await send(await open('198.51.100.7', 'web', 80))
    const kinds = (trace: TraceView) => lastReport(trace).stations.map(({ kind }) => kind)
    expect(kinds(asked)).toEqual(['outside', 'gateway', 'public-address', 'acl', 'ingress'])
    expect(kinds(await send(asked))).toEqual(['egress', 'acl', 'route', 'outside'])
  })

  test('is refused by an ACL at the ACL', async () => {
    const { NetworkAcls } = await call<{ NetworkAcls: { NetworkAclId: string }[] }>(at.url, 'DescribeNetworkAcls')
    const entry = { RuleNumber: 50, Protocol: '-1', RuleAction: 'deny', Egress: false, CidrBlock: '198.51.100.0/24' }
    const deny = { action: 'CreateNetworkAclEntry', input: { NetworkAclId: NetworkAcls[0]?.NetworkAclId, ...entry } }
    const trace = await send(await step(await open('198.51.100.7', 'web', 80), { call: deny }))
    const { stations, isDelivered } = lastReport(trace)
    expect([isDelivered, stations.map(({ kind, outcome }) => `${kind} ${outcome}`)]).toEqual([
      false,
      ['outside passes', 'gateway passes', 'public-address passes', 'acl stops', 'ingress not reached'],
    ])
  })

  test('a tracked connection survives the revoke of its rule, and a new one is refused', async () => {
    const established = await sent(await open('web', 'db'), 3)
    const revoked = await step(established, revoke(at.db.group, at.db.rule))
    expect(revoked.happened.at(-1)).toMatchObject({ kind: 'call', refusal: null })
    const data = await send(revoked)
    expect(lastReport(data).isDelivered).toBe(true)
    expect(lastReport(data).stations.at(-1)?.sentence).toContain('since revoked')
    expect(data.connections.at(-1)?.rules).toMatchObject([{ rule: at.db.rule, isInForce: false }])
    const again = await step(data, { wait: 432_001 })
    expect(again.connections).toEqual([])
    expect(lastReport(await step(again, { packet: 0 })).isDelivered).toBe(false)
  })

  test('an untracked connection is cut by it', async () => {
    const established = await sent(await open('198.51.100.7', 'web', 80), 3)
    expect(established.connections).toMatchObject([{ isTracked: false, state: 'established' }])
    const data = await send(await step(established, revoke(at.web.group, at.web.rule)))
    expect(lastReport(data).isDelivered).toBe(false)
    expect(data.connections).toMatchObject([{ state: 'cut' }])
  })

  test('a wait moves its own clock, and what idles out is forgotten', async () => {
    const opened = await send(await open('web', 'db'))
    const later = await step(opened, { wait: 119 })
    expect([later.elapsedSeconds, later.connections.map(({ secondsLeft }) => secondsLeft)]).toEqual([119, [1, 1]])
    expect((await step(later, { wait: 1 })).connections).toEqual([])
  })

  test('of the internet sends from the address that stands for it', async () => {
    const trace = await send(await open('internet', 'db'))
    expect(lastReport(trace).stations[0]).toMatchObject({ kind: 'outside' })
    expect(trace.result).toBe('unreachable')
  })

  test('of ICMP asks and answers', async () => {
    const trace = await open('web', 'db', null, 'icmp')
    expect(trace.script.map(({ label }) => label)).toEqual(['request', 'answer'])
    expect(trace.result).toBe('unreachable')
  })

  test('tells a refused call and stays as it was', async () => {
    const trace = await step(await open('web', 'db'), revoke(at.db.group, 'sgr-00000000000000000'))
    expect(trace.happened.at(-1)).toMatchObject({
      refusal: expect.stringContaining('InvalidSecurityGroupRuleId.NotFound'),
    })
    expect(trace.result).toBe('reachable')
  })

  test('leaves the live world and its engine alone', async () => {
    await sent(await open('web', 'db'), 3)
    const { connections } = await value<ConnectionList>(at.url, 'connections', {})
    const { SecurityGroupRules } = await call<{ SecurityGroupRules: object[] }>(at.url, 'DescribeSecurityGroupRules', {
      SecurityGroupRuleIds: [at.db.rule, at.web.rule],
    })
    expect([connections, SecurityGroupRules.length]).toEqual([[], 2])
  })
})
