/** What is shown of enforcement, as types alone: the browser's program reads them too. */

import type { EnforcementKind } from '../../ec2/action.ts'
import type { GroupId, NetworkInterfaceId, RuleId } from '../../model/ids.ts'
import type { Direction } from '../../model/rule.ts'

/** Who enforces: this server in a namespace of its own, or an agent on a host. */
export type Where =
  | { readonly kind: 'namespace'; readonly device: string }
  | { readonly kind: 'host'; readonly host: string; readonly device: string }

export interface InterfaceStanding {
  readonly networkInterface: NetworkInterfaceId
  readonly instance: string | null
  readonly where: Where
  readonly state: EnforcementKind
  readonly why: string | null
  readonly since: string
  /** Packets that no rule let in or out. */
  readonly refused: { readonly ingress: number; readonly egress: number }
}

export interface EnforcementListing {
  readonly at: string
  readonly interfaces: readonly InterfaceStanding[]
}

export interface RuleUse {
  readonly rule: RuleId
  readonly group: GroupId
  readonly direction: Direction
  /** `tcp 80-80 from 0.0.0.0/0` */
  readonly allows: string
  /** Packets that the rule let in and that opened a flow, or that belong to an untracked one. */
  readonly packets: number
  readonly bytes: number
  readonly lastUsed: string | null
  /** Enforced interfaces that carry the rule's group. */
  readonly interfaces: number
}

export interface RuleListing {
  readonly at: string
  readonly rules: readonly RuleUse[]
}
