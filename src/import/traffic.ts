/** Protocol and ports as AWS's answers, Terraform and templates write them (spec 2.2, 2.3). */

import type { NetworkAclEntry } from '../model/network-acl.ts'
import { protocolNamed } from '../model/protocol-name.ts'
import type { Traffic } from '../model/rule.ts'
import { BadImport } from './bad-import.ts'

export interface WrittenTraffic {
  readonly protocol: string | undefined
  readonly from: number | undefined
  readonly to: number | undefined
}

/** `what` names the rule in the message. Throws BadImport. */
export function trafficOf({ protocol: written, from, to }: WrittenTraffic, what: string): Traffic {
  const protocol = protocolOf(written, what)
  if (protocol === 'tcp' || protocol === 'udp') {
    const [first, last] = [from ?? -1, to ?? -1]
    const isPorts = first >= 0 && first <= last && last <= 65535
    if (!isPorts) throw new BadImport(`${what}: ${written} from port ${from} to ${to} is no range of ports.`)
    return { protocol, from: first, to: last }
  }
  if (protocol === 'icmp' || protocol === 'icmpv6') return { protocol, type: from ?? -1, code: to ?? -1 }
  return { protocol } as Traffic
}

function protocolOf(written: string | undefined, what: string): Traffic['protocol'] {
  const protocol = writtenProtocol(written ?? '')
  if (protocol === undefined) throw new BadImport(`${what}: ${JSON.stringify(written)} is no protocol.`)
  return protocol
}

/** `all` as well, which no request may say. Undefined for what is none. */
export function writtenProtocol(text: string): Traffic['protocol'] | undefined {
  return text.toLowerCase() === 'all' ? 'all' : protocolNamed(text)
}

const numbers = { all: -1, tcp: 6, udp: 17, icmp: 1, icmpv6: 58 } as const

/** An ACL entry with tcp or udp and no ports is for all of them. */
export function aclTrafficOf(
  { protocol, from, to, icmp }: WrittenTraffic & { readonly icmp: { type: number; code: number } | undefined },
  what: string,
): Pick<NetworkAclEntry, 'protocol' | 'ports' | 'icmp'> {
  const kind = protocolOf(protocol, what)
  if (kind === 'tcp' || kind === 'udp') return { protocol: numbers[kind], ports: { from: from ?? 0, to: to ?? 65535 } }
  if (kind === 'icmp' || kind === 'icmpv6') return { protocol: numbers[kind], icmp: icmp ?? { type: -1, code: -1 } }
  return { protocol: typeof kind === 'number' ? kind : numbers[kind] }
}
