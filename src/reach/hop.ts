/**
 * One thing on a packet's way that may stop it, and what it said. A hop that depends on what this
 * program does not run (a NAT gateway, a VPN) says so instead of guessing.
 */

import type {
  GroupId,
  InstanceId,
  InternetGatewayId,
  NetworkAclId,
  NetworkInterfaceId,
  RouteTableId,
  SubnetId,
  VpcId,
} from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import type { ExemptService } from '../policy/exempt.ts'
import type { RuleRef } from '../policy/policy.ts'

export type Outcome = 'passes' | 'stops' | 'unknown'

/** The way there, or the answer's way back. */
export type Leg = 'forward' | 'return'

/** `peer`, `destination` and `address` are addresses of the one packet that was tried. */
export type Hop = { readonly leg: Leg; readonly outcome: Outcome } & (
  | {
      readonly kind: 'interface-state'
      readonly networkInterface: NetworkInterfaceId
      readonly instance: InstanceId
      readonly state: string
    }
  | { readonly kind: 'exempt'; readonly networkInterface: NetworkInterfaceId; readonly service: ExemptService }
  | {
      readonly kind: 'rules'
      readonly networkInterface: NetworkInterfaceId
      readonly direction: Direction
      readonly peer: string
      readonly groups: readonly GroupId[]
      readonly rules: readonly RuleRef[]
    }
  | {
      readonly kind: 'acl'
      readonly subnet: SubnetId
      readonly acl: NetworkAclId
      readonly direction: Direction
      readonly peer: string
      readonly entry: number | '*'
    }
  | {
      readonly kind: 'route'
      readonly subnet: SubnetId
      readonly table: RouteTableId | undefined
      readonly destination: string
      /** The route's target: `local` or an id. Undefined: no route holds the destination. */
      readonly via: string | undefined
      /** Why the route does not lead there, or why nobody here can tell. */
      readonly why: string | undefined
    }
  /** How the internet reaches a VPC at all. */
  | { readonly kind: 'gateway'; readonly vpc: VpcId; readonly gateway: InternetGatewayId | undefined }
  /** Without one IPv4 neither goes out through an internet gateway nor comes in. */
  | {
      readonly kind: 'public-address'
      readonly networkInterface: NetworkInterfaceId
      readonly address: string | undefined
    }
  /** The address belongs there to nobody, or to an interface that was not asked about. */
  | {
      readonly kind: 'delivery'
      readonly where: VpcId | 'the internet'
      readonly address: string
      readonly networkInterface: NetworkInterfaceId | undefined
    }
)

export type HopOf<K extends Hop['kind']> = Extract<Hop, { readonly kind: K }>
