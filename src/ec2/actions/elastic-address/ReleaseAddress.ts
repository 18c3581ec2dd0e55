/** ReleaseAddress. An associated address must be disassociated first; a public IP names no VPC address. */

import { reject } from '../../../model/rejection.ts'
import { removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { addressNamed } from '../../input/elastic-address.ts'

export const run: Run<'ReleaseAddress'> = (input, { world }) => {
  const elastic = addressNamed(world, input)
  if (!input.AllocationId) reject('AddressByIpReleased')
  const { NetworkBorderGroup = elastic.networkBorderGroup } = input
  if (NetworkBorderGroup !== elastic.networkBorderGroup) reject('AddressNotFound', { address: elastic.publicAddress })
  if (elastic.association) reject('AddressInUse', { address: elastic.publicAddress })
  return { changes: removal(world, 'elasticAddress', elastic.id), output: {} }
}
