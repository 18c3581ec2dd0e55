/** Whether an interface is on a Nitro instance: its flow logs are finer and name other traffic paths. */

import { findInstanceType } from '../model/instance-type.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { World } from '../model/world.ts'

export function isOnNitro(world: World, { attachment }: NetworkInterface): boolean {
  const instance = attachment && world.instance.get(attachment.instance)
  return instance !== undefined && findInstanceType(instance.type)?.hypervisor === 'nitro'
}
