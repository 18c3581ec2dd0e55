/**
 * How Terraform's AWS provider waits and finds things gone. Terraform is not needed for it: the
 * sequences of calls are written out in the tests (spec 9.2).
 */

import { setTimeout as sleep } from 'node:timers/promises'
import type { EC2, IpPermission, Tag } from '@aws-sdk/client-ec2'
import { only, present, refusal } from './sdk.ts'

interface Wait {
  readonly read: () => Promise<string | undefined>
  readonly pending: readonly string[]
  readonly target: string
}

/** A state that is neither pending nor the target fails the apply, as in Terraform ("unexpected state"). */
export async function settled({ read, pending, target }: Wait): Promise<void> {
  for (let polls = 0; polls < 20; polls += 1) {
    const state = await read()
    if (state === target) return
    if (state === undefined || !pending.includes(state)) throw new Error(`unexpected state '${state}'`)
    await sleep(50)
  }
  throw new Error(`timeout while waiting for '${target}'`)
}

/** Terraform ends a deletion when the read is refused with this code. */
export async function gone(read: Promise<unknown>): Promise<string> {
  return (await refusal(read)).code
}

/** As `tags = {…}` of a resource's block is sent along with its creation. */
export function tagged<T>(ResourceType: T, tags: Readonly<Record<string, string>>) {
  return [{ ResourceType, Tags: Object.entries(tags).map(([Key, Value]): Tag => ({ Key, Value })) }]
}

/** Terraform sends ports 0 with protocol -1. */
export function everything(peers: IpPermission): IpPermission {
  return { IpProtocol: '-1', FromPort: 0, ToPort: 0, ...peers }
}

export async function vpcOf(ec2: EC2, CidrBlock: string, AmazonProvidedIpv6CidrBlock = false): Promise<string> {
  const { Vpc } = await ec2.createVpc({ CidrBlock, AmazonProvidedIpv6CidrBlock, InstanceTenancy: 'default' })
  const VpcIds = [present(Vpc?.VpcId)]
  const read = async () => only((await ec2.describeVpcs({ VpcIds })).Vpcs).State
  await settled({ read, pending: ['pending'], target: 'available' })
  return present(Vpc?.VpcId)
}

export async function subnetOf(ec2: EC2, VpcId: string, CidrBlock: string): Promise<string> {
  const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock })
  const SubnetIds = [present(Subnet?.SubnetId)]
  const read = async () => only((await ec2.describeSubnets({ SubnetIds })).Subnets).State
  await settled({ read, pending: ['pending'], target: 'available' })
  return present(Subnet?.SubnetId)
}
