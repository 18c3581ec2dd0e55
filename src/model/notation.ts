/**
 * A World as a few lines of text (docs/vectors.md): groups with their rules, interfaces, subnets, ACLs
 * and prefix lists of one VPC. Each line is changes; a name stands for an id that is made from it.
 */

import { NotationError, Words } from '../base/words.ts'
import { type Address, parseAddress } from '../net/address.ts'
import { blockAround, formatCidr, parseCidr } from '../net/cidr.ts'
import { type Change, put } from './change.ts'
import type { GroupId, InstanceId, NetworkAclId, NetworkInterfaceId, PrefixListId, RuleId, SubnetId } from './ids.ts'
import type { NetworkAcl, NetworkAclEntry } from './network-acl.ts'
import type { ConnectionTracking, NetworkInterface } from './network-interface.ts'
import { instanceOfType } from './notation-instance.ts'
import { prefixListVersionId } from './prefix-list.ts'
import type { Direction, Peer, Rule, Traffic } from './rule.ts'
import type { SecurityGroup } from './security-group.ts'
import { plainSubnetSettings, type Subnet } from './subnet.ts'
import { apply, emptyWorld, type World } from './world.ts'

const account = '123456789012'
const vpc = 'vpc-1'
const openAcl: NetworkAclId = 'acl-open'

/** An empty VPC with an ACL that allows everything, for lines to be read into. */
export function notationWorld(): World {
  const scope = { account, region: 'us-east-1' }
  const entries = (['ingress', 'egress'] as const).flatMap((direction) => [
    openEntry(direction, 4),
    openEntry(direction, 6),
  ])
  return apply(emptyWorld(scope), [
    put('vpc', {
      id: vpc,
      cidrBlocks: [{ associationId: 'vpc-cidr-assoc-1', cidr: '10.0.0.0/16' }],
      ipv6CidrBlocks: [],
      dhcpOptions: 'dopt-1',
      tenancy: 'default',
      isDefault: false,
      dnsSupport: true,
      dnsHostnames: false,
      networkAddressUsageMetrics: false,
    }),
    put('networkAcl', { id: openAcl, vpc, isDefault: true, entries }),
  ])
}

function openEntry(direction: Direction, family: 4 | 6): NetworkAclEntry {
  const cidr = family === 4 ? '0.0.0.0/0' : '::/0'
  return { number: family === 4 ? 100 : 101, direction, action: 'allow', protocol: -1, family, cidr }
}

type Line = (words: Words, world: World) => readonly Change[]

const lines: Readonly<Record<string, Line>> = {
  group: groupLine,
  interface: interfaceLine,
  subnet: subnetLine,
  acl: aclLine,
  'prefix-list': prefixListLine,
}

/** The changes that one line of a world makes. Throws NotationError. */
export function worldLine(text: string, world: World): readonly Change[] {
  const words = new Words(text)
  const kind = words.take('a line')
  const line = Object.hasOwn(lines, kind) ? lines[kind] : undefined
  if (!line) throw new NotationError(`'${kind}' is none of ${Object.keys(lines).join(', ')}`)
  const changes = line(words, world)
  words.end()
  return changes
}

function groupIdOf(name: string): GroupId {
  return name.startsWith('sg-') ? (name as GroupId) : `sg-${name}`
}

/** The id of a group of the world. Throws NotationError. */
export function groupNamed(world: World, name: string): GroupId {
  const id = groupIdOf(name)
  if (!world.securityGroup.has(id)) throw new NotationError(`there is no group ${name}`)
  return id
}

export function interfaceIdOf(name: string): NetworkInterfaceId {
  return name.startsWith('eni-') ? (name as NetworkInterfaceId) : `eni-${name}`
}

function aclIdOf(name: string): NetworkAclId {
  return name.startsWith('acl-') ? (name as NetworkAclId) : `acl-${name}`
}

function subnetIdOf(name: string): SubnetId {
  return name.startsWith('subnet-') ? (name as SubnetId) : `subnet-${name}`
}

/** `group NAME`, or `group NAME RULE` for a group of that name, made when it is not there yet. */
function groupLine(words: Words, world: World): Change[] {
  const name = words.take('a group name')
  const id = groupIdOf(name)
  const group: SecurityGroup = world.securityGroup.get(id) ?? {
    id,
    vpc,
    name,
    description: name,
    rules: [],
    hasOriginalEgress: false,
  }
  const rules = words.next === undefined ? group.rules : [...group.rules, readRule(words, world)]
  return [put('securityGroup', { ...group, rules })]
}

/** `ingress tcp 22 from 203.0.113.0/24 as sgr-2` */
export function readRule(words: Words, world: World): Rule {
  const direction = words.oneOf(['ingress', 'egress'] as const, 'a direction')
  const traffic = readTraffic(words)
  words.expect(direction === 'ingress' ? 'from' : 'to')
  const peer = readPeer(words.take('a peer'))
  const id = words.takeIf('as') ? (words.take('a rule id') as RuleId) : freeRuleId(world)
  if (!id.startsWith('sgr-')) throw new NotationError(`a rule id begins with sgr-, unlike '${id}'`)
  if (world.groupOfRule.has(id)) throw new NotationError(`there is a rule ${id} already`)
  return { id, direction, traffic, peer }
}

function freeRuleId(world: World): RuleId {
  let number = world.groupOfRule.size + 1
  while (world.groupOfRule.has(`sgr-${number}`)) number++
  return `sgr-${number}`
}

function readTraffic(words: Words): Traffic {
  const protocol = words.take('a protocol')
  if (protocol === 'any') return { protocol: 'all' }
  if (protocol === 'tcp' || protocol === 'udp') return { protocol, ...readPorts(words) }
  if (protocol === 'icmp' || protocol === 'icmpv6') return { protocol, ...readIcmp(words) }
  if (!/^\d{1,3}$/.test(protocol) || Number(protocol) > 255) {
    throw new NotationError(`'${protocol}' is no protocol: use any, tcp, udp, icmp, icmpv6 or a number`)
  }
  if ([1, 6, 17, 58].includes(Number(protocol))) {
    throw new NotationError(`protocol ${protocol} is written by its name`)
  }
  return { protocol: Number(protocol) }
}

function readPorts(words: Words): { from: number; to: number } {
  const text = words.take('ports')
  if (text === 'any') return { from: 0, to: 65535 }
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const ports = { from: Number(from), to: Number(to) }
  if (from === undefined || ports.from > ports.to || ports.to > 65535) {
    throw new NotationError(`'${text}' is no port, no range 80-90 and not any`)
  }
  return ports
}

function readIcmp(words: Words): { type: number; code: number } {
  const text = words.take('an ICMP type')
  if (text === 'any') return { type: -1, code: -1 }
  const [, type, code = '-1'] = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(text) ?? []
  if (type === undefined || Number(type) > 255 || Number(code) > 255) {
    throw new NotationError(`'${text}' is no ICMP TYPE, TYPE/CODE and not any`)
  }
  return { type: Number(type), code: Number(code) }
}

/** A CIDR, an address, a prefix list `pl-…`, or else a group, which need not exist: such a rule is stale. */
function readPeer(text: string): Peer {
  if (text.startsWith('pl-')) return { kind: 'prefix-list', list: text as PrefixListId }
  const cidr = cidrFrom(text)
  if (cidr === undefined) return { kind: 'group', group: groupIdOf(text), owner: account }
  return cidr.includes(':') ? { kind: 'ipv6', cidr } : { kind: 'ipv4', cidr }
}

function cidrFrom(text: string): string | undefined {
  const address = parseAddress(text)
  const cidr = address ? hostBlock(address) : parseCidr(text)?.cidr
  return cidr && formatCidr(cidr)
}

function hostBlock(address: Address) {
  return blockAround(address, address.family === 4 ? 32 : 128)
}

/** `interface NAME ADDRESS… in GROUP… [subnet NAME] [idle tcp|udp|stream SECONDS]… [instance NAME] [type TYPE] [public ADDRESS] [unchecked]` */
function interfaceLine(words: Words, world: World): Change[] {
  const named = (group: string): GroupId => groupNamed(world, group)
  const name = words.take('an interface name')
  const addresses = words.takeWhile((word) => parseAddress(word) !== undefined)
  const [v4, v6] = [addresses.filter((text) => !text.includes(':')), addresses.filter((text) => text.includes(':'))]
  if (addresses.length === 0) throw new NotationError(`interface ${name} needs an address`)
  const groups = words.takeIf('in') ? words.takeWhile((word) => !settingWords.has(word)).map(named) : []
  const settings = readSettings(words, world)
  const subnet = settings.subnet ?? impliedSubnet(v4[0], v6[0])
  const card: NetworkInterface = {
    id: interfaceIdOf(name),
    subnet: subnet.id,
    vpc,
    zone: 'us-east-1a',
    description: name,
    macAddress: '02:00:00:00:00:01',
    privateAddresses: v4.map((address, index) => ({ address, isPrimary: index === 0 })),
    ipv6Addresses: v6,
    groups,
    sourceDestCheck: settings.isChecked,
    interfaceType: 'interface',
    tracking: settings.tracking,
    ...(settings.instance === undefined ? {} : { attachment: attachmentTo(settings.instance) }),
    ...(settings.publicAddress === undefined ? {} : { autoAssignedPublicAddress: settings.publicAddress }),
  }
  const isMade = world.subnet.has(subnet.id) || settings.subnet !== undefined
  return [
    ...(isMade ? [] : [put('subnet', subnet as Subnet)]),
    ...(settings.instance && settings.type ? [instanceOfType(settings.instance, settings.type)] : []),
    put('networkInterface', card),
  ]
}

const settingNames = ['subnet', 'idle', 'instance', 'type', 'public', 'unchecked'] as const
const settingWords: ReadonlySet<string> = new Set(settingNames)

interface Settings {
  subnet: { readonly id: SubnetId } | undefined
  tracking: ConnectionTracking
  instance: InstanceId | undefined
  type: string | undefined
  publicAddress: string | undefined
  isChecked: boolean
}

function readSettings(words: Words, world: World): Settings {
  const settings: Settings = {
    subnet: undefined,
    tracking: {},
    instance: undefined,
    type: undefined,
    publicAddress: undefined,
    isChecked: true,
  }
  while (words.next !== undefined) {
    const word = words.oneOf(settingNames, 'a setting')
    if (word === 'subnet') settings.subnet = { id: subnetNamed(world, words.take('a subnet name')) }
    else if (word === 'instance') settings.instance = `i-${words.take('an instance name')}`
    else if (word === 'type') settings.type = words.take('an instance type')
    else if (word === 'public') settings.publicAddress = publicAddressFrom(words)
    else if (word === 'unchecked') settings.isChecked = false
    else settings.tracking = { ...settings.tracking, ...readIdle(words) }
  }
  if (settings.type !== undefined && settings.instance === undefined) {
    throw new NotationError('a type is of an instance: write `instance NAME type TYPE`')
  }
  return settings
}

function publicAddressFrom(words: Words): string {
  const text = words.take('a public address')
  if (parseAddress(text)?.family !== 4) throw new NotationError(`'${text}' is no IPv4 address`)
  return text
}

function subnetNamed(world: World, name: string): SubnetId {
  const id = subnetIdOf(name)
  if (!world.subnet.has(id)) throw new NotationError(`there is no subnet ${name}`)
  return id
}

/** `tcp 350`, `udp 60`, `stream 120`, in seconds. */
export function readIdle(words: Words): ConnectionTracking {
  const timer = words.oneOf(['tcp', 'udp', 'stream'] as const, 'a timer')
  const span = words.number('seconds')
  if (timer === 'tcp') return { tcpEstablishedTimeout: span }
  return timer === 'udp' ? { udpTimeout: span } : { udpStreamTimeout: span }
}

function attachmentTo(instance: InstanceId): NonNullable<NetworkInterface['attachment']> {
  return {
    id: 'eni-attach-1',
    instance,
    deviceIndex: 0,
    networkCardIndex: 0,
    attachedAt: 0 as NonNullable<NetworkInterface['attachment']>['attachedAt'],
    deleteOnTermination: true,
  }
}

/** The /24 and the /64 around an interface's addresses, for interfaces that name no subnet. */
function impliedSubnet(v4: string | undefined, v6: string | undefined): Subnet {
  const blocks = [around(v4, 24), around(v6, 64)]
  const name = (blocks[0] ?? blocks[1] ?? '').replace(/[./:]+/g, '-')
  return subnetOf(subnetIdOf(name), blocks, openAcl)
}

function around(text: string | undefined, length: number): string | undefined {
  const address = text === undefined ? undefined : parseAddress(text)
  return address && formatCidr(blockAround(address, length))
}

function subnetOf(id: SubnetId, [v4, v6]: readonly (string | undefined)[], acl: NetworkAclId): Subnet {
  return {
    id,
    vpc,
    ...(v4 === undefined ? {} : { cidr: v4 }),
    ipv6CidrBlocks: v6 === undefined ? [] : [{ associationId: 'subnet-cidr-assoc-1', cidr: v6 }],
    zone: 'us-east-1a',
    ...plainSubnetSettings,
    acl,
    aclAssociation: `aclassoc-${id}`,
  }
}

/** `subnet NAME CIDR… [acl NAME]` */
function subnetLine(words: Words, world: World): Change[] {
  const id = subnetIdOf(words.take('a subnet name'))
  const blocks = words.takeWhile((word) => parseCidr(word) !== undefined)
  const acl = words.takeIf('acl') ? aclNamed(world, words.take('an ACL name')) : openAcl
  const [v4, v6] = [blocks.find((text) => !text.includes(':')), blocks.find((text) => text.includes(':'))]
  return [put('subnet', subnetOf(id, [v4, v6], acl))]
}

function aclNamed(world: World, name: string): NetworkAclId {
  const id = aclIdOf(name)
  if (!world.networkAcl.has(id)) throw new NotationError(`there is no ACL ${name}`)
  return id
}

/** `acl NAME`, or `acl NAME ingress 100 allow tcp 22 from 0.0.0.0/0`. A new one denies everything. */
export function aclLine(words: Words, world: World): Change[] {
  const id = aclIdOf(words.take('an ACL name'))
  const acl: NetworkAcl = world.networkAcl.get(id) ?? { id, vpc, isDefault: false, entries: [] }
  if (words.next === undefined) return [put('networkAcl', acl)]
  const direction = words.oneOf(['ingress', 'egress'] as const, 'a direction')
  const number = words.number('an entry')
  if (number < 1 || number > 32766) throw new NotationError(`${number} is no number of an entry: use 1 to 32766`)
  const others = acl.entries.filter((entry) => entry.number !== number || entry.direction !== direction)
  if (words.takeIf('removed')) return [put('networkAcl', { ...acl, entries: others })]
  return [put('networkAcl', { ...acl, entries: [...others, readEntry(words, direction, number)] })]
}

function readEntry(words: Words, direction: Direction, number: number): NetworkAclEntry {
  const action = words.oneOf(['allow', 'deny'] as const, 'an action')
  const traffic = readTraffic(words)
  words.expect(direction === 'ingress' ? 'from' : 'to')
  const text = words.take('a CIDR')
  const cidr = cidrFrom(text)
  if (cidr === undefined) throw new NotationError(`'${text}' is no CIDR: an ACL knows no groups`)
  return { number, direction, action, ...aclTraffic(traffic), family: cidr.includes(':') ? 6 : 4, cidr }
}

const numbers = { all: -1, tcp: 6, udp: 17, icmp: 1, icmpv6: 58 } as const

function aclTraffic(traffic: Traffic): Pick<NetworkAclEntry, 'protocol' | 'ports' | 'icmp'> {
  if (traffic.protocol === 'tcp' || traffic.protocol === 'udp') {
    return { protocol: numbers[traffic.protocol], ports: { from: traffic.from, to: traffic.to } }
  }
  if (traffic.protocol === 'icmp' || traffic.protocol === 'icmpv6') {
    return { protocol: numbers[traffic.protocol], icmp: { type: traffic.type, code: traffic.code } }
  }
  return { protocol: traffic.protocol === 'all' ? -1 : (traffic.protocol as number) }
}

/** `prefix-list pl-1 CIDR…`: makes the list, or gives it these entries. */
export function prefixListLine(words: Words, world: World): Change[] {
  const id = words.take('a prefix list id')
  if (!id.startsWith('pl-')) throw new NotationError(`a prefix list id begins with pl-, unlike '${id}'`)
  const entries = words.takeWhile(() => true).map((text) => cidrFrom(text) ?? badCidr(text))
  const list = id as PrefixListId
  const version = (world.prefixList.get(list)?.version ?? 0) + 1
  const family = entries[0]?.includes(':') ? 6 : 4
  if (entries.some((cidr) => cidr.includes(':') !== (family === 6))) {
    throw new NotationError('the entries of a prefix list are of one IP family')
  }
  return [
    put('prefixList', { id: list, name: id, family, maxEntries: 1000, version, state: 'modify-complete' }),
    put('prefixListVersion', {
      id: prefixListVersionId(list, version),
      list,
      version,
      entries: entries.map((cidr) => ({ cidr })),
    }),
  ]
}

function badCidr(text: string): never {
  throw new NotationError(`'${text}' is no CIDR`)
}
