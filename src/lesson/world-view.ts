/** A world as a learner is shown it: groups with their rules, interfaces, and the ACLs that are not the open one. */

import type { NetworkAclEntry } from '../model/network-acl.ts'
import { type Direction, peerText, type Rule, type Traffic } from '../model/rule.ts'
import type { World } from '../model/world.ts'

export interface RuleView {
  readonly id: string
  readonly direction: Direction
  readonly traffic: string
  readonly peer: string
}

export interface WorldView {
  readonly groups: readonly { readonly id: string; readonly name: string; readonly rules: readonly RuleView[] }[]
  readonly interfaces: readonly InterfaceView[]
  readonly acls: readonly { readonly id: string; readonly entries: readonly EntryView[] }[]
}

interface InterfaceView {
  readonly id: string
  readonly name: string
  readonly addresses: readonly string[]
  readonly groups: readonly string[]
  readonly acl: string
}

interface EntryView {
  readonly number: number
  readonly direction: Direction
  readonly action: 'allow' | 'deny'
  readonly traffic: string
  readonly cidr: string
}

export function worldView(world: World): WorldView {
  return {
    groups: Array.from(world.securityGroup.values(), ({ id, name, rules }) => ({
      id,
      name,
      rules: rules.map(ruleView),
    })),
    interfaces: Array.from(world.networkInterface.values(), (card) => ({
      id: card.id,
      name: card.description,
      addresses: [...card.privateAddresses.map(({ address }) => address), ...card.ipv6Addresses],
      groups: card.groups,
      acl: world.subnet.get(card.subnet)?.acl ?? '',
    })),
    acls: Array.from(world.networkAcl.values())
      .filter(({ isDefault }) => !isDefault)
      .map(({ id, entries }) => ({ id, entries: [...entries].sort((a, b) => a.number - b.number).map(entryView) })),
  }
}

function ruleView({ id, direction, traffic, peer }: Rule): RuleView {
  return { id, direction, traffic: trafficText(traffic), peer: peerText(peer) }
}

/** `tcp 22`, `tcp 80-90`, `icmp 8`, `all traffic`, `protocol 50`. */
function trafficText(traffic: Traffic): string {
  if ('from' in traffic) return `${traffic.protocol} ${range(traffic)}`
  if ('type' in traffic) return `${traffic.protocol} ${message(traffic)}`
  return traffic.protocol === 'all' ? 'all traffic' : `protocol ${traffic.protocol}`
}

function range({ from, to }: { readonly from: number; readonly to: number }): string {
  if (from === 0 && to === 65535) return 'all ports'
  return from === to ? String(from) : `${from}-${to}`
}

function message({ type, code }: { readonly type: number; readonly code: number }): string {
  if (type === -1) return 'all types'
  return code === -1 ? `type ${type}` : `type ${type} code ${code}`
}

const protocols: Readonly<Record<number, string>> = {
  [-1]: 'all traffic',
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  58: 'icmpv6',
}

function entryView({ number, direction, action, protocol, ports, icmp, cidr }: NetworkAclEntry): EntryView {
  const parts = [protocols[protocol] ?? `protocol ${protocol}`, ...(ports ? [range(ports)] : [])]
  return { number, direction, action, traffic: [...parts, ...(icmp ? [message(icmp)] : [])].join(' '), cidr }
}
