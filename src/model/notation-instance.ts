/** An instance as a vector's world needs one: of a type, which says for how long idle connections are tracked. */

import { instant } from '../base/clock.ts'
import { NotationError } from '../base/words.ts'
import { type Change, put } from './change.ts'
import type { InstanceId } from './ids.ts'
import { findInstanceType } from './instance-type.ts'

/** Throws NotationError for a type that is not known. */
export function instanceOfType(id: InstanceId, type: string): Change {
  if (!findInstanceType(type)) throw new NotationError(`'${type}' is no instance type`)
  return put('instance', {
    id,
    type,
    reservation: 'r-1',
    launchIndex: 0,
    image: 'ami-1',
    state: 'running',
    stateSince: instant(0),
    stateReason: '',
    launchedAt: instant(0),
    zone: 'us-east-1a',
    tenancy: 'default',
    clientToken: '',
    disableApiTermination: false,
    disableApiStop: false,
    shutdownBehavior: 'stop',
    monitoring: false,
    ebsOptimized: false,
    associatesPublicAddress: false,
    options: {
      metadata: { tokens: 'required', hopLimit: 2, endpoint: 'enabled', ipv6: 'disabled', tags: 'disabled' },
      dnsName: { hostnameType: 'ip-name', a: false, aaaa: false },
      hibernation: false,
      enclave: false,
      autoRecovery: 'default',
      capacityReservation: 'open',
    },
  })
}
