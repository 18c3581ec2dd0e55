import { describe, expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createPrefixList,
  type Peer,
  permissions,
  rulesOf,
} from '../../../../test/groups.ts'

const full = {
  status: 400,
  code: 'RulesPerSecurityGroupLimitExceeded',
  message: 'The maximum number of rules per security group has been reached.',
}

const ipv4 = (count: number): string[] => Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`)
const ipv6 = (count: number): string[] => Array.from({ length: count }, (_, index) => `2001:db8:${index + 1}::/48`)

async function isFull(aws: Cloud, group: string, ...peers: readonly Peer[]): Promise<void> {
  const parameters = { GroupId: group, ...permissions(['tcp 9', ...peers]) }
  expect(await aws.refusal('AuthorizeSecurityGroupIngress', parameters)).toEqual(full)
}

describe('a group holds 60 rules', () => {
  test('of each family inbound', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', ...ipv4(60), ...ipv6(60)])
    await isFull(aws, id, '192.0.2.0/24')
    await isFull(aws, id, '2001:db8::/48')
    expect(await rulesOf(aws, id)).toHaveLength(121)
  })

  test('and as many outbound, the original one among them', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', ...ipv4(60)])
    await authorizeEgress(aws, id, ['tcp 22', ...ipv4(59)])
    const parameters = { GroupId: id, ...permissions(['tcp 9', '192.0.2.0/24']) }
    expect(await aws.refusal('AuthorizeSecurityGroupEgress', parameters)).toEqual(full)
  })

  test('where a group counts in both families', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', id, ...ipv4(59), ...ipv6(59)])
    await isFull(aws, id, '192.0.2.0/24')
    await isFull(aws, id, '2001:db8::/48')
    await isFull(aws, id, id)
  })

  test('where a prefix list counts its MaxEntries, though empty, in its own family', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const list = await createPrefixList(aws, { MaxEntries: 58 })
    await authorize(aws, id, ['tcp 22', list, ...ipv4(2), ...ipv6(60)])
    await isFull(aws, id, '192.0.2.0/24')
  })

  test('so that a list of 61 entries is too much for any', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await isFull(aws, id, await createPrefixList(aws, { MaxEntries: 61 }))
    await authorize(aws, id, ['tcp 22', await createPrefixList(aws, { MaxEntries: 60, PrefixListName: 'sixty' })])
  })

  test('and a call that would pass the limit adds none of its own', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', ...ipv4(59)])
    await isFull(aws, id, '192.0.2.0/24', '198.51.100.0/24')
    await authorize(aws, id, ['tcp 9', '192.0.2.0/24'])
  })

  test('and a modification cannot make it hold more', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const small = await createPrefixList(aws)
    const large = await createPrefixList(aws, { PrefixListName: 'large', MaxEntries: 3 })
    const { securityGroupRuleSet } = await authorize(aws, id, ['tcp 22', small, ...ipv4(58)])
    const rule = securityGroupRuleSet.item.find((each: Record<string, string>) => each['prefixListId'])
    const parameters = {
      GroupId: id,
      'SecurityGroupRule.1.SecurityGroupRuleId': rule.securityGroupRuleId,
      'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': '-1',
      'SecurityGroupRule.1.SecurityGroupRule.PrefixListId': large,
    }
    expect(await aws.refusal('ModifySecurityGroupRules', parameters)).toEqual(full)
  })

  test('or another number that the operator chose', async () => {
    const aws = await cloud({ quotas: { 'rules-per-security-group': 1 } })
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    await isFull(aws, id, '192.0.2.0/24')
  })
})
