/**
 * What the engine does where AWS says nothing (data-plane 8): one named option each, so that a fact
 * learned later costs one line. docs/semantics.md lists them; `timeline-options.ts` has their names.
 */

import { type Milliseconds, seconds } from '../base/clock.ts'
import { type ExemptChoices, exemptDefaults } from '../policy/exempt.ts'

export interface EngineDefaults extends ExemptChoices {
  /** TCP without SYN and without state opens a flow where a rule admits it. */
  readonly opensMidStream: boolean
  /** An ICMP error that quotes a tracked flow passes without a rule. */
  readonly passesRelatedErrors: boolean
  /** A SYN of the opener on the ports of a live tracked flow is part of it, or ends it and is a connection of its own. */
  readonly synOnLiveFlow: 'passes' | 'opens'
  /** A tracked flow whose rules stand but lost it: a group detached, a member gone, a prefix list edited. */
  readonly lostMembership: 'keeps' | 'cuts'
  /** An untracked flow that loses the rules of the other direction; kept, it is tracked from then on. */
  readonly halvedPair: 'keeps' | 'cuts'
  /** An untracked flow whose open rule is narrowed and still admits it; kept, it is tracked from then on. */
  readonly narrowedRule: 'keeps' | 'cuts'
  /** What is open to all addresses: the zero prefix to the letter, or rules that hold all addresses between them. */
  readonly openPeers: 'literal' | 'covering'
  /** A flow that an open and a narrow rule admit. */
  readonly openBesideNarrow: 'untracked' | 'tracked'
  /** The state of a tracked flow when an open pair appears over it. */
  readonly laterPair: 'keeps' | 'drops'
  /** A tracked flow that nobody answered yet, when no rule admits it any more. */
  readonly oneWayFlow: 'keeps' | 'cuts'
  /** Judged with their datagram's first fragment, or each for itself: then all pass, or none. */
  readonly laterFragments: 'datagram' | 'pass' | 'refuse'
  /** Whose packets a tracked flow covers: those of its interface, or of any interface of the instance. */
  readonly trackingScope: 'interface' | 'instance'
  /** Answered questions that make UDP a stream. */
  readonly streamAfter: number
  /** Tracked connections that the owner of an allowance may have. */
  readonly allowance: number
  readonly allowanceOf: 'instance' | 'interface'
  /** What the sender of a refused packet hears. */
  readonly refusal: 'silent' | 'answered'
  readonly multicast: 'dropped' | 'judged'
  /** How long a change takes to be in force. */
  readonly changeDelay: Milliseconds
  /** From when an edited idle timeout holds: each flow's next packet, or for new flows only. */
  readonly timeoutEdit: 'next-packet' | 'new-flows'
  /** What a flow log says of a packet that the allowance refused. */
  readonly allowanceRecord: 'reject' | 'none'
  readonly timeouts: Timeouts
}

/** Idle time after which a connection is forgotten; those that AWS documents are in `idle-timeout.ts`. */
export interface Timeouts {
  readonly synSent: Milliseconds
  readonly synReceived: Milliseconds
  readonly finWait: Milliseconds
  readonly closeWait: Milliseconds
  readonly lastAck: Milliseconds
  readonly timeWait: Milliseconds
  readonly closed: Milliseconds
  readonly icmp: Milliseconds
  /** How long the fragments of a datagram are waited for. */
  readonly fragments: Milliseconds
}

/** Timers are netfilter's, because AWS's documented ones equal netfilter's (data-plane 7.2, 8: 3 and 4). */
export const engineDefaults: EngineDefaults = {
  ...exemptDefaults,
  opensMidStream: false,
  passesRelatedErrors: true,
  synOnLiveFlow: 'passes',
  lostMembership: 'keeps',
  halvedPair: 'cuts',
  narrowedRule: 'cuts',
  openPeers: 'literal',
  openBesideNarrow: 'untracked',
  laterPair: 'keeps',
  oneWayFlow: 'keeps',
  laterFragments: 'datagram',
  trackingScope: 'interface',
  streamAfter: 2,
  allowance: 65_536,
  allowanceOf: 'instance',
  refusal: 'silent',
  multicast: 'dropped',
  changeDelay: seconds(0),
  timeoutEdit: 'next-packet',
  allowanceRecord: 'reject',
  timeouts: {
    synSent: seconds(120),
    synReceived: seconds(60),
    finWait: seconds(120),
    closeWait: seconds(60),
    lastAck: seconds(30),
    timeWait: seconds(120),
    closed: seconds(10),
    icmp: seconds(30),
    fragments: seconds(30),
  },
}
