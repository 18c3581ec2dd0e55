/**
 * Packets to verdicts, with memory: the algorithm of data-plane 7.1, step by step. Pure but for its
 * connections; `now` is an argument, and policies are asked for at each packet, so a rule change holds
 * from the next one on.
 */

import { after, type Instant } from '../base/clock.ts'
import type { InstanceId, NetworkInterfaceId } from '../model/ids.ts'
import type { ConnectionTracking } from '../model/network-interface.ts'
import type { Direction } from '../model/rule.ts'
import { containsAddress, lastOf } from '../net/cidr.ts'
import { icmpRole } from '../packet/icmp.ts'
import type { Packet, Payload, Quoted } from '../packet/packet.ts'
import { exemptService } from '../policy/exempt.ts'
import { matchingRulesQuickly } from '../policy/index-allows.ts'
import { decidingLine, peerOf } from '../policy/match.ts'
import type { Allow, InterfacePolicy, RuleRef } from '../policy/policy.ts'
import { type Connection, standingOf } from './connection.ts'
import { isCut } from './connection-fate.ts'
import { ConnectionTable, type Handle } from './connection-table.ts'
import { type EngineDefaults, engineDefaults } from './defaults.ts'
import { FragmentMemory } from './fragments.ts'
import { idleTimeout } from './idle-timeout.ts'
import type { Meeting } from './meeting.ts'
import { firstState, nextState, type ProtocolState, startsAnew } from './protocol-state.ts'
import { rejecting } from './rejecting.ts'
import { isOpening, segmentOf } from './tcp-state.ts'
import { isCarriedOn, opposite, untrackedPair, whyTracked } from './tracking.ts'
import { UntrackedFlows } from './untracked-flows.ts'
import { allow, type ConnectionView, deny, type Verdict } from './verdict.ts'

export class Engine {
  readonly #defaults: EngineDefaults
  readonly #connections: ConnectionTable
  readonly #fragments: FragmentMemory
  readonly #refusedForAllowance = new Map<string, number>()
  /** Kept where a flow that loses its open pair is carried on. */
  readonly #untracked: UntrackedFlows | undefined
  /** The interfaces that tracked something, by instance: kept where a flow is all of theirs. */
  readonly #siblings = new Map<string, Set<NetworkInterfaceId>>()

  constructor(defaults: EngineDefaults = engineDefaults) {
    this.#defaults = defaults
    this.#connections = new ConnectionTable(defaults)
    const carriesOn = defaults.halvedPair === 'keeps' || defaults.narrowedRule === 'keeps'
    this.#untracked = carriesOn ? new UntrackedFlows() : undefined
    this.#fragments = new FragmentMemory(defaults.timeouts.fragments)
  }

  decide(meeting: Meeting): Verdict {
    const verdict = this.#verdictOn(meeting)
    if (verdict.action === 'allow' || this.#defaults.refusal === 'silent') return verdict
    const sends = rejecting(meeting.packet, verdict.because)
    return sends ? { ...verdict, sends } : verdict
  }

  /** Later fragments share the verdict of their datagram's first, whatever it was (step 4). */
  #verdictOn(meeting: Meeting): Verdict {
    const { fragment } = meeting.packet
    if (fragment?.part === 'later') return this.#onLaterFragment(meeting)
    const verdict = this.#decideDatagram(meeting)
    if (fragment) this.#fragments.remember(meeting, verdict, meeting.now)
    return verdict
  }

  #onLaterFragment(meeting: Meeting): Verdict {
    const { laterFragments } = this.#defaults
    if (laterFragments === 'datagram') return this.#fragments.verdictOf(meeting)
    return laterFragments === 'pass' ? allow({ kind: 'later-fragment' }) : deny({ kind: 'later-fragment' })
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
    const service = exemptService(policy, packet, direction, this.#defaults)
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
    this.#untracked?.forget(networkInterface)
  }

  /** Only what crosses the subnet's edge meets the ACL, and no state helps against it (data-plane 3). */
  #aclRefusal({ packet, policy, direction }: Meeting): Verdict | undefined {
    const peer = peerOf(packet, direction)
    if (policy.subnet.some((block) => containsAddress(block, peer))) return undefined
    const { action, number } = decidingLine(policy.acl, packet, direction)
    return action === 'allow' ? undefined : deny({ kind: 'acl', acl: policy.acl.id, direction, entry: number })
  }

  #decideAtInterface(meeting: Meeting): Verdict {
    return this.#beforeState(meeting) ?? this.#byState(meeting) ?? this.#byRules(meeting)
  }

  #beforeState({ packet, policy, direction }: Meeting): Verdict | undefined {
    const isToMany = isMulticast(packet, policy)
    if (isToMany && this.#defaults.multicast === 'dropped') return deny({ kind: 'multicast' })
    const isForAll = isToMany && direction === 'ingress'
    if (policy.sourceDestCheck && !isForAll && !isOwn(policy, packet, direction)) {
      return deny({ kind: 'source-dest-check', direction })
    }
    if (packet.payload.kind !== 'tcp' || packet.payload.flags !== 0) return undefined
    return deny({ kind: 'malformed', detail: 'TCP without flags' })
  }

  /** Steps 5 to 7: state first, unless a choice has the open pair that appeared over it come first. */
  #byState(meeting: Meeting): Verdict | undefined {
    const isPairFirst = this.#defaults.laterPair === 'drops'
    const pair = isPairFirst ? this.#byOpenPair(meeting) : undefined
    if (pair) return this.#dropped(meeting, pair)
    const known = this.#byConnection(meeting) ?? (isPairFirst ? undefined : this.#byOpenPair(meeting))
    return known ?? (this.#carryOn(meeting) ? this.#byConnection(meeting) : undefined)
  }

  #byOpenPair(meeting: Meeting): Verdict | undefined {
    const { packet, policy, direction, path } = meeting
    const pair = path?.isAutoTracked ? undefined : untrackedPair(policy, packet, direction, this.#defaults)
    if (!pair) return undefined
    const { isAnswer } = pair
    const verdict = allow({ kind: 'untracked', rules: refs(pair.admitting), answers: refs(pair.answering), isAnswer })
    this.#untracked?.note(meeting, verdict)
    return verdict
  }

  #dropped({ packet, policy, direction, now }: Meeting, verdict: Verdict): Verdict {
    const found = this.#connections.find(policy, packet, direction, now)
    if (found !== undefined) this.#connections.delete(found)
    return verdict
  }

  /** An untracked flow that lost its open pair becomes a tracked one, where that is chosen (data-plane 8: 8 and 9). */
  #carryOn(meeting: Meeting): boolean {
    const { packet, policy, now } = meeting
    const flow = this.#untracked?.find(meeting)
    if (!flow || (packet.payload.kind === 'tcp' && isOpening(packet.payload.flags))) return false
    const { opening, direction, state, lastSeen } = flow
    if (now >= after(lastSeen, idleTimeout(state, policy.tracking, this.#defaults))) return false
    const matching = matchingRulesQuickly(policy, opening, direction)
    if (matching.length === 0 || !isCarriedOn(policy, opening, direction, this.#defaults)) return false
    return this.#track(meeting, { opening, direction, state, openedAt: flow.openedAt, matching }) !== undefined
  }

  /** Steps 5 and 6: what belongs to a connection needs no rule. */
  #byConnection(meeting: Meeting): Verdict | undefined {
    const { packet, policy, direction, now } = meeting
    const { payload } = packet
    if (payload.kind === 'icmp' && icmpRole(payload) === 'error') return this.#byRelated(meeting, payload.about)
    if (payload.kind === 'icmp' && icmpRole(payload) === 'neither') return undefined
    const found = this.#find(policy, packet, direction, now)
    return found === undefined ? undefined : this.#byFound(found, meeting)
  }

  #byFound(found: Handle, meeting: Meeting): Verdict | undefined {
    const { packet, policy, direction, now } = meeting
    const role = this.#connections.directionOf(found) === direction ? 'original' : 'reply'
    const state = this.#connections.stateOf(found)
    if (startsAnew(state, role, packet.payload, this.#defaults)) {
      this.#connections.delete(found)
      return undefined
    }
    const next = nextState(state, role, packet.payload)
    const timers = this.#defaults.timeoutEdit === 'new-flows' ? this.#connections.timersOf(found) : policy.tracking
    this.#connections.renew(found, next, this.#expiry(next, timers, now))
    return allow({ kind: 'connection', role, connection: this.#viewOf(found, policy) })
  }

  /** The live connection that covers the header at this interface, unless a choice ends it. */
  #find(policy: InterfacePolicy, header: Quoted, direction: Direction, now: Instant): Handle | undefined {
    const own = this.#connections.find(policy, header, direction, now)
    if (own === undefined) return this.#findOfSibling(policy, header, direction, now)
    if (!cutsFlows(this.#defaults) || !isCut(this.#connections.connectionOf(own), policy, this.#defaults)) return own
    this.#connections.delete(own)
    return undefined
  }

  /** Tracking is one interface's matter unless chosen otherwise (data-plane 8, 15). */
  #findOfSibling(policy: InterfacePolicy, header: Quoted, direction: Direction, now: Instant): Handle | undefined {
    if (policy.instance === undefined || this.#defaults.trackingScope === 'interface') return undefined
    for (const sibling of this.#siblings.get(policy.instance) ?? []) {
      const found = this.#connections.findAt(sibling, header, direction, now)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** The connection, with the standing of its rules where the packet is. */
  #viewOf(found: Handle, policy: InterfacePolicy): ConnectionView {
    if (this.#defaults.trackingScope === 'interface') return this.#connections.viewOf(found, policy)
    const connection = this.#connections.connectionOf(found)
    const { direction, openedAt, expiresAt, state } = connection
    return { by: standingOf(connection, policy), direction, openedAt, expiresAt, state }
  }

  /** An error about a live flow of this interface; it does not keep the flow alive. */
  #byRelated({ direction, policy, now }: Meeting, about: Quoted | undefined): Verdict | undefined {
    if (!about || !this.#defaults.passesRelatedErrors) return undefined
    const found = this.#find(policy, about, opposite(direction), now)
    return found === undefined ? undefined : allow({ kind: 'related-error', connection: this.#viewOf(found, policy) })
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
    const { packet, direction, now } = meeting
    const state = firstState(packet.payload)
    const tracked = this.#track(meeting, { opening: packet, direction, state, openedAt: now, matching })
    if (!tracked) return this.#refusedForPlace(meeting)
    const { why, expiresAt } = tracked
    return allow({ kind: 'rules', rules: refs(matching), tracked: true, why, expiresAt })
  }

  #refusedForPlace(meeting: Meeting): Verdict {
    const owner = this.#ownerOf(meeting.policy) ?? meeting.policy.id
    this.#refusedForAllowance.set(owner, this.allowanceExceeded(owner) + 1)
    return deny({ kind: 'allowance', allowance: this.#allowanceOf(meeting) })
  }

  /** The instance whose interfaces share an allowance; undefined where each has its own. */
  #ownerOf({ instance }: InterfacePolicy): InstanceId | undefined {
    return this.#defaults.allowanceOf === 'instance' ? instance : undefined
  }

  /** Makes the flow's connection from here on; undefined where the allowance is used up. */
  #track(meeting: Meeting, flow: Beginning): Pick<Connection, 'why' | 'expiresAt'> | undefined {
    const { policy, now, path } = meeting
    const { opening, direction, state, openedAt, matching } = flow
    const owner = this.#ownerOf(policy) ?? policy.id
    const allowance = this.#allowanceOf(meeting)
    if (this.#connections.countFor(owner, now, allowance) >= allowance) return undefined
    const why = whyTracked({ policy, packet: opening, direction, path }, this.#defaults)
    const expiresAt = this.#expiry(state, policy.tracking, now)
    // Field by field: copying objects by `...` took longer than all the rest of an opening.
    this.#connections.add({ opening, direction, policy, matching, why, state, now, openedAt, expiresAt })
    this.#noteSibling(policy)
    const before = this.#untracked?.find(meeting)
    if (before) this.#untracked?.delete(before)
    return { why, expiresAt }
  }

  #allowanceOf({ path }: Meeting): number {
    return path?.allowance ?? this.#defaults.allowance
  }

  #noteSibling({ id, instance }: InterfacePolicy): void {
    if (instance === undefined || this.#defaults.trackingScope === 'interface') return
    this.#siblings.set(instance, (this.#siblings.get(instance) ?? new Set()).add(id))
  }

  /** A changed timeout holds from the flow's next packet on, unless the flow has timers of its own (data-plane 8, 26). */
  #expiry(state: ProtocolState, tracking: ConnectionTracking, now: Instant): Instant {
    return after(now, idleTimeout(state, tracking, this.#defaults))
  }
}

/** A flow as its connection begins: with its first packet, or where it was untracked before, with what was seen of it. */
interface Beginning {
  readonly opening: Packet
  readonly direction: Direction
  readonly state: ProtocolState
  readonly openedAt: Instant
  readonly matching: readonly Allow[]
}

function refs(allows: readonly Allow[]): RuleRef[] {
  return allows.map(({ rule, group }) => ({ rule, group }))
}

/** Whether a choice may end a tracked flow at all. */
function cutsFlows({ lostMembership, oneWayFlow }: EngineDefaults): boolean {
  return lostMembership === 'cuts' || oneWayFlow === 'cuts'
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
