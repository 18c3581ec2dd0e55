/** Two hosts of the default subnet in a running server: `web` with a public address and open to all on port 80, `db` to web's group on 5432. */

import { call } from './pages.ts'

export interface Scene {
  readonly url: string
  readonly web: Host
  readonly db: Host
}

export interface Host {
  readonly card: string
  readonly group: string
  /** The first inbound rule. */
  readonly rule: string
}

export async function scene(url: string): Promise<Scene> {
  const { Subnets } = await call<{ Subnets: { SubnetId: string; VpcId: string; CidrBlock: string }[] }>(
    url,
    'DescribeSubnets',
  )
  const subnet = Subnets.find(({ CidrBlock }) => CidrBlock === '172.31.0.0/20')
  if (!subnet) throw new Error('the default network has that subnet')
  const place = { url, subnet: subnet.SubnetId, vpc: subnet.VpcId }
  const web = await host(place, {
    name: 'web',
    address: '172.31.0.10',
    port: 80,
    peer: { IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  })
  const peer = { UserIdGroupPairs: [{ GroupId: web.group }] }
  const db = await host(place, { name: 'db', address: '172.31.0.30', port: 5432, peer })
  const { AllocationId } = await call<{ AllocationId: string }>(url, 'AllocateAddress')
  await call(url, 'AssociateAddress', { AllocationId, NetworkInterfaceId: web.card })
  return { url, web, db }
}

interface Place {
  readonly url: string
  readonly subnet: string
  readonly vpc: string
}

interface Wanted {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly peer: object
}

async function host({ url, subnet, vpc }: Place, { name, address, port, peer }: Wanted): Promise<Host> {
  const { GroupId: group } = await call<{ GroupId: string }>(url, 'CreateSecurityGroup', {
    GroupName: name,
    Description: name,
    VpcId: vpc,
  })
  const { SecurityGroupRules } = await call<{ SecurityGroupRules: { SecurityGroupRuleId: string }[] }>(
    url,
    'AuthorizeSecurityGroupIngress',
    { GroupId: group, IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer }] },
  )
  const { NetworkInterface } = await call<{ NetworkInterface: { NetworkInterfaceId: string } }>(
    url,
    'CreateNetworkInterface',
    {
      SubnetId: subnet,
      Groups: [group],
      PrivateIpAddress: address,
      TagSpecifications: [{ ResourceType: 'network-interface', Tags: [{ Key: 'Name', Value: name }] }],
    },
  )
  return { card: NetworkInterface.NetworkInterfaceId, group, rule: SecurityGroupRules[0]?.SecurityGroupRuleId ?? '' }
}
