/** POST /_sallyport/state: a world loaded into a running endpoint, or refused with nothing changed. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Remote } from '../../src/app/remote.ts'
import { fetchWorld, pushWorld } from '../../src/app/remote-world.ts'
import { readSource } from '../../src/app/source.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { type Sallyport, startSallyport } from '../../src/index.ts'
import { put } from '../../src/model/change.ts'
import { stateOf } from '../../src/model/state.ts'
import { apply, type World } from '../../src/model/world.ts'
import { compareWorlds } from '../../src/reach/compare.ts'
import { credentialsOf, form, send, signed } from './http.ts'

let server: Sallyport

beforeAll(async () => {
  server = await startSallyport()
})

afterAll(() => server.stop())

/** An account of its own for each test. */
function remoteOf(account: string): Remote {
  return { url: server.url, region: 'us-east-1', accessKeyId: account, secret: 'test' }
}

const shop = readSource('test/fixtures/cdk/cdk.out').certain

const lines = worldFromLines(`
  group web ingress tcp 443 from 0.0.0.0/0
  group web egress any to 0.0.0.0/0
  interface a 10.0.0.5 in web public 203.0.113.80
  interface b 10.0.1.9 in web instance gone`)

const add = { replaces: false }

function withoutOwn(world: World): object {
  const { regionUse: _, clientToken: __, ...objects } = stateOf(world).objects
  return objects
}

describe('a world loaded into an endpoint', () => {
  test('is there with its ids, beside what was there', async () => {
    const remote = remoteOf('111111111111')
    const before = await fetchWorld(remote)
    const { made, altered, removed } = await pushWorld(remote, shop, add)
    expect({ altered, removed }).toEqual({ altered: {}, removed: {} })
    expect(made).toMatchObject({ vpc: 1, subnet: 6, networkInterface: 6, instance: 2 })
    const after = await fetchWorld(remote)
    expect([...after.vpc.keys()].sort()).toEqual([...before.vpc.keys(), ...shop.vpc.keys()].sort())
    expect([...after.securityGroup.keys()]).toEqual(expect.arrayContaining([...shop.securityGroup.keys()]))
    expect(compareWorlds(shop, after, 'interface').rows).toEqual([])
  })

  test('is what the EC2 API describes and changes from then on', async () => {
    const remote = remoteOf('222222222222')
    await pushWorld(remote, shop, add)
    const [group] = Array.from(shop.securityGroup.values()).filter(({ description }) => description === 'web servers')
    const authorize = {
      ...{ Action: 'AuthorizeSecurityGroupIngress', GroupId: group?.id ?? '', IpProtocol: 'tcp' },
      ...{ FromPort: '22', ToPort: '22', CidrIp: '10.0.0.0/8' },
    }
    const headers = { ...signed, authorization: credentialsOf(remote.accessKeyId) }
    const { status } = await send(server.url, { body: form(authorize), headers })
    expect(status).toBe(200)
    const rules = (await fetchWorld(remote)).securityGroup.get(group?.id ?? '')?.rules
    expect(rules).toHaveLength((group?.rules.length ?? 0) + 1)
  })

  test('a second time is nothing to do', async () => {
    const remote = remoteOf('333333333333')
    await pushWorld(remote, shop, add)
    expect(await pushWorld(remote, shop, add)).toEqual({ made: {}, altered: {}, removed: {} })
  })

  test('of lines gets ids as AWS spells them, and what every VPC has', async () => {
    const remote = remoteOf('444444444444')
    await pushWorld(remote, lines, { replaces: true })
    const world = await fetchWorld(remote)
    const ids = [...world.securityGroup.keys(), ...world.networkInterface.keys(), ...world.vpc.keys()]
    expect(ids.filter((id) => !/^(sg|eni|vpc)-[0-9a-f]{17}$/.test(id))).toEqual([])
    expect([...world.securityGroup.values()].map(({ name }) => name).sort()).toEqual(['default', 'web'])
    const macs = Array.from(world.networkInterface.values(), ({ macAddress }) => macAddress)
    expect(new Set(macs).size).toBe(2)
    expect([...world.networkInterface.values()].filter(({ attachment }) => attachment)).toEqual([])
  })

  test('in place of everything leaves nothing else', async () => {
    const remote = remoteOf('555555555555')
    await pushWorld(remote, shop, add)
    const saved = await fetchWorld(remote)
    await pushWorld(remote, lines, { replaces: true })
    await pushWorld(remote, saved, { replaces: true })
    expect(withoutOwn(await fetchWorld(remote))).toEqual(withoutOwn(saved))
  })

  test('may bring a default VPC of its own where nobody has used the one that is there', async () => {
    const saved = await fetchWorld(remoteOf('666666666666'))
    const remote = remoteOf('777777777777')
    await pushWorld(remote, saved, add)
    expect([...(await fetchWorld(remote)).vpc.keys()]).toEqual([...saved.vpc.keys()])
  })
})

describe('a world is refused, and nothing has changed,', () => {
  test.each<[string, () => World, RegExp]>([
    [
      'that contradicts what is there',
      () => altered(shop),
      /^vpc-\w+ is there already, and not the same: use --replace/,
    ],
    ['of another Region', () => ({ ...shop, scope: { ...shop.scope, region: 'eu-west-1' } }), /use --region eu-west-1/],
    ['whose parts are missing', () => without(shop, 'subnet'), /does not hold together: .* which is not there/],
    ['that has an address twice', () => doubled(shop), /more than once/],
    ['whose objects are no such objects', () => hollow(shop), /damaged/],
  ])('%s', async (_, source, message) => {
    const remote = remoteOf('888888888888')
    await pushWorld(remote, shop, add)
    const before = withoutOwn(await fetchWorld(remote))
    await expect(pushWorld(remote, source(), add)).rejects.toThrow(message)
    expect(withoutOwn(await fetchWorld(remote))).toEqual(before)
  })

  test('that a web page of another origin sends', async () => {
    const headers = { origin: 'http://evil.example' }
    const { status } = await send(server.url, { path: '/_sallyport/state', body: '{}', headers })
    expect(status).toBe(403)
  })
})

function altered(world: World): World {
  const [vpc] = world.vpc.values()
  return vpc ? apply(world, [put('vpc', { ...vpc, dnsSupport: !vpc.dnsSupport })]) : world
}

function without(world: World, of: 'subnet'): World {
  const renamed = Array.from(world.networkInterface.values(), (card) => {
    return put('networkInterface', {
      ...card,
      id: `eni-0000000${card.id.slice(-10)}`,
      macAddress: card.id,
      subnet: 'subnet-00000000',
    })
  })
  return apply(world, [...Array.from(world[of].keys(), (id) => ({ kind: 'removed', of, id }) as const), ...renamed])
}

function doubled(world: World): World {
  const [card] = world.networkInterface.values()
  return card
    ? apply(world, [put('networkInterface', { ...card, id: 'eni-00000000', macAddress: '02:00:00:00:00:09' })])
    : world
}

function hollow(world: World): World {
  const [group] = world.securityGroup.values()
  const rules = [{ id: 'sgr-00000000' }]
  return group ? { ...world, ...objectsWith(world, { ...group, id: 'sg-00000000', name: 'odd', rules }) } : world
}

/** Past `apply`, which would not take it. */
function objectsWith(world: World, group: object): Pick<World, 'securityGroup'> {
  const values = [...world.securityGroup.values(), group]
  return { securityGroup: { values: () => values.values() } as unknown as World['securityGroup'] }
}
