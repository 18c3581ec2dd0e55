/** DisassociateSubnetCidrBlock (spec 8.2): refused while the subnet or an interface in it depends on the block. */

import { blockOf } from '../../../model/address-block.ts'
import { put } from '../../../model/change.ts'
import { isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { Subnet } from '../../../model/subnet.ts'
import type { CidrBlock } from '../../../model/vpc.ts'
import { linked, type World } from '../../../model/world.ts'
import { parseAddress } from '../../../net/address.ts'
import { containsAddress } from '../../../net/cidr.ts'
import type { Run } from '../../action.ts'
import { viewSubnetIpv6Block } from '../../view/subnet.ts'

export const run: Run<'DisassociateSubnetCidrBlock'> = (input, { world }) => {
  const { subnet, block } = findBlock(world, input.AssociationId)
  const reason = useOf(world, subnet, block)
  if (reason) reject('SubnetBlockInUse', { id: block.associationId, reason })
  const ipv6CidrBlocks = subnet.ipv6CidrBlocks.filter((each) => each !== block)
  return {
    changes: [put('subnet', { ...subnet, ipv6CidrBlocks })],
    output: { SubnetId: subnet.id, Ipv6CidrBlockAssociation: viewSubnetIpv6Block(block, 'disassociating') },
  }
}

function findBlock(world: World, id: string): { subnet: Subnet; block: CidrBlock } {
  if (!isIdOf('subnet-cidr-assoc', id)) reject('SubnetBlockIdMalformed', { id })
  for (const subnet of world.subnet.values()) {
    const block = subnet.ipv6CidrBlocks.find(({ associationId }) => associationId === id)
    if (block) return { subnet, block }
  }
  return reject('SubnetBlockNotFound', { id })
}

/** What keeps the block, as AWS words it. */
function useOf(world: World, subnet: Subnet, block: CidrBlock): string | undefined {
  if (subnet.cidr === undefined) return 'its subnet is IPv6 only'
  if (subnet.assignIpv6OnCreation) return 'its subnet has assign-ipv6-address-on-creation set to true'
  const around = blockOf(block.cidr)
  const holder = linked(world, 'interfaces in subnet', subnet.id).find((id) =>
    world.networkInterface.get(id)?.ipv6Addresses.some((text) => {
      const address = parseAddress(text)
      return address !== undefined && containsAddress(around, address)
    }),
  )
  return holder && `the network interface ${holder} has an address of it`
}
