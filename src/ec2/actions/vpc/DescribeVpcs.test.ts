import { expect, test } from 'vitest'
import { cloud } from '../../../../test/cloud.ts'

test('a region nobody used holds a default VPC', async () => {
  const aws = await cloud()
  const { vpcSet } = await aws.call('DescribeVpcs', { 'Filter.1.Name': 'is-default', 'Filter.1.Value.1': 'true' })
  expect(vpcSet.item).toEqual([expect.objectContaining({ cidrBlock: '172.31.0.0/16', isDefault: 'true' })])
})

test('an unknown VPC is not found and a made-up id is malformed', async () => {
  const aws = await cloud()
  expect(await aws.refusal('DescribeVpcs', { 'VpcId.1': 'vpc-00000000' })).toEqual({
    status: 400,
    code: 'InvalidVpcID.NotFound',
    message: "The vpc ID 'vpc-00000000' does not exist",
  })
  expect(await aws.refusal('DescribeVpcs', { 'VpcId.1': 'foobar' })).toEqual({
    status: 400,
    code: 'InvalidVpcId.Malformed',
    message: 'Invalid id: "foobar" (expecting "vpc-...")',
  })
})
