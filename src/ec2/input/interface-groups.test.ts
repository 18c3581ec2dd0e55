import { expect, test } from 'vitest'
import { cloud } from '../../../test/cloud.ts'
import { createGroup, defaultVpcOf } from '../../../test/groups.ts'
import { defaultSubnet } from '../../../test/interfaces.ts'
import { defaultQuotas } from '../../model/quota.ts'
import { interfaceGroups } from './interface-groups.ts'

test('too many groups are named after what the request is about', async () => {
  const aws = await cloud()
  const groups = [await createGroup(aws, 'web'), await createGroup(aws, 'ssh')]
  const { subnetId } = await defaultSubnet(aws)
  const place = { vpc: (await defaultVpcOf(aws)) as `vpc-${string}`, subnet: subnetId }
  const context = { world: aws.world(), quotas: { ...defaultQuotas, 'security-groups-per-interface': 1 } }
  expect(() => interfaceGroups(groups, place, context, 'instance')).toThrow(
    expect.objectContaining({
      code: 'SecurityGroupsPerInstanceLimitExceeded',
      message: 'The maximum number of security groups per instance has been reached.',
    }),
  )
  expect(() => interfaceGroups(groups, place, context, 'interface')).toThrow(
    expect.objectContaining({ code: 'SecurityGroupsPerInterfaceLimitExceeded' }),
  )
  expect(interfaceGroups([...groups.slice(1), ...groups.slice(1)], place, context, 'interface')).toEqual(
    groups.slice(1),
  )
})
