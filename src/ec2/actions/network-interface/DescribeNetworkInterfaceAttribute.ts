/** DescribeNetworkInterfaceAttribute (spec 8.3): the one attribute that was asked for, and the id. */

import type { NetworkInterface } from '../../../model/network-interface.ts'
import { reject } from '../../../model/rejection.ts'
import type { World } from '../../../model/world.ts'
import { answer, type OutputOf, type Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { viewAttachment, viewGroups } from '../../view/network-interface.ts'

type Output = OutputOf<'DescribeNetworkInterfaceAttribute'>

const readings: Readonly<Record<string, (world: World, card: NetworkInterface) => Output>> = {
  description: (_, card) => ({ Description: { Value: card.description } }),
  groupSet: (world, card) => ({ Groups: viewGroups(world, card.groups) }),
  sourceDestCheck: (_, card) => ({ SourceDestCheck: { Value: card.sourceDestCheck } }),
  attachment: (world, { attachment }) => (attachment ? { Attachment: viewAttachment(world, attachment) } : {}),
  associatePublicIpAddress: (_, card) => ({ AssociatePublicIpAddress: card.autoAssignedPublicAddress !== undefined }),
}

export const run: Run<'DescribeNetworkInterfaceAttribute'> = ({ NetworkInterfaceId, Attribute }, { world }) => {
  if (!Attribute) reject('ModifiedAttributeMissing')
  const read = Object.hasOwn(readings, Attribute) ? readings[Attribute] : undefined
  if (!read) {
    reject('InvalidParameterValue', { value: Attribute, name: 'attribute', reason: 'Unknown attribute.' })
  }
  const card = find(world, 'networkInterface', NetworkInterfaceId)
  return answer({ NetworkInterfaceId: card.id, ...read(world, card) })
}
