/**
 * What the engine does where AWS says nothing (data-plane 8): one named option each, so that a fact
 * learned later costs one line. docs/semantics.md lists them.
 */

import { type Milliseconds, seconds } from '../base/clock.ts'

export interface EngineDefaults {
  /** TCP without SYN and without state opens a flow where a rule admits it. */
  readonly opensMidStream: boolean
  /** An ICMP error that quotes a tracked flow passes without a rule. */
  readonly passesRelatedErrors: boolean
  /** Tracked connections an instance may have, over all its interfaces. */
  readonly allowance: number
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

/** netfilter's, because AWS's documented timers equal netfilter's (data-plane 7.2, 8: 3 and 4). */
export const engineDefaults: EngineDefaults = {
  opensMidStream: false,
  passesRelatedErrors: true,
  allowance: 65_536,
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
