import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createVpc, defaultVpcOf, type Filter, filters } from '../../../../test/groups.ts'
import { createCard, createSubnet, launch } from '../../../../test/interfaces.ts'

async function createGateway(aws: Cloud, vpc?: string): Promise<string> {
  const { internetGateway } = await aws.call('CreateInternetGateway')
  const id = internetGateway.internetGatewayId
  if (vpc) await aws.call('AttachInternetGateway', { InternetGatewayId: id, VpcId: vpc })
  return id
}

async function describeGateway(aws: Cloud, id: string): Promise<Body> {
  const { internetGatewaySet } = await aws.call('DescribeInternetGateways', { 'InternetGatewayId.1': id })
  return internetGatewaySet.item[0]
}

test('a gateway is created, attached, detached and deleted', async () => {
  const aws = await cloud()
  const vpc = await createVpc(aws)
  const { internetGateway } = await aws.call('CreateInternetGateway', {
    'TagSpecification.1.ResourceType': 'internet-gateway',
    'TagSpecification.1.Tag.1.Key': 'Name',
    'TagSpecification.1.Tag.1.Value': 'out',
  })
  const id = internetGateway.internetGatewayId
  const detached = {
    internetGatewayId: expect.stringMatching(/^igw-[0-9a-f]{17}$/),
    ownerId: '123456789012',
    attachmentSet: '',
    tagSet: { item: [{ key: 'Name', value: 'out' }] },
  }
  expect(internetGateway).toEqual(detached)
  const attachment = { InternetGatewayId: id, VpcId: vpc }
  expect((await aws.call('AttachInternetGateway', attachment)).return).toBe('true')
  expect(await describeGateway(aws, id)).toEqual({
    ...detached,
    attachmentSet: { item: [{ state: 'available', vpcId: vpc }] },
  })
  expect((await aws.call('DetachInternetGateway', attachment)).return).toBe('true')
  expect(await describeGateway(aws, id)).toEqual(detached)
  expect((await aws.call('DeleteInternetGateway', { InternetGatewayId: id })).return).toBe('true')
  expect(aws.world().tagSet.has(id)).toBe(false)
})

test('DescribeInternetGateways finds gateways by attachment, id, owner and tag', async () => {
  const aws = await cloud()
  const vpc = await createVpc(aws)
  const attached = await createGateway(aws, vpc)
  const free = await createGateway(aws)
  await aws.call('CreateTags', { 'ResourceId.1': free, 'Tag.1.Key': 'Name', 'Tag.1.Value': 'out' })
  const found = async (...given: readonly Filter[]) => {
    const { internetGatewaySet } = await aws.call('DescribeInternetGateways', filters(...given))
    return (internetGatewaySet.item ?? []).map((each: Body) => each.internetGatewayId)
  }
  expect(await found(['attachment.vpc-id', vpc])).toEqual([attached])
  expect(await found(['attachment.vpc-id', `${vpc.slice(0, -1)}*`])).toEqual([attached])
  expect(await found(['attachment.state', 'available'])).toHaveLength(2)
  expect(await found(['internet-gateway-id', free])).toEqual([free])
  expect(await found(['owner-id', '123456789012'])).toHaveLength(3)
  expect(await found(['tag:Name', 'out'])).toEqual([free])
  expect(await found(['attachment.vpc-id', vpc], ['tag:Name', 'out'])).toEqual([])
})

describe('detaching is refused while the VPC has a public address', () => {
  const refused = (vpc: string) => ({
    status: 400,
    code: 'DependencyViolation',
    message: `Network ${vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
  })

  test('that is elastic', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const gateway = await createGateway(aws, vpc)
    const { networkInterfaceId } = await createCard(aws, { SubnetId: await createSubnet(aws, vpc, '10.0.0.0/24') })
    const { allocationId } = await aws.call('AllocateAddress', { Domain: 'vpc' })
    const { associationId } = await aws.call('AssociateAddress', {
      AllocationId: allocationId,
      NetworkInterfaceId: networkInterfaceId,
    })
    const attachment = { InternetGatewayId: gateway, VpcId: vpc }
    expect(await aws.refusal('DetachInternetGateway', attachment)).toEqual(refused(vpc))
    await aws.call('DisassociateAddress', { AssociationId: associationId })
    await aws.call('DetachInternetGateway', attachment)
  })

  test('that came with a launch', async () => {
    const aws = await cloud()
    const vpc = await defaultVpcOf(aws)
    const { instanceId } = await launch(aws)
    const { internetGatewaySet } = await aws.call('DescribeInternetGateways')
    const attachment = { InternetGatewayId: internetGatewaySet.item[0].internetGatewayId, VpcId: vpc }
    expect(await aws.refusal('DetachInternetGateway', attachment)).toEqual(refused(vpc))
    await aws.call('TerminateInstances', { 'InstanceId.1': instanceId })
    await aws.call('DetachInternetGateway', attachment)
  })
})

describe('a refusal', () => {
  async function scene() {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    return { aws, vpc, attached: await createGateway(aws, vpc), free: await createGateway(aws) }
  }
  type Scene = Awaited<ReturnType<typeof scene>>

  test.each<[string, (s: Scene) => WireParameters, string, (s: Scene) => string]>([
    [
      'AttachInternetGateway',
      ({ attached, vpc }) => ({ InternetGatewayId: attached, VpcId: vpc }),
      'Resource.AlreadyAssociated',
      ({ attached, vpc }) => `resource ${attached} is already attached to network ${vpc}`,
    ],
    [
      'AttachInternetGateway',
      ({ free, vpc }) => ({ InternetGatewayId: free, VpcId: vpc }),
      'InvalidParameterValue',
      ({ vpc }) => `Network ${vpc} already has an internet gateway attached`,
    ],
    [
      'AttachInternetGateway',
      ({ vpc }) => ({ InternetGatewayId: 'igw-00000000', VpcId: vpc }),
      'InvalidInternetGatewayID.NotFound',
      () => "The internetGateway ID 'igw-00000000' does not exist",
    ],
    [
      'AttachInternetGateway',
      ({ free }) => ({ InternetGatewayId: free }),
      'MissingParameter',
      () => 'The request must contain the parameter vpcId',
    ],
    [
      'DetachInternetGateway',
      ({ free, vpc }) => ({ InternetGatewayId: free, VpcId: vpc }),
      'Gateway.NotAttached',
      ({ free, vpc }) => `resource ${free} is not attached to network ${vpc}`,
    ],
    [
      'DeleteInternetGateway',
      ({ attached }) => ({ InternetGatewayId: attached }),
      'DependencyViolation',
      ({ attached }) => `The internetGateway '${attached}' has dependencies and cannot be deleted.`,
    ],
    [
      'DeleteInternetGateway',
      () => ({ InternetGatewayId: 'foobar' }),
      'InvalidInternetGatewayId.Malformed',
      () => 'Invalid id: "foobar" (expecting "igw-...")',
    ],
  ])('of %s(%#) has its code and its sentence', async (action, parameters, code, message) => {
    const given = await scene()
    expect(await given.aws.refusal(action, parameters(given))).toEqual({ status: 400, code, message: message(given) })
  })

  test('meets one gateway more than the Region may have', async () => {
    const aws = await cloud({ quotas: { 'internet-gateways-per-region': 1 } })
    expect(await aws.refusal('CreateInternetGateway')).toEqual({
      status: 400,
      code: 'InternetGatewayLimitExceeded',
      message: 'The maximum number of internet gateways has been reached.',
    })
  })
})
