/** The blocks that a request gives a VPC: their sizes, what may stand beside what, and Amazon's IPv6 (spec 8.1). */

import { blockOf } from '../../model/address-block.ts'
import { isActive, peeringsOf } from '../../model/peering-lookup.ts'
import { reject } from '../../model/rejection.ts'
import type { Vpc } from '../../model/vpc.ts'
import type { World } from '../../model/world.ts'
import { type Cidr, contains, overlaps, parseCidr } from '../../net/cidr.ts'

/** The IPv4 block that `text` spells; host bits are masked. */
export function ipv4BlockFrom(text: string): Cidr {
  const block = parseCidr(text)?.cidr
  if (block?.family === 4) return block
  return reject('InvalidParameterValue', {
    value: text,
    name: 'cidrBlock',
    reason: 'This is not a valid CIDR block.',
  })
}

/** This host, loopback, link local, multicast and reserved: no network may have them. */
const unusable = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(blockOf)

/** A block that a VPC can have: /16 to /28. */
export function vpcBlockFrom(text: string): Cidr {
  const block = ipv4BlockFrom(text)
  const isUsable = block.length >= 16 && block.length <= 28 && !unusable.some((each) => overlaps(each, block))
  return isUsable ? block : reject('VpcBlockInvalid', { cidr: text })
}

/** Ranges that do not mix within one VPC (user guide, "IPv4 CIDR block association restrictions"). */
const separateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.19.0.0/16'].map(blockOf)

/** Rejects a further block that AWS would not put beside those the VPC and its peers have. */
export function refuseUnfitBlock(world: World, vpc: Vpc, block: Cidr, text: string): void {
  const peers = peeringsOf(world, vpc.id).flatMap((peering) => {
    const { requester, accepter } = peering
    return isActive(peering) ? (world.vpc.get(requester.vpc === vpc.id ? accepter.vpc : requester.vpc) ?? []) : []
  })
  for (const each of [vpc, ...peers]) {
    const other = each.cidrBlocks.find(({ cidr }) => overlaps(blockOf(cidr), block))
    if (other) reject('VpcBlockConflict', { cidr: text, other: other.cidr, vpc: each.id })
  }
  const range = separateRanges.find((each) => contains(each, block))
  const isAtHome = range && vpc.cidrBlocks.slice(0, 1).some(({ cidr }) => contains(range, blockOf(cidr)))
  if (range && !isAtHome) reject('VpcBlockRestricted', { cidr: text })
}

export interface Ipv6Request {
  readonly AmazonProvidedIpv6CidrBlock?: boolean | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly Ipv6CidrBlockNetworkBorderGroup?: string | undefined
  readonly Ipv6IpamPoolId?: string | undefined
  readonly Ipv6Pool?: string | undefined
}

/** Whether the request asks for a block of Amazon's. There are no pools to take one from. */
export function wantsAmazonIpv6(request: Ipv6Request, region: string): boolean {
  const { AmazonProvidedIpv6CidrBlock: isWanted = false, Ipv6CidrBlockNetworkBorderGroup: borderGroup } = request
  for (const member of ['Ipv6CidrBlock', 'Ipv6IpamPoolId', 'Ipv6Pool'] as const) {
    const first = `ipv6${member.slice('Ipv6'.length)}`
    if (isWanted && request[member]) {
      reject('ParametersExclusive', { first, second: 'amazonProvidedIpv6CidrBlock' })
    }
  }
  if (request.Ipv6IpamPoolId) reject('IpamPoolNotFound', { id: request.Ipv6IpamPoolId })
  if (request.Ipv6Pool) reject('Ipv6PoolNotFound', { id: request.Ipv6Pool })
  if (request.Ipv6CidrBlock) reject('MissingParameter', { name: 'ipv6Pool' })
  if (borderGroup && borderGroup !== region) {
    const reason = `The network border group of this Region is ${region}.`
    reject('InvalidParameterValue', { value: borderGroup, name: 'ipv6CidrBlockNetworkBorderGroup', reason })
  }
  return isWanted
}
