/** A rule's CIDR as it is written elsewhere; host bits are masked, as AWS does (spec 2.4). */

import type { Peer } from '../model/rule.ts'
import { formatCidr, parseCidr } from '../net/cidr.ts'
import { BadImport } from './bad-import.ts'

/** `what` names the rule in the message. Throws BadImport. */
export function cidrPeer(text: string, what: string): Extract<Peer, { cidr: string }> {
  const spelled = parseCidr(text)
  if (!spelled) throw new BadImport(`${what}: ${JSON.stringify(text)} is no CIDR.`)
  return { kind: spelled.cidr.family === 4 ? 'ipv4' : 'ipv6', cidr: formatCidr(spelled.cidr) }
}

/** Which of the texts says a rule's CIDR in another form than it is kept in. */
export function writtenAs(peer: Peer, texts: readonly string[]): string | undefined {
  return peer.kind === 'ipv4' || peer.kind === 'ipv6' ? cidrWrittenAs(peer.cidr, texts) : undefined
}

/** Which of the texts says that CIDR in another form than it is kept in: 10.0.0.5/24. */
export function cidrWrittenAs(cidr: string, texts: readonly string[]): string | undefined {
  return texts.find((text) => {
    const spelled = text === cidr ? undefined : parseCidr(text)
    return spelled !== undefined && formatCidr(spelled.cidr) === cidr
  })
}

/** What stands for any address that a source may turn out to name. */
export const allAddresses = [
  { kind: 'ipv4', cidr: '0.0.0.0/0' },
  { kind: 'ipv6', cidr: '::/0' },
] as const satisfies readonly Peer[]
