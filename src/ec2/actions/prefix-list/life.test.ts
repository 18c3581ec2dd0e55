import { beforeEach, describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'

let aws: Cloud

beforeEach(async () => {
  aws = await cloud()
})

async function create(parameters: WireParameters = {}): Promise<Body> {
  const given = { PrefixListName: 'offices', MaxEntries: 5, AddressFamily: 'IPv4', ...parameters }
  return (await aws.call('CreateManagedPrefixList', given)).prefixList
}

async function modify(id: string, parameters: WireParameters): Promise<Body> {
  return (await aws.call('ModifyManagedPrefixList', { PrefixListId: id, ...parameters })).prefixList
}

async function described(id: string): Promise<Body> {
  return (await aws.call('DescribeManagedPrefixLists', { 'PrefixListId.1': id })).prefixListSet.item[0]
}

async function entriesOf(id: string, parameters: WireParameters = {}): Promise<Body> {
  const { entrySet } = await aws.call('GetManagedPrefixListEntries', { PrefixListId: id, ...parameters })
  return entrySet === '' ? [] : entrySet.item
}

describe('a new prefix list', () => {
  test('is in progress in the answer and complete from then on', async () => {
    const made = await create({
      'Entry.1.Cidr': '10.1.0.0/16',
      'Entry.1.Description': 'north',
      'TagSpecification.1.ResourceType': 'prefix-list',
      'TagSpecification.1.Tag.1.Key': 'team',
      'TagSpecification.1.Tag.1.Value': 'net',
    })
    const shown = {
      prefixListId: expect.stringMatching(/^pl-[0-9a-f]{17}$/),
      addressFamily: 'IPv4',
      prefixListArn: `arn:aws:ec2:us-east-1:123456789012:prefix-list/${made.prefixListId}`,
      prefixListName: 'offices',
      maxEntries: '5',
      version: '1',
      tagSet: { item: [{ key: 'team', value: 'net' }] },
      ownerId: '123456789012',
    }
    expect(made).toEqual({ ...shown, state: 'create-in-progress' })
    expect(await described(made.prefixListId)).toEqual({ ...shown, state: 'create-complete' })
    expect(await entriesOf(made.prefixListId)).toEqual([{ cidr: '10.1.0.0/16', description: 'north' }])
  })

  test('may be empty and of the other family', async () => {
    const { prefixListId, addressFamily, tagSet } = await create({ AddressFamily: 'IPv6' })
    expect({ addressFamily, tagSet }).toEqual({ addressFamily: 'IPv6', tagSet: '' })
    expect(await entriesOf(prefixListId)).toEqual([])
  })

  test('keeps its entries in canonical form, and an empty description apart from none', async () => {
    const { prefixListId } = await create({
      'Entry.1.Cidr': '10.1.2.3/16',
      'Entry.2.Cidr': '10.2.0.0/16',
      'Entry.2.Description': '',
    })
    expect(await entriesOf(prefixListId)).toEqual([{ cidr: '10.1.0.0/16' }, { cidr: '10.2.0.0/16', description: '' }])
  })

  test('answers the same again for the same client token', async () => {
    const first = await create({ ClientToken: 'one' })
    expect(await create({ ClientToken: 'one' })).toEqual(first)
  })

  test('may have a name that only resembles a reserved one', async () => {
    expect((await create({ PrefixListName: 'com.amazonaws-probe' })).prefixListName).toBe('com.amazonaws-probe')
  })
})

describe('modifying', () => {
  test('entries makes a version, and the state never goes back to create-complete', async () => {
    const { prefixListId } = await create({ 'Entry.1.Cidr': '10.1.0.0/16' })
    const modified = await modify(prefixListId, {
      CurrentVersion: 1,
      'AddEntry.1.Cidr': '10.2.0.0/16',
      'RemoveEntry.1.Cidr': '10.1.0.0/16',
    })
    expect(modified).toMatchObject({ state: 'modify-in-progress', version: '2' })
    expect(await described(prefixListId)).toMatchObject({ state: 'modify-complete', version: '2' })
    expect(await entriesOf(prefixListId)).toEqual([{ cidr: '10.2.0.0/16' }])
    expect(await entriesOf(prefixListId, { TargetVersion: 1 })).toEqual([{ cidr: '10.1.0.0/16' }])
  })

  test('the name or the size makes no version', async () => {
    const { prefixListId } = await create()
    await modify(prefixListId, { PrefixListName: 'branches' })
    await modify(prefixListId, { MaxEntries: 9 })
    expect(await described(prefixListId)).toMatchObject({
      prefixListName: 'branches',
      maxEntries: '9',
      version: '1',
      state: 'modify-complete',
    })
  })

  test('adding a CIDR that is there gives it the new description', async () => {
    const { prefixListId } = await create({ 'Entry.1.Cidr': '10.1.0.0/16', 'Entry.1.Description': 'old' })
    await modify(prefixListId, { CurrentVersion: 1, 'AddEntry.1.Cidr': '10.1.0.0/16', 'AddEntry.1.Description': 'new' })
    expect(await entriesOf(prefixListId)).toEqual([{ cidr: '10.1.0.0/16', description: 'new' }])
    expect(await described(prefixListId)).toMatchObject({ version: '2' })
  })

  test('removing a CIDR that is not there makes a version, too', async () => {
    const { prefixListId } = await create()
    expect(await modify(prefixListId, { CurrentVersion: 1, 'RemoveEntry.1.Cidr': '10.9.0.0/16' })).toMatchObject({
      version: '2',
    })
  })

  test('an empty list of entries beside another change counts as none', async () => {
    const { prefixListId } = await create()
    expect(await modify(prefixListId, { AddEntry: '', PrefixListName: 'branches' })).toMatchObject({ version: '1' })
  })
})

test('restoring copies the entries of an old version into a new one', async () => {
  const { prefixListId } = await create({ 'Entry.1.Cidr': '10.1.0.0/16' })
  await modify(prefixListId, { CurrentVersion: 1, 'RemoveEntry.1.Cidr': '10.1.0.0/16' })
  const { prefixList } = await aws.call('RestoreManagedPrefixListVersion', {
    PrefixListId: prefixListId,
    PreviousVersion: 1,
    CurrentVersion: 2,
  })
  expect(prefixList).toMatchObject({ state: 'restore-in-progress', version: '3' })
  expect(await described(prefixListId)).toMatchObject({ state: 'restore-complete', version: '3' })
  expect(await entriesOf(prefixListId)).toEqual([{ cidr: '10.1.0.0/16' }])
})

test('the oldest version is dropped when there are more than are kept', async () => {
  aws = await cloud({ quotas: { 'versions-per-prefix-list': 2 } })
  const { prefixListId } = await create({ 'Entry.1.Cidr': '10.1.0.0/16' })
  await modify(prefixListId, { CurrentVersion: 1, 'AddEntry.1.Cidr': '10.2.0.0/16' })
  await modify(prefixListId, { CurrentVersion: 2, 'AddEntry.1.Cidr': '10.3.0.0/16' })
  expect(await aws.refusal('GetManagedPrefixListEntries', { PrefixListId: prefixListId, TargetVersion: 1 })).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: 'Value (1) for parameter targetVersion is invalid. The prefix list has no such version.',
  })
  expect(await entriesOf(prefixListId, { TargetVersion: 2 })).toHaveLength(2)
  expect(await entriesOf(prefixListId)).toHaveLength(3)
})

describe('deleting', () => {
  test('a list that nothing references removes it with its versions and tags', async () => {
    const { prefixListId } = await create({ 'Entry.1.Cidr': '10.1.0.0/16' })
    await modify(prefixListId, { CurrentVersion: 1, 'AddEntry.1.Cidr': '10.2.0.0/16' })
    await aws.call('CreateTags', { 'ResourceId.1': prefixListId, 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' })
    const { prefixList } = await aws.call('DeleteManagedPrefixList', { PrefixListId: prefixListId })
    expect(prefixList).toMatchObject({ prefixListId, state: 'delete-in-progress' })
    expect(await aws.refusal('DescribeManagedPrefixLists', { 'PrefixListId.1': prefixListId })).toEqual({
      status: 400,
      code: 'InvalidPrefixListID.NotFound',
      message: `The prefix list ID '${prefixListId}' does not exist`,
    })
    expect([aws.world().prefixListVersion.size, aws.world().tagSet.size]).toEqual([0, 0])
  })

  test('a list that a rule references succeeds, and the list stays as delete-failed until the rule is gone', async () => {
    const { prefixListId } = await create()
    const group = await groupWithList(prefixListId)
    const { prefixList } = await aws.call('DeleteManagedPrefixList', { PrefixListId: prefixListId })
    expect(prefixList).toMatchObject({ state: 'delete-in-progress' })
    expect(await described(prefixListId)).toMatchObject({
      state: 'delete-failed',
      stateMessage: `The prefix list is referenced by the following resources: ${group}`,
    })
    await aws.call('DeleteSecurityGroup', { GroupId: group })
    await aws.call('DeleteManagedPrefixList', { PrefixListId: prefixListId })
    expect(aws.world().prefixList.has(prefixListId)).toBe(false)
  })

  test('that failed is forgotten by the next modification', async () => {
    const { prefixListId } = await create()
    await groupWithList(prefixListId)
    await aws.call('DeleteManagedPrefixList', { PrefixListId: prefixListId })
    await modify(prefixListId, { PrefixListName: 'kept' })
    const after = await described(prefixListId)
    expect(after.state).toBe('modify-complete')
    expect(after).not.toHaveProperty('stateMessage')
  })
})

async function groupWithList(list: string): Promise<string> {
  const { groupId } = await aws.call('CreateSecurityGroup', { GroupName: 'web', GroupDescription: 'web' })
  await aws.call('AuthorizeSecurityGroupIngress', {
    GroupId: groupId,
    'IpPermissions.1.IpProtocol': '-1',
    'IpPermissions.1.PrefixListIds.1.PrefixListId': list,
  })
  return groupId
}
