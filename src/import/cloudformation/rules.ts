/** One rule of a template: its traffic and its peers, or what it may be at most. */

import { findAwsPrefixList } from '../../model/aws-prefix-lists.ts'
import type { GroupId, PrefixListId } from '../../model/ids.ts'
import type { Direction, Peer, Rule, Traffic } from '../../model/rule.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { writtenAs } from '../cidr-peer.ts'
import { writtenProtocol } from '../traffic.ts'
import type { Builder } from './builder.ts'
import { isUnknown, knownText, mappingOf, numberOf, textOf, type Unknown, type Value, whyUnknown } from './value.ts'

export interface RuleFacts extends Pick<Rule, 'traffic' | 'peer' | 'description'> {
  /** Its CIDR, if the template has it in another form. */
  readonly written?: string
}

interface RulesRead {
  /** With doubts: the widest that it may be. */
  readonly rules: readonly RuleFacts[]
  readonly doubts: readonly string[]
}

const everyone: readonly Peer[] = [
  { kind: 'ipv4', cidr: '0.0.0.0/0' },
  { kind: 'ipv6', cidr: '::/0' },
]

export function rulesFrom(builder: Builder, value: Value, direction: Direction): RulesRead {
  const row = mappingOf(value) as { readonly [key: string]: Value } | undefined
  if (isUnknown(value) || !row) {
    const why = isUnknown(value) ? `it is ${whyUnknown(value)}` : 'it is no mapping'
    return { rules: everyone.map((peer) => ({ traffic: { protocol: 'all' }, peer })), doubts: [why] }
  }
  const traffic = trafficFrom(row)
  const peers = peersFrom(builder, row, direction)
  const description = knownText(row['Description'])
  const doubts = [...traffic.doubts, ...peers.doubts]
  const texts = [row['CidrIp'], row['CidrIpv6']].flatMap((text) => knownText(text) ?? [])
  const rules = peers.peers.map((peer) => {
    const written = writtenAs(peer, texts)
    return {
      traffic: traffic.traffic,
      peer,
      ...(description === undefined ? {} : { description }),
      ...(written === undefined ? {} : { written }),
    }
  })
  return { rules, doubts }
}

interface TrafficRead {
  readonly traffic: Traffic
  readonly doubts: readonly string[]
}

function trafficFrom(row: { readonly [key: string]: Value }): TrafficRead {
  const text = textOf(row['IpProtocol'])
  if (text === undefined || isUnknown(text)) {
    const why = text === undefined ? 'it has no protocol' : `its protocol is ${whyUnknown(text)}`
    return { traffic: { protocol: 'all' }, doubts: [why] }
  }
  const protocol = writtenProtocol(text)
  if (protocol === undefined) return { traffic: { protocol: 'all' }, doubts: [`'${text}' is no protocol`] }
  const ends = [numberOf(row['FromPort']), numberOf(row['ToPort'])] as const
  if (protocol === 'tcp' || protocol === 'udp') return portsFrom(protocol, ends)
  if (protocol === 'icmp' || protocol === 'icmpv6') return icmpFrom(protocol, ends)
  return { traffic: { protocol } as Traffic, doubts: [] }
}

type Ends = readonly [number | Unknown | undefined, number | Unknown | undefined]

function portsFrom(protocol: 'tcp' | 'udp', [from, to]: Ends): TrafficRead {
  const all = { protocol, from: 0, to: 65535 } as const
  const lost = [from, to].find((each) => isUnknown(each))
  if (isUnknown(lost)) return { traffic: all, doubts: [`its port is ${whyUnknown(lost)}`] }
  // CloudFormation's handler takes -1 for all ports.
  if (from === -1 && to === -1) return { traffic: all, doubts: [] }
  if (typeof from !== 'number' || typeof to !== 'number') return { traffic: all, doubts: ['it has no ports'] }
  const isRange = from >= 0 && from <= to && to <= 65535
  return isRange
    ? { traffic: { protocol, from, to }, doubts: [] }
    : { traffic: all, doubts: [`${from}-${to} is no range`] }
}

function icmpFrom(protocol: 'icmp' | 'icmpv6', [type = -1, code = -1]: Ends): TrafficRead {
  const lost = [type, code].find((each) => isUnknown(each))
  if (isUnknown(lost)) {
    return { traffic: { protocol, type: -1, code: -1 }, doubts: [`its ICMP type is ${whyUnknown(lost)}`] }
  }
  return { traffic: { protocol, type: type as number, code: code as number }, doubts: [] }
}

interface PeersRead {
  readonly peers: readonly Peer[]
  readonly doubts: readonly string[]
}

function peersFrom(builder: Builder, row: { readonly [key: string]: Value }, direction: Direction): PeersRead {
  const end = direction === 'ingress' ? 'Source' : 'Destination'
  const names = ['CidrIp', 'CidrIpv6', `${end}PrefixListId`, `${end}SecurityGroupId`, `${end}SecurityGroupName`]
  const given = names.filter((name) => row[name] !== undefined)
  if (given.length === 0) return { peers: [], doubts: ['it has no peer, and AWS adds no such rule'] }
  const read = given.map((name) => peerFrom(builder, name, row))
  return { peers: read.flatMap(({ peers }) => peers), doubts: read.flatMap(({ doubts }) => doubts) }
}

function peerFrom(builder: Builder, name: string, row: { readonly [key: string]: Value }): PeersRead {
  const text = textOf(row[name])
  if (text === undefined || isUnknown(text)) {
    return { peers: everyone, doubts: [`its ${name} is ${text === undefined ? 'empty' : whyUnknown(text)}`] }
  }
  if (name === 'CidrIp' || name === 'CidrIpv6') return blockPeer(name, text)
  if (name.endsWith('PrefixListId')) return listPeer(builder, text)
  return groupPeer(builder, text, knownText(row['SourceSecurityGroupOwnerId']))
}

/** Host bits are masked, as AWS masks them. */
function blockPeer(name: 'CidrIp' | 'CidrIpv6', text: string): PeersRead {
  const cidr = parseCidr(text)?.cidr
  if (!cidr || cidr.family !== (name === 'CidrIp' ? 4 : 6)) {
    return { peers: everyone, doubts: [`its ${name} '${text}' is no CIDR block`] }
  }
  return { peers: [{ kind: cidr.family === 4 ? 'ipv4' : 'ipv6', cidr: formatCidr(cidr) }], doubts: [] }
}

function listPeer({ world }: Builder, text: string): PeersRead {
  if (world.prefixList.has(text) || findAwsPrefixList(world.scope.region, text)) {
    return { peers: [{ kind: 'prefix-list', list: text as PrefixListId }], doubts: [] }
  }
  return { peers: everyone, doubts: [`the entries of the prefix list ${text} are not in the template`] }
}

/** A group that the templates do not hold has no members among their interfaces, but those that carry it. */
function groupPeer({ world, given }: Builder, text: string, owner: string | undefined): PeersRead {
  const named = Array.from(world.securityGroup.values()).find((group) => group.name === text)
  const group = (text.startsWith('sg-') ? text : (named?.id ?? text)) as GroupId
  return { peers: [{ kind: 'group', group, owner: owner ?? given.account }], doubts: [] }
}
