/**
 * A VPC's router: a bridge a subnet with the router's addresses on it, the route table of each subnet chosen by
 * the bridge that a packet comes from, and links to the internet and to the routers of peered VPCs.
 */

import type { VpcId } from '../../model/ids.ts'
import { isActive, peeringsOf } from '../../model/peering-lookup.ts'
import { translationsOf } from '../../model/public-address.ts'
import { tableOf } from '../../model/route-lookup.ts'
import type { Subnet } from '../../model/subnet.ts'
import { isLinked, linked, type World } from '../../model/world.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { aclOf } from '../../policy/compile.ts'
import { routerAddress, routerLinkLocal } from './instance-namespace.ts'
import {
  bridgeOf,
  gatewayDevice,
  internetNamespace,
  peeringDevice,
  routerMac,
  routerNamespace,
  tableNumbers,
  vpcDevice,
} from './names.ts'
import { routerFilter } from './router-filter.ts'
import {
  blocksOfSubnet,
  internetNeighbour,
  lastResort,
  routerRoutes,
  type Surroundings,
  subnetsOf,
} from './router-routes.ts'
import type { Cable, Namespace, Part } from './topology.ts'

/** A public IPv4 address that leads to an interface of a running instance. */
interface Translation {
  readonly publicAddress: string
  readonly privateAddress: string
}

export function routerOf(world: World, vpc: VpcId, built: ReadonlySet<VpcId>): Namespace {
  const hasGateway = isLinked(world, 'gateways of vpc', vpc)
  const neighbours = neighboursOf(world, vpc, built)
  const subnets = subnetsOf(world, vpc)
  const peerings = [...neighbours.keys()].map((id) => peeringDevice(id as `pcx-${string}`))
  return {
    name: routerNamespace(vpc),
    role: 'router',
    life: '',
    parts: [
      ...subnets.flatMap(bridgeParts),
      ...linkParts(world, vpc, hasGateway, neighbours),
      lastResort(4, 'main'),
      lastResort(6, 'main'),
      ...tableParts({ world, hasGateway, neighbours }, subnets),
    ],
    filter: routerFilter({
      subnets: subnets.map((subnet) => ({ id: subnet.id, acl: aclOf(world, subnet) })),
      peerings,
      translations: hasGateway ? translationsIn(world, vpc) : [],
      hasGateway,
      ipv6Blocks: ipv6BlocksOf(world, vpc),
    }),
  }
}

/** What joins the router to the internet, and to those that it asked to peer with. */
export function routerCables(world: World, vpc: VpcId, built: ReadonlySet<VpcId>): Cable[] {
  const namespace = routerNamespace(vpc)
  const gateway: Cable = {
    ends: [
      { namespace, device: gatewayDevice },
      { namespace: internetNamespace(world.scope), device: vpcDevice(vpc) },
    ],
  }
  const peerings = [...neighboursOf(world, vpc, built).keys()].flatMap((id): Cable[] => {
    const peering = world.peering.get(id)
    if (peering?.requester.vpc !== vpc) return []
    const device = peeringDevice(peering.id)
    return [
      {
        ends: [
          { namespace, device },
          { namespace: routerNamespace(peering.accepter.vpc), device },
        ],
      },
    ]
  })
  return [...(isLinked(world, 'gateways of vpc', vpc) ? [gateway] : []), ...peerings]
}

/** The other end's address on the link of each active peering whose other router is there. */
function neighboursOf(world: World, vpc: VpcId, built: ReadonlySet<VpcId>): ReadonlyMap<string, string> {
  return new Map(
    peeringsOf(world, vpc)
      .filter((peering) => isActive(peering) && built.has(peering.requester.vpc) && built.has(peering.accepter.vpc))
      .map((peering) => [peering.id, peering.requester.vpc === vpc ? accepterAddress : requesterAddress]),
  )
}

const requesterAddress = 'fe80::1'
const accepterAddress = 'fe80::2'

function bridgeParts(subnet: Subnet): Part[] {
  const device = bridgeOf(subnet.id)
  const router = routerAddress(subnet)
  const blocks = blocksOfSubnet(subnet)
  const parts: Part[] = [{ kind: 'bridge', device, mac: routerMac(subnet.id) }]
  const [block4] = blocks.filter(({ family }) => family === 4)
  if (router !== undefined && block4) {
    parts.push({ kind: 'address', device, address: `${router}/${block4.length}` })
  }
  parts.push({ kind: 'address', device, address: `${routerLinkLocal}/64` })
  for (const block of blocks.filter(({ family }) => family === 6)) {
    parts.push({
      kind: 'route',
      family: 6,
      table: 'main',
      destination: formatCidr(block),
      hop: { kind: 'device', device },
    })
  }
  return parts
}

function linkParts(world: World, vpc: VpcId, hasGateway: boolean, neighbours: ReadonlyMap<string, string>): Part[] {
  const address = (device: string, text: string): Part => ({ kind: 'address', device, address: `${text}/64` })
  return [
    ...(hasGateway ? [address(gatewayDevice, routerLinkLocal)] : []),
    ...[...neighbours.keys()].map((id) => {
      const isRequester = world.peering.get(id)?.requester.vpc === vpc
      return address(peeringDevice(id as `pcx-${string}`), isRequester ? requesterAddress : accepterAddress)
    }),
  ]
}

const byBridge = 1000

function tableParts(around: Surroundings, subnets: readonly Subnet[]): Part[] {
  const chosen = subnets.flatMap((subnet) => {
    const table = tableOf(around.world, subnet)
    return table ? [{ subnet, table }] : []
  })
  const tables = new Map(chosen.map(({ table }) => [table.id, table]))
  const numbers = tableNumbers([...tables.keys()])
  const numberOf = (id: string) => numbers.get(id) ?? 0
  return [
    ...[...tables.values()].flatMap((table) => routerRoutes(table, numberOf(table.id), around)),
    ...chosen.flatMap(({ subnet, table }) =>
      ([4, 6] as const).map((family): Part => {
        const selector = `iif ${bridgeOf(subnet.id)}`
        return { kind: 'rule', family, priority: byBridge, selector, table: numberOf(table.id) }
      }),
    ),
  ]
}

function translationsIn(world: World, vpc: VpcId): Translation[] {
  return linked(world, 'interfaces in vpc', vpc)
    .flatMap((id) => world.networkInterface.get(id) ?? [])
    .filter(({ attachment }) => attachment && world.instance.get(attachment.instance)?.state === 'running')
    .flatMap((card) => translationsOf(world, card))
}

function ipv6BlocksOf(world: World, vpc: VpcId): string[] {
  const blocks = world.vpc.get(vpc)?.ipv6CidrBlocks ?? []
  return blocks.flatMap(({ cidr }) => (parseCidr(cidr) ? [cidr] : []))
}

/** What the internet's end of a gateway's link has and leads to. */
export function beyondGateway(world: World, vpc: VpcId): Part[] {
  if (!isLinked(world, 'gateways of vpc', vpc)) return []
  const device = vpcDevice(vpc)
  const hop = { kind: 'device', device, via: routerLinkLocal } as const
  return [
    { kind: 'address', device, address: `${internetNeighbour}/64` },
    ...translationsIn(world, vpc).map(
      ({ publicAddress }): Part => ({
        kind: 'route',
        family: 4,
        table: 'main',
        destination: `${publicAddress}/32`,
        hop,
      }),
    ),
    ...ipv6BlocksOf(world, vpc).map(
      (destination): Part => ({ kind: 'route', family: 6, table: 'main', destination, hop }),
    ),
  ]
}
