/** Network interfaces as tests speak of them: a subnet to put them in, and the few calls that set a scene. */

import type { Body, Cloud, WireParameters } from './cloud.ts'
import { createVpc, filters } from './groups.ts'

/** The default VPC's subnet of the first zone: 172.31.0.0/20. */
export async function defaultSubnet(aws: Cloud): Promise<Body> {
  const { subnetSet } = await aws.call('DescribeSubnets', filters(['cidr-block', '172.31.0.0/20']))
  return subnetSet.item[0]
}

/** A new interface; in the default subnet unless the parameters say otherwise. */
export async function createCard(aws: Cloud, parameters: WireParameters = {}): Promise<Body> {
  const SubnetId = parameters['SubnetId'] ?? (await defaultSubnet(aws)).subnetId
  const { networkInterface } = await aws.call('CreateNetworkInterface', { ...parameters, SubnetId })
  return networkInterface
}

export async function describeCard(aws: Cloud, id: string): Promise<Body> {
  const { networkInterfaceSet } = await aws.call('DescribeNetworkInterfaces', { 'NetworkInterfaceId.1': id })
  return networkInterfaceSet.item[0]
}

export async function createSubnet(aws: Cloud, vpc: string, cidr: string, more: WireParameters = {}): Promise<string> {
  const { subnet } = await aws.call('CreateSubnet', { VpcId: vpc, CidrBlock: cidr, ...more })
  return subnet.subnetId
}

/** A VPC with IPv6, and in it a subnet of both families. */
export async function dualStack(aws: Cloud): Promise<{ vpc: string; subnet: string; prefix: string }> {
  const vpc = await createVpc(aws, '10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true })
  const { vpcSet } = await aws.call('DescribeVpcs', { 'VpcId.1': vpc })
  const block: string = vpcSet.item[0].ipv6CidrBlockAssociationSet.item[0].ipv6CidrBlock
  const prefix = block.replace(/::\/56$/, '')
  return { vpc, subnet: await createSubnet(aws, vpc, '10.0.0.0/24', { Ipv6CidrBlock: `${prefix}::/64` }), prefix }
}

/** An instance in the default subnet; its primary interface is the first of `networkInterfaceSet`. */
export async function launch(aws: Cloud, parameters: WireParameters = {}): Promise<Body> {
  const { subnetId } = await defaultSubnet(aws)
  const { instancesSet } = await aws.call('RunInstances', {
    ImageId: 'ami-0abcdef1234567890',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    SubnetId: subnetId,
    ...parameters,
  })
  return instancesSet.item[0]
}
