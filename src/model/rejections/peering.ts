/** Refusals of this family (spec 4). */

import { plain, wording } from './wording.ts'

type Id = { id: string }

export const peeringRejections = {
  PeeringStateTransition: wording(
    'InvalidStateTransition',
    (p: { id: string; from: string; to: string }) =>
      `Invalid state transition for ${p.id}, attempted to transition from ${p.from} to ${p.to}`,
  ),
  PeeringExists: wording(
    'VpcPeeringConnectionAlreadyExists',
    (p: Id) => `The vpc peering connection identified by ${p.id} already exists.`,
  ),
  PeeringLimitExceeded: wording(
    'VpcPeeringConnectionsPerVpcLimitExceeded',
    (p: Id) => `The maximum number of VPC peering connections for VPC '${p.id}' has been reached.`,
  ),
  PeeringRequestLimitExceeded: wording(
    'OutstandingVpcPeeringConnectionLimitExceeded',
    (p: Id) => `The maximum number of outstanding VPC peering connection requests for VPC '${p.id}' has been reached.`,
  ),
  PeeringNotActive: wording(
    'OperationNotPermitted',
    (p: Id) => `Peering ${p.id} is not active. Peering options can be added only to active peerings.`,
  ),
  PeeringDnsHostnamesDisabled: plain(
    'InvalidVpcPeeringConnectionState.DnsHostnamesDisabled',
    'To enable DNS hostname resolution for the VPC peering connection, DNS hostname support must be enabled for the VPCs.',
  ),
} as const
