/** The datagram is judged, not the fragment: later fragments share the verdict of the first (data-plane 1.6). */

import { after, type Instant, type Milliseconds } from '../base/clock.ts'
import type { Direction } from '../model/rule.ts'
import { type Packet, protocolNumber } from '../packet/packet.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { allow, deny, type Verdict } from './verdict.ts'

interface Meeting {
  readonly packet: Packet
  readonly policy: InterfacePolicy
  readonly direction: Direction
  readonly now: Instant
}

/** Oldest datagrams make room: an attacker's first fragments must not fill the memory. */
const mostDatagrams = 4096

export class FragmentMemory {
  readonly #lifetime: Milliseconds
  readonly #verdicts = new Map<string, { readonly verdict: Verdict; readonly expiresAt: Instant }>()

  constructor(lifetime: Milliseconds) {
    this.#lifetime = lifetime
  }

  remember(meeting: Meeting, verdict: Verdict, now: Instant): void {
    const key = keyOf(meeting)
    this.#verdicts.delete(key)
    this.#verdicts.set(key, { verdict, expiresAt: after(now, this.#lifetime) })
    const [oldest] = this.#verdicts.keys()
    if (this.#verdicts.size > mostDatagrams && oldest !== undefined) this.#verdicts.delete(oldest)
  }

  verdictOf(meeting: Meeting): Verdict {
    const known = this.#verdicts.get(keyOf(meeting))
    if (!known || meeting.now >= known.expiresAt) return deny({ kind: 'fragment-without-first' })
    const { verdict } = known
    if (verdict.action === 'allow') return allow({ kind: 'fragment', first: verdict.because })
    return deny({ kind: 'fragment', first: verdict.because })
  }
}

function keyOf({ packet, policy, direction }: Meeting): string {
  const { source, destination, payload, fragment } = packet
  const ends = `${source.family} ${source.bits} ${destination.bits}`
  return `${policy.id} ${direction} ${ends} ${protocolNumber(payload)} ${fragment?.id}`
}
