import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../test/cloud.ts'
import { hours } from '../base/clock.ts'

const offices = {
  PrefixListName: 'offices',
  AddressFamily: 'IPv4',
  MaxEntries: 2,
  'Entry.1.Cidr': '10.0.0.0/8',
  'Entry.1.Description': 'here',
  ClientToken: 'token-1',
}
const action = 'CreateManagedPrefixList'

async function lists(aws: Cloud): Promise<string[]> {
  const { prefixListSet } = await aws.call('DescribeManagedPrefixLists')
  return prefixListSet.item
    .filter(({ ownerId }: Body) => ownerId !== 'AWS')
    .map(({ prefixListName }: Body) => prefixListName)
}

describe('a client token', () => {
  test('makes a repeated call answer what the first one answered, and do nothing', async () => {
    const aws = await cloud()
    const { requestId: _, ...first } = await aws.call(action, offices)
    const { requestId: __, ...second } = await aws.call(action, offices)
    expect(second).toEqual(first)
    expect(await lists(aws)).toEqual(['offices'])
  })

  test('answers with a request id of its own', async () => {
    const aws = await cloud()
    expect((await aws.call(action, offices)).requestId).not.toBe((await aws.call(action, offices)).requestId)
  })

  test('does not mind the order of the parameters', async () => {
    const aws = await cloud()
    const { prefixList } = await aws.call(action, offices)
    const turned = Object.fromEntries(Object.entries(offices).reverse())
    expect((await aws.call(action, turned)).prefixList).toEqual(prefixList)
  })

  test('refuses other parameters', async () => {
    const aws = await cloud()
    await aws.call(action, offices)
    expect(await aws.refusal(action, { ...offices, MaxEntries: 3 })).toEqual({
      status: 400,
      code: 'IdempotentParameterMismatch',
      message: 'The client token you have provided is associated with a resource with different parameters.',
    })
  })

  test('is another for another action', async () => {
    const aws = await cloud()
    await aws.call(action, offices)
    const { subnetSet } = await aws.call('DescribeSubnets')
    const { networkInterface } = await aws.call('CreateNetworkInterface', {
      SubnetId: subnetSet.item[0].subnetId,
      ClientToken: offices.ClientToken,
    })
    expect(networkInterface.networkInterfaceId).toMatch(/^eni-/)
  })

  test('is another in another region and account', async () => {
    const aws = await cloud()
    await aws.call(action, offices)
    for (const other of [aws.as({ region: 'eu-west-1' }), aws.as({ accessKeyId: '111122223333' })]) {
      expect(await lists(other)).toEqual([])
      await other.call(action, offices)
      expect(await lists(other)).toEqual(['offices'])
    }
  })

  test('of a refused call is not used up', async () => {
    const aws = await cloud()
    expect(await aws.refusal(action, { ...offices, MaxEntries: 0 })).toMatchObject({ status: 400 })
    await aws.call(action, offices)
    expect(await lists(aws)).toEqual(['offices'])
  })

  test('is neither used up nor asked for in a dry run', async () => {
    const aws = await cloud()
    const dryRun = { ...offices, DryRun: true }
    expect(await aws.refusal(action, dryRun)).toMatchObject({ code: 'DryRunOperation' })
    await aws.call(action, { ...offices, DryRun: false })
    await aws.call(action, offices)
    expect(await lists(aws)).toEqual(['offices'])
    expect(await aws.refusal(action, dryRun)).toMatchObject({ code: 'DryRunOperation' })
  })

  test('is forgotten after a day', async () => {
    const aws = await cloud()
    await aws.call(action, offices)
    aws.wait(hours(24))
    await aws.call(action, offices)
    expect(await lists(aws)).toHaveLength(1)
    aws.wait(hours(1))
    await aws.call(action, offices)
    expect(await lists(aws)).toHaveLength(2)
    expect(aws.world().clientToken.size).toBe(1)
  })

  test('that is old goes when another comes', async () => {
    const aws = await cloud()
    await aws.call(action, offices)
    aws.wait(hours(25))
    await aws.call(action, { ...offices, ClientToken: 'token-2' })
    expect([...aws.world().clientToken.keys()]).toEqual([`${action}/token-2`])
  })

  test.each(['a\tb', 'a\nb', 'é', 'x'.repeat(65)])('such as %j is refused', async (token) => {
    const aws = await cloud()
    expect(await aws.refusal(action, { ...offices, ClientToken: token })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: expect.stringContaining('for parameter clientToken is invalid. Expected up to 64 ASCII characters.'),
    })
  })

  test('that is empty is none', async () => {
    const aws = await cloud()
    await aws.call(action, { ...offices, ClientToken: '' })
    await aws.call(action, { ...offices, ClientToken: '' })
    expect(await lists(aws)).toHaveLength(2)
  })
})
