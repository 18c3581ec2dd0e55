import { describe, expect, test } from 'vitest'
import {
  elastic,
  gateway,
  instance,
  otherVpc,
  peering,
  reachWorld,
  route,
  type Step,
} from '../../../test/reach-world.ts'
import { instant } from '../../base/clock.ts'
import type { NetworkInsightsPath, PathVerdict } from '../../model/network-insights.ts'
import type { World } from '../../model/world.ts'
import { analysePath } from './path-analysis.ts'

type Asked = Partial<Omit<NetworkInsightsPath, 'id' | 'createdAt'>>

const fromIgw: Asked = { source: 'igw-1', destination: 'eni-a' }
const toIgw: Asked = { source: 'eni-a', destination: 'igw-1' }

function analyse(world: World, asked: Asked = {}, filter = { through: [], avoiding: [] }): PathVerdict {
  const path: NetworkInsightsPath = {
    id: 'nip-1',
    source: 'eni-a',
    destination: 'eni-b',
    protocol: 'tcp',
    ...asked,
    createdAt: instant(0),
  }
  return analysePath(world, path, filter)
}

const open = 'group g ingress any from 0.0.0.0/0\ngroup g egress any to 0.0.0.0/0'
const two = `${open}\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in g`
const fromPeering: Asked = { source: 'pcx-1', destination: 'eni-b' }
const toPeering: Asked = { source: 'eni-a', destination: 'pcx-1' }
const [thither, hither] = [route('10.0.1.0/24', 'pcx-1'), route('10.0.0.0/24', 'pcx-1', 'rtb-2')]
const apart = [otherVpc(['10.0.1.0/24'], 'b'), shrink]
const online = [gateway(), route('0.0.0.0/0', 'igw-1'), elastic('a', '203.0.113.9')]

interface Row {
  readonly title: string
  readonly lines?: string
  readonly steps?: readonly Step[]
  readonly asked?: Asked
  /** Codes with their direction, in order. */
  readonly codes: readonly string[]
}

const blocked: readonly Row[] = [
  {
    title: 'no rule for it, out and in',
    lines: 'group g egress udp 53 to 0.0.0.0/0\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in g',
    codes: ['ENI_SG_RULES_MISMATCH egress', 'ENI_SG_RULES_MISMATCH ingress'],
  },
  {
    title: 'groups without any rule',
    lines: `${open}\ngroup h\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in h`,
    codes: ['SG_HAS_NO_RULES ingress'],
  },
  {
    title: "both directions of a subnet's ACL, and the answer's",
    lines: `acl n\n${two.replace('interface b', 'subnet 2 10.0.1.0/24 acl n\ninterface b')} subnet 2`,
    codes: ['SUBNET_ACL_RESTRICTION ingress', 'SUBNET_ACL_RESTRICTION egress'],
  },
  {
    title: 'no route',
    lines: two,
    steps: [otherVpc(['10.0.1.0/24'], 'b'), shrink],
    codes: ['NO_ROUTE_TO_DESTINATION', 'NO_ROUTE_TO_DESTINATION'],
  },
  {
    title: 'a peering that is gone, and no way back',
    steps: [otherVpc(['10.0.1.0/24'], 'b'), shrink, route('10.0.1.0/24', 'pcx-1')],
    codes: ['BAD_STATE_ROUTE', 'NO_ROUTE_TO_DESTINATION'],
  },
  {
    title: 'a peering to another VPC than the address is in',
    steps: [otherVpc(['10.9.0.0/24'], 'b'), shrink, peering(), route('10.0.1.0/24', 'pcx-1')],
    asked: { destination: 'eni-b' },
    codes: ['PCX_REQUIRES_ADDRESS_IN_VPC_CIDR', 'NO_ROUTE_TO_DESTINATION'],
  },
  {
    title: 'an instance that is stopped',
    lines: two.replace('in g\ninterface b', 'in g instance 1\ninterface b'),
    steps: [instance('i-1', 'stopped')],
    codes: ['BAD_STATE'],
  },
  {
    title: 'no public address, from outside',
    steps: online.slice(0, 2),
    asked: fromIgw,
    codes: ['IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS ingress'],
  },
  {
    title: 'no public address, to the outside',
    steps: online.slice(0, 2),
    asked: toIgw,
    codes: ['IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS egress'],
  },
  {
    title: 'a gateway that is attached to nothing',
    steps: [gateway('nothing')],
    asked: fromIgw,
    codes: ['UNASSOCIATED_COMPONENT'],
  },
  {
    title: "another VPC's gateway",
    steps: [...online, otherVpc(['10.0.1.0/24'], 'b')],
    asked: { source: 'igw-1', destination: 'eni-b' },
    codes: ['DISCONNECTED_VPCS'],
  },
  {
    title: 'no gateway on the way to an address',
    asked: { destinationIp: '192.0.2.7', destination: undefined as never },
    codes: ['NO_ROUTE_TO_DESTINATION', 'UNASSOCIATED_COMPONENT', 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS egress'],
  },
  {
    title: 'a private address behind the internet gateway',
    steps: online,
    asked: { destinationIp: '192.168.7.7', destination: undefined as never },
    codes: ['IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'],
  },
  {
    title: 'a shared address behind it',
    steps: online,
    asked: { destinationIp: '100.64.7.7', destination: undefined as never },
    codes: ['IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'],
  },
  {
    title: 'a private source on the internet',
    steps: online,
    asked: { ...fromIgw, sourceIp: '10.9.9.9' },
    codes: ['IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS ingress'],
  },
  {
    title: 'a shared source on the internet',
    steps: online,
    asked: { ...fromIgw, sourceIp: '100.64.0.1' },
    codes: ['IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS ingress'],
  },
  {
    title: 'a multicast source',
    steps: online,
    asked: { ...fromIgw, sourceIp: '224.0.0.1' },
    codes: ['IGW_EXPECTS_PUBLIC_ADDRESS ingress'],
  },
  {
    title: "a source address that is not the sender's",
    asked: { sourceIp: '10.0.0.99' },
    codes: ['ENI_SOURCE_DEST_CHECK_RESTRICTION egress'],
  },
  {
    title: "a destination address that is not the receiver's",
    asked: { destinationIp: '10.0.1.99' },
    codes: ['ENI_ADDRESS_RESTRICTION ingress'],
  },
  {
    title: "a VPC's address that nobody has",
    asked: { destinationIp: '10.0.1.77', destination: undefined as never },
    codes: ['NO_POSSIBLE_DESTINATION'],
  },
  {
    title: 'another source address at the destination',
    asked: { filterAtDestination: { sourceAddress: '10.0.0.99' } },
    codes: ['FILTER_AT_DESTINATION_SOURCE_ADDRESS'],
  },
  {
    title: 'another destination address at the destination',
    steps: online,
    asked: {
      ...fromIgw,
      filterAtSource: { destinationAddress: '203.0.113.9' },
      filterAtDestination: { destinationAddress: '203.0.113.9' },
    },
    codes: ['FILTER_AT_DESTINATION_DESTINATION_ADDRESS'],
  },
  {
    title: 'another port at the destination',
    asked: { destinationPort: 80, filterAtDestination: { destinationPorts: { from: 443, to: 443 } } },
    codes: ['FILTER_AT_DESTINATION_DESTINATION_PORT_RANGE'],
  },
  {
    title: 'another source port at the destination',
    asked: {
      filterAtSource: { sourcePorts: { from: 1024, to: 2000 } },
      filterAtDestination: { sourcePorts: { from: 3000, to: 4000 } },
    },
    codes: ['FILTER_AT_DESTINATION_SOURCE_PORT_RANGE'],
  },
  {
    title: 'from one gateway to itself',
    steps: online,
    asked: { source: 'igw-1', destination: 'igw-1' },
    codes: ['NO_PATH'],
  },
  {
    title: 'a peering that is not active',
    steps: [...apart, peering('deleted'), thither],
    asked: fromPeering,
    codes: ['BAD_STATE'],
  },
  {
    title: 'a peering of other VPCs than the interface is in',
    steps: [...apart, peering('active', 'vpc-3'), thither],
    asked: fromPeering,
    codes: ['DISCONNECTED_VPCS'],
  },
  {
    title: 'no way back over the peering',
    steps: [...apart, peering(), thither],
    asked: fromPeering,
    codes: ['NO_ROUTE_TO_DESTINATION'],
  },
  {
    title: 'a way back that leads elsewhere',
    steps: [...apart, peering(), route('10.0.0.0/24', 'vgw-1', 'rtb-2')],
    asked: fromPeering,
    codes: ['CANNOT_ROUTE'],
  },
  {
    title: 'an address that is not in the VPC behind the peering',
    steps: [...apart, peering(), thither],
    asked: { ...toPeering, destinationIp: '10.9.9.9' },
    codes: ['PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'],
  },
  {
    title: 'rules at the end of a peering, but not those behind it',
    lines: `${open}\ngroup h\ninterface a 10.0.0.5 in h\ninterface b 10.0.1.9 in h`,
    steps: [...apart, peering(), thither, hither],
    asked: fromPeering,
    codes: ['SG_HAS_NO_RULES ingress'],
  },
  {
    title: 'from one peering to itself',
    steps: [...apart, peering(), thither, hither],
    asked: { ...fromPeering, destination: 'pcx-1' },
    codes: ['NO_PATH'],
  },
  { title: 'an end that is gone', asked: { source: 'eni-z' }, codes: ['NO_SOURCE_OR_DESTINATION'] },
]

/** The VPC is left with the block of its first subnet. */
function shrink(world: World): ReturnType<Step> {
  const vpc = world.vpc.get('vpc-1')
  const cidrBlocks = [{ associationId: 'vpc-cidr-assoc-1', cidr: '10.0.0.0/24' }] as const
  return vpc ? [{ kind: 'put', of: 'vpc', object: { ...vpc, cidrBlocks } }] : []
}

describe('in the way is', () => {
  test.each(blocked)('$title', ({ lines = two, steps = [], asked, codes }) => {
    const verdict = analyse(reachWorld(lines, ...steps), asked)
    const told = verdict.kind === 'not-found' ? verdict.explanations : []
    expect(told.map(({ code, direction }) => [code, direction].filter(Boolean).join(' '))).toEqual(codes)
  })
})

const found: readonly Row[] = [
  { title: 'between two subnets', codes: ['eni-a', 'sg-g', 'acl-', 'rtb-main', 'acl-', 'sg-g', 'eni-b'] },
  {
    title: 'between neighbours, whom neither ACL nor route concerns',
    lines: `${open}\ninterface a 10.0.0.5 in g\ninterface b 10.0.0.9 in g`,
    codes: ['eni-a', 'sg-g', 'sg-g', 'eni-b'],
  },
  { title: 'from the internet', steps: online, asked: fromIgw, codes: ['igw-1', 'acl-', 'sg-g', 'eni-a'] },
  { title: 'to the internet', steps: online, asked: toIgw, codes: ['eni-a', 'sg-g', 'acl-', 'rtb-main', 'igw-1'] },
  {
    title: 'to an address on the internet',
    steps: online,
    asked: { destinationIp: '192.0.2.7', destination: undefined as never },
    codes: ['eni-a', 'sg-g', 'acl-', 'rtb-main', 'igw-1'],
  },
  {
    title: 'through a peering',
    steps: [
      otherVpc(['10.0.1.0/24'], 'b'),
      shrink,
      peering(),
      route('10.0.1.0/24', 'pcx-1'),
      route('10.0.0.0/24', 'pcx-1', 'rtb-2'),
    ],
    codes: ['eni-a', 'sg-g', 'acl-', 'rtb-main', 'pcx-1', 'acl-', 'sg-g', 'eni-b'],
  },
  {
    title: 'from a peering',
    steps: [...apart, peering(), hither],
    asked: fromPeering,
    codes: ['pcx-1', 'acl-', 'sg-g', 'eni-b'],
  },
  {
    title: 'from a peering to an address',
    steps: [...apart, peering(), hither],
    asked: { source: 'pcx-1', destinationIp: '10.0.1.9', destination: undefined as never },
    codes: ['pcx-1', 'acl-', 'sg-g', 'eni-b'],
  },
  {
    title: 'to a peering',
    steps: [...apart, peering(), thither],
    asked: toPeering,
    codes: ['eni-a', 'sg-g', 'acl-', 'rtb-main', 'pcx-1'],
  },
]

describe('a path', () => {
  test.each(found)('$title goes through its components', ({ lines = two, steps = [], asked, codes }) => {
    const verdict = analyse(reachWorld(lines, ...steps), asked)
    const ids = verdict.kind === 'found' ? verdict.forward.map(({ component }) => component.id) : [verdict]
    expect(ids.map((id) => String(id).replace(/^acl-.*/, 'acl-'))).toEqual(codes)
  })

  test('is seen translated behind an internet gateway, there and back', () => {
    const verdict = analyse(reachWorld(two, ...online), { ...fromIgw, sourceIp: '192.0.2.7', destinationPort: 443 })
    if (verdict.kind !== 'found') throw new Error(JSON.stringify(verdict))
    const [first] = verdict.forward
    const ports = { sourcePorts: [{ from: 1024, to: 65_535 }], destinationPorts: [{ from: 443, to: 443 }], protocol: 6 }
    const sent = { sourceAddresses: ['192.0.2.7/32'], destinationAddresses: ['203.0.113.9/32'], ...ports }
    const received = { ...sent, destinationAddresses: ['10.0.0.5/32'] }
    expect([first?.inbound, first?.outbound, verdict.forward.at(-1)?.inbound]).toEqual([sent, received, received])
    const answer = { sourcePorts: ports.destinationPorts, destinationPorts: ports.sourcePorts, protocol: 6 }
    const back = { sourceAddresses: ['10.0.0.5/32'], destinationAddresses: ['192.0.2.7/32'], ...answer }
    const last = verdict.back.at(-1)
    expect([verdict.back[0]?.outbound, last?.inbound]).toEqual([back, back])
    expect(last?.outbound).toEqual({ ...back, sourceAddresses: ['203.0.113.9/32'] })
  })

  test('from a peering shows both VPCs and the addresses of the other one, untranslated', () => {
    const world = reachWorld(two, ...apart, peering(), hither, elastic('b', '203.0.113.9'))
    const verdict = analyse(world, { ...fromPeering, destinationPort: 443 })
    if (verdict.kind !== 'found') throw new Error(JSON.stringify(verdict))
    const [first] = verdict.forward
    expect([first?.sourceVpc?.id, first?.destinationVpc?.id]).toEqual(['vpc-1', 'vpc-2'])
    const addresses = { sourceAddresses: ['10.0.0.0/24'], destinationAddresses: ['10.0.1.9/32'] }
    expect(first?.outbound).toMatchObject(addresses)
    expect(verdict.forward.at(-1)?.inbound).toMatchObject(addresses)
    expect(verdict.back.map(({ component }) => component.id.replace(/^acl-.*/, 'acl-'))).toEqual([
      ...['eni-b', 'acl-', 'rtb-2', 'pcx-1'],
    ])
  })

  test('over a peering to a VPC that is not known has no answer', () => {
    const world = reachWorld(two, peering('active', 'vpc-9'), route('10.7.0.0/16', 'pcx-1'))
    expect(analyse(world, toPeering)).toMatchObject({ kind: 'undetermined', why: expect.stringContaining('vpc-9') })
  })

  test('shows a rule of the group that was asked for', () => {
    const world = reachWorld(
      `${open}\ngroup h ingress tcp 80 from 0.0.0.0/0\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in g h`,
    )
    const groups = (filter: { through: string[]; avoiding: string[] }) => {
      const verdict = analysePath(
        world,
        {
          id: 'nip-1',
          source: 'eni-a',
          destination: 'eni-b',
          protocol: 'tcp',
          destinationPort: 80,
          createdAt: instant(0),
        },
        filter,
      )
      return verdict.kind === 'found'
        ? verdict.forward.map(({ component }) => component.id).filter((id) => id.startsWith('sg-'))
        : verdict
    }
    expect(groups({ through: ['sg-h'], avoiding: [] })).toEqual(['sg-g', 'sg-h'])
    expect(groups({ through: [], avoiding: ['sg-h'] })).toEqual(['sg-g', 'sg-g'])
  })

  test('is found if some of what was asked about passes', () => {
    const lines = `${open}\ngroup h ingress tcp 80-90 from 0.0.0.0/0\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in h`
    const verdict = analyse(reachWorld(lines), { filterAtDestination: { destinationPorts: { from: 85, to: 100 } } })
    expect(verdict.kind === 'found' && verdict.forward.at(-1)?.inbound?.destinationPorts).toEqual([
      { from: 85, to: 90 },
    ])
  })
})
