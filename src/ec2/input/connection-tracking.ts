/** A connection tracking specification: idle timeouts in seconds, within AWS's bounds (spec 8.3). */

import type { ConnectionTracking } from '../../model/network-interface.ts'
import { reject } from '../../model/rejection.ts'
import type { ConnectionTrackingSpecificationRequest } from '../protocol/types.generated.ts'

interface Bounds {
  readonly member: keyof ConnectionTrackingSpecificationRequest
  readonly field: keyof ConnectionTracking
  readonly least: number
  readonly most: number
}

const timeouts: readonly Bounds[] = [
  { member: 'TcpEstablishedTimeout', field: 'tcpEstablishedTimeout', least: 60, most: 432_000 },
  { member: 'UdpStreamTimeout', field: 'udpStreamTimeout', least: 60, most: 180 },
  { member: 'UdpTimeout', field: 'udpTimeout', least: 30, most: 60 },
]

/** The timeouts that the specification sets; the others keep AWS's defaults. */
export function trackingFrom(specification: ConnectionTrackingSpecificationRequest | undefined): ConnectionTracking {
  const set = timeouts.flatMap(({ member, field, least, most }) => {
    const value = specification?.[member]
    if (value === undefined) return []
    if (value < least || value > most) {
      const reason = `Expecting a value between ${least} and ${most}.`
      reject('InvalidParameterValue', { value: String(value), name: field, reason })
    }
    return [[field, value] as const]
  })
  return Object.fromEntries(set)
}
