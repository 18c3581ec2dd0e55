/** An instance of which little is said: what else AWS tells of one, as it is where nobody asked for other. */

import { instant } from '../base/clock.ts'
import type { InstanceId } from './ids.ts'
import type { Instance } from './instance.ts'

type Facts = Partial<Omit<Instance, 'id'>> & Pick<Instance, 'type'>

export function plainInstance(id: InstanceId, facts: Facts): Instance {
  return {
    id,
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
    ...facts,
  }
}
