import { beforeAll, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'
import { createGroup, filters } from '../../../../test/groups.ts'
import { createCard, dualStack, launch } from '../../../../test/interfaces.ts'

interface Scene {
  readonly aws: Cloud
  /** An instance's primary interface with a public address from its launch. */
  readonly primary: Body
  readonly primaryId: string
  /** A loose interface: a group, tags, a secondary address, an elastic address on the first. */
  readonly loose: Body
  readonly looseId: string
  /** In a VPC of both families, with an IPv6 address and without the source/destination check. */
  readonly dual: Body
  readonly dualId: string
  readonly group: string
  readonly elastic: Body
  readonly association: string
}

let scene: Scene

beforeAll(async () => {
  const aws = await cloud()
  const group = await createGroup(aws, 'web')
  const { networkInterfaceSet } = await launch(aws)
  const loose = await createCard(aws, {
    Description: 'AWS Lambda VPC ENI-web',
    'SecurityGroupId.1': group,
    SecondaryPrivateIpAddressCount: 1,
    'TagSpecification.1.ResourceType': 'network-interface',
    'TagSpecification.1.Tag.1.Key': 'team',
    'TagSpecification.1.Tag.1.Value': 'net',
  })
  const elastic = await aws.call('AllocateAddress')
  const { associationId } = await aws.call('AssociateAddress', {
    AllocationId: elastic.allocationId,
    NetworkInterfaceId: loose.networkInterfaceId,
  })
  const { subnet } = await dualStack(aws)
  const dual = await createCard(aws, { SubnetId: subnet, Ipv6AddressCount: 1 })
  await aws.call('ModifyNetworkInterfaceAttribute', {
    NetworkInterfaceId: dual.networkInterfaceId,
    'SourceDestCheck.Value': false,
  })
  const { networkInterfaceSet: all } = await aws.call('DescribeNetworkInterfaces')
  const view = (id: string): Body => all.item.find((each: Body) => each.networkInterfaceId === id)
  const ids = {
    primaryId: networkInterfaceSet.item[0].networkInterfaceId,
    looseId: loose.networkInterfaceId,
    dualId: dual.networkInterfaceId,
  }
  const views = { primary: view(ids.primaryId), loose: view(ids.looseId), dual: view(ids.dualId) }
  scene = { aws, ...ids, ...views, group, elastic, association: associationId }
})

type Row = readonly [name: string, value: (scene: Scene) => string, found: readonly ('primary' | 'loose' | 'dual')[]]

test.each<Row>([
  ['addresses.association.owner-id', () => 'amazon', ['primary']],
  ['addresses.association.owner-id', () => '123456789012', ['loose']],
  ['addresses.association.public-ip', ({ elastic }) => elastic.publicIp, ['loose']],
  ['addresses.primary', () => 'false', ['loose']],
  ['addresses.private-ip-address', ({ loose }) => loose.privateIpAddressesSet.item[1].privateIpAddress, ['loose']],
  ['association.allocation-id', ({ elastic }) => elastic.allocationId, ['loose']],
  ['association.association-id', ({ association }) => association, ['loose']],
  ['association.ip-owner-id', () => 'amazon', ['primary']],
  ['association.public-dns-name', () => 'ec2-203-0-113-*.compute-1.amazonaws.com', ['primary', 'loose']],
  ['association.public-ip', ({ primary }) => primary.association.publicIp, ['primary']],
  ['attachment.attach-time', () => '2026-11-22T10:00:00.000Z', ['primary']],
  ['attachment.attachment-id', ({ primary }) => primary.attachment.attachmentId, ['primary']],
  ['attachment.delete-on-termination', () => 'true', ['primary']],
  ['attachment.device-index', () => '0', ['primary']],
  ['attachment.instance-id', ({ primary }) => primary.attachment.instanceId, ['primary']],
  ['attachment.instance-owner-id', () => '123456789012', ['primary']],
  ['attachment.status', () => 'attached', ['primary']],
  ['availability-zone', () => 'us-east-1a', ['primary', 'loose', 'dual']],
  ['availability-zone-id', () => 'use1-az2', []],
  ['description', () => 'AWS Lambda VPC ENI*', ['loose']],
  ['group-id', ({ group }) => group, ['loose']],
  ['interface-type', () => 'interface', ['primary', 'loose', 'dual']],
  ['ipv6-addresses.ipv6-address', ({ dual }) => dual.ipv6Address, ['dual']],
  ['mac-address', ({ dual }) => dual.macAddress, ['dual']],
  ['network-interface-id', ({ loose }) => loose.networkInterfaceId, ['loose']],
  ['operator.managed', () => 'true', []],
  ['operator.principal', () => '*', []],
  ['owner-id', () => '123456789012', ['primary', 'loose', 'dual']],
  ['private-dns-name', ({ loose }) => loose.privateDnsName, ['loose']],
  ['private-ip-address', ({ primary }) => primary.privateIpAddress, ['primary']],
  ['requester-id', () => '999999999999', []],
  ['requester-managed', () => 'false', ['primary', 'loose', 'dual']],
  ['source-dest-check', () => 'false', ['dual']],
  ['status', () => 'in-use', ['primary']],
  ['status', () => 'available', ['loose', 'dual']],
  ['subnet-id', ({ dual }) => dual.subnetId, ['dual']],
  ['tag:team', () => 'net', ['loose']],
  ['tag-key', () => 'team', ['loose']],
  ['vpc-id', ({ loose }) => loose.vpcId, ['primary', 'loose']],
])('the filter %s finds what it names', async (name, value, found) => {
  const { aws } = scene
  const { networkInterfaceSet } = await aws.call('DescribeNetworkInterfaces', filters([name, value(scene)]))
  const ids = (networkInterfaceSet.item ?? []).map(({ networkInterfaceId }: Body) => networkInterfaceId)
  expect(ids.sort()).toEqual(found.map((which) => scene[`${which}Id`]).sort())
})

test('the calls before a group is deleted find the leftovers of other services only', async () => {
  const { aws, group, looseId } = scene
  const ask = async (...given: readonly (readonly [string, ...string[]])[]) =>
    (await aws.call('DescribeNetworkInterfaces', filters(...given))).networkInterfaceSet
  expect((await ask(['group-id', group], ['description', 'AWS Lambda VPC ENI*'])).item).toMatchObject([
    { networkInterfaceId: looseId },
  ])
  expect(await ask(['group-id', group], ['description', 'ELB *'])).toBe('')
})

test('an unknown filter is refused', async () => {
  expect(await scene.aws.refusal('DescribeNetworkInterfaces', filters(['colour', 'blue']))).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: "The filter 'colour' is invalid",
  })
})

test('pages of five lead through all interfaces', async () => {
  const aws = await cloud()
  for (let count = 0; count < 12; count++) await createCard(aws)
  const seen: string[] = []
  let NextToken = ''
  do {
    const page = await aws.call('DescribeNetworkInterfaces', { MaxResults: 5, NextToken })
    seen.push(...page.networkInterfaceSet.item.map(({ networkInterfaceId }: Body) => networkInterfaceId))
    NextToken = page.nextToken ?? ''
  } while (NextToken)
  expect(new Set(seen).size).toBe(12)
})
