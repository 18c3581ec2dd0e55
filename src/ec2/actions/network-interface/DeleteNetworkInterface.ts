/** DeleteNetworkInterface (spec 8.3). */

import { interfaceRemoval } from '../../../model/elastic-association.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteNetworkInterface'> = (input, { world }) => {
  const card = find(world, 'networkInterface', input.NetworkInterfaceId)
  if (card.attachment) reject('InterfaceAttached', { id: card.id })
  return { changes: interfaceRemoval(world, card), output: {} }
}
