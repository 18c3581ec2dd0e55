/**
 * What may cross a VPC's router: the ACL of the subnet a packet leaves, then of the one it enters. The frame is
 * loaded once and refuses everything; chains and maps are refilled in one transaction, which loses no packet.
 */

import type { SubnetId } from '../../model/ids.ts'
import { formatCidr } from '../../net/cidr.ts'
import { specialBlocks } from '../../net/special-blocks.ts'
import type { AclPolicy } from '../../policy/policy.ts'
import { aclRules } from '../nftables/acl-program.ts'
import { recordingLines, recordingSets, type Way } from '../nftables/recording.ts'
import { bridgeOf, gatewayDevice } from './names.ts'
import type { Filter } from './topology.ts'

export const routerTable = 'sallyport'
const filterTable = `inet ${routerTable}`

/** What an ACL refuses is written down for flow logs, by the subnet's side: its way out, or its way in. */
function refusing(way: Way): string {
  const sets = [...recordingSets].filter(([, set]) => set.fate === 'refused' && set.way === way)
  const lines = [
    ...sets.map(([name, { type, properties }]) => `  set ${name} { ${[`type ${type}`, ...properties].join('; ')}; }`),
    `  chain refused-${way} {`,
    ...[...recordingLines('refused', way), 'drop'].map((line) => `    ${line}`),
    '  }',
  ]
  return lines.join('\n')
}

/**
 * A packet that a map does not know, or that no chain decides, comes back to `crossing` and is dropped. The `ct`
 * expression makes the kernel put fragments together, so that an ACL judges the datagram. The internet gateway
 * rewrites addresses without memory; what has no public address goes neither out nor in.
 */
export const filterFrame = `table ${filterTable} {
  map public-in { type ipv4_addr : ipv4_addr; }
  map public-out { type ipv4_addr : ipv4_addr; }
  map leaving { type ifname : verdict; }
  map entering { type ifname : verdict; }
${refusing('out')}
${refusing('in')}
  chain untracked-in {
    type filter hook prerouting priority raw; policy accept;
    notrack
  }
  chain untracked-out {
    type filter hook output priority raw; policy accept;
    icmp type destination-unreachable icmp code != frag-needed drop
    icmpv6 type destination-unreachable drop
    notrack
  }
  chain arriving {
    type filter hook prerouting priority mangle; policy accept;
    iifname "${gatewayDevice}" ip daddr set ip daddr map @public-in accept
    iifname "${gatewayDevice}" meta nfproto ipv4 drop
  }
  chain crossing {
    type filter hook forward priority filter; policy drop;
    ct state untracked iifname vmap @leaving
  }
  chain onward {
    oifname vmap @entering
  }
  chain to-internet {
  }
  chain departing {
    type filter hook postrouting priority filter; policy accept;
    oifname "${gatewayDevice}" ip saddr set ip saddr map @public-out accept
    oifname "${gatewayDevice}" meta nfproto ipv4 drop
  }
}
`

export interface Crossing {
  readonly subnets: readonly { readonly id: SubnetId; readonly acl: AclPolicy }[]
  readonly peerings: readonly string[]
  /** Public IPv4 addresses, and the private ones they stand for. */
  readonly translations: readonly { readonly publicAddress: string; readonly privateAddress: string }[]
  readonly hasGateway: boolean
  /** The VPC's IPv6 blocks: nothing else may leave it under its own address. */
  readonly ipv6Blocks: readonly string[]
}

export function routerFilter({ subnets, peerings, translations, hasGateway, ipv6Blocks }: Crossing): Filter {
  const acls = new Map(subnets.map(({ acl }) => [acl.id, acl]))
  const aclChains = [...acls.values()].flatMap((acl): [string, readonly string[]][] => [
    [`${acl.id}-egress`, aclRules(acl, 'egress', { onward: 'goto onward', refused: 'goto refused-out' })],
    [`${acl.id}-ingress`, aclRules(acl, 'ingress', { onward: 'accept', refused: 'goto refused-in' })],
  ])
  const gateway = hasGateway ? [gatewayDevice] : []
  const leaving = [
    ...subnets.map(({ id, acl }) => `"${bridgeOf(id)}" : goto ${acl.id}-egress`),
    ...[...peerings, ...gateway].map((device) => `"${device}" : goto onward`),
  ]
  const entering = [
    ...subnets.map(({ id, acl }) => `"${bridgeOf(id)}" : goto ${acl.id}-ingress`),
    ...peerings.map((device) => `"${device}" : accept`),
    ...gateway.map((device) => `"${device}" : goto to-internet`),
  ]
  return {
    chains: new Map([['to-internet', internetRules(ipv6Blocks)], ...aclChains]),
    maps: new Map([
      ['public-in', translations.map((each) => `${each.publicAddress} : ${each.privateAddress}`)],
      ['public-out', translations.map((each) => `${each.privateAddress} : ${each.publicAddress}`)],
      ['leaving', leaving],
      ['entering', entering],
    ]),
  }
}

const [special4, special6] = ([4, 6] as const).map((family) =>
  specialBlocks.filter((block) => block.family === family).map(formatCidr),
)

function internetRules(ipv6Blocks: readonly string[]): string[] {
  return [
    `ip daddr { ${special4?.join(', ')} } drop`,
    `ip6 daddr { ${special6?.join(', ')} } drop`,
    'meta nfproto ipv4 accept',
    ...(ipv6Blocks.length === 0 ? [] : [`ip6 saddr { ${ipv6Blocks.join(', ')} } accept`]),
  ]
}

/** One transaction that makes the chains and maps of the frame hold this and nothing else. */
export function printFilter({ chains, maps }: Filter, gone: readonly string[]): string {
  const forEach = (names: Iterable<string>, line: (name: string) => string) => Array.from(names, line)
  return [
    // Deleting asks that it is there, which a repeated attempt cannot know.
    ...forEach([...chains.keys(), ...gone], (name) => `add chain ${filterTable} ${name}`),
    ...forEach(maps.keys(), (name) => `flush map ${filterTable} ${name}`),
    ...forEach([...chains.keys(), ...gone], (name) => `flush chain ${filterTable} ${name}`),
    ...[...chains].flatMap(([name, rules]) => rules.map((rule) => `add rule ${filterTable} ${name} ${rule}`)),
    ...[...maps]
      .filter(([, elements]) => elements.length > 0)
      .map(([name, elements]) => `add element ${filterTable} ${name} { ${elements.join(', ')} }`),
    ...forEach(gone, (name) => `delete chain ${filterTable} ${name}`),
    '',
  ].join('\n')
}
