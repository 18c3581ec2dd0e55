/** Instances as tests speak of them: a launch, a look at one, and its state. */

import type { Body, Cloud, WireParameters } from './cloud.ts'

const plainLaunch: WireParameters = {
  ImageId: 'ami-0abcdef1234567890',
  InstanceType: 't3.micro',
  MinCount: 1,
  MaxCount: 1,
}

/** The reservation of a launch in the default VPC, unless the parameters say otherwise. */
export async function reserve(aws: Cloud, parameters: WireParameters = {}): Promise<Body> {
  return aws.call('RunInstances', { ...plainLaunch, ...parameters })
}

/** The id of one launched instance. */
export async function launched(aws: Cloud, parameters: WireParameters = {}): Promise<string> {
  const { instancesSet } = await reserve(aws, parameters)
  return instancesSet.item[0].instanceId
}

/** All instances that the parameters select, whatever their reservation. */
export async function describeInstances(aws: Cloud, parameters: WireParameters = {}): Promise<Body[]> {
  const { reservationSet } = await aws.call('DescribeInstances', parameters)
  return (reservationSet.item ?? []).flatMap(({ instancesSet }: Body) => instancesSet.item)
}

export async function describeInstance(aws: Cloud, id: string): Promise<Body> {
  const [instance] = await describeInstances(aws, { 'InstanceId.1': id })
  return instance
}

/** `running`, `stopped`, `terminated`. */
export async function stateOf(aws: Cloud, id: string): Promise<string> {
  return (await describeInstance(aws, id)).instanceState.name
}
