import { describe, expect, test } from 'vitest'
import {
  ask,
  askBetween,
  elastic,
  gateway,
  instance,
  ipv6,
  nameTag,
  obstacles,
  otherVpc,
  peering,
  reachWorld,
  route,
} from '../../test/reach-world.ts'
import { UnknownPlace } from './place.ts'

const pair = `
  group open egress any to 0.0.0.0/0
  group db ingress tcp 5432 from 10.0.0.0/24 as sgr-db
  interface a 10.0.0.5 in open instance x
  interface b 10.0.1.9 in db
`
const online = [gateway(), route('0.0.0.0/0', 'igw-1')]

describe('an end is named', () => {
  const world = reachWorld(
    pair,
    ...online,
    elastic('b', '203.0.113.9'),
    instance('i-x', 'running'),
    instance('i-t', 'terminated'),
    nameTag('i-x', 'web'),
    nameTag('eni-b', 'orders database'),
  )

  test.each([
    ['by an interface id', 'eni-b', ['eni-b (10.0.1.9)']],
    ['by an instance id', 'i-x', ['eni-a (10.0.0.5)']],
    ['by a Name tag', 'orders database', ['eni-b (10.0.1.9)']],
    ['by a private address', '10.0.1.9', ['eni-b (10.0.1.9)']],
    ['by a public address', '203.0.113.9', ['eni-b (203.0.113.9)']],
    ['by a block in which only an interface is', '10.0.1.0/24', ['eni-b (10.0.1.9)']],
    ['by a block in which more is', '203.0.113.0/24', ['eni-b (203.0.113.9)', '203.0.113.0/24 (203.0.113.0)']],
    ['by an address outside', '198.51.100.7', ['198.51.100.7']],
    ['by a block outside', '198.51.100.0/24', ['198.51.100.0/24 (198.51.100.0)']],
    ['by internet', 'internet', ['internet (1.0.0.0)']],
  ])('%s', (_, name, expected) => {
    const { findings } = askBetween(world, ['web', name])
    expect([...new Set(findings.map(({ to }) => to))]).toEqual(expected)
  })

  test.each([
    ['nothing', 'is no interface, instance, Name tag, address or CIDR of this world. Use eni-…, i-…, a Name tag,'],
    ['300.1.2.3', "'300.1.2.3' is no interface"],
    ['', "'' is no interface"],
    ['i-t', 'i-t has no network interface: it is terminated.'],
  ])('not by %j', (name, message) => {
    const question = () => askBetween(world, [name, 'web'])
    expect(question).toThrow(UnknownPlace)
    expect(question).toThrow(message)
  })

  test('not with the other end outside as well', () => {
    expect(() => ask(world, 'internet 198.51.100.7 tcp 80')).toThrow("Neither 'internet' nor '198.51.100.7' is in")
  })

  test('by an address of two VPCs, and means the interface that the other end would meet', () => {
    const lines = 'group g egress any to 0.0.0.0/0\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in g'
    const twice = reachWorld(`${lines}\ninterface c 10.0.2.9 in g`, otherVpc(['10.0.0.0/16'], 'c'), (before) => {
      const card = before.networkInterface.get('eni-c')
      const subnet = card && before.subnet.get(card.subnet)
      if (!card || !subnet) return []
      const moved = { ...card, privateAddresses: [{ address: '10.0.1.9', isPrimary: true }] }
      return [
        { kind: 'put', of: 'subnet', object: { ...subnet, cidr: '10.0.1.0/24' } },
        { kind: 'put', of: 'networkInterface', object: moved },
      ]
    })
    expect(ask(twice, 'a 10.0.1.9 tcp 80').findings.map(({ to }) => to)).toEqual(['eni-b (10.0.1.9)'])
    expect(ask(twice, '10.0.1.9 c tcp 80').findings.map(({ from }) => from)).toEqual(['eni-c (10.0.1.9)'])
  })
})

describe('a question is cut into parts', () => {
  test('where the ports of rules begin and end, and parts of one fate are told together', () => {
    const { result, findings } = ask(reachWorld(pair, instance('i-x', 'running')), 'a b tcp')
    expect(result).toBe('ambiguous')
    expect(findings.map((each) => [each.result, each.ports])).toEqual([
      ['unreachable', ['0-5431', '5433-65535']],
      ['reachable', ['5432']],
    ])
  })

  test('where the addresses of rules begin and end', () => {
    const lines = 'group g ingress tcp 80 from 198.51.100.128/25\ninterface a 10.0.0.5 in g'
    const { findings } = ask(reachWorld(lines, ...online, elastic('a', '203.0.113.9')), '198.51.100.0/24 a tcp 80')
    expect(findings.map((each) => [each.result, each.addresses])).toEqual([
      ['unreachable', ['198.51.100.0-198.51.100.127']],
      ['reachable', ['198.51.100.128-198.51.100.255']],
    ])
  })

  test('where an ACL tells client ports apart', () => {
    const lines = `
      acl n
      acl n ingress 100 allow any from 0.0.0.0/0
      acl n egress 100 allow tcp 32768-60999 to 0.0.0.0/0
      subnet s 10.0.1.0/24 acl n
      group g egress any to 0.0.0.0/0
      group g ingress any from 0.0.0.0/0
      interface a 10.0.0.5 in g
      interface b 10.0.1.9 in g subnet s
    `
    const { findings } = ask(reachWorld(lines), 'a b tcp 80')
    expect(findings.map((each) => [each.result, each.clientPorts])).toEqual([
      ['unreachable', ['1024-32767', '61000-65535']],
      ['reachable', ['32768-60999']],
    ])
  })

  test('where the port of a service begins that is never filtered', () => {
    const world = reachWorld('group shut\ninterface a 10.0.0.5 in shut')
    const { findings } = ask(world, 'a 10.0.0.2 udp')
    expect(findings.map((each) => [each.result, each.ports])).toEqual([
      ['unreachable', ['0-52', '54-65535']],
      ['reachable', ['53']],
    ])
  })

  test('by IP family, where both ends have both', () => {
    const lines = `
      group g egress any to 0.0.0.0/0
      group g ingress tcp 80 from 0.0.0.0/0
      interface a 10.0.0.5 2001:db8::5 in g
      interface b 10.0.0.9 2001:db8::9 in g
    `
    const { result, findings } = ask(reachWorld(lines, ipv6('2001:db8::/56')), 'a b tcp 80')
    expect(result).toBe('ambiguous')
    expect(findings.map((each) => [each.result, each.to])).toEqual([
      ['reachable', 'eni-b (10.0.0.9)'],
      ['unreachable', 'eni-b (2001:db8::9)'],
    ])
  })

  test('and a part of the internet may depend on a gateway that is not run here', () => {
    const world = reachWorld(pair, ...online, elastic('a', '203.0.113.9'), route('198.51.100.0/24', 'tgw-1'))
    const { result, findings } = ask(world, 'a internet tcp 80')
    expect(result).toBe('undetermined')
    expect(findings.map((each) => [each.result, each.addresses.includes('198.51.100.0-198.51.100.255')])).toEqual([
      ['reachable', false],
      ['undetermined', true],
    ])
  })

  test('of which the world’s own addresses are none', () => {
    const world = reachWorld(pair, ...online, elastic('a', '203.0.113.9'))
    const { result } = ask(world, 'a internet tcp 80')
    expect(result).toBe('reachable')
  })
})

test('ends without a common IP family are out of each other’s reach', () => {
  const world = reachWorld(pair)
  const { result, findings, fixes } = ask(world, 'a b icmpv6')
  expect([result, findings]).toEqual(['unreachable', []])
  expect(fixes[0]?.why).toBe('eni-a and eni-b have no addresses of one IP family that icmpv6 runs over')
})

describe('a yes stands on rules', () => {
  test('each of which alone admits it at its hop', () => {
    const world = reachWorld(`${pair}\ngroup open egress tcp 5432 to 10.0.0.0/8 as sgr-second`)
    expect(ask(world, 'a b tcp 5432').findings[0]?.standsOn).toEqual([{ rule: 'sgr-db', group: 'sg-db' }])
  })

  test('and a no on none', () => {
    expect(ask(reachWorld(pair), 'a b tcp 80').findings[0]?.standsOn).toEqual([])
  })
})

test('a no names its blockers hop by hop', () => {
  const lines = pair.replaceAll('10.0.1.9', '10.1.0.9')
  const explanation = ask(reachWorld(lines, otherVpc(['10.1.0.0/16'], 'b'), peering()), 'a b tcp 80')
  expect(obstacles(explanation)).toEqual(['→ route no route', '→ rules ingress eni-b', '← route no route'])
  expect(explanation.findings[0]?.blockers).toHaveLength(3)
})
