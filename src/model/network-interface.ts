/** A network interface: what security groups attach to. */

import type { Instant } from '../base/clock.ts'
import type { AttachmentId, GroupId, InstanceId, NetworkInterfaceId, SubnetId, VpcId } from './ids.ts'

export interface PrivateAddress {
  readonly address: string
  readonly isPrimary: boolean
}

/** Idle timeouts in seconds, each only when set (spec 8.3). */
export interface ConnectionTracking {
  readonly tcpEstablishedTimeout?: number
  readonly udpStreamTimeout?: number
  readonly udpTimeout?: number
}

export interface Attachment {
  readonly id: AttachmentId
  readonly instance: InstanceId
  readonly deviceIndex: number
  readonly networkCardIndex: number
  readonly attachedAt: Instant
  readonly deleteOnTermination: boolean
}

export interface NetworkInterface {
  readonly id: NetworkInterfaceId
  readonly subnet: SubnetId
  readonly vpc: VpcId
  readonly zone: string
  readonly description: string
  readonly macAddress: string
  /** The first is the primary one. Empty in an IPv6-native subnet and for an EFA-only interface. */
  readonly privateAddresses: readonly PrivateAddress[]
  readonly ipv6Addresses: readonly string[]
  /** The first IPv6 address is the primary one and stays until the interface goes. */
  readonly hasPrimaryIpv6?: boolean
  /** 1 to 16, without repeats, in the order given. */
  readonly groups: readonly GroupId[]
  readonly sourceDestCheck: boolean
  readonly interfaceType: string
  readonly tracking: ConnectionTracking
  readonly attachment?: Attachment
  /** An address that came with the launch and goes with the instance; elastic ones are objects of their own. */
  readonly autoAssignedPublicAddress?: string
}
