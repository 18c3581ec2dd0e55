/** The protocols that have names, as requests, templates and answers write them (spec 2.2). */

import type { Traffic } from './rule.ts'

type Protocol = Traffic['protocol']

const named: Readonly<Record<string, Protocol>> = {
  '-1': 'all',
  tcp: 'tcp',
  '6': 'tcp',
  udp: 'udp',
  '17': 'udp',
  icmp: 'icmp',
  '1': 'icmp',
  icmpv6: 'icmpv6',
  '58': 'icmpv6',
}

/** Names in any letter case, -1, or a number up to 255; numbers that have a name become it: `006` is tcp. */
export function protocolNamed(text: string): Protocol | undefined {
  const spelled = text.toLowerCase()
  const protocol = Object.hasOwn(named, spelled) ? named[spelled] : undefined
  if (protocol !== undefined) return protocol
  const number = /^\d{1,3}$/.test(spelled) ? Number(spelled) : 256
  return number > 255 ? undefined : (named[String(number)] ?? number)
}
