/** What flows that break would need: a rule at an interface, an ACL entry at a subnet's edge; equal needs are one. */

import type { GroupId, NetworkAclId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Direction, Traffic } from '../model/rule.ts'
import type { World } from '../model/world.ts'
import { type Address, formatAddress } from '../net/address.ts'
import { type Flow, heavier, type SeenFlow, servicePort, type Weight } from './flow.ts'
import type { Stop } from './judgement.ts'
import type { Replay } from './replay.ts'

export interface RuleNeed extends Weight {
  /** A rule of any of them would do. */
  readonly groups: readonly GroupId[]
  readonly direction: Direction
  readonly protocol: number
  readonly port: number
  readonly peer: Address
  /** The interface that the peer is, if it is one. */
  readonly card: NetworkInterface | undefined
}

export interface AclNeed extends Weight {
  readonly acl: NetworkAclId
  readonly direction: Direction
  readonly denying: number | '*'
  readonly protocol: number
  /** To the port of the service, or back to whichever port the client drew. */
  readonly port: number | 'of clients'
  readonly peer: Address
}

export interface Needs {
  readonly rules: readonly RuleNeed[]
  readonly entries: readonly AclNeed[]
}

export function needsOf(replay: Replay, world: World): Needs {
  const rules = new Map<string, RuleNeed>()
  const entries = new Map<string, AclNeed>()
  for (const seen of replay.flows()) {
    if (seen.judgement.outcome !== 'newly denied') continue
    for (const stop of replay.fateOf(seen.flow).stops) {
      const key = needKey(stop, seen.flow)
      if (stop.kind === 'no-rule') put(rules, key, ruleNeed(stop, seen, replay, world))
      else put(entries, key, aclNeed(stop, seen))
    }
  }
  return { rules: [...rules.values()], entries: [...entries.values()] }
}

function put<T extends Weight>(needs: Map<string, T>, key: string, need: T): void {
  const known = needs.get(key)
  needs.set(key, known ? { ...known, ...heavier(known, need) } : need)
}

function needKey(stop: Stop, flow: Flow): string {
  const what = `${flow.protocol} ${servicePort(flow)} ${formatAddress(stop.peer)} ${stop.direction}`
  return stop.kind === 'no-rule'
    ? `${stop.groups.join()} ${what}`
    : `${stop.acl} ${stop.entry} ${stop.isAnswer} ${what}`
}

function ruleNeed(
  { networkInterface, groups, direction, peer }: Extract<Stop, { kind: 'no-rule' }>,
  { flow, records, packets, bytes }: SeenFlow,
  { ends }: Replay,
  world: World,
): RuleNeed {
  const own = world.networkInterface.get(networkInterface)
  const card = own && ends.holderNear(own, peer)
  const { protocol } = flow
  return { groups, direction, protocol, port: servicePort(flow), peer, card, records, packets, bytes }
}

function aclNeed(
  { acl, direction, entry, peer, isAnswer }: Extract<Stop, { kind: 'acl' }>,
  { flow, records, packets, bytes }: SeenFlow,
): AclNeed {
  const port = isAnswer ? 'of clients' : servicePort(flow)
  return { acl, direction, denying: entry, protocol: flow.protocol, port, peer, records, packets, bytes }
}

/** A rule's traffic for ports of a protocol; of ICMP all of it, as a flow log has no types. */
export function trafficOf(protocol: number, from: number, to: number): Traffic {
  if (protocol === 6) return { protocol: 'tcp', from, to }
  if (protocol === 17) return { protocol: 'udp', from, to }
  if (protocol === 1) return { protocol: 'icmp', type: -1, code: -1 }
  if (protocol === 58) return { protocol: 'icmpv6', type: -1, code: -1 }
  return { protocol }
}
