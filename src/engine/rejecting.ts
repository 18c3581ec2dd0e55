/**
 * What the sender of a refused packet hears, where refusals are answered (data-plane 8, 20). AWS drops
 * silently as far as anybody saw. What RFC 1122 3.2.2 and RFC 9293 3.5.2 never answer stays unanswered.
 */

import { icmpRole } from '../packet/icmp.ts'
import { type Packet, tcpFlags } from '../packet/packet.ts'
import type { DeniedBecause, Rejecting } from './verdict.ts'

export function rejecting({ payload, fragment }: Packet, because: DeniedBecause): Rejecting | undefined {
  if (because.kind === 'multicast' || fragment?.part === 'later') return undefined
  if (payload.kind === 'tcp') return payload.flags & tcpFlags.rst ? undefined : 'tcp-reset'
  return payload.kind === 'icmp' && icmpRole(payload) === 'error' ? undefined : 'icmp-prohibited'
}
