/** An estate of hundreds of interfaces in a running server: tiers in a row, each open to the one before it. */

import { call } from './pages.ts'

export interface Estate {
  /** The groups of the tiers, in their order; the first is open to all, and one of it has a public address. */
  readonly tiers: readonly string[]
}

interface Made {
  readonly NetworkInterface: { readonly NetworkInterfaceId: string }
}

const perTier = 30

export async function manyInterfaces(url: string, count: number): Promise<Estate> {
  const { Subnets } = await call<{ Subnets: { SubnetId: string; VpcId: string }[] }>(url, 'DescribeSubnets')
  const vpc = Subnets[0]?.VpcId
  const tiers: string[] = []
  for (let tier = 0; tier < Math.ceil(count / perTier); tier++) {
    const name = `tier-${String(tier + 1).padStart(2, '0')}`
    const { GroupId } = await call<{ GroupId: string }>(url, 'CreateSecurityGroup', {
      GroupName: name,
      Description: name,
      VpcId: vpc,
    })
    const before = tiers.at(-1)
    const peer = before ? { UserIdGroupPairs: [{ GroupId: before }] } : { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
    const port = before ? 8000 + tier : 443
    await call(url, 'AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer }],
    })
    tiers.push(GroupId)
  }
  for (let made = 0; made < count; made++) {
    const Groups = [tiers[Math.floor(made / perTier)]]
    const SubnetId = Subnets[made % Subnets.length]?.SubnetId
    const {
      NetworkInterface: { NetworkInterfaceId },
    } = await call<Made>(url, 'CreateNetworkInterface', { SubnetId, Groups })
    if (made > 0) continue
    const { AllocationId } = await call<{ AllocationId: string }>(url, 'AllocateAddress')
    await call(url, 'AssociateAddress', { AllocationId, NetworkInterfaceId })
  }
  return { tiers }
}
