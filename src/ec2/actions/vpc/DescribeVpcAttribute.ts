/** DescribeVpcAttribute (spec 8.1): answers the attribute asked for and no other. */

import { reject } from '../../../model/rejection.ts'
import type { Vpc } from '../../../model/vpc.ts'
import { answer, type OutputOf, type Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

type Attributes = Readonly<Record<string, (vpc: Vpc) => OutputOf<'DescribeVpcAttribute'>>>

const attributes: Attributes = {
  enableDnsSupport: (vpc) => ({ EnableDnsSupport: { Value: vpc.dnsSupport } }),
  enableDnsHostnames: (vpc) => ({ EnableDnsHostnames: { Value: vpc.dnsHostnames } }),
  enableNetworkAddressUsageMetrics: (vpc) => ({
    EnableNetworkAddressUsageMetrics: { Value: vpc.networkAddressUsageMetrics },
  }),
}

export const run: Run<'DescribeVpcAttribute'> = (input, { world }) => {
  const name = input.Attribute
  const read = Object.hasOwn(attributes, name) ? attributes[name] : undefined
  if (!read) reject('InvalidParameterValue', { value: name, name: 'attribute', reason: 'Unknown attribute.' })
  const vpc = find(world, 'vpc', input.VpcId)
  return answer({ VpcId: vpc.id, ...read(vpc) })
}
