/** DisassociateVpcCidrBlock (spec 8.1): refused for the primary block and for one that subnets are in. */

import { blockOf, blocksTaken } from '../../../model/address-block.ts'
import { put } from '../../../model/change.ts'
import { isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { CidrBlock, Vpc } from '../../../model/vpc.ts'
import type { World } from '../../../model/world.ts'
import { contains } from '../../../net/cidr.ts'
import type { Run } from '../../action.ts'
import { viewVpcBlock, viewVpcIpv6Block } from '../../view/vpc.ts'

export const run: Run<'DisassociateVpcCidrBlock'> = (input, { world }) => {
  const { vpc, block } = findBlock(world, input.AssociationId)
  if (vpc.cidrBlocks[0] === block) reject('PrimaryBlockDisassociation', { id: block.associationId })
  const around = blockOf(block.cidr)
  if (blocksTaken(world, vpc.id).some((taken) => contains(around, taken))) {
    reject('VpcBlockInUse', { vpc: vpc.id, cidr: block.cidr })
  }
  const without = (blocks: readonly CidrBlock[]) => blocks.filter((each) => each !== block)
  const cidrBlocks = without(vpc.cidrBlocks)
  const ipv6CidrBlocks = without(vpc.ipv6CidrBlocks)
  const association =
    around.family === 4
      ? { CidrBlockAssociation: viewVpcBlock(block, 'disassociating') }
      : { Ipv6CidrBlockAssociation: viewVpcIpv6Block(block, world.scope.region, 'disassociating') }
  return {
    changes: [put('vpc', { ...vpc, cidrBlocks, ipv6CidrBlocks })],
    output: { VpcId: vpc.id, ...association },
  }
}

function findBlock(world: World, id: string): { vpc: Vpc; block: CidrBlock } {
  if (!isIdOf('vpc-cidr-assoc', id)) reject('VpcBlockIdMalformed', { id })
  for (const vpc of world.vpc.values()) {
    const block = [...vpc.cidrBlocks, ...vpc.ipv6CidrBlocks].find(({ associationId }) => associationId === id)
    if (block) return { vpc, block }
  }
  return reject('VpcBlockNotFound', { id })
}
