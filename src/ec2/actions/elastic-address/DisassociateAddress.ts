/** DisassociateAddress, by association id. */

import { put } from '../../../model/change.ts'
import { dissociated } from '../../../model/elastic-association.ts'
import { reject } from '../../../model/rejection.ts'
import { linked } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { addressWithIp } from '../../input/elastic-address.ts'
import { required } from '../../input/lookup.ts'

export const run: Run<'DisassociateAddress'> = (input, { world }) => {
  if (!input.AssociationId && input.PublicIp) {
    addressWithIp(world, input.PublicIp)
    reject('AddressByIpDisassociated')
  }
  const id = required(input.AssociationId, 'AssociationId')
  const [holder] = linked(world, 'elastic address with association', id)
  const elastic = holder && world.elasticAddress.get(holder)
  if (!elastic) reject('AssociationNotFound', { id })
  return { changes: [put('elasticAddress', dissociated(elastic))], output: {} }
}
