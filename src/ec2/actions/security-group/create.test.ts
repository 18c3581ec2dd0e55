import { describe, expect, test } from 'vitest'
import { cloud } from '../../../../test/cloud.ts'
import {
  createGroup,
  createVpc,
  defaultVpcOf,
  describeGroup,
  loseDefaultVpc,
  rulesOf,
} from '../../../../test/groups.ts'

const web = { GroupName: 'web', GroupDescription: 'web tier' }

describe('a new group', () => {
  test('answers with its id and its ARN and no tag list', async () => {
    const aws = await cloud()
    const answer = await aws.call('CreateSecurityGroup', web)
    expect(Object.keys(answer).sort()).toEqual(['groupId', 'requestId', 'securityGroupArn'])
    expect(answer.groupId).toMatch(/^sg-[0-9a-f]{17}$/)
    expect(answer.securityGroupArn).toBe(`arn:aws:ec2:us-east-1:123456789012:security-group/${answer.groupId}`)
  })

  test('lets everything out and nothing in', async () => {
    const aws = await cloud()
    const vpc = await defaultVpcOf(aws)
    const id = await createGroup(aws, 'web')
    expect(await describeGroup(aws, id)).toEqual({
      ownerId: '123456789012',
      groupId: id,
      groupName: 'web',
      groupDescription: 'web tier',
      vpcId: vpc,
      securityGroupArn: `arn:aws:ec2:us-east-1:123456789012:security-group/${id}`,
      ipPermissions: '',
      ipPermissionsEgress: {
        item: [
          {
            ipProtocol: '-1',
            groups: '',
            ipRanges: { item: [{ cidrIp: '0.0.0.0/0' }] },
            ipv6Ranges: '',
            prefixListIds: '',
          },
        ],
      },
      tagSet: '',
    })
  })

  test('lets everything out over IPv6, too, in a VPC that has it', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws, '10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true })
    const id = await createGroup(aws, 'web', vpc)
    const { ipPermissionsEgress } = await describeGroup(aws, id)
    expect(ipPermissionsEgress.item).toEqual([
      expect.objectContaining({
        ipProtocol: '-1',
        ipRanges: { item: [{ cidrIp: '0.0.0.0/0' }] },
        ipv6Ranges: { item: [{ cidrIpv6: '::/0' }] },
      }),
    ])
    expect(await rulesOf(aws, id)).toHaveLength(2)
  })

  test('gains the IPv6 rule with the block that its VPC gains, unless its outbound rules were touched', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const untouched = await createGroup(aws, 'untouched', vpc)
    const touched = await createGroup(aws, 'touched', vpc)
    const [rule] = await rulesOf(aws, touched)
    await aws.call('RevokeSecurityGroupEgress', { GroupId: touched, 'SecurityGroupRuleId.1': rule.securityGroupRuleId })
    await aws.call('AssociateVpcCidrBlock', { VpcId: vpc, AmazonProvidedIpv6CidrBlock: true })
    expect((await rulesOf(aws, untouched)).map((each) => each.cidrIpv6 ?? each.cidrIpv4).sort()).toEqual([
      '0.0.0.0/0',
      '::/0',
    ])
    expect(await rulesOf(aws, touched)).toEqual([])
  })

  test('carries the tags it was created with', async () => {
    const aws = await cloud()
    const answer = await aws.call('CreateSecurityGroup', {
      ...web,
      'TagSpecification.1.ResourceType': 'security-group',
      'TagSpecification.1.Tag.1.Key': 'team',
      'TagSpecification.1.Tag.1.Value': 'net',
    })
    const tags = { item: [{ key: 'team', value: 'net' }] }
    expect(answer.tagSet).toEqual(tags)
    expect((await describeGroup(aws, answer.groupId)).tagSet).toEqual(tags)
  })

  test('may bear any of the characters that AWS lists, up to 255 of them', async () => {
    const aws = await cloud()
    const all = 'azAZ09 ._-:/()#,@[]+=&;{}!$*'
    const name = all.padEnd(255, 'x')
    const { groupId } = await aws.call('CreateSecurityGroup', { GroupName: name, GroupDescription: name })
    expect(await describeGroup(aws, groupId)).toMatchObject({ groupName: name, groupDescription: name })
  })

  test('loses the spaces at the end of its name', async () => {
    const aws = await cloud()
    const { groupId } = await aws.call('CreateSecurityGroup', { ...web, GroupName: ' my web  ' })
    expect((await describeGroup(aws, groupId)).groupName).toBe(' my web')
  })

  test('may share its name with a group of another VPC', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    await createGroup(aws, 'web')
    expect(await createGroup(aws, 'web', vpc)).toMatch(/^sg-/)
  })
})

const longest = 'x'.repeat(256)
const nameRule =
  'Invalid security group name. Valid names are non-empty strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*'
const descriptionRule =
  'Invalid security group description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*'
const tag = { 'TagSpecification.1.Tag.1.Key': 'a', 'TagSpecification.1.Tag.1.Value': 'b' }

describe('a group is not created', () => {
  test.each([
    [
      'without a name',
      { GroupDescription: 'd' },
      'MissingParameter',
      'The request must contain the parameter GroupName',
    ],
    [
      'with an empty name',
      { ...web, GroupName: '' },
      'MissingParameter',
      'The request must contain the parameter GroupName',
    ],
    [
      'without a description',
      { GroupName: 'web' },
      'MissingParameter',
      'The request must contain the parameter GroupDescription',
    ],
    [
      'with an empty description',
      { ...web, GroupDescription: '' },
      'MissingParameter',
      'The request must contain the parameter GroupDescription',
    ],
    [
      'with a name like an id',
      { ...web, GroupName: 'sg-web' },
      'InvalidParameterValue',
      'Value (sg-web) for parameter GroupName is invalid. Group names may not be in the format sg-*.',
    ],
    [
      'with the reserved name',
      { ...web, GroupName: 'default' },
      'InvalidParameterValue',
      'Cannot use reserved security group name: default',
    ],
    [
      'with the reserved name in capitals',
      { ...web, GroupName: 'Default' },
      'InvalidParameterValue',
      'Cannot use reserved security group name: default',
    ],
    ['with a name too long', { ...web, GroupName: longest }, 'InvalidParameterValue', nameRule],
    ['with a name of spaces', { ...web, GroupName: '   ' }, 'InvalidParameterValue', nameRule],
    ['with a name in other letters', { ...web, GroupName: 'größe' }, 'InvalidParameterValue', nameRule],
    ['with a line feed behind its name', { ...web, GroupName: 'web\n' }, 'InvalidParameterValue', nameRule],
    ['with a description too long', { ...web, GroupDescription: longest }, 'InvalidParameterValue', descriptionRule],
    ['with a quote in its description', { ...web, GroupDescription: "it's" }, 'InvalidParameterValue', descriptionRule],
    [
      'in a VPC that does not exist',
      { ...web, VpcId: 'vpc-00000000' },
      'InvalidVpcID.NotFound',
      "The vpc ID 'vpc-00000000' does not exist",
    ],
    [
      'in a VPC id that is none',
      { ...web, VpcId: 'foobar' },
      'InvalidVpcId.Malformed',
      'Invalid id: "foobar" (expecting "vpc-...")',
    ],
    [
      'with tags for no type',
      { ...web, ...tag },
      'InvalidParameter',
      'Tag specification resource type must have a value',
    ],
    [
      'with tags for another type',
      { ...web, ...tag, 'TagSpecification.1.ResourceType': 'vpc' },
      'InvalidParameter',
      "'vpc' is not a valid taggable resource type for this operation.",
    ],
    [
      'with an empty tag specification',
      { ...web, 'TagSpecification.1.ResourceType': 'security-group' },
      'InvalidParameter',
      'Tag specification must have at least one tag',
    ],
    [
      'in a dry run',
      { ...web, DryRun: true },
      'DryRunOperation',
      'Request would have succeeded, but DryRun flag is set.',
    ],
  ])('%s', async (_, parameters, code, message) => {
    const aws = await cloud()
    const status = code === 'DryRunOperation' ? 412 : 400
    expect(await aws.refusal('CreateSecurityGroup', parameters)).toEqual({ status, code, message })
  })

  test('under a name that its VPC already has, in whatever letter case', async () => {
    const aws = await cloud()
    const vpc = await defaultVpcOf(aws)
    await createGroup(aws, 'web')
    expect(await aws.refusal('CreateSecurityGroup', { ...web, GroupName: 'WEB' })).toEqual({
      status: 400,
      code: 'InvalidGroup.Duplicate',
      message: `The security group 'WEB' already exists for VPC '${vpc}'`,
    })
  })

  test('without a VPC when the region has no default one', async () => {
    const aws = await cloud()
    await loseDefaultVpc(aws)
    expect(await aws.refusal('CreateSecurityGroup', web)).toEqual({
      status: 400,
      code: 'VPCIdNotSpecified',
      message: 'No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.',
    })
  })

  test('past the quota of the region, where default groups count', async () => {
    const aws = await cloud({ quotas: { 'security-groups-per-region': 2 } })
    const vpc = await defaultVpcOf(aws)
    await createGroup(aws, 'web')
    expect(await aws.refusal('CreateSecurityGroup', { ...web, GroupName: 'db' })).toEqual({
      status: 400,
      code: 'SecurityGroupLimitExceeded',
      message: `The maximum number of security groups for VPC '${vpc}' has been reached.`,
    })
  })
})
