/** Rules of a Terraform document, whichever way they are written: one block may be several rules. */

import type { GroupId, PrefixListId, RuleId } from '../../model/ids.ts'
import { type Direction, type Peer, type Rule, ruleKey, type Traffic } from '../../model/rule.ts'
import { allAddresses, cidrPeer, writtenAs } from '../cidr-peer.ts'
import { number, text } from '../json-value.ts'
import { stableId } from '../stable-id.ts'
import { trafficOf } from '../traffic.ts'
import { at, isUnknown, type Path, type Resource } from './document.ts'
import type { Named, Reading } from './reading.ts'

export interface RuleWords {
  readonly direction: Direction
  readonly groups: Named
  readonly traffic: { readonly protocol: unknown; readonly from: unknown; readonly to: unknown }
  /** Where its peers are, and what the attributes are called. */
  readonly path: Path
  readonly attributes: {
    readonly cidrs: readonly string[]
    readonly lists: string
    readonly groups: string
    readonly self: boolean
  }
  readonly description: string | undefined
  readonly ruleId: string | undefined
  /** All traffic with anybody, for all that is known. */
  readonly isWhollyUnknown: boolean
}

/** The words of a rule that is a resource of its own. */
export function wordsOfRule(reading: Reading, resource: Resource): RuleWords {
  const { values, type } = resource
  const groups = reading.ids(resource, ['security_group_id'], 'sg')
  const common = { groups, path: [], description: text(values['description']) }
  const isPortUnknown = ['protocol', 'ip_protocol', 'from_port', 'to_port', 'type'].some((each) =>
    reading.isPending(resource, [each]),
  )
  if (type === 'aws_security_group_rule') {
    return {
      ...common,
      direction: values['type'] === 'egress' ? 'egress' : 'ingress',
      traffic: { protocol: values['protocol'], from: values['from_port'], to: values['to_port'] },
      attributes: {
        cidrs: ['cidr_blocks', 'ipv6_cidr_blocks'],
        lists: 'prefix_list_ids',
        groups: 'source_security_group_id',
        self: values['self'] === true,
      },
      ruleId: text(values['security_group_rule_id']),
      isWhollyUnknown: isPortUnknown,
    }
  }
  return {
    ...common,
    direction: type === 'aws_vpc_security_group_egress_rule' ? 'egress' : 'ingress',
    traffic: { protocol: values['ip_protocol'], from: values['from_port'], to: values['to_port'] },
    attributes: {
      cidrs: ['cidr_ipv4', 'cidr_ipv6'],
      lists: 'prefix_list_id',
      groups: 'referenced_security_group_id',
      self: false,
    },
    ruleId: text(values['security_group_rule_id']) ?? text(values['id']),
    isWhollyUnknown: isPortUnknown,
  }
}

/** Without those that are copies of other resources' rules. */
export function addRules(
  reading: Reading,
  resource: Resource,
  words: RuleWords,
  copies: ReadonlySet<string> = new Set(),
): void {
  const { draft } = reading
  const nested =
    words.path.length > 0
      ? { kind: words.direction, index: Number(words.path[1]), port: words.traffic.from }
      : undefined
  const origin = reading.origin(resource, nested)
  const traffic: Traffic = words.isWhollyUnknown ? { protocol: 'all' } : trafficFrom(words, resource.address)
  const { sure, perhaps, doubts } = words.isWhollyUnknown
    ? { sure: [], perhaps: allAddresses, doubts: ['What it allows is known only after it is applied.'] }
    : peersOf(reading, resource, words)
  for (const doubt of doubts) draft.doubt(doubt, origin)
  const anyGroup = words.groups.isOpen ? draft.all('securityGroup').map(({ id }) => id) : words.groups.perhaps
  if (anyGroup.length > 0) draft.doubt('Which group it is in is known only after it is applied.', origin)
  const told = words.attributes.cidrs.flatMap((name) => textsAt(resource, [...words.path, name]))
  const ruleOf = (peer: Peer, group: string): Rule => {
    const rule = { direction: words.direction, traffic, peer }
    const isOnly = sure.length + perhaps.length === 1 && words.groups.sure.length === 1
    const own = isOnly && words.ruleId?.startsWith('sgr-') ? (words.ruleId as RuleId) : undefined
    const id: RuleId = own ?? stableId('sgr', `${resource.address} ${group} ${ruleKey(rule)}`)
    return { id, ...rule, ...(words.description === undefined ? {} : { description: words.description }) }
  }
  for (const group of words.groups.sure as readonly GroupId[]) {
    const rules = peersIn(reading, sure, words, group)
      .map((peer) => ruleOf(peer, group))
      .filter((rule) => !copies.has(ruleKey(rule)))
    for (const rule of rules) {
      const written = writtenAs(rule.peer, told)
      if (draft.addRule(group, rule, origin) && written !== undefined) draft.noteWritten(rule.id, written)
    }
    for (const peer of perhaps) draft.addRule(group, ruleOf(peer, group), origin, 'possible')
  }
  for (const group of anyGroup as readonly GroupId[]) {
    for (const peer of [...peersIn(reading, sure, words, group), ...perhaps])
      draft.addRule(group, ruleOf(peer, group), origin, 'possible')
  }
}

function peersIn(reading: Reading, peers: readonly Peer[], { attributes }: RuleWords, group: GroupId): Peer[] {
  return [...peers, ...(attributes.self ? [{ kind: 'group', group, owner: reading.facts.account } as const] : [])]
}

function trafficFrom({ traffic }: RuleWords, what: string): Traffic {
  const { protocol, from, to } = traffic
  return trafficOf(
    {
      protocol: text(protocol) ?? (protocol === undefined ? undefined : String(protocol)),
      from: number(from),
      to: number(to),
    },
    what,
  )
}

interface Peers {
  readonly sure: readonly Peer[]
  readonly perhaps: readonly Peer[]
  readonly doubts: readonly string[]
}

function peersOf(reading: Reading, resource: Resource, { path, attributes }: RuleWords): Peers {
  const cidrs = attributes.cidrs.map((attribute) => cidrPeers(reading, resource, [...path, attribute]))
  const lists = namedPeers(
    reading.ids(resource, [...path, attributes.lists], 'pl', attributes.lists.endsWith('s')),
    'prefix list',
    (id) => ({
      kind: 'prefix-list',
      list: id as PrefixListId,
    }),
  )
  const groups = namedPeers(
    reading.ids(resource, [...path, attributes.groups], 'sg', attributes.groups.endsWith('s')),
    'group',
    (id) => ({
      kind: 'group',
      group: id as GroupId,
      owner: reading.facts.account,
    }),
  )
  const all = [...cidrs, lists, groups]
  return {
    sure: all.flatMap(({ sure }) => sure),
    perhaps: all.flatMap(({ perhaps }) => perhaps),
    doubts: all.flatMap(({ doubts }) => doubts),
  }
}

function namedPeers({ sure, perhaps, isOpen }: Named, what: string, peer: (id: string) => Peer): Peers {
  const isKnown = !isOpen && perhaps.length === 0
  const doubts = isKnown ? [] : [`Which ${what} it names is known only after it is applied.`]
  return { sure: sure.map(peer), perhaps: isOpen ? allAddresses : perhaps.map(peer), doubts }
}

/** A CIDR of another resource's, `10.0.0.5/32` of an instance, may be any. */
function cidrPeers(reading: Reading, resource: Resource, path: Path): Peers {
  const sure = textsAt(resource, path).map((each) => cidrPeer(each, resource.address))
  if (!isUnknown(resource.unknown, path) || !reading.isPending(resource, path)) return { sure, perhaps: [], doubts: [] }
  return { sure, perhaps: allAddresses, doubts: ['An address that it names is known only after it is applied.'] }
}

function textsAt(resource: Resource, path: Path): string[] {
  const value = at(resource.values, path)
  return (Array.isArray(value) ? value : [value]).flatMap((each) => text(each) ?? [])
}
