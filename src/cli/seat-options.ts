/** Where a command enforces rules: options and their meaning. */

import type { Command } from 'commander'
import { hostSeat, NoSeat } from '../app/enforcement/host-seat.ts'
import type { Seat } from '../app/enforcement/program-loader.ts'
import { isIdOf, type NetworkInterfaceId } from '../model/ids.ts'
import { CommandFailure } from './command-failure.ts'
import { UsageError } from './usage-error.ts'
import { addEndpointOptions, type EndpointOptions } from './world-options.ts'

export interface SeatOptions extends EndpointOptions {
  readonly networkInterface: string
  readonly device: string
  readonly netns?: string
}

export function addSeatOptions(command: Command): Command {
  return addEndpointOptions(command)
    .requiredOption('--network-interface <id>', 'the network interface whose groups are enforced')
    .requiredOption('--device <name>', 'the device they are enforced on: eth0')
    .option('--netns <path|pid>', 'in this network namespace: /run/netns/NAME, or that of a process (a container)')
}

/** Throws CommandFailure, and UsageError for what is no id. */
export async function seatFrom({ device, netns, endpointUrl }: SeatOptions): Promise<Seat> {
  try {
    return await hostSeat({ device, netns, endpointUrl })
  } catch (thrown) {
    throw thrown instanceof NoSeat ? new CommandFailure(2, thrown.message) : thrown
  }
}

export function interfaceIdFrom({ networkInterface }: SeatOptions): NetworkInterfaceId {
  if (isIdOf('eni', networkInterface)) return networkInterface
  throw new UsageError(`'${networkInterface}' is no id of a network interface: eni-…`)
}
