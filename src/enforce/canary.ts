/**
 * Packets that tell whether rules are in force: in each direction one that must pass and one that must not. They are
 * UDP, begin with bytes that the frame knows, and end in it: whatever is let through goes no further.
 */

import type { Direction } from '../model/rule.ts'
import { type Address, parseAddress } from '../net/address.ts'
import type { Packet } from '../packet/packet.ts'
import { exemptService } from '../policy/exempt.ts'
import { matchingRules } from '../policy/match.ts'
import type { InterfacePolicy } from '../policy/policy.ts'

/** How a canary's payload begins, eight bytes long: the frame counts those that got through. */
export const canaryTexts = { mustPass: 'Sally-OK', mustDrop: 'Sally-NO' } as const

export interface Canary {
  readonly direction: Direction
  readonly mustPass: boolean
  readonly source: Address
  readonly destination: Address
  readonly port: number
}

/** Ports that nobody should open, and that everybody does. */
const ports = [9, 33_434, 50_001, 53, 123, 443]

/** Addresses outside of any VPC, and the blocks that AWS's examples use. */
const strangers = ['203.0.113.77', '198.51.100.77', '192.0.2.77', '10.255.255.77', '8.8.8.8'].flatMap(
  (text) => parseAddress(text) ?? [],
)

/** To here nothing leaves, whatever the rules say: a VPC carries no multicast (data-plane 8, 21). */
const multicast = parseAddress('239.255.77.77')

/**
 * Interfaces without an IPv4 address have none. Where everything is let in, nothing that enters must not pass.
 */
export function canariesOf(policy: InterfacePolicy, directions: readonly Direction[]): Canary[] {
  const own = policy.addresses.find(({ family }) => family === 4)
  if (own === undefined) return []
  return directions.flatMap((direction) => [...passing(policy, own, direction), ...refused(policy, own, direction)])
}

/** The subnet's router is never filtered. */
function passing({ router }: InterfacePolicy, own: Address, direction: Direction): Canary[] {
  return router?.family === 4 ? [canary(direction, true, { own, far: router, port: 33_434 })] : []
}

function refused(policy: InterfacePolicy, own: Address, direction: Direction): Canary[] {
  for (const far of strangers) {
    for (const port of ports) {
      const attempt = canary(direction, false, { own, far, port })
      if (!isAdmitted(policy, attempt)) return [attempt]
    }
  }
  return direction === 'egress' && multicast ? [canary(direction, false, { own, far: multicast, port: 9 })] : []
}

interface Ends {
  readonly own: Address
  readonly far: Address
  readonly port: number
}

function canary(direction: Direction, mustPass: boolean, { own, far, port }: Ends): Canary {
  const [source, destination] = direction === 'ingress' ? [far, own] : [own, far]
  return { direction, mustPass, source, destination, port }
}

function isAdmitted(policy: InterfacePolicy, { direction, source, destination, port }: Canary): boolean {
  // Any source port may meet a rule of the other direction that makes the pair untracked: it must not be open at all.
  const other = direction === 'ingress' ? 'egress' : 'ingress'
  const packet: Packet = {
    source,
    destination,
    payload: { kind: 'udp', ports: { source: 40_000, destination: port } },
    length: 40,
  }
  const isAnswer =
    policy.allows[other].some(({ open }) => open === 4) && policy.allows[direction].some(({ open }) => open === 4)
  return (
    isAnswer ||
    exemptService(policy, packet, direction) !== undefined ||
    matchingRules(policy, packet, direction).length > 0
  )
}
