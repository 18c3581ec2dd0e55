import { describe, expect, test } from 'vitest'
import { type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createVpc, type Filter, filters, peerVpcs } from '../../../../test/groups.ts'
import { days, hours } from '../../../base/clock.ts'

const account = '123456789012'
const failure = 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range'

async function twoVpcs(aws: Cloud) {
  return { requester: await createVpc(aws, '10.0.0.0/16'), accepter: await createVpc(aws, '10.1.0.0/16') }
}

async function request(aws: Cloud, vpc: string, peer: string, parameters: WireParameters = {}): Promise<string> {
  const { vpcPeeringConnection } = await aws.call('CreateVpcPeeringConnection', {
    VpcId: vpc,
    PeerVpcId: peer,
    ...parameters,
  })
  return vpcPeeringConnection.vpcPeeringConnectionId
}

async function describePeering(aws: Cloud, id: string) {
  const { vpcPeeringConnectionSet } = await aws.call('DescribeVpcPeeringConnections', {
    'VpcPeeringConnectionId.1': id,
  })
  return vpcPeeringConnectionSet.item[0]
}

async function statusOf(aws: Cloud, id: string) {
  return (await describePeering(aws, id)).status
}

async function pendingPeering(aws: Cloud): Promise<string> {
  const { requester, accepter } = await twoVpcs(aws)
  return request(aws, requester, accepter)
}

describe('a request', () => {
  test('is initiated, and shows the addresses of its own side only', async () => {
    const aws = await cloud()
    const { requester, accepter } = await twoVpcs(aws)
    const { vpcPeeringConnection } = await aws.call('CreateVpcPeeringConnection', {
      VpcId: requester,
      PeerVpcId: accepter,
      'TagSpecification.1.ResourceType': 'vpc-peering-connection',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'bridge',
    })
    expect(vpcPeeringConnection).toEqual({
      vpcPeeringConnectionId: expect.stringMatching(/^pcx-[0-9a-f]{17}$/),
      requesterVpcInfo: {
        cidrBlock: '10.0.0.0/16',
        cidrBlockSet: { item: [{ cidrBlock: '10.0.0.0/16' }] },
        ownerId: account,
        vpcId: requester,
        region: 'us-east-1',
        peeringOptions: {
          allowDnsResolutionFromRemoteVpc: 'false',
          allowEgressFromLocalClassicLinkToRemoteVpc: 'false',
          allowEgressFromLocalVpcToRemoteClassicLink: 'false',
        },
      },
      accepterVpcInfo: { ownerId: account, vpcId: accepter, region: 'us-east-1' },
      status: { code: 'initiating-request', message: `Initiating Request to ${account}` },
      expirationTime: '2026-11-29T10:00:00.000Z',
      tagSet: { item: [{ key: 'Name', value: 'bridge' }] },
    })
    const shown = await describePeering(aws, vpcPeeringConnection.vpcPeeringConnectionId)
    expect(shown).toEqual({
      ...vpcPeeringConnection,
      status: { code: 'pending-acceptance', message: `Pending Acceptance by ${account}` },
    })
  })

  test('that is repeated is answered with the connection there is', async () => {
    const aws = await cloud()
    const { requester, accepter } = await twoVpcs(aws)
    const id = await request(aws, requester, accepter)
    expect(await request(aws, requester, accepter)).toBe(id)
    await aws.call('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id })
    expect(await request(aws, requester, accepter)).toBe(id)
    expect(await request(aws, accepter, requester)).not.toBe(id)
  })

  test('expires after seven days and is forgotten two days later', async () => {
    const aws = await cloud()
    const id = await pendingPeering(aws)
    aws.wait(days(7))
    expect(await statusOf(aws, id)).toEqual({ code: 'expired', message: 'Expired' })
    expect(await aws.refusal('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id })).toMatchObject({
      code: 'InvalidStateTransition',
      message: `Invalid state transition for ${id}, attempted to transition from expired to provisioning`,
    })
    aws.wait(days(2))
    expect((await aws.refusal('DescribeVpcPeeringConnections', { 'VpcPeeringConnectionId.1': id })).code).toBe(
      'InvalidVpcPeeringConnectionID.NotFound',
    )
  })

  test.each<[string, WireParameters]>([
    ['a VPC that does not exist', { PeerVpcId: 'vpc-00000000' }],
    ['a VPC of another account', { PeerOwnerId: '210987654321' }],
    ['a VPC of another Region', { PeerRegion: 'eu-west-1' }],
  ])('to %s fails after the answer', async (_, parameters) => {
    const aws = await cloud()
    const { requester, accepter } = await twoVpcs(aws)
    const id = await request(aws, requester, accepter, parameters)
    expect(await statusOf(aws, id)).toEqual({ code: 'failed', message: failure })
  })

  test.each(['10.0.0.0/16', '10.0.128.0/24'])('to a VPC that shares addresses (%s) fails', async (cidr) => {
    const aws = await cloud()
    const requester = await createVpc(aws, '10.0.0.0/16')
    const id = await request(aws, requester, await createVpc(aws, cidr))
    expect(await statusOf(aws, id)).toEqual({ code: 'failed', message: failure })
    aws.wait(days(2))
    const { vpcPeeringConnectionSet } = await aws.call('DescribeVpcPeeringConnections')
    expect(vpcPeeringConnectionSet).toBe('')
  })
})

describe('an accepted connection', () => {
  test('is provisioned in the answer, then active, with the addresses of both sides', async () => {
    const aws = await cloud()
    const id = await pendingPeering(aws)
    const { vpcPeeringConnection } = await aws.call('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id })
    expect(vpcPeeringConnection.status).toEqual({ code: 'provisioning', message: 'Provisioning' })
    const shown = await describePeering(aws, id)
    expect(shown.status).toEqual({ code: 'active', message: 'Active' })
    expect(shown.requesterVpcInfo.cidrBlock).toBe('10.0.0.0/16')
    expect(shown.accepterVpcInfo).toMatchObject({
      cidrBlock: '10.1.0.0/16',
      cidrBlockSet: { item: [{ cidrBlock: '10.1.0.0/16' }] },
      peeringOptions: { allowDnsResolutionFromRemoteVpc: 'false' },
    })
    expect(shown.expirationTime).toBeUndefined()
  })

  test('does not expire', async () => {
    const aws = await cloud()
    const id = await pendingPeering(aws)
    await aws.call('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id })
    aws.wait(days(30))
    expect((await statusOf(aws, id)).code).toBe('active')
  })

  test('fails when the VPCs have come to share addresses since the request', async () => {
    const aws = await cloud()
    const { requester, accepter } = await twoVpcs(aws)
    const id = await request(aws, requester, accepter)
    await aws.call('AssociateVpcCidrBlock', { VpcId: accepter, CidrBlock: '10.2.0.0/16' })
    await aws.call('AssociateVpcCidrBlock', { VpcId: requester, CidrBlock: '10.2.0.0/20' })
    await aws.call('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id })
    expect(await statusOf(aws, id)).toEqual({ code: 'failed', message: failure })
  })

  test('shows the IPv6 blocks of its VPCs', async () => {
    const aws = await cloud()
    const requester = await createVpc(aws, '10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true })
    const id = await peerVpcs(aws, requester, await createVpc(aws, '10.1.0.0/16'))
    const { requesterVpcInfo, accepterVpcInfo } = await describePeering(aws, id)
    expect(requesterVpcInfo.ipv6CidrBlockSet.item).toEqual([{ ipv6CidrBlock: expect.stringMatching(/::\/56$/) }])
    expect(accepterVpcInfo.ipv6CidrBlockSet).toBeUndefined()
  })
})

describe('the end', () => {
  test('of a rejected request stays visible for two days', async () => {
    const aws = await cloud()
    const id = await pendingPeering(aws)
    expect((await aws.call('RejectVpcPeeringConnection', { VpcPeeringConnectionId: id })).return).toBe('true')
    expect(await statusOf(aws, id)).toEqual({ code: 'rejected', message: `Rejected by ${account}` })
    aws.wait(days(2))
    expect((await aws.call('DescribeVpcPeeringConnections')).vpcPeeringConnectionSet).toBe('')
  })

  test('of a deleted connection stays visible for an hour, without addresses', async () => {
    const aws = await cloud()
    const id = await pendingPeering(aws)
    await aws.call('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id })
    expect((await aws.call('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: id })).return).toBe('true')
    const shown = await describePeering(aws, id)
    expect(shown.status).toEqual({ code: 'deleted', message: `Deleted by ${account}` })
    expect(shown.requesterVpcInfo.cidrBlock).toBeUndefined()
    aws.wait(hours(1))
    expect((await aws.refusal('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: id })).code).toBe(
      'InvalidVpcPeeringConnectionID.NotFound',
    )
  })

  test('may come to a request before it is accepted', async () => {
    const aws = await cloud()
    const id = await pendingPeering(aws)
    await aws.call('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: id })
    expect((await statusOf(aws, id)).code).toBe('deleted')
  })

  test('is forgotten with its tags when somebody asks for another connection', async () => {
    const aws = await cloud()
    const { requester, accepter } = await twoVpcs(aws)
    const id = await request(aws, requester, accepter)
    await aws.call('CreateTags', { 'ResourceId.1': id, 'Tag.1.Key': 'Name', 'Tag.1.Value': 'bridge' })
    await aws.call('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: id })
    aws.wait(hours(1))
    await request(aws, requester, accepter)
    expect(aws.world().peering.has(id)).toBe(false)
    expect(aws.world().tagSet.has(id)).toBe(false)
  })
})

describe('DescribeVpcPeeringConnections', () => {
  async function scene() {
    const aws = await cloud()
    const { requester, accepter } = await twoVpcs(aws)
    const third = await createVpc(aws, '10.2.0.0/16')
    const active = await peerVpcs(aws, requester, accepter)
    const pending = await request(aws, third, requester, {
      'TagSpecification.1.ResourceType': 'vpc-peering-connection',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'second',
    })
    const found = async (...given: readonly Filter[]) => {
      const { vpcPeeringConnectionSet } = await aws.call('DescribeVpcPeeringConnections', filters(...given))
      const ids = (vpcPeeringConnectionSet.item ?? []).map(
        (each: { vpcPeeringConnectionId: string }) => each.vpcPeeringConnectionId,
      )
      return ids.map((id: string) => (id === active ? 'active' : id === pending ? 'pending' : id)).sort()
    }
    return { aws, found, requester, accepter, third, active, pending }
  }

  test.each<[name: string, value: string, expected: string[]]>([
    ['accepter-vpc-info.cidr-block', '10.1.0.0/16', ['active']],
    ['accepter-vpc-info.cidr-block', '10.0.0.0/16', []],
    ['accepter-vpc-info.owner-id', account, ['active', 'pending']],
    ['requester-vpc-info.cidr-block', '10.*', ['active', 'pending']],
    ['requester-vpc-info.cidr-block', '10.2.0.0/16', ['pending']],
    ['requester-vpc-info.owner-id', '210987654321', []],
    ['expiration-time', '2026-11-29T10:00:00.000Z', ['pending']],
    ['status-code', 'active', ['active']],
    ['status-message', 'Pending Acceptance by *', ['pending']],
    ['tag:Name', 'second', ['pending']],
    ['tag-key', 'Name', ['pending']],
  ])('finds by %s = %s', async (name, value, expected) => {
    const { found } = await scene()
    expect(await found([name, value])).toEqual(expected)
  })

  test('finds by the VPC of either side and by id', async () => {
    const { found, requester, accepter, third, active } = await scene()
    expect(await found(['requester-vpc-info.vpc-id', requester])).toEqual(['active'])
    expect(await found(['requester-vpc-info.vpc-id', third])).toEqual(['pending'])
    expect(await found(['accepter-vpc-info.vpc-id', requester, accepter])).toEqual(['active', 'pending'])
    expect(await found(['vpc-peering-connection-id', active])).toEqual(['active'])
  })

  test('finds nothing outside the ids given', async () => {
    const { aws, pending, accepter } = await scene()
    const { vpcPeeringConnectionSet } = await aws.call('DescribeVpcPeeringConnections', {
      'VpcPeeringConnectionId.1': pending,
      ...filters(['accepter-vpc-info.vpc-id', accepter]),
    })
    expect(vpcPeeringConnectionSet).toBe('')
  })
})
