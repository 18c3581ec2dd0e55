import { describe, expect, test } from 'vitest'
import { type Body, cloud } from '../../../../test/cloud.ts'
import { createGroup, filters } from '../../../../test/groups.ts'
import { describeInstance, describeInstances, launched, stateOf } from '../../../../test/instances.ts'
import { createCard, describeCard } from '../../../../test/interfaces.ts'
import { hours, seconds } from '../../../base/clock.ts'

function change(instance: string, before: [string, string], after: [string, string]): Body {
  const [previousCode, previous] = before
  const [currentCode, current] = after
  return {
    item: [
      {
        instanceId: instance,
        currentState: { code: currentCode, name: current },
        previousState: { code: previousCode, name: previous },
      },
    ],
  }
}

describe('stopping and starting', () => {
  test('walks through stopping and pending, which nobody sees but the caller', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    const stopping = await aws.call('StopInstances', { 'InstanceId.1': id })
    expect(stopping.instancesSet).toEqual(change(id, ['16', 'running'], ['64', 'stopping']))
    expect(await describeInstance(aws, id)).toMatchObject({
      instanceState: { code: '80', name: 'stopped' },
      reason: 'User initiated (2026-11-22 10:00:00 GMT)',
      stateReason: {
        code: 'Client.UserInitiatedShutdown',
        message: 'Client.UserInitiatedShutdown: User initiated shutdown',
      },
      privateIpAddress: '172.31.0.4',
    })
    aws.wait(seconds(60))
    const starting = await aws.call('StartInstances', { 'InstanceId.1': id })
    expect(starting.instancesSet).toEqual(change(id, ['80', 'stopped'], ['0', 'pending']))
    const instance = await describeInstance(aws, id)
    expect(instance).toMatchObject({
      instanceState: { code: '16', name: 'running' },
      reason: '',
      launchTime: '2026-11-22T10:01:00.000Z',
      privateIpAddress: '172.31.0.4',
    })
    expect(instance).not.toHaveProperty('stateReason')
  })

  test('twice changes nothing', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    const started = await aws.call('StartInstances', { 'InstanceId.1': id })
    expect(started.instancesSet).toEqual(change(id, ['16', 'running'], ['16', 'running']))
    await aws.call('StopInstances', { 'InstanceId.1': id })
    const before = aws.world()
    const stopped = await aws.call('StopInstances', { 'InstanceId.1': id })
    expect(stopped.instancesSet).toEqual(change(id, ['80', 'stopped'], ['80', 'stopped']))
    expect(aws.world()).toBe(before)
  })

  test('gives the launch address back and takes a new one', async () => {
    const aws = await cloud()
    const [first, second] = [await launched(aws), await launched(aws)]
    expect((await describeInstance(aws, first)).ipAddress).toBe('203.0.113.1')
    await aws.call('StopInstances', { 'InstanceId.1': first, 'InstanceId.2': second })
    expect(await describeInstance(aws, first)).not.toHaveProperty('ipAddress')
    await aws.call('StartInstances', { 'InstanceId.1': second, 'InstanceId.2': first })
    expect((await describeInstance(aws, second)).ipAddress).toBe('203.0.113.1')
    expect((await describeInstance(aws, first)).ipAddress).toBe('203.0.113.2')
  })

  test('leaves an elastic address where it is', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    const { allocationId, publicIp } = await aws.call('AllocateAddress')
    await aws.call('AssociateAddress', { AllocationId: allocationId, InstanceId: id })
    await aws.call('StopInstances', { 'InstanceId.1': id })
    expect((await describeInstance(aws, id)).ipAddress).toBe(publicIp)
    await aws.call('StartInstances', { 'InstanceId.1': id })
    expect((await describeInstance(aws, id)).ipAddress).toBe(publicIp)
  })

  test('rebooting leaves everything as it is', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    const before = aws.world()
    expect(await aws.call('RebootInstances', { 'InstanceId.1': id })).toMatchObject({ return: 'true' })
    expect(aws.world()).toBe(before)
  })
})

describe('terminating', () => {
  test('answers shutting-down for a running instance and terminated for any other', async () => {
    const aws = await cloud()
    const [running, stopped] = [await launched(aws), await launched(aws)]
    await aws.call('StopInstances', { 'InstanceId.1': stopped })
    const first = await aws.call('TerminateInstances', { 'InstanceId.1': running })
    expect(first.instancesSet).toEqual(change(running, ['16', 'running'], ['32', 'shutting-down']))
    const second = await aws.call('TerminateInstances', { 'InstanceId.1': stopped })
    expect(second.instancesSet).toEqual(change(stopped, ['80', 'stopped'], ['48', 'terminated']))
    const again = await aws.call('TerminateInstances', { 'InstanceId.1': running })
    expect(again.instancesSet).toEqual(change(running, ['48', 'terminated'], ['48', 'terminated']))
  })

  test('leaves an instance without network, visible for an hour', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    await aws.call('CreateTags', { 'ResourceId.1': id, 'Tag.1.Key': 'Name', 'Tag.1.Value': 'web' })
    await aws.call('TerminateInstances', { 'InstanceId.1': id })
    const instance = await describeInstance(aws, id)
    expect(instance).toMatchObject({
      instanceState: { code: '48', name: 'terminated' },
      reason: 'User initiated (2026-11-22 10:00:00 GMT)',
      privateDnsName: '',
      dnsName: '',
      groupSet: '',
      networkInterfaceSet: '',
      tagSet: { item: [{ key: 'Name', value: 'web' }] },
    })
    for (const gone of ['subnetId', 'vpcId', 'privateIpAddress', 'ipAddress', 'sourceDestCheck']) {
      expect(instance).not.toHaveProperty(gone)
    }
    aws.wait(seconds(3599))
    expect(await describeInstances(aws)).toHaveLength(1)
    aws.wait(seconds(1))
    expect(await describeInstances(aws)).toEqual([])
    expect(await aws.refusal('DescribeInstances', { 'InstanceId.1': id })).toMatchObject({
      code: 'InvalidInstanceID.NotFound',
    })
  })

  test('is forgotten with its tags when instances are made or terminated later', async () => {
    const aws = await cloud()
    const [old, other] = [await launched(aws), await launched(aws)]
    await aws.call('CreateTags', { 'ResourceId.1': old, 'Tag.1.Key': 'Name', 'Tag.1.Value': 'web' })
    await aws.call('TerminateInstances', { 'InstanceId.1': old })
    aws.wait(hours(1))
    await aws.call('TerminateInstances', { 'InstanceId.1': other })
    expect([...aws.world().instance.values()].map(({ id }) => id)).toEqual([other])
    expect(aws.world().tagSet.size).toBe(0)
    aws.wait(hours(2))
    const fresh = await launched(aws)
    expect([...aws.world().instance.values()].map(({ id }) => id)).toEqual([fresh])
  })

  test('takes the launched interfaces along and frees their groups and elastic addresses', async () => {
    const aws = await cloud()
    const group = await createGroup(aws)
    const id = await launched(aws, { 'SecurityGroupId.1': group })
    const { allocationId } = await aws.call('AllocateAddress')
    await aws.call('AssociateAddress', { AllocationId: allocationId, InstanceId: id })
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: group })).toMatchObject({ code: 'DependencyViolation' })
    await aws.call('TerminateInstances', { 'InstanceId.1': id })
    expect(aws.world().networkInterface.size).toBe(0)
    const { addressesSet } = await aws.call('DescribeAddresses')
    expect(addressesSet.item[0]).not.toHaveProperty('associationId')
    await aws.call('DeleteSecurityGroup', { GroupId: group })
  })

  test('leaves the interfaces that were attached later, detached', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    const { networkInterfaceId } = await createCard(aws)
    await aws.call('AttachNetworkInterface', {
      NetworkInterfaceId: networkInterfaceId,
      InstanceId: id,
      DeviceIndex: 1,
    })
    await aws.call('TerminateInstances', { 'InstanceId.1': id })
    const card = await describeCard(aws, networkInterfaceId)
    expect(card.status).toBe('available')
    expect(card).not.toHaveProperty('attachment')
  })

  test('spares all when one of them is protected', async () => {
    const aws = await cloud()
    const [free, kept] = [await launched(aws), await launched(aws, { DisableApiTermination: true })]
    expect(await aws.refusal('TerminateInstances', { 'InstanceId.1': free, 'InstanceId.2': kept })).toEqual({
      status: 400,
      code: 'OperationNotPermitted',
      message: `The instance '${kept}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    })
    expect(await stateOf(aws, free)).toBe('running')
    await aws.call('ModifyInstanceAttribute', { InstanceId: kept, 'DisableApiTermination.Value': false })
    await aws.call('TerminateInstances', { 'InstanceId.1': free, 'InstanceId.2': kept })
    expect(await stateOf(aws, kept)).toBe('terminated')
  })
})

describe('the state of an instance', () => {
  test.each([
    [
      'StartInstances',
      'terminated',
      (id: string) => `The instance '${id}' is not in a state from which it can be started.`,
    ],
    [
      'StopInstances',
      'terminated',
      (id: string) => `This instance '${id}' is not in a state from which it can be stopped.`,
    ],
    [
      'RebootInstances',
      'terminated',
      (id: string) => `The instance '${id}' is not in a state from which it can be rebooted.`,
    ],
    [
      'RebootInstances',
      'stopped',
      (id: string) => `The instance '${id}' is not in a state from which it can be rebooted.`,
    ],
  ])('refuses %s when %s', async (action, state, message) => {
    const aws = await cloud()
    const id = await launched(aws)
    await aws.call(state === 'stopped' ? 'StopInstances' : 'TerminateInstances', { 'InstanceId.1': id })
    expect(await aws.refusal(action, { 'InstanceId.1': id })).toEqual({
      status: 400,
      code: 'IncorrectInstanceState',
      message: message(id),
    })
  })

  test('can be protected from stopping', async () => {
    const aws = await cloud()
    const id = await launched(aws, { DisableApiStop: true })
    expect(await aws.refusal('StopInstances', { 'InstanceId.1': id })).toEqual({
      status: 400,
      code: 'OperationNotPermitted',
      message: `The instance '${id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    })
  })
})

describe('DescribeInstanceStatus', () => {
  test('lists the running instances, or all of them when asked', async () => {
    const aws = await cloud()
    const [running, stopped] = [await launched(aws), await launched(aws)]
    await aws.call('StopInstances', { 'InstanceId.1': stopped })
    const { instanceStatusSet } = await aws.call('DescribeInstanceStatus')
    expect(instanceStatusSet.item).toEqual([
      expect.objectContaining({
        instanceId: running,
        availabilityZone: 'us-east-1a',
        instanceState: { code: '16', name: 'running' },
        instanceStatus: { status: 'ok', details: { item: [{ name: 'reachability', status: 'passed' }] } },
        systemStatus: { status: 'ok', details: { item: [{ name: 'reachability', status: 'passed' }] } },
      }),
    ])
    const all = await aws.call('DescribeInstanceStatus', { IncludeAllInstances: true, 'InstanceId.1': stopped })
    expect(all.instanceStatusSet.item[0]).toMatchObject({
      instanceState: { name: 'stopped' },
      instanceStatus: { status: 'not-applicable' },
    })
    const asked = await aws.call('DescribeInstanceStatus', { 'InstanceId.1': stopped })
    expect(asked.instanceStatusSet).toBe('')
  })

  test.each([
    ['instance-state-name', 'stopped', 1],
    ['instance-state-code', '16', 1],
    ['instance-status.status', 'ok', 1],
    ['system-status.reachability', 'passed', 1],
    ['availability-zone', 'us-east-1a', 2],
    ['event.code', 'system-reboot', 0],
  ])('filters by %s', async (name, value, count) => {
    const aws = await cloud()
    await launched(aws)
    await aws.call('StopInstances', { 'InstanceId.1': await launched(aws) })
    const all = { IncludeAllInstances: true, ...filters([name, value]) }
    const { instanceStatusSet } = await aws.call('DescribeInstanceStatus', all)
    expect(instanceStatusSet.item ?? []).toHaveLength(count)
  })
})
