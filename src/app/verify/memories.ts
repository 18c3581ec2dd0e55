/** What the rules at both ends of a probe remember of a protocol without ports: it passes whatever the rules say. */

import { othersSet } from '../../enforce/nftables/frame.ts'
import { tableOf } from '../../enforce/nftables/program.ts'
import { type Address, formatAddress } from '../../net/address.ts'
import { runTool } from '../system-tool.ts'
import type { Errand, Spot } from './errand.ts'
import type { Enter } from './passing-table.ts'

interface Memory {
  readonly namespace: string
  /** `inet TABLE SET { PROTOCOL . OWN . FAR }` */
  readonly element: string
}

export class Memories {
  readonly #all: readonly Memory[]
  readonly #enter: Enter

  constructor({ from, to, target, packet }: Errand, protocol: number, enter: Enter) {
    const at = (spot: Spot | undefined, far: Address): Memory[] => {
      if (spot?.device === undefined) return []
      const set = `inet ${tableOf({ device: spot.device, slot: 0 })} ${othersSet(far.family)}`
      const element = `${set} { ${protocol} . ${formatAddress(spot.address)} . ${formatAddress(far)} }`
      return [{ namespace: spot.namespace, element }]
    }
    this.#enter = enter
    this.#all = [...at(from, target), ...at(to, packet.source)]
  }

  async isHeld(): Promise<boolean> {
    return (await Promise.all(this.#all.map((each) => this.#succeeds('get', each)))).includes(true)
  }

  async forget(): Promise<void> {
    for (const each of this.#all) await this.#succeeds('delete', each)
  }

  /** False where there is no such element. */
  #succeeds(verb: 'get' | 'delete', { namespace, element }: Memory): Promise<boolean> {
    return runTool([...this.#enter(namespace), 'nft', `${verb} element ${element}`]).then(
      () => true,
      () => false,
    )
  }
}
