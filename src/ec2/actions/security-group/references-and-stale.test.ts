import { describe, expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createVpc,
  describeGroup,
  peerVpcs,
  permissions,
} from '../../../../test/groups.ts'

interface Scene {
  readonly aws: Cloud
  readonly here: string
  readonly there: string
  readonly peering: string
  readonly local: string
  readonly remote: string
}

/** Two peered VPCs; the local group lets the remote one in. */
async function peered(): Promise<Scene> {
  const aws = await cloud()
  const [here, there] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
  const peering = await peerVpcs(aws, here, there)
  const [local, remote] = [await createGroup(aws, 'local', here), await createGroup(aws, 'remote', there)]
  await authorize(aws, local, ['tcp 22-23', remote, '192.0.2.0/24'])
  return { aws, here, there, peering, local, remote }
}

describe('references to a group', () => {
  test('are those from other VPCs, one for each VPC', async () => {
    const { aws, here, peering, local, remote } = await peered()
    const second = await createGroup(aws, 'second', here)
    await authorize(aws, second, ['tcp 80', remote])
    await authorizeEgress(aws, local, ['tcp 80', remote])
    const { securityGroupReferenceSet } = await aws.call('DescribeSecurityGroupReferences', { 'GroupId.1': remote })
    expect(securityGroupReferenceSet.item).toEqual([
      { groupId: remote, referencingVpcId: here, vpcPeeringConnectionId: peering },
    ])
  })

  test('from the same VPC are not shown', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    await authorize(aws, db, ['tcp 5432', web, db])
    const { securityGroupReferenceSet } = await aws.call('DescribeSecurityGroupReferences', { 'GroupId.1': web })
    expect(securityGroupReferenceSet).toBe('')
  })

  test('are asked for several groups at once', async () => {
    const { aws, local, remote } = await peered()
    const both = { 'GroupId.1': local, 'GroupId.2': remote }
    const { securityGroupReferenceSet } = await aws.call('DescribeSecurityGroupReferences', both)
    expect(securityGroupReferenceSet.item).toHaveLength(1)
  })

  test.each([
    [{ 'GroupId.1': 'sg-00000000' }, 'InvalidGroup.NotFound', "The security group 'sg-00000000' does not exist"],
    [{ 'GroupId.1': 'foobar' }, 'InvalidGroupId.Malformed', 'Invalid id: "foobar" (expecting "sg-...")'],
    [{}, 'MissingParameter', 'The request must contain the parameter groupId'],
  ])('of %o are refused', async (parameters, code, message) => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeSecurityGroupReferences', parameters)).toEqual({ status: 400, code, message })
  })
})

describe('stale rules', () => {
  async function stale({ aws, here }: Scene) {
    const { staleSecurityGroupSet } = await aws.call('DescribeStaleSecurityGroups', { VpcId: here })
    return staleSecurityGroupSet === '' ? [] : staleSecurityGroupSet.item
  }

  test('are none while the peering and the group are there', async () => {
    expect(await stale(await peered())).toEqual([])
  })

  test('are those whose group was deleted: the peering stays active and the owner is not shown', async () => {
    const scene = await peered()
    const { aws, here, there, peering, local, remote } = scene
    await aws.call('DeleteSecurityGroup', { GroupId: remote })
    expect(await stale(scene)).toEqual([
      {
        groupId: local,
        groupName: 'local',
        description: 'local tier',
        vpcId: here,
        staleIpPermissions: {
          item: [
            {
              ipProtocol: 'tcp',
              fromPort: '22',
              toPort: '23',
              groups: {
                item: [{ groupId: remote, vpcId: there, vpcPeeringConnectionId: peering, peeringStatus: 'active' }],
              },
              ipRanges: '',
              prefixListIds: '',
            },
          ],
        },
        staleIpPermissionsEgress: '',
      },
    ])
  })

  test('are those whose peering was deleted, in both directions', async () => {
    const scene = await peered()
    const { aws, peering, local, remote } = scene
    await authorizeEgress(aws, local, ['-1', remote])
    await aws.call('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peering })
    const [group] = await stale(scene)
    expect(group.staleIpPermissions.item[0].groups.item[0]).toMatchObject({ peeringStatus: 'deleted' })
    expect(group.staleIpPermissionsEgress.item).toEqual([expect.objectContaining({ ipProtocol: '-1' })])
    const { ipPermissions } = await describeGroup(aws, local)
    expect(ipPermissions.item[0].groups.item[0]).toMatchObject({ peeringStatus: 'deleted', groupId: remote })
  })

  test('come to life again with a new peering of the same VPCs', async () => {
    const scene = await peered()
    const { aws, here, there, peering, local } = scene
    await aws.call('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peering })
    const second = await peerVpcs(aws, there, here)
    expect(await stale(scene)).toEqual([])
    const { ipPermissions } = await describeGroup(aws, local)
    expect(ipPermissions.item[0].groups.item[0]).toMatchObject({
      vpcPeeringConnectionId: second,
      peeringStatus: 'active',
    })
  })

  test('are those whose VPC association was removed', async () => {
    const aws = await cloud()
    const [here, there] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
    const [local, guest] = [await createGroup(aws, 'local', here), await createGroup(aws, 'guest', there)]
    const association = { GroupId: guest, VpcId: here }
    await aws.call('AssociateSecurityGroupVpc', association)
    await authorize(aws, local, ['tcp 22', guest])
    await aws.call('DisassociateSecurityGroupVpc', association)
    const { staleSecurityGroupSet } = await aws.call('DescribeStaleSecurityGroups', { VpcId: here })
    expect(staleSecurityGroupSet.item[0].groupId).toBe(local)
  })

  test('stay and count until they are revoked', async () => {
    const scene = await peered()
    const { aws, local, remote } = scene
    await aws.call('DeleteSecurityGroup', { GroupId: remote })
    expect(
      await aws.refusal('AuthorizeSecurityGroupIngress', { GroupId: local, ...permissions(['tcp 1', remote]) }),
    ).toMatchObject({ code: 'InvalidGroup.NotFound' })
    await aws.call('RevokeSecurityGroupIngress', { GroupId: local, ...permissions(['tcp 22-23', remote]) })
    expect(await stale(scene)).toEqual([])
  })

  test.each([
    [{ VpcId: 'vpc-00000000' }, 'InvalidVpcID.NotFound', "The vpc ID 'vpc-00000000' does not exist"],
    [{ VpcId: 'foobar' }, 'InvalidVpcId.Malformed', 'Invalid id: "foobar" (expecting "vpc-...")'],
    [{}, 'MissingParameter', 'The request must contain the parameter vpcId'],
  ])('of %o are refused', async (parameters, code, message) => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeStaleSecurityGroups', parameters)).toEqual({ status: 400, code, message })
  })
})
