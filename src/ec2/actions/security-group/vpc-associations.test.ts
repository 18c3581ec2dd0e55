import { describe, expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'
import {
  createGroup,
  createInterface,
  createVpc,
  defaultVpcOf,
  type Filter,
  filters,
  idOfDefaultGroup,
} from '../../../../test/groups.ts'

const account = '123456789012'

interface Scene {
  readonly aws: Cloud
  readonly group: string
  readonly home: string
  readonly away: string
}

async function scene(): Promise<Scene> {
  const aws = await cloud()
  const [home, away] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
  return { aws, home, away, group: await createGroup(aws, 'web', home) }
}

async function associations(aws: Cloud, ...given: Filter[]) {
  const answer = await aws.call('DescribeSecurityGroupVpcAssociations', filters(...given))
  const { securityGroupVpcAssociationSet: set } = answer
  return set === '' ? [] : set.item
}

describe('a VPC association', () => {
  test('is being made in its answer and made on the next look', async () => {
    const { aws, group, away } = await scene()
    expect(await aws.call('AssociateSecurityGroupVpc', { GroupId: group, VpcId: away })).toMatchObject({
      state: 'associating',
    })
    expect(await associations(aws)).toEqual([
      { groupId: group, vpcId: away, vpcOwnerId: account, groupOwnerId: account, state: 'associated' },
    ])
  })

  test('is no longer returned once it is removed', async () => {
    const { aws, group, away } = await scene()
    await aws.call('AssociateSecurityGroupVpc', { GroupId: group, VpcId: away })
    expect(await aws.call('DisassociateSecurityGroupVpc', { GroupId: group, VpcId: away })).toMatchObject({
      state: 'disassociating',
    })
    expect(await associations(aws)).toEqual([])
  })

  test.each(['group-id', 'group-owner-id', 'state', 'vpc-id', 'vpc-owner-id'])('is found by %s', async (name) => {
    const { aws, group, away } = await scene()
    await aws.call('AssociateSecurityGroupVpc', { GroupId: group, VpcId: away })
    const values: Record<string, string> = { 'group-id': group, state: 'associated', 'vpc-id': away }
    expect(await associations(aws, [name, values[name] ?? account])).toHaveLength(1)
    expect(await associations(aws, [name, 'something else'])).toEqual([])
  })

  test('lets interfaces of the other VPC carry the group, and stays while one does', async () => {
    const { aws, group, away } = await scene()
    const association = { GroupId: group, VpcId: away }
    await aws.call('AssociateSecurityGroupVpc', association)
    const card = await createInterface(aws, away, [group])
    expect(await aws.refusal('DisassociateSecurityGroupVpc', association)).toEqual({
      status: 400,
      code: 'DependencyViolation',
      message: `resource ${group} has a dependent object`,
    })
    await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: card })
    await aws.call('DisassociateSecurityGroupVpc', association)
  })

  test('is not in the way of interfaces of the home VPC', async () => {
    const { aws, group, home, away } = await scene()
    const association = { GroupId: group, VpcId: away }
    await aws.call('AssociateSecurityGroupVpc', association)
    await createInterface(aws, home, [group])
    expect(await aws.call('DisassociateSecurityGroupVpc', association)).toMatchObject({ state: 'disassociating' })
  })
})

describe('an association is refused', () => {
  test.each(['AssociateSecurityGroupVpc', 'DisassociateSecurityGroupVpc'])(
    'by %s for ids that name nothing',
    async (action) => {
      const { aws, group, away } = await scene()
      const of = (GroupId: string, VpcId: string) => aws.refusal(action, { GroupId, VpcId })
      expect(await of('foobar', away)).toMatchObject({ code: 'InvalidGroupId.Malformed' })
      expect(await of('sg-00000000', away)).toMatchObject({ code: 'InvalidGroup.NotFound' })
      expect(await of(group, 'foobar')).toMatchObject({ code: 'InvalidVpcId.Malformed' })
      expect(await of(group, 'vpc-00000000')).toMatchObject({ code: 'InvalidVpcID.NotFound' })
      expect(await aws.refusal(action, { GroupId: group })).toMatchObject({
        code: 'MissingParameter',
        message: 'The request must contain the parameter vpcId',
      })
      expect(await aws.refusal(action, { VpcId: away })).toMatchObject({ code: 'MissingParameter' })
    },
  )

  test('for the default group of a VPC', async () => {
    const { aws, home, away } = await scene()
    const id = await idOfDefaultGroup(aws, home)
    expect(await aws.refusal('AssociateSecurityGroupVpc', { GroupId: id, VpcId: away })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `The default security group '${id}' cannot be associated with another VPC.`,
    })
  })

  test('for the default VPC', async () => {
    const { aws, group } = await scene()
    const vpc = await defaultVpcOf(aws)
    expect(await aws.refusal('AssociateSecurityGroupVpc', { GroupId: group, VpcId: vpc })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `Security groups cannot be associated with the default VPC '${vpc}'.`,
    })
  })

  test('when it is there already, and for the VPC that the group belongs to', async () => {
    const { aws, group, home, away } = await scene()
    await aws.call('AssociateSecurityGroupVpc', { GroupId: group, VpcId: away })
    for (const vpc of [home, away]) {
      expect(await aws.refusal('AssociateSecurityGroupVpc', { GroupId: group, VpcId: vpc })).toEqual({
        status: 400,
        code: 'InvalidParameterValue',
        message: `The security group '${group}' is already associated with VPC '${vpc}'.`,
      })
    }
  })

  test('to be removed when there is none', async () => {
    const { aws, group, away } = await scene()
    expect(await aws.refusal('DisassociateSecurityGroupVpc', { GroupId: group, VpcId: away })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `The security group '${group}' is not associated with VPC '${away}'.`,
    })
  })
})
