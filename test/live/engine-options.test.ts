/** Options of the running service: its live engines do what was chosen where AWS is silent. */

import { describe, expect, test } from 'vitest'
import { assemble } from '../../src/app/assemble.ts'
import { LiveEngine } from '../../src/app/live-engines.ts'
import { listConnections, sendPackets } from '../../src/app/live-paths.ts'
import { engineDefaults } from '../../src/engine/defaults.ts'
import { parseOption } from '../../src/engine/timeline-options.ts'
import { defaultQuotas } from '../../src/model/quota.ts'
import { listen } from '../../src/server/listener.ts'
import { cloud } from '../cloud.ts'
import { createGroup, defaultVpcOf } from '../groups.ts'
import { createCard } from '../interfaces.ts'
import { form, send } from '../server/http.ts'

const client = '203.0.113.7'

/** An interface that a client reaches at port 22 from anywhere; its group lets everything out. */
async function stage(...options: readonly string[]) {
  const aws = await cloud()
  await defaultVpcOf(aws)
  const chosen = options.reduce((before, option) => parseOption(option, before), engineDefaults)
  const live = new LiveEngine(
    () => aws.world(),
    () => undefined,
    chosen,
  )
  const group = await createGroup(aws, 'web')
  const { networkInterfaceId: card } = await createCard(aws, {
    'SecurityGroupId.1': group,
    PrivateIpAddress: '172.31.0.9',
  })
  await aws.call('AuthorizeSecurityGroupIngress', {
    GroupId: group,
    IpProtocol: 'tcp',
    FromPort: '22',
    ToPort: '22',
    CidrIp: '0.0.0.0/0',
  })
  const meet = (direction: 'ingress' | 'egress', flags: string) => {
    const [here, there] = ['172.31.0.9:22', `${client}:40000`]
    const ends = direction === 'ingress' ? `${there} > ${here}` : `${here} > ${there}`
    const request = { packet: `tcp ${ends} ${flags}`, at: { networkInterface: card, direction } }
    return sendPackets(live, { target: '', body: JSON.stringify(request) }, aws.now)[0]?.hops[0]
  }
  const flows = () => listConnections(live, { target: '/', body: '' }, aws.now).connections
  return { aws, group, meet, flows }
}

const everythingOut = {
  'IpPermissions.1.IpProtocol': '-1',
  'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0',
}

describe('an untracked flow whose egress rule is about to be revoked', () => {
  test.each([
    { options: [], effect: 'cut', state: 'cut', fate: 'deny no-state' },
    { options: ['halved-pair=keeps'], effect: 'goes on', state: 'kept', fate: 'allow connection' },
  ])('with $options is told to be $state, and is', async ({ options, effect, state, fate }) => {
    const { aws, group, meet, flows } = await stage(...options)
    meet('ingress', 'S')
    meet('egress', 'SA')
    const out = flows()[0]?.onRevoke.at(-1)
    expect(out?.effect).toBe(effect)
    await aws.call('RevokeSecurityGroupEgress', { GroupId: group, ...everythingOut })
    expect(flows()[0]?.state).toBe(state)
    const hop = meet('ingress', 'A')
    expect(`${hop?.action} ${hop?.because.kind}`).toBe(fate)
  })
})

test('a refusal that is answered says how', async () => {
  const { aws, group, meet } = await stage('refusal=answered')
  await aws.call('RevokeSecurityGroupIngress', {
    GroupId: group,
    IpProtocol: 'tcp',
    FromPort: '22',
    ToPort: '22',
    CidrIp: '0.0.0.0/0',
  })
  expect(meet('ingress', 'S')?.sentence).toMatch(/; its sender is told by a TCP reset$/)
})

test.each([
  { delay: 0, before: 'allow', after: 'deny' },
  { delay: 3600, before: 'allow', after: 'allow' },
])('with a delay of $delay s a revoke through the API leaves the next packet with $after', async (row) => {
  const system = await assemble({
    store: { memory: true },
    quotas: defaultQuotas,
    authentication: { defaultAccount: '123456789012' },
    engine: parseOption(`change-delay=${row.delay}`, engineDefaults),
    onAnswer: () => undefined,
    onStore: () => undefined,
  })
  const { url, stop } = await listen(system, { host: '127.0.0.1', port: 0 })
  const call = async (parameters: Readonly<Record<string, string>>, element: string) => {
    const { body } = await send(url, { body: form(parameters) })
    return new RegExp(`<${element}>([^<]*)<`).exec(body)?.[1] ?? body
  }
  const SubnetId = await call({ Action: 'DescribeSubnets' }, 'subnetId')
  const card = await call({ Action: 'CreateNetworkInterface', SubnetId }, 'networkInterfaceId')
  const address = await call({ Action: 'DescribeNetworkInterfaces' }, 'privateIpAddress')
  const GroupId = await call({ Action: 'DescribeSecurityGroups' }, 'groupId')
  const fate = async () => {
    const packet = { packet: `50 ${address} > ${client}`, at: { networkInterface: card, direction: 'egress' } }
    const { body } = await send(url, { path: '/_sallyport/packets', body: JSON.stringify({ ...packet }) })
    return JSON.parse(body)[0].hops[0].action
  }
  expect(await fate()).toBe(row.before)
  await call({ Action: 'RevokeSecurityGroupEgress', GroupId, ...everythingOut }, 'return')
  const other = { packet: `51 ${address} > ${client}`, at: { networkInterface: card, direction: 'egress' } }
  const { body } = await send(url, { path: '/_sallyport/packets', body: JSON.stringify(other) })
  expect(JSON.parse(body)[0].hops[0].action).toBe(row.after)
  await stop()
  await system.close()
})
