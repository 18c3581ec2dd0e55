/** Networks as the lab's tests speak of them, made with AWS's own client. */

import {
  AssociateSubnetCidrBlockCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeRouteTablesCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2'
import { expect, vi } from 'vitest'
import type { InstanceReport } from '../../src/app/lab/lab-paths.ts'
import type { Lab } from './lab-scene.ts'

export interface Network {
  readonly vpc: string
  readonly mainTable: string
  readonly ipv6: string
}

export async function network({ ec2 }: Pick<Lab, 'ec2'>, cidr: string): Promise<Network> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: cidr, AmazonProvidedIpv6CidrBlock: true }))
  const vpc = Vpc?.VpcId ?? ''
  const { RouteTables } = await ec2.send(
    new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
  )
  const ipv6 = Vpc?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock ?? ''
  return { vpc, mainTable: RouteTables?.[0]?.RouteTableId ?? '', ipv6 }
}

export async function subnet(
  { ec2 }: Pick<Lab, 'ec2'>,
  { vpc, ipv6 }: Network,
  cidr: string,
  number: number,
): Promise<string> {
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock: cidr }))
  const SubnetId = Subnet?.SubnetId ?? ''
  const Ipv6CidrBlock = ipv6.replace('00::/56', `${String(number).padStart(2, '0')}::/64`)
  await ec2.send(new AssociateSubnetCidrBlockCommand({ SubnetId, Ipv6CidrBlock }))
  return SubnetId
}

/** An internet gateway with the routes to it. */
export async function openToInternet({ ec2 }: Pick<Lab, 'ec2'>, { vpc, mainTable }: Network): Promise<void> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}))
  const GatewayId = InternetGateway?.InternetGatewayId ?? ''
  await ec2.send(new AttachInternetGatewayCommand({ VpcId: vpc, InternetGatewayId: GatewayId }))
  for (const destination of [{ DestinationCidrBlock: '0.0.0.0/0' }, { DestinationIpv6CidrBlock: '::/0' }]) {
    await ec2.send(new CreateRouteCommand({ RouteTableId: mainTable, GatewayId, ...destination }))
  }
}

/** Waits until it runs as it should: addresses, one of IPv6 among them. */
export async function launch(lab: Lab, SubnetId: string, userData = ''): Promise<InstanceReport> {
  const card = { DeviceIndex: 0, SubnetId, Ipv6AddressCount: 1, AssociatePublicIpAddress: true }
  const id = await launchWith(lab, { NetworkInterfaces: [card], UserData: Buffer.from(userData).toString('base64') })
  const found = (await lab.report()).instances.find((each) => each.id === id)
  if (!found) throw new Error(`${id} is not reported.`)
  return found
}

const patience = { timeout: 10_000, interval: 100 }

export async function launchWith(lab: Lab, input: Partial<RunInstancesCommandInput>): Promise<string> {
  const parameters = { ImageId: 'ami-0abcdef1234567890', MinCount: 1, MaxCount: 1, ...input }
  const { Instances } = await lab.ec2.send(new RunInstancesCommand(parameters))
  const id = Instances?.[0]?.InstanceId ?? ''
  await vi.waitFor(async () => expect((await lab.sallyport('exec', id, 'true')).status).toBe(0), patience)
  return id
}

/** What the address's web server says to the instance: empty when nothing comes back. */
export async function curl(lab: Lab, from: string, address: string): Promise<string> {
  const host = address.includes(':') ? `[${address}]` : address
  const { stdout } = await lab.sallyport('exec', from, '--', 'curl', '-sS', '-m', '1', `http://${host}/`)
  return stdout.trim()
}
