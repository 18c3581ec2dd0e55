/**
 * AssociateAddress. Reassociation is automatic unless the request says false: the address leaves its
 * old place, and an address already at the new place comes free.
 */

import { withoutLaunchAddress } from '../../../model/attached-interface.ts'
import { type Change, put } from '../../../model/change.ts'
import type { ElasticAddress } from '../../../model/elastic-address.ts'
import { dissociated, elasticAddressesOf } from '../../../model/elastic-association.ts'
import { newId } from '../../../model/ids.ts'
import type { NetworkInterface } from '../../../model/network-interface.ts'
import { reject } from '../../../model/rejection.ts'
import { isLinked, type World } from '../../../model/world.ts'
import type { InputOf, Run } from '../../action.ts'
import { addressNamed } from '../../input/elastic-address.ts'
import { find } from '../../input/lookup.ts'
import { onlyInterface } from '../../input/only-interface.ts'

type Input = InputOf<'AssociateAddress'>

export const run: Run<'AssociateAddress'> = (input, { world, entropy }) => {
  const elastic = addressNamed(world, input)
  if (!input.AllocationId) reject('AddressByIpAssociated')
  const card = targetInterface(world, input)
  const privateAddress = targetAddress(card, input.PrivateIpAddress)
  if (!isLinked(world, 'gateways of vpc', card.vpc)) reject('GatewayNotAttached', { vpc: card.vpc })
  const { association } = elastic
  const isThere = association?.networkInterface === card.id && association.privateAddress === privateAddress
  if (isThere) return { changes: [], output: { AssociationId: association.id } }
  const displaced = elasticAddressesOf(world, card, [privateAddress])
  if (input.AllowReassociation === false) refuseReassociation(elastic, card, displaced)
  const id = newId(entropy, 'eipassoc')
  return {
    changes: [
      ...displaced.map((each) => put('elasticAddress', dissociated(each))),
      ...withoutAutoAssigned(card, privateAddress),
      put('elasticAddress', { ...elastic, association: { id, networkInterface: card.id, privateAddress } }),
    ],
    output: { AssociationId: id },
  }
}

function targetInterface(world: World, { InstanceId, NetworkInterfaceId }: Input): NetworkInterface {
  if (InstanceId && NetworkInterfaceId) reject('AddressTargetsExclusive')
  if (NetworkInterfaceId) return find(world, 'networkInterface', NetworkInterfaceId)
  if (!InstanceId) reject('MissingParameter', { name: 'InstanceId or NetworkInterfaceId' })
  const instance = find(world, 'instance', InstanceId)
  const only = onlyInterface(world, instance)
  return only ?? reject('AddressInstanceState', { instance: instance.id, state: instance.state })
}

function targetAddress({ id, privateAddresses }: NetworkInterface, given: string | undefined): string {
  const address = given || privateAddresses[0]?.address
  if (address !== undefined && privateAddresses.some((each) => each.address === address)) return address
  return reject('AddressNotAssigned', { address: address ?? '', id })
}

function refuseReassociation(elastic: ElasticAddress, card: NetworkInterface, displaced: readonly ElasticAddress[]) {
  if (elastic.association) {
    reject('AddressAlreadyAssociated', { id: elastic.id, association: elastic.association.id })
  }
  const [present] = displaced
  if (present?.association) reject('AddressAlreadyAssociated', { id: card.id, association: present.association.id })
}

/** AWS releases the address that came with the launch once the primary address has an elastic one. */
function withoutAutoAssigned(card: NetworkInterface, privateAddress: string): Change[] {
  const isPrimary = card.privateAddresses[0]?.address === privateAddress
  return isPrimary && card.autoAssignedPublicAddress ? [put('networkInterface', withoutLaunchAddress(card))] : []
}
