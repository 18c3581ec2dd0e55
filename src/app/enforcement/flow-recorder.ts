/**
 * Reads what the kernel wrote down of enforced interfaces' traffic, for flow logs. A packet that a network ACL
 * refuses on its way out has passed its interface: the router's record of it is taken from the interface's.
 */

import type { Instant } from '../../base/clock.ts'
import { routerTable } from '../../enforce/namespaces/router-filter.ts'
import { tableOf } from '../../enforce/nftables/program.ts'
import { readTallies, type Tallies } from '../../enforce/nftables/recorded.ts'
import { RecordedFlows, type SeenFlow } from '../../enforce/nftables/recorded-flows.ts'
import { runTool } from '../system-tool.ts'
import type { Enter } from './nft-session.ts'
import type { Seat } from './program-loader.ts'

export interface Look {
  readonly flows: readonly SeenFlow[]
  /** A set had no room for some. */
  readonly hasLost: boolean
}

export class FlowRecorder {
  readonly #enter: Enter
  readonly #table: string
  #recorded: RecordedFlows

  private constructor(place: { readonly enter: Enter; readonly table: string }, since: Instant) {
    this.#enter = place.enter
    this.#table = place.table
    this.#recorded = new RecordedFlows(since)
  }

  /** Of an interface whose program records. */
  static ofSeat(seat: Seat, since: Instant): FlowRecorder {
    return new FlowRecorder({ enter: seat.enter, table: tableOf(seat) }, since)
  }

  /** Of a router's ACLs. */
  static ofRouter(enter: Enter, since: Instant): FlowRecorder {
    return new FlowRecorder({ enter, table: routerTable }, since)
  }

  /** Takes all that is there for known. Rejects with SystemFailure. */
  async skip(now: Instant): Promise<void> {
    this.#recorded = new RecordedFlows(now, (await this.#read()).flows)
  }

  /** What is new since the last look. Rejects with SystemFailure. */
  async look(clock: () => Instant): Promise<Look> {
    const tallies = await this.#read()
    return { flows: this.#recorded.next(tallies, clock()), hasLost: tallies.isFull }
  }

  async #read(): Promise<Tallies> {
    // All sets of the table: nft 1.0.6 finds only the last of several that are asked for by name.
    return readTallies(await runTool([...this.#enter, 'nft', '-n', 'list', 'sets', 'table', 'inet', this.#table]))
  }
}
