/**
 * ModifyNetworkInterfaceAttribute (spec 8.3): exactly one attribute a call. Groups replace the whole
 * set, and an interface without any is impossible.
 */

import { withoutLaunchAddress } from '../../../model/attached-interface.ts'
import { put } from '../../../model/change.ts'
import type { NetworkInterface } from '../../../model/network-interface.ts'
import { reject } from '../../../model/rejection.ts'
import { isLinked } from '../../../model/world.ts'
import type { Context, InputOf, Run } from '../../action.ts'
import { trackingFrom } from '../../input/connection-tracking.ts'
import { ipv6AddressesFor } from '../../input/interface-address.ts'
import { interfaceGroups } from '../../input/interface-groups.ts'
import { find } from '../../input/lookup.ts'
import { oneAttribute } from '../../input/one-attribute.ts'
import { freePublicAddress } from '../../input/public-address.ts'

type Input = InputOf<'ModifyNetworkInterfaceAttribute'>
type Attribute = Exclude<keyof Input, 'NetworkInterfaceId' | 'DryRun'>
type Modification<A extends Attribute> = (
  card: NetworkInterface,
  value: NonNullable<Input[A]>,
  context: Context,
) => NetworkInterface

const modifications: { readonly [A in Attribute]: Modification<A> } = {
  Description: (card, { Value }) => ({ ...card, description: given(Value, 'description.value') }),
  SourceDestCheck: (card, { Value }) => ({ ...card, sourceDestCheck: given(Value, 'sourceDestCheck.value') }),
  Groups: (card, ids, context) => ({ ...card, groups: interfaceGroups(ids, card, context, 'interface') }),
  Attachment: withDeleteOnTermination,
  ConnectionTrackingSpecification: (card, specification) => {
    return { ...card, tracking: { ...card.tracking, ...trackingFrom(specification) } }
  },
  AssociatePublicIpAddress: withPublicAddress,
  EnablePrimaryIpv6: withPrimaryIpv6,
  EnaSrdSpecification: () => reject('InterfaceFeatureUnsupported', { feature: 'ENA Express' }),
  AssociatedSubnetIds: () => reject('InterfaceFeatureUnsupported', { feature: 'Associating further subnets' }),
}

export const run: Run<'ModifyNetworkInterfaceAttribute'> = (input, context) => {
  const attribute = oneAttribute(input, Object.keys(modifications) as Attribute[])
  const card = find(context.world, 'networkInterface', input.NetworkInterfaceId)
  const modify = modifications[attribute] as Modification<Attribute>
  const modified = modify(card, input[attribute] as never, context)
  return { changes: [put('networkInterface', modified)], output: {} }
}

function withDeleteOnTermination(card: NetworkInterface, change: NonNullable<Input['Attachment']>): NetworkInterface {
  const { attachment } = card
  const id = given(change.AttachmentId, 'attachment.attachmentId')
  const deleteOnTermination = given(change.DeleteOnTermination, 'attachment.deleteOnTermination')
  if (attachment?.id !== id) reject('AttachmentNotFound', { id })
  return { ...card, attachment: { ...attachment, deleteOnTermination } }
}

/** Applies to the primary interface of a running instance only, as AWS documents; elsewhere it has no effect. */
function withPublicAddress(card: NetworkInterface, isWanted: boolean, { world }: Context): NetworkInterface {
  if (!isWanted) return withoutLaunchAddress(card)
  const instance = card.attachment && world.instance.get(card.attachment.instance)
  const isPrimary = instance?.state === 'running' && card.attachment?.deviceIndex === 0
  if (!isPrimary || card.autoAssignedPublicAddress || isLinked(world, 'elastic addresses of interface', card.id))
    return card
  return { ...card, autoAssignedPublicAddress: freePublicAddress(world) }
}

/** AWS gives the interface an IPv6 address to be its primary one when it has none. */
function withPrimaryIpv6(card: NetworkInterface, isWanted: boolean, context: Context): NetworkInterface {
  if (!isWanted) return card.hasPrimaryIpv6 ? reject('PrimaryIpv6Kept') : card
  const isReady = card.ipv6Addresses.length > 0
  const wishes = { subnet: find(context.world, 'subnet', card.subnet), ipv6AddressCount: 1 }
  const ipv6Addresses = isReady ? card.ipv6Addresses : ipv6AddressesFor(wishes, context)
  return { ...card, ipv6Addresses, hasPrimaryIpv6: true }
}

/** An empty description is a value; `required` takes an empty text for absent. */
function given<T>(value: T | undefined, name: string): T {
  return value === undefined ? reject('MissingParameter', { name }) : value
}
