import {
  type EC2,
  type IpPermission,
  paginateDescribeManagedPrefixLists,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeTags,
  paginateGetManagedPrefixListEntries,
  paginateGetSecurityGroupsForVpc,
  waitUntilSecurityGroupExists,
  waitUntilVpcAvailable,
  waitUntilVpcExists,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sallyport, startSallyport } from '../../src/index.ts'
import { only, patience, present, refusal, sdk } from './sdk.ts'
import { account, region } from './surroundings.ts'

let sallyport: Sallyport
let ec2: EC2
let vpc = ''

beforeAll(async () => {
  sallyport = await startSallyport()
  ec2 = sdk(sallyport.url)
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })
  vpc = present(Vpc?.VpcId)
  await waitUntilVpcExists(patience(ec2), { VpcIds: [vpc] })
  await waitUntilVpcAvailable(patience(ec2), { VpcIds: [vpc] })
})

afterAll(async () => {
  ec2.destroy()
  await sallyport.stop()
})

async function createGroup(name: string): Promise<string> {
  const { GroupId } = await ec2.createSecurityGroup({ GroupName: name, Description: name, VpcId: vpc })
  return present(GroupId)
}

async function permissionsOf(group: string): Promise<IpPermission[]> {
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [group] })
  return present(only(SecurityGroups).IpPermissions)
}

const tcp = (port: number, peers: IpPermission): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peers,
})

describe('groups', () => {
  test('are made with tags, waited for, described and deleted', async () => {
    const made = await ec2.createSecurityGroup({
      GroupName: 'web',
      Description: 'web tier',
      VpcId: vpc,
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'env', Value: 'test' }] }],
    })
    const id = present(made.GroupId)
    const arn = `arn:aws:ec2:${region}:${account}:security-group/${id}`
    expect(made).toMatchObject({ GroupId: id, SecurityGroupArn: arn, Tags: [{ Key: 'env', Value: 'test' }] })
    await waitUntilSecurityGroupExists(patience(ec2), { GroupIds: [id] })
    const { SecurityGroups, NextToken } = await ec2.describeSecurityGroups({ GroupIds: [id] })
    expect(NextToken).toBeUndefined()
    expect(SecurityGroups).toEqual([
      {
        GroupId: id,
        GroupName: 'web',
        Description: 'web tier',
        OwnerId: account,
        VpcId: vpc,
        SecurityGroupArn: arn,
        Tags: [{ Key: 'env', Value: 'test' }],
        IpPermissions: [],
        IpPermissionsEgress: [
          {
            IpProtocol: '-1',
            IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            Ipv6Ranges: [],
            PrefixListIds: [],
            UserIdGroupPairs: [],
          },
        ],
      },
    ])
    expect(await ec2.deleteSecurityGroup({ GroupId: id })).toMatchObject({ Return: true, GroupId: id })
    expect(await refusal(ec2.describeSecurityGroups({ GroupIds: [id] }))).toEqual({
      status: 400,
      code: 'InvalidGroup.NotFound',
      message: `The security group '${id}' does not exist`,
    })
  })

  test('come a page at a time, each once', async () => {
    const made = await Promise.all(Array.from({ length: 11 }, (_, index) => createGroup(`page-${index}`)))
    const pages: (string | undefined)[][] = []
    const ask = { Filters: [{ Name: 'group-name', Values: ['page-*'] }] }
    for await (const page of paginateDescribeSecurityGroups({ client: ec2, pageSize: 5 }, ask)) {
      pages.push(present(page.SecurityGroups).map(({ GroupId }) => GroupId))
    }
    expect(pages.map((page) => page.length)).toEqual([5, 5, 1])
    expect(pages.flat().sort()).toEqual(made.sort())
    const usable: unknown[] = []
    for await (const page of paginateGetSecurityGroupsForVpc({ client: ec2, pageSize: 5 }, { VpcId: vpc })) {
      usable.push(...present(page.SecurityGroupForVpcs).map(({ GroupName }) => GroupName))
    }
    expect(usable).toEqual(expect.arrayContaining(['default', 'page-0', 'page-10']))
    expect(usable).toHaveLength(12)
  })

  test('answer a dry run with 412', async () => {
    expect(await refusal(ec2.createSecurityGroup({ GroupName: 'dry', Description: 'dry', DryRun: true }))).toEqual({
      status: 412,
      code: 'DryRunOperation',
      message: 'Request would have succeeded, but DryRun flag is set.',
    })
  })

  test('refuse a page size under five, which this SDK does send', async () => {
    expect(await refusal(ec2.describeSecurityGroups({ MaxResults: 1 }))).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: 'Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
    })
  })
})

describe('rules', () => {
  test('are one a peer, merged in the description, and gone one by one', async () => {
    const [db, app] = [await createGroup('db'), await createGroup('app')]
    const { SecurityGroupRules } = await ec2.authorizeSecurityGroupIngress({
      GroupId: db,
      IpPermissions: [
        tcp(5432, {
          IpRanges: [{ CidrIp: '10.1.2.3/16', Description: 'office' }],
          Ipv6Ranges: [{ CidrIpv6: '2001:DB8::/32' }],
          UserIdGroupPairs: [{ GroupId: app }],
          PrefixListIds: [],
        }),
      ],
    })
    const [first, second, third] = present(SecurityGroupRules)
    expect([first?.CidrIpv4, second?.CidrIpv6, third?.ReferencedGroupInfo]).toEqual([
      '10.1.0.0/16',
      '2001:db8::/32',
      { GroupId: app, UserId: account },
    ])
    expect(first).toMatchObject({ IsEgress: false, GroupOwnerId: account, Description: 'office', Tags: [] })
    expect(first?.CidrIpv6).toBeUndefined()
    await ec2.authorizeSecurityGroupIngress({
      GroupId: db,
      IpPermissions: [tcp(5432, { IpRanges: [{ CidrIp: '192.0.2.0/24' }] })],
    })
    expect(await permissionsOf(db)).toEqual([
      tcp(5432, {
        IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'office' }, { CidrIp: '192.0.2.0/24' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
        UserIdGroupPairs: [{ GroupId: app, UserId: account }],
        PrefixListIds: [],
      }),
    ])
    const revoked = await ec2.revokeSecurityGroupIngress({
      GroupId: db,
      IpPermissions: [tcp(5432, { UserIdGroupPairs: [{ GroupId: app }] })],
    })
    expect(only(revoked.RevokedSecurityGroupRules)).toMatchObject({
      SecurityGroupRuleId: third?.SecurityGroupRuleId,
      ReferencedGroupId: app,
      IsEgress: false,
    })
    const ids = [present(first?.SecurityGroupRuleId)]
    await ec2.revokeSecurityGroupIngress({ GroupId: db, SecurityGroupRuleIds: ids })
    expect(await permissionsOf(db)).toMatchObject([{ IpRanges: [{ CidrIp: '192.0.2.0/24' }] }])
  })

  test('are replaced in full by a modification, and keep id and tags', async () => {
    const group = await createGroup('modified')
    const { SecurityGroupRules } = await ec2.authorizeSecurityGroupIngress({
      GroupId: group,
      IpPermissions: [tcp(22, { IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'SSH' }] })],
      TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'team', Value: 'net' }] }],
    })
    const id = present(only(SecurityGroupRules).SecurityGroupRuleId)
    const change = (SecurityGroupRule: Record<string, string | number>) =>
      ec2.modifySecurityGroupRules({
        GroupId: group,
        SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
      })
    await change({ IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIpv4: '10.2.0.0/16' })
    const described = await ec2.describeSecurityGroupRules({ SecurityGroupRuleIds: [id] })
    const rule = only(described.SecurityGroupRules)
    expect(rule).toMatchObject({ IpProtocol: 'udp', FromPort: 53, CidrIpv4: '10.2.0.0/16' })
    expect(rule).toMatchObject({ SecurityGroupRuleId: id, Tags: [{ Key: 'team', Value: 'net' }] })
    expect(rule.Description).toBeUndefined()
    const otherPeer = change({ IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIpv6: '2001:db8::/32' })
    expect(await refusal(otherPeer)).toMatchObject({
      code: 'InvalidParameterValue',
      message: `Invalid rule type for security group rule '${id}'. You may not specify CidrIpv6 for an existing IPv4 CIDR rule.`,
    })
  })

  test('come a page at a time', async () => {
    const group = await createGroup('many')
    await ec2.authorizeSecurityGroupIngress({
      GroupId: group,
      IpPermissions: Array.from({ length: 20 }, (_, index) => tcp(index + 1, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] })),
    })
    const seen: unknown[] = []
    const ask = { Filters: [{ Name: 'group-id', Values: [group] }] }
    for await (const page of paginateDescribeSecurityGroupRules({ client: ec2, pageSize: 8 }, ask)) {
      seen.push(...present(page.SecurityGroupRules).map(({ SecurityGroupRuleId }) => SecurityGroupRuleId))
    }
    expect(seen).toHaveLength(21)
    expect(new Set(seen).size).toBe(21)
  })
})

describe('tags', () => {
  test('come a page at a time with the type of what they are on', async () => {
    const group = await createGroup('tagged')
    const tags = Array.from({ length: 7 }, (_, index) => ({ Key: `key-${index}`, Value: String(index) }))
    await ec2.createTags({ Resources: [group, vpc], Tags: tags })
    const seen: unknown[] = []
    const ask = { Filters: [{ Name: 'key', Values: ['key-*'] }] }
    for await (const page of paginateDescribeTags({ client: ec2, pageSize: 5 }, ask)) {
      seen.push(...present(page.Tags).map(({ ResourceType, Key }) => `${ResourceType} ${Key}`))
    }
    expect(seen.toSorted()).toEqual(
      ['security-group', 'vpc'].flatMap((type) => tags.map(({ Key }) => `${type} ${Key}`)),
    )
    await ec2.deleteTags({ Resources: [vpc], Tags: [{ Key: 'key-0', Value: 'another' }, { Key: 'key-1' }] })
    const left = await ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: [vpc] }] })
    expect(left.Tags?.map(({ Key }) => Key)).toEqual(['key-0', 'key-2', 'key-3', 'key-4', 'key-5', 'key-6'])
  })
})

describe('prefix lists', () => {
  test('grow by versions, and give back an old one', async () => {
    const made = await ec2.createManagedPrefixList({
      PrefixListName: 'offices',
      AddressFamily: 'IPv6',
      MaxEntries: 10,
      Entries: [{ Cidr: '2001:db8:1::/48', Description: 'one' }, { Cidr: '2001:db8:2::/48' }],
    })
    const list = { PrefixListId: present(made.PrefixList?.PrefixListId) }
    expect(made.PrefixList).toMatchObject({ State: 'create-in-progress', Version: 1, OwnerId: account })
    const { PrefixList } = await ec2.modifyManagedPrefixList({
      ...list,
      CurrentVersion: 1,
      AddEntries: [{ Cidr: '2001:db8:3::/48' }],
      RemoveEntries: [{ Cidr: '2001:db8:1::/48' }],
    })
    expect(PrefixList).toMatchObject({ State: 'modify-in-progress' })
    expect(await entriesOf(list)).toEqual([{ Cidr: '2001:db8:2::/48' }, { Cidr: '2001:db8:3::/48' }])
    await ec2.restoreManagedPrefixListVersion({ ...list, PreviousVersion: 1, CurrentVersion: 2 })
    expect(await entriesOf(list)).toEqual([
      { Cidr: '2001:db8:1::/48', Description: 'one' },
      { Cidr: '2001:db8:2::/48' },
    ])
    const resized = await refusal(
      ec2.modifyManagedPrefixList({ ...list, CurrentVersion: 3, MaxEntries: 4, AddEntries: [{ Cidr: '::/0' }] }),
    )
    expect(resized).toMatchObject({
      code: 'InvalidParameterCombination',
      message: 'You cannot modify the entries and the maximum entries for the prefix list in the same request.',
    })
    await ec2.deleteManagedPrefixList(list)
    const names: unknown[] = []
    for await (const page of paginateDescribeManagedPrefixLists({ client: ec2, pageSize: 1 }, {})) {
      names.push(...present(page.PrefixLists).map(({ PrefixListName }) => PrefixListName))
    }
    expect(names).toEqual(expect.arrayContaining(['com.amazonaws.us-east-1.s3', 'com.amazonaws.us-east-1.dynamodb']))
    expect(names).not.toContain('offices')
  })

  async function entriesOf(list: { PrefixListId: string }): Promise<unknown[]> {
    const seen: unknown[] = []
    // The paginator leaves its last token in the input.
    for await (const page of paginateGetManagedPrefixListEntries({ client: ec2, pageSize: 1 }, { ...list })) {
      seen.push(...present(page.Entries))
    }
    return seen
  }
})
