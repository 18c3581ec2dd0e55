/** An elastic IP address: allocated to the account, perhaps associated with an interface's private address. */

import type { AddressAssociationId, AllocationId, NetworkInterfaceId } from './ids.ts'

export interface ElasticAddress {
  readonly id: AllocationId
  readonly publicAddress: string
  readonly networkBorderGroup: string
  readonly association?: {
    readonly id: AddressAssociationId
    readonly networkInterface: NetworkInterfaceId
    readonly privateAddress: string
  }
}
