/** The table of live flows, and its promise of what a revoke would do, which is put to the test each time. */

import { describe, expect, test } from 'vitest'
import type { LiveFlow } from '../../src/app/live-flow.ts'
import { seconds } from '../../src/base/clock.ts'
import { authorize, authorizeEgress, createGroup, type Permission, rulesOf } from '../groups.ts'
import { launch } from '../interfaces.ts'
import { type Host, host, loseEgress, publish, type Scene, scene } from './scene.ts'

const client = '198.51.100.7'

interface Stage {
  readonly at: Scene
  readonly web: Host
}

/** A host that the internet reaches, with exactly these rules. */
async function stage(ingress: readonly Permission[], egress: readonly Permission[]): Promise<Stage> {
  const at = await scene()
  const web = await host(at.aws, 'web', '172.31.0.20')
  await publish(at.aws, web)
  await loseEgress(at.aws, web.group)
  for (const each of ingress) await authorize(at.aws, web.group, each)
  for (const each of egress) await authorizeEgress(at.aws, web.group, each)
  return { at, web }
}

const everything: Permission = ['-1', '0.0.0.0/0']
const request = { from: client, to: '172.31.0.20', clientPort: 40000 }
const tcp = { ...request, protocol: 'tcp', port: 22, keepOpen: true }
const udp = { ...request, protocol: 'udp', port: 22, exchange: true }

describe('a flow in the table', () => {
  test('is tracked where no rule pair is open, with the rule that admitted it and the seconds it has left', async () => {
    const { at, web } = await stage([['tcp 22', `${client}/32`]], [])
    at.send(tcp)
    at.aws.wait(seconds(10))
    const [rule] = await rulesOf(at.aws, web.group)
    expect(at.flows()).toEqual([
      {
        witness: 'engine',
        networkInterface: web.card,
        instance: null,
        isTracked: true,
        direction: 'ingress',
        flow: `tcp ${client}:40000 > 172.31.0.20:22`,
        state: 'established',
        openedAt: '2026-11-22T10:00:00.000Z',
        secondsLeft: 431_990,
        why: 'no rule that admits it is open to all addresses',
        rules: [{ rule: rule.securityGroupRuleId, group: web.group, isInForce: true }],
        onRevoke: [
          {
            rule: rule.securityGroupRuleId,
            group: web.group,
            effect: 'goes on',
            sentence: 'the flow goes on until it idles out, as it is tracked; new ones like it are refused',
          },
        ],
      },
    ])
  })

  test('is untracked where both directions are open, with the rules of both and no time limit', async () => {
    const { at, web } = await stage([['tcp 22', '0.0.0.0/0']], [everything])
    at.send(tcp)
    const rules = (await rulesOf(at.aws, web.group)).map((each) => each.securityGroupRuleId)
    const [flow] = at.flows()
    expect(flow).toMatchObject({ isTracked: false, direction: 'ingress', state: 'established', secondsLeft: null })
    expect(flow?.rules.map(({ rule }) => rule).sort()).toEqual(rules.sort())
  })

  test.each([
    ['tcp', { ...tcp, keepOpen: false }, 'syn-sent'],
    ['a finished tcp connection', { ...tcp, keepOpen: false, exchange: true }, 'time-wait'],
    ['udp', { ...udp, exchange: false }, 'one-way'],
    ['answered udp', udp, 'answered'],
    ['icmp', { from: client, to: '172.31.0.20', protocol: 'icmp' }, 'query'],
    ['esp', { from: client, to: '172.31.0.20', protocol: 50 }, 'seen'],
  ])('of %s says how far it came', async (_, sent, state) => {
    const { at } = await stage([['-1', `${client}/32`]], [])
    at.send(sent)
    expect(at.flows().map((each) => each.state)).toEqual([state])
  })

  test('of UDP is a stream from the second answer on', async () => {
    const { at } = await stage([['udp 22', `${client}/32`]], [])
    at.fates(udp, udp)
    expect(at.flows()).toMatchObject([{ state: 'stream', secondsLeft: 180 }])
  })

  test('is one flow, whichever side is seen, where both directions are open', async () => {
    const { at } = await stage([everything], [everything])
    at.send(tcp)
    expect(at.flows()).toMatchObject([{ direction: 'ingress', flow: `tcp ${client}:40000 > 172.31.0.20:22` }])
  })

  test('that is untracked leaves the table when it is closed, or unseen for ten minutes', async () => {
    const { at } = await stage([everything], [everything])
    at.send({ ...tcp, keepOpen: false, exchange: true })
    expect(at.flows()).toEqual([])
    at.send(tcp)
    at.aws.wait(seconds(599))
    expect(at.flows()).toHaveLength(1)
    at.aws.wait(seconds(1))
    expect(at.flows()).toEqual([])
  })

  test('is left out where another interface is asked about', async () => {
    const { at, web } = await stage([everything], [])
    const other = await host(at.aws, 'other', '172.31.0.30')
    at.send({ from: other.card, to: web.card, protocol: 'icmp' })
    expect(at.flows().map(({ networkInterface }) => networkInterface)).toEqual([other.card, web.card])
    expect(at.flows(web.card).map(({ networkInterface }) => networkInterface)).toEqual([web.card])
    expect(() => at.flows('eni-0')).toThrow("There is no network interface 'eni-0'.")
  })
})

test('the oldest untracked flows make room for new ones', async () => {
  const { at, web } = await stage([everything], [everything])
  const place = { networkInterface: web.card, direction: 'ingress' }
  for (let port = 1; port <= 4100; port++) {
    at.send({ packet: `tcp ${client}:${port} > 172.31.0.20:22 S`, at: place })
  }
  const flows = at.flows()
  expect([flows.length, flows[0]?.flow]).toEqual([4096, `tcp ${client}:5 > 172.31.0.20:22`])
})

describe('what a revoke would do', () => {
  const narrow: Permission = ['-1', `${client}/32`]
  const ssh: Permission = ['tcp 22', '0.0.0.0/0']
  const dns: Permission = ['udp 22', '0.0.0.0/0']
  const asDatagrams: Permission = ['udp 0-65535', '0.0.0.0/0']

  test.each([
    { of: 'a narrow rule', ingress: [narrow], egress: [], sent: tcp, effects: 'goes on' },
    { of: 'an open rule without its other half', ingress: [ssh], egress: [], sent: tcp, effects: 'goes on' },
    { of: 'either rule of an open pair', ingress: [ssh], egress: [everything], sent: tcp, effects: 'cut cut' },
    {
      of: 'an open rule beside a narrow one',
      ingress: [ssh, narrow],
      egress: [everything],
      sent: tcp,
      effects: 'cut cut',
    },
    {
      of: 'one of two open rules',
      ingress: [ssh, everything],
      egress: [everything],
      sent: tcp,
      effects: 'goes on goes on cut',
    },
    { of: 'either rule of a UDP pair', ingress: [dns], egress: [everything], sent: udp, effects: 'reopens reopens' },
    {
      of: 'a UDP rule with UDP alone out',
      ingress: [dns],
      egress: [asDatagrams],
      sent: udp,
      effects: 'reopens reopens',
    },
  ])('of $of comes true', async ({ ingress, egress, sent, effects }) => {
    const flow = async () => {
      const { at, web } = await stage(ingress, egress)
      at.send(sent)
      const [only] = at.flows()
      return { at, web, only }
    }
    const told = (await flow()).only?.onRevoke ?? []
    expect(told.map(({ effect }) => effect).join(' ')).toBe(effects)
    for (const index of told.keys()) {
      const { at, web, only } = await flow()
      expect(await afterRevoke(at, web, only?.onRevoke[index])).toBe(only?.onRevoke[index]?.effect)
    }
  })

  /** What becomes of a segment or datagram of each side, and then of the asking side once more. */
  async function afterRevoke(at: Scene, web: Host, revoked: LiveFlow['onRevoke'][number] | undefined) {
    const [flow] = at.flows()
    const isTcp = flow?.flow.startsWith('tcp')
    const rules = await rulesOf(at.aws, web.group)
    const { isEgress } = rules.find((each) => each.securityGroupRuleId === revoked?.rule)
    await at.aws.call(`RevokeSecurityGroup${isEgress === 'true' ? 'Egress' : 'Ingress'}`, {
      GroupId: web.group,
      'SecurityGroupRuleId.1': revoked?.rule ?? '',
    })
    const asks = isTcp ? `tcp ${client}:40000 > 172.31.0.20:22 PA` : `udp ${client}:40000 > 172.31.0.20:22`
    const answers = isTcp ? `tcp 172.31.0.20:22 > ${client}:40000 PA` : `udp 172.31.0.20:22 > ${client}:40000`
    if (isTcp) return at.fates(asks, answers) === 'AA' ? 'goes on' : 'cut'
    return at.fates(asks, answers, asks).endsWith('AA') && at.flows()[0]?.isTracked ? 'reopens' : 'cut'
  }
})

describe('how long an established connection may idle', () => {
  test.each([
    { type: 'm8i.large', set: {}, seconds: 350 },
    { type: 'm7i.large', set: {}, seconds: 432_000 },
    { type: 'm8i.large', set: { 'ConnectionTrackingSpecification.TcpEstablishedTimeout': 900 }, seconds: 900 },
  ])('follows $type and what its interface sets, $set: $seconds s', async ({ type, set, seconds }) => {
    const { aws, send, flows } = await scene()
    const client = await host(aws, 'client', '172.31.0.4')
    const group = await createGroup(aws, 'server')
    await aws.call('AuthorizeSecurityGroupIngress', {
      GroupId: group,
      'IpPermissions.1.IpProtocol': '-1',
      'IpPermissions.1.Groups.1.GroupId': client.group,
    })
    const server = await launch(aws, { InstanceType: type, 'SecurityGroupId.1': group })
    const card = server.networkInterfaceSet.item[0].networkInterfaceId
    if (Object.keys(set).length > 0)
      await aws.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: card, ...set })
    send({ from: client.card, to: card, protocol: 'tcp', port: 22, exchange: true, keepOpen: true })
    expect(flows(card).map(({ state, secondsLeft }) => [state, secondsLeft])).toEqual([['established', seconds]])
  })
})
