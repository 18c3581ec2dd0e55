/**
 * Packets to verdicts, with memory: the algorithm of data-plane 7.1, step by step. Pure but for its
 * connections; `now` is an argument, and policies are asked for at each packet, so a rule change holds
 * from the next one on.
 */

import { after, type Instant } from '../base/clock.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import { containsAddress, lastOf } from '../net/cidr.ts'
import { icmpRole } from '../packet/icmp.ts'
import type { Packet, Payload, Quoted } from '../packet/packet.ts'
import { exemptService } from '../policy/exempt.ts'
import { matchingRulesQuickly } from '../policy/index-allows.ts'
import { decidingLine, peerOf } from '../policy/match.ts'
import type { Allow, InterfacePolicy, RuleRef } from '../policy/policy.ts'
import type { Connection } from './connection.ts'
import { ConnectionTable, type Handle } from './connection-table.ts'
import { type EngineDefaults, engineDefaults } from './defaults.ts'
import { FragmentMemory } from './fragments.ts'
import { idleTimeout } from './idle-timeout.ts'
import { firstState, nextState, type ProtocolState, startsAnew } from './protocol-state.ts'
import { isOpening, segmentOf } from './tcp-state.ts'
import { opposite, untrackedPair, whyTracked } from './tracking.ts'
import { allow, deny, type Verdict } from './verdict.ts'

/** Facts of an interface that no API call sets: what stands in the path, how much its instance may track. */
export interface PathFacts {
  readonly isAutoTracked?: boolean
  readonly allowance?: number
}

/** One packet as one interface meets it. */
export interface Meeting {
  readonly packet: Packet
  readonly policy: InterfacePolicy
  readonly direction: Direction
  readonly now: Instant
  readonly path?: PathFacts
}

export class Engine {
  readonly #defaults: EngineDefaults
  readonly #connections = new ConnectionTable()
  readonly #fragments: FragmentMemory
  readonly #refusedForAllowance = new Map<string, number>()

  constructor(defaults: EngineDefaults = engineDefaults) {
    this.#defaults = defaults
    this.#fragments = new FragmentMemory(defaults.timeouts.fragments)
  }

  /** Later fragments share the verdict of their datagram's first, whatever it was (step 4). */
  decide(meeting: Meeting): Verdict {
    const { fragment } = meeting.packet
    if (fragment?.part === 'later') return this.#fragments.verdictOf(meeting)
    const verdict = this.#decideDatagram(meeting)
    if (fragment) this.#fragments.remember(meeting, verdict, meeting.now)
    return verdict
  }

  #decideDatagram(meeting: Meeting): Verdict {
    const known = this.#byVouched(meeting)
    if (known) return known
    const verdict = this.#decideByAll(meeting)
    if (verdict.because.kind === 'connection') this.#vouch(meeting)
    return verdict
  }

  #decideByAll(meeting: Meeting): Verdict {
    const { packet, policy, direction } = meeting
    const service = exemptService(policy, packet, direction)
    if (service) return allow({ kind: 'exempt', service })
    if (direction === 'ingress') return this.#aclRefusal(meeting) ?? this.#decideAtInterface(meeting)
    const verdict = this.#decideAtInterface(meeting)
    return verdict.action === 'deny' ? verdict : (this.#aclRefusal(meeting) ?? verdict)
  }

  /**
   * What stands before state asks for addresses, ports and the policy alone, and so answers all packets of a
   * connection alike: once it let one pass, the others need not ask again until the policy changes.
   */
  #byVouched(meeting: Meeting): Verdict | undefined {
    const { packet, policy, direction, now } = meeting
    if (!hasNoFurtherFields(packet.payload)) return undefined
    const found = this.#connections.find(policy, packet, direction, now)
    if (found === undefined || !this.#connections.isVouchedFor(found, direction, policy)) return undefined
    return this.#byFound(found, meeting)
  }

  #vouch({ packet, policy, direction, now }: Meeting): void {
    const found = hasNoFurtherFields(packet.payload)
      ? this.#connections.find(policy, packet, direction, now)
      : undefined
    if (found !== undefined) this.#connections.vouch(found, direction, policy)
  }

  /** Every live tracked connection, oldest first. */
  connections(now: Instant): IterableIterator<Connection> {
    return this.#connections.live(now)
  }

  /** Packets refused so far because the owner, an instance or an unattached interface, tracked too much. */
  allowanceExceeded(owner: string): number {
    return this.#refusedForAllowance.get(owner) ?? 0
  }

  /** Its instance stopped or it moved to another host: state is lost (data-plane 2.5). */
  forget(networkInterface: NetworkInterfaceId): void {
    this.#connections.forget(networkInterface)
  }

  /** Only what crosses the subnet's edge meets the ACL, and no state helps against it (data-plane 3). */
  #aclRefusal({ packet, policy, direction }: Meeting): Verdict | undefined {
    const peer = peerOf(packet, direction)
    if (policy.subnet.some((block) => containsAddress(block, peer))) return undefined
    const { action, number } = decidingLine(policy.acl, packet, direction)
    return action === 'allow' ? undefined : deny({ kind: 'acl', acl: policy.acl.id, direction, entry: number })
  }

  #decideAtInterface(meeting: Meeting): Verdict {
    const { packet, policy, direction, path } = meeting
    if (isMulticast(packet, policy)) return deny({ kind: 'multicast' })
    if (policy.sourceDestCheck && !isOwn(policy, packet, direction)) {
      return deny({ kind: 'source-dest-check', direction })
    }
    if (packet.payload.kind === 'tcp' && packet.payload.flags === 0) {
      return deny({ kind: 'malformed', detail: 'TCP without flags' })
    }
    const known = this.#byConnection(meeting)
    if (known) return known
    const pair = path?.isAutoTracked ? undefined : untrackedPair(policy, packet, direction)
    if (pair) {
      const { isAnswer } = pair
      return allow({ kind: 'untracked', rules: refs(pair.admitting), answers: refs(pair.answering), isAnswer })
    }
    return this.#byRules(meeting)
  }

  /** Steps 5 and 6: what belongs to a connection needs no rule. */
  #byConnection(meeting: Meeting): Verdict | undefined {
    const { packet, policy, direction, now } = meeting
    const { payload } = packet
    if (payload.kind === 'icmp' && icmpRole(payload) === 'error') return this.#byRelated(meeting, payload.about)
    if (payload.kind === 'icmp' && icmpRole(payload) === 'neither') return undefined
    const found = this.#connections.find(policy, packet, direction, now)
    return found === undefined ? undefined : this.#byFound(found, meeting)
  }

  #byFound(found: Handle, meeting: Meeting): Verdict | undefined {
    const { packet, policy, direction } = meeting
    const role = this.#connections.directionOf(found) === direction ? 'original' : 'reply'
    const state = this.#connections.stateOf(found)
    if (startsAnew(state, role, packet.payload)) {
      this.#connections.delete(found)
      return undefined
    }
    const next = nextState(state, role, packet.payload)
    this.#connections.renew(found, next, this.#expiry(next, meeting))
    return allow({ kind: 'connection', role, connection: this.#connections.viewOf(found, policy) })
  }

  /** An error about a live flow of this interface; it does not keep the flow alive. */
  #byRelated({ direction, policy, now }: Meeting, about: Quoted | undefined): Verdict | undefined {
    if (!about || !this.#defaults.passesRelatedErrors) return undefined
    const found = this.#connections.find(policy, about, opposite(direction), now)
    if (found === undefined) return undefined
    return allow({ kind: 'related-error', connection: this.#connections.viewOf(found, policy) })
  }

  /** Steps 8 to 12: a packet that nothing is known of. */
  #byRules(meeting: Meeting): Verdict {
    const { packet, policy, direction } = meeting
    const matching = matchingRulesQuickly(policy, packet, direction)
    if (matching.length === 0) return deny({ kind: 'no-rule', direction, groups: policy.groups })
    const rules = refs(matching)
    const { payload } = packet
    if (payload.kind === 'tcp' && !this.#mayOpen(payload.flags)) return deny({ kind: 'no-state', rules })
    if (payload.kind === 'icmp' && icmpRole(payload) !== 'query') return allow({ kind: 'message', rules })
    return this.#open(meeting, matching)
  }

  /** Of the segments in mid-stream an ACK alone is picked up, as netfilter's loose mode does (data-plane 7.2). */
  #mayOpen(flags: number): boolean {
    return isOpening(flags) || (this.#defaults.opensMidStream && segmentOf(flags) === 'ack')
  }

  #open(meeting: Meeting, matching: readonly Allow[]): Verdict {
    const { packet, policy, direction, now, path } = meeting
    const owner = policy.instance ?? policy.id
    const allowance = path?.allowance ?? this.#defaults.allowance
    if (this.#connections.countFor(owner, now, allowance) >= allowance) {
      this.#refusedForAllowance.set(owner, this.allowanceExceeded(owner) + 1)
      return deny({ kind: 'allowance', allowance })
    }
    const state = firstState(packet.payload)
    const why = whyTracked(packet, matching, path?.isAutoTracked ?? false)
    const expiresAt = this.#expiry(state, meeting)
    const rules = refs(matching)
    this.#connections.add({ packet, direction, policy, matching, why, state, now, expiresAt })
    return allow({ kind: 'rules', rules, tracked: true, why, expiresAt })
  }

  /** A changed timeout holds from the flow's next packet on (data-plane 8, 26). */
  #expiry(state: ProtocolState, { policy, now }: Meeting): Instant {
    return after(now, idleTimeout(state, policy.tracking, this.#defaults.timeouts))
  }
}

function refs(allows: readonly Allow[]): RuleRef[] {
  return allows.map(({ rule, group }) => ({ rule, group }))
}

/** ACLs look at an ICMP message's code, and a TCP segment without flags is malformed, whatever flow it is of. */
function hasNoFurtherFields(payload: Payload): boolean {
  return payload.kind !== 'icmp' && (payload.kind !== 'tcp' || payload.flags !== 0)
}

/** Source/destination check: what leaves must come from the interface, what enters must be for it. */
function isOwn(policy: InterfacePolicy, { source, destination }: Packet, direction: Direction): boolean {
  const own = direction === 'egress' ? source : destination
  return policy.addresses.some(({ family, bits }) => family === own.family && bits === own.bits)
}

/** A VPC carries neither multicast nor broadcast, the subnet's own broadcast address included (data-plane 8, 21). */
function isMulticast({ destination }: Packet, { subnet }: InterfacePolicy): boolean {
  const { family, bits } = destination
  if (family === 6) return bits >> 120n === 0xffn
  if (bits >> 28n === 0xen || bits === 0xffff_ffffn) return true
  return subnet.some((block) => block.family === 4 && block.length < 31 && bits === lastOf(block))
}
