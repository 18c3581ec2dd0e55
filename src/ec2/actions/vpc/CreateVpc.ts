/** CreateVpc (spec 8.1): the VPC with its default group, default ACL and main route table. */

import { amazonIpv6Block } from '../../../model/address-block.ts'
import { companionsOf, plainVpc, vpcChanges } from '../../../model/default-network.ts'
import { dhcpOptionsFor } from '../../../model/dhcp-options.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { Vpc } from '../../../model/vpc.ts'
import { apply } from '../../../model/world.ts'
import { formatCidr } from '../../../net/cidr.ts'
import type { InputOf, Run } from '../../action.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { vpcBlockFrom, wantsAmazonIpv6 } from '../../input/vpc-block.ts'
import { viewVpc, viewVpcIpv6Block } from '../../view/vpc.ts'

export const run: Run<'CreateVpc'> = (input, { world, entropy, quotas }) => {
  const { region } = world.scope
  const tags = tagsFor(input.TagSpecifications, 'vpc', quotas)
  const cidr = formatCidr(vpcBlockFrom(givenBlock(input)))
  const tenancy = tenancyFrom(input.InstanceTenancy)
  const hasIpv6 = wantsAmazonIpv6(input, region)
  if (world.vpc.size >= quotas['vpcs-per-region']) reject('VpcLimitExceeded')
  const block = (text: string) => ({ associationId: newId(entropy, 'vpc-cidr-assoc'), cidr: text })
  const vpc: Vpc = {
    ...plainVpc(dhcpOptionsFor(world, entropy), entropy),
    cidrBlocks: [block(cidr)],
    ipv6CidrBlocks: hasIpv6 ? [block(amazonIpv6Block(world, entropy))] : [],
    tenancy,
  }
  const changes = [...vpcChanges(vpc, companionsOf(vpc, world.scope, entropy)), ...tagged(vpc.id, tags)]
  const output = {
    ...viewVpc(apply(world, changes), vpc),
    State: 'pending',
    Ipv6CidrBlockAssociationSet: vpc.ipv6CidrBlocks.map((each) => viewVpcIpv6Block(each, region, 'associating')),
  }
  return { changes, output: { Vpc: output } }
}

function givenBlock({ CidrBlock, Ipv4IpamPoolId }: InputOf<'CreateVpc'>): string {
  if (CidrBlock && Ipv4IpamPoolId) {
    reject('ParametersExclusive', { first: 'cidrBlock', second: 'ipv4IpamPoolId' })
  }
  if (Ipv4IpamPoolId) reject('IpamPoolNotFound', { id: Ipv4IpamPoolId })
  return CidrBlock || reject('BlockMissing', { first: 'cidrBlock', second: 'ipv4IpamPoolId' })
}

const tenancies = ['default', 'dedicated', 'host']

function tenancyFrom(text = 'default'): string {
  if (tenancies.includes(text)) return text
  const reason = `Expected one of ${tenancies.join(', ')}.`
  return reject('InvalidParameterValue', { value: text, name: 'instanceTenancy', reason })
}
