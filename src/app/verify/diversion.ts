/**
 * Tables that take a probe, and nothing else, off its way behind the rules of the receiver, so that what listens there
 * never sees it: an answering program of ours does. Headers are rewritten where neither conntrack nor the rules look:
 * what comes in behind all rules, what goes out before conntrack. To them the probe is what it claims to be.
 */

import { type Address, formatAddress } from '../../net/address.ts'

export const diversionTable = 'inet sallyport-probe'

/** Behind the rules, which are at 0, and what counts behind them. */
const behind = 100
/** Before conntrack, at -200, and whatever is at `raw`. */
const before = -310

export interface Ports {
  readonly source: number
  readonly destination: number
}

interface Ends {
  /** Of this end. */
  readonly own: Address
  readonly ports: Ports
}

interface Answering extends Ends {
  /** Where the answering program listens. */
  readonly port: number
}

const headerOf = ({ family }: Address) => (family === 4 ? 'ip' : 'ip6')
const protocolField = ({ family }: Address) => (family === 4 ? 'ip protocol' : 'ip6 nexthdr')
/** The same as bits, which nft does not read on from: it would take the ports for a header of that protocol. */
const protocolBits = ({ family }: Address) => (family === 4 ? '@nh,72,8' : '@nh,48,8')

/** At the receiver of a TCP or UDP probe. */
export function portDiversion({
  own,
  ports: { source, destination },
  transport,
  port,
}: Answering & { readonly transport: 'tcp' | 'udp' }): string {
  const ip = headerOf(own)
  const address = formatAddress(own)
  return table(
    `${ip} daddr ${address} ${transport} sport ${source} ${transport} dport ${destination} counter name arrived ${transport} dport set ${port}`,
    `${ip} saddr ${address} ${transport} sport ${port} ${transport} dport ${source} ${transport} sport set ${destination}`,
  )
}

/** At the receiver of a probe of another protocol: a UDP datagram under that protocol's number. */
export function disguiseAtReceiver({ own, ports, port, protocol }: Answering & { readonly protocol: number }): string {
  const { source, destination } = ports
  const ip = headerOf(own)
  const address = formatAddress(own)
  const bits = protocolBits(own)
  return table(
    `${ip} daddr ${address} ${bits} ${protocol} @th,0,16 ${source} @th,16,16 ${destination} counter name arrived ${bits} set 17 @th,16,16 set ${port}`,
    `${ip} saddr ${address} udp sport ${port} udp dport ${source} udp sport set ${destination} ${protocolField(own)} set ${protocol}`,
  )
}

/** At its sender. */
export function disguiseAtSender({ own, ports, protocol }: Ends & { readonly protocol: number }): string {
  const { source, destination } = ports
  const ip = headerOf(own)
  const address = formatAddress(own)
  const bits = protocolBits(own)
  return table(
    `${ip} daddr ${address} ${bits} ${protocol} @th,0,16 ${destination} @th,16,16 ${source} counter name arrived ${bits} set 17`,
    `${ip} saddr ${address} udp sport ${source} udp dport ${destination} ${protocolField(own)} set ${protocol}`,
  )
}

/** Counts echo requests that come through to their receiver. */
export function echoCounter(own: Address): string {
  const echo = own.family === 4 ? 'icmp type echo-request' : 'icmpv6 type echo-request'
  return table(`${headerOf(own)} daddr ${formatAddress(own)} ${echo} counter name arrived`)
}

function table(incoming: string, outgoing?: string): string {
  return [
    ...[`add table ${diversionTable}`, `delete table ${diversionTable}`],
    `table ${diversionTable} {`,
    '  counter arrived { }',
    `  chain incoming { type filter hook input priority ${behind}; policy accept; ${incoming}; }`,
    ...(outgoing === undefined
      ? []
      : [`  chain outgoing { type filter hook output priority ${before}; policy accept; ${outgoing}; }`]),
    '}',
    '',
  ].join('\n')
}
