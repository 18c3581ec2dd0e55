import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'

async function vpcIn(aws: Cloud): Promise<string> {
  return (await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16' })).vpc.vpcId
}

async function defaultVpcIn(aws: Cloud): Promise<Body> {
  const { vpcSet } = await aws.call('DescribeVpcs', { 'Filter.1.Name': 'is-default', 'Filter.1.Value.1': 'true' })
  return vpcSet.item[0]
}

describe('an attribute of a VPC', () => {
  const attributes = [
    { name: 'enableDnsSupport', ofNew: 'true', ofDefault: 'true' },
    { name: 'enableDnsHostnames', ofNew: 'false', ofDefault: 'true' },
    { name: 'enableNetworkAddressUsageMetrics', ofNew: 'false', ofDefault: 'false' },
  ]

  test.each(attributes)('$name is $ofNew in a new VPC and $ofDefault in a default one', async (attribute) => {
    const { name, ofNew, ofDefault } = attribute
    const aws = await cloud()
    const read = async (vpcId: string) => aws.call('DescribeVpcAttribute', { VpcId: vpcId, Attribute: name })
    const vpcId = await vpcIn(aws)
    expect(await read(vpcId)).toMatchObject({ vpcId, [name]: { value: ofNew } })
    expect(await read((await defaultVpcIn(aws)).vpcId)).toMatchObject({ [name]: { value: ofDefault } })
    const others = attributes.map((each) => each.name).filter((each) => each !== name)
    expect(Object.keys(await read(vpcId))).not.toEqual(expect.arrayContaining(others))
  })

  test.each(attributes)('$name reads back as it was written', async ({ name }) => {
    const aws = await cloud()
    const vpcId = await vpcIn(aws)
    const parameter = `${name.charAt(0).toUpperCase()}${name.slice(1)}.Value`
    for (const value of ['true', 'false']) {
      expect(await aws.call('ModifyVpcAttribute', { VpcId: vpcId, [parameter]: value })).toMatchObject({
        return: 'true',
      })
      expect(await aws.call('DescribeVpcAttribute', { VpcId: vpcId, Attribute: name })).toMatchObject({
        [name]: { value },
      })
    }
  })
})

const refusals: [string, string, Record<string, string>, { code: string; message: string }][] = [
  [
    'DescribeVpcAttribute',
    'an unknown attribute',
    { Attribute: 'enableDns' },
    {
      code: 'InvalidParameterValue',
      message: 'Value (enableDns) for parameter attribute is invalid. Unknown attribute.',
    },
  ],
  [
    'DescribeVpcAttribute',
    'no attribute',
    {},
    { code: 'MissingParameter', message: 'The request must contain the parameter attribute' },
  ],
  [
    'DescribeVpcAttribute',
    'an unknown VPC',
    { VpcId: 'vpc-00000000', Attribute: 'enableDnsSupport' },
    { code: 'InvalidVpcID.NotFound', message: "The vpc ID 'vpc-00000000' does not exist" },
  ],
  [
    'ModifyVpcAttribute',
    'no attribute',
    {},
    { code: 'InvalidParameterCombination', message: 'No attributes specified.' },
  ],
  [
    'ModifyVpcAttribute',
    'two attributes',
    { 'EnableDnsSupport.Value': 'true', 'EnableDnsHostnames.Value': 'true' },
    {
      code: 'InvalidParameterCombination',
      message: 'Fields for multiple attribute types specified: enableDnsHostnames, enableDnsSupport',
    },
  ],
  [
    'ModifyVpcAttribute',
    'an attribute without a value',
    { 'EnableDnsSupport.Values': 'true' },
    { code: 'MissingParameter', message: 'The request must contain the parameter value' },
  ],
  [
    'ModifyVpcAttribute',
    'an unknown VPC',
    { VpcId: 'vpc-00000000', 'EnableDnsSupport.Value': 'true' },
    { code: 'InvalidVpcID.NotFound', message: "The vpc ID 'vpc-00000000' does not exist" },
  ],
]

test.each(refusals)('%s refuses %s', async (action, _case, parameters, refusal) => {
  const aws = await cloud()
  const vpcId = await vpcIn(aws)
  expect(await aws.refusal(action, { VpcId: vpcId, ...parameters })).toEqual({ status: 400, ...refusal })
})

describe('DHCP options', () => {
  test.each([
    ['us-east-1', 'ec2.internal'],
    ['eu-west-1', 'eu-west-1.compute.internal'],
  ])('of %s name its domain and Amazon for DNS', async (region, domain) => {
    const aws = (await cloud()).as({ region })
    const { dhcpOptionsId } = await defaultVpcIn(aws)
    const { dhcpOptionsSet } = await aws.call('DescribeDhcpOptions', { 'DhcpOptionsId.1': dhcpOptionsId })
    expect(dhcpOptionsSet.item).toEqual([
      {
        dhcpOptionsId,
        dhcpConfigurationSet: {
          item: [
            { key: 'domain-name', valueSet: { item: [{ value: domain }] } },
            { key: 'domain-name-servers', valueSet: { item: [{ value: 'AmazonProvidedDNS' }] } },
          ],
        },
        ownerId: '123456789012',
        tagSet: '',
      },
    ])
  })

  test('are one set, which all VPCs of the region share', async () => {
    const aws = await cloud()
    await vpcIn(aws)
    const { dhcpOptionsSet } = await aws.call('DescribeDhcpOptions')
    expect(dhcpOptionsSet.item).toHaveLength(1)
  })

  test.each([
    ['key', 'domain-name', 1],
    ['key', 'ntp-servers', 0],
    ['value', 'Amazon*', 1],
    ['owner-id', '123456789012', 1],
    ['dhcp-options-id', 'dopt-00000000', 0],
    ['tag-key', 'Name', 0],
  ])('are filtered by %s %s', async (name, value, count) => {
    const aws = await cloud()
    const parameters = { 'Filter.1.Name': name, 'Filter.1.Value.1': value }
    const { dhcpOptionsSet } = await aws.call('DescribeDhcpOptions', parameters)
    expect(dhcpOptionsSet.item ?? []).toHaveLength(count)
  })

  test.each([
    ['dopt-00000000', 'InvalidDhcpOptionID.NotFound', "The dhcpOption ID 'dopt-00000000' does not exist"],
    ['default', 'InvalidDhcpOptionsId.Malformed', 'Invalid id: "default" (expecting "dopt-...")'],
  ])('of id %s are refused', async (id, code, message) => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeDhcpOptions', { 'DhcpOptionsId.1': id })).toEqual({ status: 400, code, message })
  })
})

describe('ClassicLink', () => {
  test('is off in every VPC', async () => {
    const aws = await cloud()
    const vpcId = await vpcIn(aws)
    expect((await aws.call('DescribeVpcClassicLink')).vpcSet.item).toHaveLength(2)
    expect((await aws.call('DescribeVpcClassicLink', { 'VpcId.1': vpcId })).vpcSet.item).toEqual([
      { vpcId, classicLinkEnabled: 'false', tagSet: '' },
    ])
    expect((await aws.call('DescribeVpcClassicLinkDnsSupport', { 'VpcIds.1': vpcId })).vpcs.item).toEqual([
      { vpcId, classicLinkDnsSupported: 'false' },
    ])
  })

  test('is found nowhere by a search for VPCs that have it', async () => {
    const aws = await cloud()
    const parameters = { 'Filter.1.Name': 'is-classic-link-enabled', 'Filter.1.Value.1': 'true' }
    expect((await aws.call('DescribeVpcClassicLink', parameters)).vpcSet).toBe('')
  })
})
