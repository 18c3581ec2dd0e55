/** Six interfaces in three subnets of a running server: a bastion, two web servers open to all, two applications and their database. */

import { call } from './pages.ts'

interface Permission {
  readonly port: number
  /** A CIDR block, or a group's id. */
  readonly from: string
}

export async function sixInterfaces(url: string): Promise<void> {
  const { Subnets } = await call<{ Subnets: { SubnetId: string; VpcId: string }[] }>(url, 'DescribeSubnets')
  const place = { url, vpc: Subnets[0]?.VpcId ?? '' }
  const everybody = '0.0.0.0/0'
  const bastion = await group(place, 'bastion', [{ port: 22, from: '203.0.113.0/24' }])
  const admin = { port: 22, from: bastion }
  const web = await group(place, 'web', [{ port: 80, from: everybody }, { port: 443, from: everybody }, admin])
  const app = await group(place, 'app', [{ port: 8080, from: web }, admin])
  const db = await group(place, 'db', [{ port: 5432, from: app }])
  const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: everybody }] }]
  for (const GroupId of [app, db]) {
    await call(url, 'RevokeSecurityGroupEgress', { GroupId, IpPermissions: everything })
  }
  const out = permission({ port: 5432, from: db })
  await call(url, 'AuthorizeSecurityGroupEgress', { GroupId: app, IpPermissions: [out] })
  const cards = [
    { name: 'bastion', groups: [bastion], isPublic: true },
    { name: 'web-1', groups: [web], isPublic: true },
    { name: 'web-2', groups: [web], isPublic: true },
    { name: 'app-1', groups: [app], isPublic: false },
    { name: 'app-2', groups: [app], isPublic: false },
    { name: 'db', groups: [db], isPublic: false },
  ]
  for (const [index, card] of cards.entries()) {
    await networkInterface(url, { ...card, subnet: Subnets[Math.floor(index / 2)]?.SubnetId ?? '' })
  }
}

async function group(
  { url, vpc }: { readonly url: string; readonly vpc: string },
  name: string,
  rules: readonly Permission[],
): Promise<string> {
  const made = { GroupName: name, Description: name, VpcId: vpc }
  const { GroupId } = await call<{ GroupId: string }>(url, 'CreateSecurityGroup', made)
  await call(url, 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: rules.map(permission) })
  return GroupId
}

function permission({ port, from }: Permission): object {
  const peer = from.startsWith('sg-') ? { UserIdGroupPairs: [{ GroupId: from }] } : { IpRanges: [{ CidrIp: from }] }
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer }
}

interface Wanted {
  readonly name: string
  readonly groups: readonly string[]
  readonly isPublic: boolean
  readonly subnet: string
}

async function networkInterface(url: string, { name, groups, isPublic, subnet }: Wanted): Promise<void> {
  const {
    NetworkInterface: { NetworkInterfaceId },
  } = await call<{ NetworkInterface: { NetworkInterfaceId: string } }>(url, 'CreateNetworkInterface', {
    SubnetId: subnet,
    Groups: groups,
    TagSpecifications: [{ ResourceType: 'network-interface', Tags: [{ Key: 'Name', Value: name }] }],
  })
  if (!isPublic) return
  const { AllocationId } = await call<{ AllocationId: string }>(url, 'AllocateAddress')
  await call(url, 'AssociateAddress', { AllocationId, NetworkInterfaceId })
}
