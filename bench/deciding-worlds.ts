/**
 * Worlds with one interface of few or many rules, made from fixed seeds: d60 to d100000 by how many
 * (source, protocol, ports) entries the rules come to. Lists and groups make up for what rules are few.
 */

import { invariant } from '../src/base/invariant.ts'
import { type Change, put } from '../src/model/change.ts'
import type { GroupId } from '../src/model/ids.ts'
import { notationWorld, worldLine } from '../src/model/notation.ts'
import { prefixListVersionId } from '../src/model/prefix-list.ts'
import type { Peer, Rule, Traffic } from '../src/model/rule.ts'
import { apply, type World } from '../src/model/world.ts'
import { type Family, formatAddress } from '../src/net/address.ts'
import { blockAround, formatCidr } from '../src/net/cidr.ts'
import { Dice } from './dice.ts'

/** What the families of a workload's peers are. */
export type Families = 'IPv4' | 'IPv6' | 'mixed'

export interface Workload {
  readonly name: string
  /** Rules of the interface, those that name a list and those that name a group among them. */
  readonly rules: number
  readonly listRules: number
  readonly groupRules: number
  readonly lists: number
  readonly entriesEach: number
  readonly groups: number
  readonly membersEach: number
}

export const workloads: readonly Workload[] = [
  { name: 'd60', rules: 60, listRules: 0, groupRules: 0, lists: 0, entriesEach: 0, groups: 0, membersEach: 0 },
  { name: 'd1000', rules: 1000, listRules: 0, groupRules: 0, lists: 0, entriesEach: 0, groups: 0, membersEach: 0 },
  {
    name: 'd10000',
    rules: 1000,
    listRules: 30,
    groupRules: 40,
    lists: 10,
    entriesEach: 200,
    groups: 20,
    membersEach: 100,
  },
  {
    name: 'd100000',
    rules: 1000,
    listRules: 40,
    groupRules: 60,
    lists: 20,
    entriesEach: 1000,
    groups: 40,
    membersEach: 1000,
  },
]

const account = '123456789012'
/** AWS lets a group have some sixty rules, an interface sixteen groups: 1,000 rules at most. */
const rulesPerGroup = 63

/** The interface is `eni-d`. */
export function worldOfWorkload(workload: Workload, families: Families): World {
  const dice = new Dice(`${workload.name} ${families}`)
  const familyOf = (): Family => (families === 'IPv4' ? 4 : families === 'IPv6' ? 6 : dice.below(2) === 0 ? 4 : 6)
  const groupCount = Math.ceil(workload.rules / rulesPerGroup)
  const own = Array.from({ length: groupCount }, (_, index): GroupId => `sg-d${index}`)
  const lines = [
    ...own.map((id) => `group ${id.slice(3)}`),
    ...Array.from({ length: workload.groups }, (_, index) => `group m${index}`),
    `interface d 10.0.0.10 in ${own.map((id) => id.slice(3)).join(' ')}`,
  ]
  const world = lines.reduce((before, line) => apply(before, worldLine(line, before)), notationWorld())
  return apply(world, [
    ...listChanges(workload, dice, familyOf),
    ...memberChanges(world, workload, dice, familyOf),
    ...ruleChanges(workload, dice, familyOf),
  ])
}

function listChanges({ lists, entriesEach }: Workload, dice: Dice, familyOf: () => Family): Change[] {
  return Array.from({ length: lists }, (_, index) => {
    const list = `pl-${index}` as const
    const family = familyOf()
    const cidrs = new Set<string>()
    while (cidrs.size < entriesEach) cidrs.add(anyCidr(dice, family, 16))
    const entries = Array.from(cidrs, (cidr) => ({ cidr }))
    return [
      put('prefixListVersion', { id: prefixListVersionId(list, 1), list, version: 1, entries }),
      put('prefixList', {
        id: list,
        name: list,
        family,
        maxEntries: entriesEach,
        version: 1,
        state: 'create-complete',
      }),
    ]
  }).flat()
}

/** Members of a group are anywhere in a /16, or in a /48. */
function memberChanges(world: World, workload: Workload, dice: Dice, familyOf: () => Family): Change[] {
  const pattern = world.networkInterface.get('eni-d')
  invariant(pattern, 'the lines made it')
  return Array.from({ length: workload.groups }, (_, group) => {
    const addresses = new Set<string>()
    const family = familyOf()
    while (addresses.size < workload.membersEach) addresses.add(memberAddress(dice, family, group))
    return Array.from(addresses, (address, index) =>
      put('networkInterface', {
        ...pattern,
        id: `eni-m${group}x${index}`,
        groups: [`sg-m${group}`],
        privateAddresses: family === 4 ? [{ address, isPrimary: true }] : [],
        ipv6Addresses: family === 6 ? [address] : [],
      }),
    )
  }).flat()
}

export function memberAddress(dice: Dice, family: Family, group: number): string {
  const host = BigInt(dice.below(65_536))
  if (family === 4) return formatAddress({ family, bits: (10n << 24n) + (BigInt(group + 1) << 16n) + host })
  const prefix = (0x2001_0db8n << 32n) + (BigInt(group + 1) << 16n) + (host >> 8n)
  return formatAddress({ family, bits: (prefix << 64n) + (BigInt(dice.below(65_536)) << 8n) + (host & 255n) })
}

function ruleChanges(workload: Workload, dice: Dice, familyOf: () => Family): Change[] {
  return Array.from({ length: workload.rules }, (_, index): Change => {
    const peer = peerOf(index, workload, () => ruleCidrPeer(dice, familyOf()))
    const rule: Rule = { id: `sgr-${index}`, direction: 'ingress', traffic: anyTraffic(dice), peer }
    return { kind: 'rule-added', group: `sg-d${Math.floor(index / rulesPerGroup)}`, rule }
  })
}

/** Lists and groups come up all over the rules. */
function peerOf(index: number, workload: Workload, cidrPeer: () => Peer): Peer {
  const { rules, listRules, groupRules, lists, groups } = workload
  const named = (index * 7919) % rules
  if (named < listRules) return { kind: 'prefix-list', list: `pl-${named % lists}` }
  if (named < listRules + groupRules) return { kind: 'group', group: `sg-m${named % groups}`, owner: account }
  return cidrPeer()
}

export function ruleCidrPeer(dice: Dice, family: Family): Peer {
  return { kind: family === 4 ? 'ipv4' : 'ipv6', cidr: anyCidr(dice, family, 8) }
}

const lengths = {
  4: [8, 12, 16, 16, 20, 22, 24, 24, 24, 28, 32, 32, 32],
  6: [32, 36, 40, 44, 48, 48, 56, 56, 64, 64, 128, 128, 128],
} as const

/** IPv6 blocks are of a hundred providers' /32s, as real ones are. */
function anyCidr(dice: Dice, family: Family, shortest: number): string {
  const length = Math.max(dice.of(lengths[family]), family === 4 ? shortest : 32)
  const bits =
    family === 4
      ? BigInt(dice.below(2 ** 32))
      : (BigInt(0x2600_0000 + dice.below(100) * 65_537) << 96n) +
        (BigInt(dice.below(2 ** 32)) << 64n) +
        BigInt(dice.below(2 ** 32))
  return formatCidr(blockAround({ family, bits }, length))
}

const singlePorts = [22, 25, 53, 80, 123, 443, 3306, 5432, 6379, 8080, 8443, 9092, 9200, 27_017]

/** 78 % TCP, 17 % UDP, 3 % ICMP, 2 % all; 70 % of ports single, 20 % a range, 10 % a very wide one. */
export function anyTraffic(dice: Dice): Traffic {
  const kind = dice.below(100)
  if (kind >= 98) return { protocol: 'all' }
  if (kind >= 95)
    return dice.of([
      { protocol: 'icmp', type: 8, code: -1 },
      { protocol: 'icmp', type: 3, code: 4 },
    ] as const)
  const protocol = kind < 78 ? 'tcp' : 'udp'
  const width = dice.below(10)
  if (width < 7) {
    const port = dice.below(2) === 0 ? dice.of(singlePorts) : dice.below(65_536)
    return { protocol, from: port, to: port }
  }
  const from = width < 9 ? dice.below(60_000) : dice.below(2000)
  return { protocol, from, to: width < 9 ? from + dice.below(1000) : 65_535 - dice.below(2000) }
}
