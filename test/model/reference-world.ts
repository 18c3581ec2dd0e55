/**
 * The reference model's world: a timeline's lines read into plain lists, with a reader of its own, so
 * that a slip in the program's notation shows as well. It takes only what makes sense; anything else throws.
 */

import type { Direction } from '../../src/model/rule.ts'
import { type Address, parseAddress } from '../../src/net/address.ts'
import { blockAround, type Cidr, containsAddress, parseCidr } from '../../src/net/cidr.ts'

/** What a rule or an ACL entry says of the traffic: `tcp 80-90`, `icmp 3/4`, `any`, `50`. */
export interface TrafficText {
  readonly protocol: string
  /** Absent for protocols that have none; `any` for all. */
  readonly detail: string
}

export interface RuleText extends TrafficText {
  readonly id: string
  readonly direction: Direction
  readonly peer: string
  /** Of a peer that is a CIDR or an address. */
  readonly block: Cidr | undefined
}

export interface EntryText extends TrafficText {
  readonly number: number
  readonly direction: Direction
  readonly action: 'allow' | 'deny'
  readonly block: Cidr
}

export interface CardText {
  readonly name: string
  readonly addresses: readonly Address[]
  readonly groups: readonly string[]
  readonly subnet: string
  readonly idle: { readonly tcp?: number; readonly udp?: number; readonly stream?: number }
  readonly owner: string
  readonly isChecked: boolean
}

export interface Named<T> {
  readonly name: string
  readonly of: readonly T[]
}

/** Everything in lists; the first that fits is the one. */
export interface ReferenceWorld {
  readonly groups: readonly Named<RuleText>[]
  readonly cards: readonly CardText[]
  readonly subnets: readonly (Named<Cidr> & { readonly acl: string })[]
  readonly acls: readonly Named<EntryText>[]
  readonly lists: readonly Named<Cidr>[]
  readonly autoTracked: readonly string[]
  readonly allowances: readonly { readonly card: string; readonly most: number }[]
}

const openEntries = (['ingress', 'egress'] as const).flatMap((direction) => [
  readEntry(`${direction} 100 allow any from 0.0.0.0/0`),
  readEntry(`${direction} 101 allow any from ::/0`),
])

export const emptyReferenceWorld: ReferenceWorld = {
  groups: [],
  cards: [],
  subnets: [],
  acls: [{ name: 'acl-open', of: openEntries }],
  lists: [],
  autoTracked: [],
  allowances: [],
}

export function withPrefix(prefix: string, name: string): string {
  return name.startsWith(prefix) ? name : `${prefix}${name}`
}

/** The list with the named thing replaced, or added at the end. */
export function having<T extends { readonly name: string }>(list: readonly T[], item: T): readonly T[] {
  const isThere = list.some(({ name }) => name === item.name)
  return isThere ? list.map((each) => (each.name === item.name ? item : each)) : [...list, item]
}

/** A line below `world`. */
export function readWorldLine(world: ReferenceWorld, line: string): ReferenceWorld {
  const [kind = '', name = '', ...words] = line.trim().split(/\s+/)
  if (kind === 'group') return groupLine(world, withPrefix('sg-', name), words)
  if (kind === 'interface') return interfaceLine(world, withPrefix('eni-', name), words)
  if (kind === 'subnet') return subnetLine(world, withPrefix('subnet-', name), words)
  if (kind === 'acl') return readAclLine(world, withPrefix('acl-', name), words)
  if (kind === 'prefix-list') return { ...world, lists: having(world.lists, { name, of: words.map(readBlock) }) }
  if (kind !== 'path') throw new Error(`the reference knows no line ${line}`)
  const card = withPrefix('eni-', name)
  if (words[0] === 'auto-tracked') return { ...world, autoTracked: [...world.autoTracked, card] }
  const most = { card, most: Number(words[1]) }
  return { ...world, allowances: [...world.allowances.filter((each) => each.card !== card), most] }
}

function groupLine(world: ReferenceWorld, name: string, words: readonly string[]): ReferenceWorld {
  const rules = world.groups.find((each) => each.name === name)?.of ?? []
  const of = words.length === 0 ? rules : [...rules, readRuleText(world, words)]
  return { ...world, groups: having(world.groups, { name, of }) }
}

/** `ingress tcp 80 from 0.0.0.0/0 as sgr-1` */
export function readRuleText(world: ReferenceWorld, words: readonly string[]): RuleText {
  const between = words.findIndex((word) => word === 'from' || word === 'to')
  const [direction = '', protocol = '', detail = ''] = words.slice(0, between)
  const [peer = '', , id = freeId(world)] = words.slice(between + 1)
  const block = parseCidr(peer) || parseAddress(peer) ? readBlock(peer) : undefined
  return { id, direction: direction as Direction, protocol, detail, peer, block }
}

function freeId(world: ReferenceWorld): string {
  const taken = world.groups.flatMap((group) => group.of.map(({ id }) => id))
  let number = taken.length + 1
  while (taken.includes(`sgr-${number}`)) number++
  return `sgr-${number}`
}

function interfaceLine(world: ReferenceWorld, name: string, words: readonly string[]): ReferenceWorld {
  const settingAt = words.findIndex((word) => ['subnet', 'idle', 'instance', 'type', 'unchecked'].includes(word))
  const head = settingAt < 0 ? words : words.slice(0, settingAt)
  const settings = (settingAt < 0 ? [] : words.slice(settingAt)).join(' ')
  const inAt = head.indexOf('in')
  const texts = inAt < 0 ? head : head.slice(0, inAt)
  const ordered = [...texts.filter((text) => !text.includes(':')), ...texts.filter((text) => text.includes(':'))]
  const addresses = ordered.map(readAddress)
  const chosen = /\bsubnet (\S+)/.exec(settings)?.[1]
  const implied = impliedSubnet(addresses)
  const instance = /\binstance (\S+)/.exec(settings)?.[1]
  const card: CardText = {
    name,
    addresses,
    groups: inAt < 0 ? [] : head.slice(inAt + 1).map((group) => withPrefix('sg-', group)),
    subnet: chosen === undefined ? implied.name : withPrefix('subnet-', chosen),
    idle: { ...idleOfType(settings), ...readIdleText(settings) },
    owner: instance === undefined ? name : `i-${instance}`,
    isChecked: !settings.includes('unchecked'),
  }
  const isThere = chosen !== undefined || world.subnets.some((subnet) => subnet.name === implied.name)
  const subnets = isThere ? world.subnets : [...world.subnets, implied]
  return { ...world, cards: having(world.cards, card), subnets }
}

/** The idle timeout that came with the sixth Nitro, whose first types are of the eighth generation. */
function idleOfType(settings: string): CardText['idle'] {
  const [, generation] = /\btype [a-z]+(\d+)/.exec(settings) ?? []
  return Number(generation) >= 8 ? { tcp: 350 } : {}
}

export function readIdleText(text: string): CardText['idle'] {
  const timers = Array.from(text.matchAll(/\b(tcp|udp|stream) (\d+)/g), ([, timer, count]) => [timer, Number(count)])
  return Object.fromEntries(timers)
}

/** The /24 and the /64 around the first address of each family, with the ACL that allows everything. */
function impliedSubnet(addresses: readonly Address[]): ReferenceWorld['subnets'][number] {
  const v4 = addresses.find(({ family }) => family === 4)
  const v6 = addresses.find(({ family }) => family === 6)
  const blocks = [...(v4 ? [blockAround(v4, 24)] : []), ...(v6 ? [blockAround(v6, 64)] : [])]
  const [first] = blocks
  return { name: `implied ${first?.family} ${first?.first}`, of: blocks, acl: 'acl-open' }
}

function subnetLine(world: ReferenceWorld, name: string, words: readonly string[]): ReferenceWorld {
  const aclAt = words.indexOf('acl')
  const blocks = (aclAt < 0 ? words : words.slice(0, aclAt)).map(readBlock)
  const of = [...blocks.filter(({ family }) => family === 4), ...blocks.filter(({ family }) => family === 6)]
  const acl = aclAt < 0 ? 'acl-open' : withPrefix('acl-', words[aclAt + 1] ?? '')
  return { ...world, subnets: having(world.subnets, { name, of, acl }) }
}

/** `acl NAME`, `acl NAME ingress 100 allow tcp 22 from 0.0.0.0/0`, `acl NAME ingress 100 removed` */
export function readAclLine(world: ReferenceWorld, name: string, words: readonly string[]): ReferenceWorld {
  const before = world.acls.find((each) => each.name === name)?.of ?? []
  if (words.length === 0) return { ...world, acls: having(world.acls, { name, of: before }) }
  const [direction, number, action] = words
  const others = before.filter((entry) => entry.direction !== direction || entry.number !== Number(number))
  const of = action === 'removed' ? others : [...others, readEntry(words.join(' '))]
  return { ...world, acls: having(world.acls, { name, of }) }
}

function readEntry(text: string): EntryText {
  const words = text.split(' ')
  const between = words.findIndex((word) => word === 'from' || word === 'to')
  const [direction = '', number = '', action = '', protocol = '', detail = ''] = words.slice(0, between)
  return {
    number: Number(number),
    direction: direction as Direction,
    action: action as 'allow' | 'deny',
    protocol,
    detail,
    block: readBlock(words[between + 1] ?? ''),
  }
}

/** A CIDR, or an address that stands for itself alone. */
export function readBlock(text: string): Cidr {
  const cidr = parseCidr(text)?.cidr
  if (cidr) return cidr
  const address = readAddress(text)
  return blockAround(address, address.family === 4 ? 32 : 128)
}

export function readAddress(text: string): Address {
  const address = parseAddress(text)
  if (!address) throw new Error(`${text} is no address`)
  return address
}

export function rulesOf(world: ReferenceWorld, card: CardText): RuleText[] {
  return card.groups.flatMap((name) => world.groups.find((group) => group.name === name)?.of ?? [])
}

/** Whether the rule's peer stands for the address at this moment. */
export function isPeer(world: ReferenceWorld, { peer, block }: RuleText, address: Address): boolean {
  if (block) return containsAddress(block, address)
  if (peer.startsWith('pl-')) {
    const entries = world.lists.find(({ name }) => name === peer)?.of ?? []
    return entries.some((entry) => containsAddress(entry, address))
  }
  const group = withPrefix('sg-', peer)
  if (!world.groups.some(({ name }) => name === group)) return false
  const members = world.cards.filter(({ groups }) => groups.includes(group))
  return members.some((card) => card.addresses.some((own) => isSameAddress(own, address)))
}

export function isSameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits
}
