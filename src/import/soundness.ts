/** What of a World contradicts itself: a state may have been edited by hand, and two worlds may meet in one name. */

import { isMainTable } from '../model/routing.ts'
import { isDefaultGroup } from '../model/security-group.ts'
import type { World } from '../model/world.ts'
import { parseAddress } from '../net/address.ts'
import { overlaps, parseCidr } from '../net/cidr.ts'

/** Sentences without their full stop. Throws TypeError for objects that lack what their kind has. */
export function complaintsOf(world: World): string[] {
  return [...dangling(world), ...spelling(world), ...companions(world), ...twice(world), ...overlapping(world)]
}

type Reference = readonly [holder: string, id: string | undefined, isThere: boolean]

function dangling(world: World): string[] {
  const vpc = (id: string, of: string | undefined): Reference => [id, of, world.vpc.has(of ?? '')]
  const references: Reference[] = [
    ...Array.from(world.subnet.values()).flatMap(({ id, vpc: of, acl }) => [
      vpc(id, of),
      [id, acl, world.networkAcl.has(acl)] as const,
    ]),
    ...Array.from(world.securityGroup.values(), (group) => vpc(group.id, group.vpc)),
    ...Array.from(world.networkAcl.values(), (acl) => vpc(acl.id, acl.vpc)),
    ...Array.from(world.routeTable.values()).flatMap(({ id, vpc: of, associations }) => [
      vpc(id, of),
      ...associations.flatMap((each) => {
        return each.kind === 'subnet' ? [[id, each.subnet, world.subnet.has(each.subnet)] as const] : []
      }),
    ]),
    ...Array.from(world.internetGateway.values()).flatMap(({ id, attachedTo }) => {
      return attachedTo === undefined ? [] : [vpc(id, attachedTo)]
    }),
    ...Array.from(world.networkInterface.values()).flatMap((card): Reference[] => [
      [card.id, card.subnet, world.subnet.get(card.subnet)?.vpc === card.vpc],
      ...card.groups.map((group): Reference => [card.id, group, world.securityGroup.has(group)]),
      ...(card.attachment
        ? [[card.id, card.attachment.instance, world.instance.has(card.attachment.instance)] as const]
        : []),
    ]),
    ...Array.from(world.elasticAddress.values()).flatMap(({ id, association }): Reference[] => {
      const card = association?.networkInterface
      return card === undefined ? [] : [[id, card, world.networkInterface.has(card)]]
    }),
    ...Array.from(
      world.prefixListVersion.values(),
      ({ id, list }): Reference => [id, list, world.prefixList.has(list)],
    ),
  ]
  return references.flatMap(([holder, id, isThere]) => (isThere ? [] : [`${holder} names ${id}, which is not there`]))
}

/** Blocks and addresses are stored in their canonical form. */
function spelling(world: World): string[] {
  const blocks = [
    ...Array.from(world.vpc.values()).flatMap(({ id, cidrBlocks, ipv6CidrBlocks }) =>
      [...cidrBlocks, ...ipv6CidrBlocks].map(({ cidr }) => [id, cidr] as const),
    ),
    ...Array.from(world.subnet.values()).flatMap(({ id, cidr, ipv6CidrBlocks }) => [
      ...(cidr === undefined ? [] : [[id, cidr] as const]),
      ...ipv6CidrBlocks.map((block) => [id, block.cidr] as const),
    ]),
    ...Array.from(world.securityGroup.values()).flatMap(({ rules }) =>
      rules.flatMap(({ id, peer }) => (peer.kind === 'ipv4' || peer.kind === 'ipv6' ? [[id, peer.cidr] as const] : [])),
    ),
    ...Array.from(world.networkAcl.values()).flatMap(({ id, entries }) =>
      entries.map(({ cidr }) => [id, cidr] as const),
    ),
    ...Array.from(world.prefixListVersion.values()).flatMap(({ id, entries }) =>
      entries.map(({ cidr }) => [id, cidr] as const),
    ),
  ]
  const addresses = Array.from(world.networkInterface.values()).flatMap(({ id, privateAddresses, ipv6Addresses }) =>
    [...privateAddresses.map(({ address }) => address), ...ipv6Addresses].map((text) => [id, text] as const),
  )
  return [
    ...blocks.flatMap(([id, text]) => (parseCidr(text)?.isCanonical ? [] : [`${id} has no CIDR block but '${text}'`])),
    ...addresses.flatMap(([id, text]) => (parseAddress(text) ? [] : [`${id} has no address but '${text}'`])),
  ]
}

/** What AWS makes along with each VPC and never takes away. */
function companions(world: World): string[] {
  const groups = [...world.securityGroup.values()].filter(isDefaultGroup)
  const acls = [...world.networkAcl.values()].filter(({ isDefault }) => isDefault)
  const tables = [...world.routeTable.values()].filter(isMainTable)
  const kinds = { 'default group': groups, 'default network ACL': acls, 'main route table': tables }
  return Array.from(world.vpc.keys()).flatMap((id) =>
    Object.entries(kinds).flatMap(([name, all]) => {
      const count = all.filter(({ vpc }) => vpc === id).length
      return count === 1 ? [] : [`${id} has ${count === 0 ? 'no' : 'more than one'} ${name}`]
    }),
  )
}

/** Names and addresses that one thing alone may have. */
function twice(world: World): string[] {
  const names = [
    ...Array.from(world.securityGroup.values(), ({ vpc, name }) => `the group ${name.toLowerCase()} in ${vpc}`),
    ...Array.from(world.networkInterface.values()).flatMap(({ subnet, privateAddresses, ipv6Addresses }) =>
      [...privateAddresses.map(({ address }) => address), ...ipv6Addresses].map((text) => `${text} in ${subnet}`),
    ),
    ...Array.from(world.elasticAddress.values(), ({ publicAddress }) => `the address ${publicAddress}`),
    ...Array.from(world.networkInterface.values()).flatMap(({ autoAssignedPublicAddress: text }) => {
      return text === undefined ? [] : [`the address ${text}`]
    }),
    ...Array.from(world.vpc.values()).flatMap(({ isDefault }) => (isDefault ? ['a default VPC'] : [])),
    ...Array.from(world.securityGroup.values()).flatMap(({ rules }) => rules.map(({ id }) => `the rule ${id}`)),
  ]
  const seen = new Set<string>()
  const repeated = names.filter((name) => seen.size === seen.add(name).size)
  return [...new Set(repeated)].map((name) => `there is ${name} more than once`)
}

function overlapping(world: World): string[] {
  const byVpc = new Map<string, { id: string; cidr: string }[]>()
  for (const { id, vpc, cidr, ipv6CidrBlocks } of world.subnet.values()) {
    const all = [...(cidr === undefined ? [] : [cidr]), ...ipv6CidrBlocks.map((block) => block.cidr)]
    byVpc.set(vpc, [...(byVpc.get(vpc) ?? []), ...all.map((each) => ({ id, cidr: each }))])
  }
  return Array.from(byVpc.values()).flatMap((blocks) =>
    blocks.flatMap(({ id, cidr }, index) => {
      const block = parseCidr(cidr)?.cidr
      const others = blocks.slice(index + 1).flatMap((other) => {
        const inner = parseCidr(other.cidr)?.cidr
        return block && inner && overlaps(block, inner) ? [other.id] : []
      })
      return others.map((other) => `${id} and ${other} overlap`)
    }),
  )
}
