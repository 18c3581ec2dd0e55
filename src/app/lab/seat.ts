/** An interface's place in its instance's namespace, and who guards it: the seam between the lab and the rules. */

import type { NetworkInterfaceId } from '../../model/ids.ts'

export interface Seat {
  readonly networkInterface: NetworkInterfaceId
  /** What a command begins with that is to run inside the namespace. */
  readonly enter: readonly string[]
  /** `eth0` */
  readonly device: string
  /** The device index in its namespace. */
  readonly slot: number
}

export interface Guard {
  /**
   * Awaited while the device exists and is down: what is loaded here meets the first packet. An interface whose
   * guard rejects stays down and is tried again, so the same seat may come twice.
   */
  attach(seat: Seat): Promise<void>
  /** Awaited when no packet passes any more, before the device goes. */
  detach(networkInterface: NetworkInterfaceId): Promise<void>
}
