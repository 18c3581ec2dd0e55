/**
 * The edge of an interface's subnet: a router like the lab's, with a bridge for the subnet, loaded with what the
 * product prints for the subnet's ACL. Whoever is inside of the subnet, and what a host answers itself, is on the
 * bridge: its packets come and go without the router.
 */

import { hardware } from '../../enforce/frames/frame.ts'
import { bridgeOf } from '../../enforce/namespaces/names.ts'
import { filterFrame, printFilter, routerFilter } from '../../enforce/namespaces/router-filter.ts'
import type { Address } from '../../net/address.ts'
import { addressLength } from '../../net/address.ts'
import { type Cidr, containsAddress, formatCidr } from '../../net/cidr.ts'
import { exemptPlaces } from '../../policy/exempt.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { runTool } from '../system-tool.ts'
import { forwardingBetween, neighbours, towards } from './forwarding.ts'

const subnet = 'subnet-edge'
const bridge = bridgeOf(subnet)
/** To the router it is the link to another router: whatever comes from there may go on to the subnet's ACL. */
const outward = 'beyond'

export interface EdgeDevices {
  /** The router's namespace, and the interface's behind it. */
  readonly router: string
  readonly card: string
  /** Outer ends: of the way through the router, and of a neighbour on the bridge. */
  readonly wire: string
  readonly near: string
}

/** Commands that lay the cables: in place of one between `wire` and the interface's `eth0`. */
export function edgeLinks({ router, card, wire, near }: EdgeDevices): string[] {
  const port = (name: string) => `ip -n ${router} link set ${name} master ${bridge} up`
  return [
    `ip netns add ${router}`,
    `ip link add ${wire} address ${hardware.wire} type veth peer ${outward} address ${hardware.eth0} netns ${router}`,
    `ip -n ${router} link add ${bridge} address ${hardware.bridge} type bridge mcast_snooping 0`,
    `ip -n ${router} link add card type veth peer eth0 address ${hardware.eth0} netns ${card}`,
    `ip link add ${near} address ${hardware.near} type veth peer near netns ${router}`,
    port('card'),
    port('near'),
    `ip link set ${wire} up`,
    `ip link set ${near} up`,
  ]
}

/** The router's own part: what comes from one side is for the other, if the filter lets it. */
export const edgeForwarding = [
  ...forwardingBetween([outward, bridge]),
  'for table in iptables ip6tables arptables; do',
  `  [ ! -e bridge/bridge-nf-call-$table ] || echo 0 > bridge/bridge-nf-call-$table`,
  'done',
  ...towards({ from: outward, to: bridge, neighbour: hardware.eth0, table: 101 }),
  ...towards({ from: bridge, to: outward, neighbour: hardware.wire, table: 102 }),
]

export class Edge {
  readonly #enterRouter: readonly string[]
  readonly #enterCard: readonly string[]
  #near: readonly Cidr[] = []
  #held: Pick<InterfacePolicy, 'acl' | 'subnet'> | undefined
  #chains: readonly string[] = []

  constructor(enterRouter: readonly string[], enterCard: readonly string[]) {
    this.#enterRouter = enterRouter
    this.#enterCard = enterCard
  }

  async open(): Promise<void> {
    await runTool([...this.#enterRouter, 'nft', '-f', '-'], filterFrame)
  }

  /** Whether a packet from or for the address does without the router. */
  isNear(address: Address): boolean {
    return this.#near.some((block) => containsAddress(block, address))
  }

  /** Loads the policy's ACL, and who is near. */
  async hold(policy: InterfacePolicy): Promise<void> {
    const { acl, subnet: blocks } = policy
    if (this.#held?.acl === acl && this.#held.subnet === blocks) return
    this.#held = policy
    await this.#filter(policy)
    await this.#route(policy)
  }

  async #filter({ acl }: InterfacePolicy): Promise<void> {
    const around = { peerings: [outward], translations: [], hasGateway: false, ipv6Blocks: [] }
    const filter = routerFilter({ subnets: [{ id: subnet, acl }], ...around })
    const gone = this.#chains.filter((name) => !filter.chains.has(name))
    await runTool([...this.#enterRouter, 'nft', '-f', '-'], printFilter(filter, gone))
    this.#chains = [...filter.chains.keys()]
  }

  async #route(policy: InterfacePolicy): Promise<void> {
    const served = exemptPlaces(policy).map(({ address }): Cidr => hostBlock(address))
    this.#near = [...policy.subnet, ...served]
    const lines = this.#near.map(
      (block) =>
        `ip -${block.family} route replace ${formatCidr(block)} via ${neighbours.near[block.family]} dev eth0 onlink table 103`,
    )
    const flush = [4, 6].map((family) => `ip -${family} route flush table 103 2>/dev/null || true`)
    await runTool([...this.#enterCard, 'sh', '-e'], [...flush, ...lines, ''].join('\n'))
  }
}

function hostBlock({ family, bits }: Address): Cidr {
  return { family, first: bits, length: addressLength[family] }
}

/** What leaves the interface asks first whether it is for a neighbour; the others go to the router. */
export const nearRules = ([4, 6] as const).flatMap((family) => [
  `ip -${family} neigh add ${neighbours.near[family]} lladdr ${hardware.near} dev eth0 nud permanent`,
  `ip -${family} rule add iif inner lookup 103 pref 100`,
])
