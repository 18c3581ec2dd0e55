/**
 * World → the policy of one interface. This is the definition; a PolicyTable hands in rules that it has
 * compiled piece by piece, and a property holds its policies equal to these.
 */

import { invariant } from '../base/invariant.ts'
import { findInstanceType } from '../model/instance-type.ts'
import type { NetworkAcl, NetworkAclEntry } from '../model/network-acl.ts'
import type { ConnectionTracking, NetworkInterface } from '../model/network-interface.ts'
import { type Direction, type Peer, peerText, type Rule } from '../model/rule.ts'
import type { SecurityGroup } from '../model/security-group.ts'
import type { Subnet } from '../model/subnet.ts'
import type { World } from '../model/world.ts'
import type { Address, Family } from '../net/address.ts'
import type { AddressSet } from '../net/address-set.ts'
import { type Cidr, parseCidr } from '../net/cidr.ts'
import type { AclLine, AclPolicy, Allow, InterfacePolicy } from './policy.ts'
import { addressesOf, resolvePeer } from './resolve-peer.ts'

export function compile(
  world: World,
  card: NetworkInterface,
  allows: InterfacePolicy['allows'] = allowsOf(world, card),
): InterfacePolicy {
  const subnet = world.subnet.get(card.subnet)
  invariant(subnet, `${card.id} is in a subnet that exists`)
  const blocks = blocksOf(subnet)
  return {
    id: card.id,
    instance: card.attachment?.instance,
    groups: card.groups,
    allows,
    acl: aclOf(world, subnet),
    addresses: addressesOf(card),
    subnet: blocks,
    resolvers: resolversOf(world, card),
    router: blocks[0] && nthOf(blocks[0], 1n),
    sourceDestCheck: card.sourceDestCheck,
    tracking: trackingOf(world, card),
  }
}

/** The timeouts that the interface sets; for established TCP else its instance type's default (data-plane 2.4). */
function trackingOf(world: World, { attachment, tracking }: NetworkInterface): ConnectionTracking {
  const instance = attachment && world.instance.get(attachment.instance)
  const timeout = instance && findInstanceType(instance.type)?.tcpEstablishedTimeout
  return timeout === undefined ? tracking : { tcpEstablishedTimeout: timeout, ...tracking }
}

function allowsOf(world: World, { groups }: NetworkInterface): InterfacePolicy['allows'] {
  return byDirection(
    groups.flatMap((id) => {
      const group = world.securityGroup.get(id)
      return group ? group.rules.map((rule) => compileRule(group, rule, resolvePeer(world, group, rule))) : []
    }),
  )
}

export function compileRule(group: SecurityGroup, { id, direction, traffic, peer }: Rule, peers: AddressSet): Allow {
  return {
    rule: id,
    group: group.id,
    direction,
    traffic,
    peerKind: peer.kind,
    peer: peerText(peer),
    peers,
    open: openFamily(peer),
  }
}

/** To the letter of AWS's text; what halves of the address space are is a choice (data-plane 8, 10). */
function openFamily(peer: Peer): Family | undefined {
  if (peer.kind === 'ipv4' && peer.cidr === '0.0.0.0/0') return 4
  if (peer.kind === 'ipv6' && peer.cidr === '::/0') return 6
  return undefined
}

function byDirection(allows: readonly Allow[]): InterfacePolicy['allows'] {
  return {
    ingress: allows.filter(({ direction }) => direction === 'ingress'),
    egress: allows.filter(({ direction }) => direction === 'egress'),
  }
}

export function aclOf(world: World, subnet: Subnet): AclPolicy {
  const acl = world.networkAcl.get(subnet.acl)
  invariant(acl, `${subnet.id} has an ACL that exists`)
  const known = aclPolicies.get(acl)
  if (known) return known
  const policy = { id: acl.id, lines: { ingress: linesOf(acl, 'ingress'), egress: linesOf(acl, 'egress') } }
  aclPolicies.set(acl, policy)
  return policy
}

/** An ACL that changes is another object: interfaces of a subnet share what is compiled from it. */
const aclPolicies = new WeakMap<NetworkAcl, AclPolicy>()

/** In ascending order, the final deny of each family last. */
function linesOf(acl: NetworkAcl, direction: Direction): AclLine[] {
  const entries = acl.entries.filter((entry) => entry.direction === direction).sort((a, b) => a.number - b.number)
  return [...entries.map(lineOf), finalDeny('0.0.0.0/0'), finalDeny('::/0')]
}

function lineOf(entry: NetworkAclEntry): AclLine {
  const { number, action, protocol, ports, icmp } = entry
  return { number, action, protocol, cidr: cidrOf(entry.cidr), ports, icmp }
}

function finalDeny(cidr: string): AclLine {
  return { number: '*', action: 'deny', protocol: -1, cidr: cidrOf(cidr), ports: undefined, icmp: undefined }
}

function blocksOf(subnet: Subnet): Cidr[] {
  const texts = [...(subnet.cidr === undefined ? [] : [subnet.cidr]), ...subnet.ipv6CidrBlocks.map(({ cidr }) => cidr)]
  return texts.map(cidrOf)
}

/** The resolver answers at the second address of each of the VPC's IPv4 blocks. */
function resolversOf(world: World, card: NetworkInterface): Address[] {
  const blocks = world.vpc.get(card.vpc)?.cidrBlocks ?? []
  return blocks.map(({ cidr }) => nthOf(cidrOf(cidr), 2n))
}

function nthOf({ family, first }: Cidr, n: bigint): Address {
  return { family, bits: first + n }
}

function cidrOf(text: string): Cidr {
  const spelled = parseCidr(text)
  invariant(spelled, `${text} was checked to be a CIDR when it was stored`)
  return spelled.cidr
}
