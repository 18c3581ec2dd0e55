/** AttachNetworkInterface (spec 8.3). What is attached later outlives its instance unless told otherwise. */

import { interfacesOf } from '../../../model/attached-interface.ts'
import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import type { Instance } from '../../../model/instance.ts'
import { findInstanceType } from '../../../model/instance-type.ts'
import type { NetworkInterface } from '../../../model/network-interface.ts'
import { reject } from '../../../model/rejection.ts'
import type { World } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'AttachNetworkInterface'> = (input, { world, now, entropy }) => {
  if (input.EnaSrdSpecification) reject('InterfaceFeatureUnsupported', { feature: 'ENA Express' })
  const slot = {
    deviceIndex: index(input.DeviceIndex, 'deviceIndex'),
    networkCardIndex: index(input.NetworkCardIndex ?? 0, 'networkCardIndex'),
  }
  const card = find(world, 'networkInterface', input.NetworkInterfaceId)
  const instance = find(world, 'instance', input.InstanceId)
  if (card.attachment) reject('InterfaceInUse', { id: card.id })
  if (instance.state === 'terminated') reject('InstanceNotAttachable', { instance: instance.id })
  if (instance.zone !== card.zone) reject('AttachmentAcrossZones')
  refuseFull(world, instance, card)
  refuseTakenSlot(world, instance, slot)
  const id = newId(entropy, 'eni-attach')
  const attachment = { id, instance: instance.id, ...slot, attachedAt: now, deleteOnTermination: false }
  return {
    changes: [put('networkInterface', { ...card, attachment })],
    output: { AttachmentId: id, NetworkCardIndex: slot.networkCardIndex },
  }
}

interface Slot {
  readonly deviceIndex: number
  readonly networkCardIndex: number
}

/** How many interfaces, and addresses on each, is a fact of the instance's type. */
function refuseFull(world: World, instance: Instance, card: NetworkInterface): void {
  const type = findInstanceType(instance.type)
  if (!type) return
  const count = interfacesOf(world, instance).length + 1
  if (count > type.mostInterfaces) reject('AttachmentLimitExceeded', { count, type: type.name })
  const { privateAddresses, ipv6Addresses } = card
  const isOverfull = privateAddresses.length > type.ipv4PerInterface || ipv6Addresses.length > type.ipv6PerInterface
  if (isOverfull) reject('AddressesPerInterfaceExceeded')
}

function refuseTakenSlot(world: World, instance: Instance, { deviceIndex, networkCardIndex }: Slot): void {
  const isTaken = interfacesOf(world, instance).some(({ attachment }) => {
    return attachment?.deviceIndex === deviceIndex && attachment.networkCardIndex === networkCardIndex
  })
  if (isTaken) reject('DeviceIndexTaken', { instance: instance.id, index: deviceIndex })
}

function index(value: number, name: string): number {
  if (value >= 0) return value
  return reject('InvalidParameterValue', { value: String(value), name, reason: 'Expecting a value of at least 0.' })
}
