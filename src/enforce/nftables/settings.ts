/**
 * What conntrack must be told for AWS's timers and for a flow to begin with a SYN alone (data-plane 2.4, 6.1). They
 * hold for a network namespace, and an edited timeout for each flow from its next packet on (data-plane 8, 26).
 */

import type { ConnectionTracking } from '../../model/network-interface.ts'

export interface Setting {
  /** Below /proc/sys. */
  readonly path: string
  readonly value: number
}

/** AWS's, where the interface sets none. */
const defaults = { tcpEstablishedTimeout: 432_000, udpTimeout: 30, udpStreamTimeout: 180 }

export function settingsOf(tracking: ConnectionTracking, { isAdopting }: { readonly isAdopting: boolean }): Setting[] {
  const { tcpEstablishedTimeout, udpTimeout, udpStreamTimeout } = { ...defaults, ...tracking }
  const values = {
    // A segment in mid-stream of no known flow opens none, but for those of a host that is taken over.
    tcp_loose: isAdopting ? 1 : 0,
    // AWS documents no check of sequence numbers.
    tcp_be_liberal: 1,
    tcp_timeout_established: tcpEstablishedTimeout,
    udp_timeout: udpTimeout,
    udp_timeout_stream: udpStreamTimeout,
    icmp_timeout: 30,
    icmpv6_timeout: 30,
    acct: 1,
    timestamp: 1,
  }
  return Object.entries(values).map(([name, value]) => ({ path: `net/netfilter/nf_conntrack_${name}`, value }))
}
