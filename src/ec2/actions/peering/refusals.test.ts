import { describe, expect, test } from 'vitest'
import { type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createVpc, peerVpcs } from '../../../../test/groups.ts'

async function request(aws: Cloud, vpc: string, peer: string): Promise<string> {
  const { vpcPeeringConnection } = await aws.call('CreateVpcPeeringConnection', { VpcId: vpc, PeerVpcId: peer })
  return vpcPeeringConnection.vpcPeeringConnectionId
}

describe('CreateVpcPeeringConnection is refused', () => {
  test.each<[what: string, parameters: WireParameters, code: string, message: string]>([
    ['without a peer', { PeerVpcId: '' }, 'MissingParameter', 'The request must contain the parameter peerVpcId'],
    [
      'with a peer that is no VPC id',
      { PeerVpcId: 'foobar' },
      'InvalidVpcId.Malformed',
      'Invalid id: "foobar" (expecting "vpc-...")',
    ],
    [
      'from a VPC that does not exist',
      { VpcId: 'vpc-00000000' },
      'InvalidVpcID.NotFound',
      "The vpc ID 'vpc-00000000' does not exist",
    ],
    [
      'with an owner that is no account',
      { PeerOwnerId: 'me' },
      'InvalidParameterValue',
      'Value (me) for parameter peerOwnerId is invalid. An account ID has 12 digits.',
    ],
    [
      'with a Region that is none',
      { PeerRegion: 'nowhere' },
      'InvalidParameterValue',
      'Value (nowhere) for parameter peerRegion is invalid. This is not a Region.',
    ],
    [
      'with tags for something else',
      { 'TagSpecification.1.ResourceType': 'vpc', 'TagSpecification.1.Tag.1.Key': 'Name' },
      'InvalidParameter',
      "'vpc' is not a valid taggable resource type for this operation.",
    ],
  ])('%s', async (_, parameters, code, message) => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const refusal = await aws.refusal('CreateVpcPeeringConnection', {
      VpcId: vpc,
      PeerVpcId: 'vpc-11111111',
      ...parameters,
    })
    expect(refusal).toEqual({ status: 400, code, message })
  })

  test('beyond the requests that may be pending', async () => {
    const aws = await cloud({ quotas: { 'pending-peerings-per-vpc': 1 } })
    const [a, b, c] = [await createVpc(aws), await createVpc(aws, '10.1.0.0/16'), await createVpc(aws, '10.2.0.0/16')]
    await request(aws, a, b)
    expect(await aws.refusal('CreateVpcPeeringConnection', { VpcId: a, PeerVpcId: c })).toEqual({
      status: 400,
      code: 'OutstandingVpcPeeringConnectionLimitExceeded',
      message: `The maximum number of outstanding VPC peering connection requests for VPC '${a}' has been reached.`,
    })
    await request(aws, b, c)
  })

  test('beyond the connections that may be active, and so is accepting one', async () => {
    const aws = await cloud({ quotas: { 'active-peerings-per-vpc': 1 } })
    const [a, b, c] = [await createVpc(aws), await createVpc(aws, '10.1.0.0/16'), await createVpc(aws, '10.2.0.0/16')]
    const pending = await request(aws, c, a)
    await peerVpcs(aws, a, b)
    const refusal = {
      status: 400,
      code: 'VpcPeeringConnectionsPerVpcLimitExceeded',
      message: `The maximum number of VPC peering connections for VPC '${a}' has been reached.`,
    }
    expect(await aws.refusal('CreateVpcPeeringConnection', { VpcId: a, PeerVpcId: c })).toEqual(refusal)
    expect(await aws.refusal('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: pending })).toEqual(refusal)
  })
})

const byId = ['AcceptVpcPeeringConnection', 'RejectVpcPeeringConnection', 'DeleteVpcPeeringConnection'] as const

describe.each([...byId, 'ModifyVpcPeeringConnectionOptions'])('%s', (action) => {
  test('needs the id of a connection', async () => {
    const aws = await cloud()
    expect(await aws.refusal(action)).toMatchObject({
      code: 'MissingParameter',
      message: 'The request must contain the parameter vpcPeeringConnectionId',
    })
    expect(await aws.refusal(action, { VpcPeeringConnectionId: 'pcx-1' })).toMatchObject({
      code: 'InvalidVpcPeeringConnectionId.Malformed',
      message: 'Invalid id: "pcx-1" (expecting "pcx-...")',
    })
    expect(await aws.refusal(action, { VpcPeeringConnectionId: 'pcx-00000000' })).toMatchObject({
      code: 'InvalidVpcPeeringConnectionID.NotFound',
      message: "The vpcPeeringConnection ID 'pcx-00000000' does not exist",
    })
  })
})

describe('a connection that ended, or is not where the call expects it,', () => {
  const steps = {
    active: 'AcceptVpcPeeringConnection',
    rejected: 'RejectVpcPeeringConnection',
    deleted: 'DeleteVpcPeeringConnection',
  } as const
  const transitions = {
    AcceptVpcPeeringConnection: 'provisioning',
    RejectVpcPeeringConnection: 'rejected',
    DeleteVpcPeeringConnection: 'deleting',
  } as const

  test.each([
    ['active', 'AcceptVpcPeeringConnection'],
    ['active', 'RejectVpcPeeringConnection'],
    ['rejected', 'AcceptVpcPeeringConnection'],
    ['rejected', 'DeleteVpcPeeringConnection'],
    ['deleted', 'RejectVpcPeeringConnection'],
    ['deleted', 'DeleteVpcPeeringConnection'],
  ] as const)('being %s, refuses %s', async (state, action) => {
    const aws = await cloud()
    const id = await request(aws, await createVpc(aws), await createVpc(aws, '10.1.0.0/16'))
    await aws.call(steps[state], { VpcPeeringConnectionId: id })
    expect(await aws.refusal(action, { VpcPeeringConnectionId: id })).toEqual({
      status: 400,
      code: 'InvalidStateTransition',
      message: `Invalid state transition for ${id}, attempted to transition from ${state} to ${transitions[action]}`,
    })
  })

  test.each(byId)('having failed, refuses %s', async (action) => {
    const aws = await cloud()
    const id = await request(aws, await createVpc(aws), 'vpc-00000000')
    expect(await aws.refusal(action, { VpcPeeringConnectionId: id })).toMatchObject({
      code: 'InvalidStateTransition',
      message: expect.stringContaining('attempted to transition from failed to '),
    })
  })

  test('cannot be accepted beside another one between the same VPCs', async () => {
    const aws = await cloud()
    const [a, b] = [await createVpc(aws), await createVpc(aws, '10.1.0.0/16')]
    await peerVpcs(aws, a, b)
    const second = await request(aws, b, a)
    expect(await aws.refusal('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: second })).toEqual({
      status: 400,
      code: 'VpcPeeringConnectionAlreadyExists',
      message: `The vpc peering connection identified by ${second} already exists.`,
    })
  })
})
