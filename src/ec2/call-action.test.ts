import { expect, test } from 'vitest'
import { cloud } from '../../test/cloud.ts'

const web = { GroupName: 'web', Description: 'web servers' }
const http = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

test('an action asked for as data does what it does on the wire', async () => {
  const { ask, call } = await cloud()
  const { GroupId } = await ask('CreateSecurityGroup', web)
  const { SecurityGroupRules } = await ask('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [http] })
  expect(SecurityGroupRules).toMatchObject([{ GroupId, IpProtocol: 'tcp', FromPort: 80, CidrIpv4: '0.0.0.0/0' }])
  const described = await call('DescribeSecurityGroups', { 'GroupId.1': GroupId })
  expect(described.securityGroupInfo.item[0].ipPermissions.item[0].fromPort).toBe('80')
})

test('it is refused as it is on the wire, and changes nothing', async () => {
  const made = await cloud()
  await made.ask('CreateSecurityGroup', web)
  const before = made.world()
  await expect(made.ask('CreateSecurityGroup', web)).rejects.toMatchObject({ code: 'InvalidGroup.Duplicate' })
  await expect(made.ask('CreateSecurityGroup', { ...web, DryRun: true })).rejects.toMatchObject({ status: 400 })
  await expect(made.ask('MakeCoffee')).rejects.toMatchObject({ code: 'InvalidAction' })
  expect(made.world()).toBe(before)
})
