/** A cloud with live engines: packets are sent through the rules that its API calls made. */

import type { PacketReport } from '../../src/app/exchange.ts'
import { LiveEngine, type Witness } from '../../src/app/live-engines.ts'
import type { LiveFlow } from '../../src/app/live-flow.ts'
import { listConnections, sendPackets } from '../../src/app/live-paths.ts'
import { type Cloud, cloud } from '../cloud.ts'
import { createGroup, defaultVpcOf } from '../groups.ts'
import { createCard } from '../interfaces.ts'

export interface Scene {
  readonly aws: Cloud
  readonly live: LiveEngine
  /** What became of each packet that the request makes. */
  send(request: object): PacketReport[]
  /** `A` for a packet that every hop let pass, `D` for one that some hop refused. */
  fates(...requests: readonly (object | string)[]): string
  flows(networkInterface?: string): LiveFlow[]
}

export async function scene(witness: Witness = () => undefined): Promise<Scene> {
  const aws = await cloud()
  await defaultVpcOf(aws)
  const live = new LiveEngine(() => aws.world(), witness)
  aws.follow((step) => live.follow(step, aws.now))
  const send = (request: object) => sendPackets(live, { target: '', body: JSON.stringify(request) }, aws.now)
  return {
    aws,
    live,
    send,
    fates: (...requests) =>
      requests
        .flatMap((request) => send(typeof request === 'string' ? { packet: request } : request))
        .map(fateOf)
        .join(''),
    flows: (networkInterface) => {
      const target = networkInterface === undefined ? '/' : `/?network-interface=${networkInterface}`
      return [...listConnections(live, { target, body: '' }, aws.now).connections]
    },
  }
}

function fateOf({ hops }: PacketReport): 'A' | 'D' {
  return hops.every(({ action }) => action === 'allow') ? 'A' : 'D'
}

/** Each hop as `egress allow rules`: its direction, its action and the kind of its reason. */
export function hopsOf({ hops }: PacketReport): string[] {
  return hops.map(({ direction, action, because }) => `${direction} ${action} ${because.kind}`)
}

export interface Host {
  readonly card: string
  readonly address: string
  readonly group: string
}

/** An interface of the default subnet 172.31.0.0/20 in a group of its own, which lets everything out. */
export async function host(aws: Cloud, name: string, address: string): Promise<Host> {
  const group = await createGroup(aws, name)
  const { networkInterfaceId } = await createCard(aws, { 'SecurityGroupId.1': group, PrivateIpAddress: address })
  return { card: networkInterfaceId, address, group }
}

/** Gives the interface an elastic address, so that the internet reaches it. */
export async function publish(aws: Cloud, { card }: Host): Promise<string> {
  const { allocationId, publicIp } = await aws.call('AllocateAddress')
  await aws.call('AssociateAddress', { AllocationId: allocationId, NetworkInterfaceId: card })
  return publicIp
}

/** Lets go of the rule that a new group has: everything out to 0.0.0.0/0. */
export async function loseEgress(aws: Cloud, group: string): Promise<void> {
  await aws.call('RevokeSecurityGroupEgress', {
    GroupId: group,
    'IpPermissions.1.IpProtocol': '-1',
    'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0',
  })
}
