/** ResetNetworkInterfaceAttribute: turns the source/destination check back on, the one attribute it knows. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'ResetNetworkInterfaceAttribute'> = (input, { world }) => {
  if (input.SourceDestCheck === undefined) reject('ModifiedAttributeMissing')
  const card = find(world, 'networkInterface', input.NetworkInterfaceId)
  return { changes: [put('networkInterface', { ...card, sourceDestCheck: true })], output: {} }
}
