/**
 * The flow logs of the running service: each interface that a log covers has a window open, which verdicts
 * fill. A window that ends becomes lines, NODATA if nothing came, and is delivered (data-plane 4).
 */

import { after, type Instant, instant, type Milliseconds, seconds } from '../base/clock.ts'
import type { SeenFlow } from '../enforce/nftables/recorded-flows.ts'
import { type EngineDefaults, engineDefaults } from '../engine/defaults.ts'
import { type FlowAction, FlowWindow, flowAction } from '../engine/flow-record.ts'
import { fieldsOf, type Line, type RecordedInterface, recordLine } from '../engine/flow-record-text.ts'
import type { FlowLog } from '../model/flow-log.ts'
import type { FlowLogId, NetworkInterfaceId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { findZone } from '../model/region.ts'
import { linked, type Scope, type World } from '../model/world.ts'
import { parseAddress } from '../net/address.ts'
import type { Witnessed } from './live-engines.ts'
import { isOnNitro } from './nitro.ts'
import { trafficPath } from './traffic-path.ts'

/** Lines of one interface's window, to go where the log says. */
export interface Delivery {
  readonly scope: Scope
  readonly log: FlowLog
  readonly networkInterface: NetworkInterfaceId
  readonly lines: readonly { readonly text: string; readonly end: Instant }[]
}

/** What a kernel counted at an interface. */
export interface Counted {
  readonly world: World
  readonly card: NetworkInterface
  readonly flows: readonly SeenFlow[]
  /** It had no room for some. */
  readonly hasLost: boolean
}

interface OpenWindow {
  readonly at: RecordedInterface
  readonly start: Instant
  readonly end: Instant
  readonly flows: FlowWindow
}

/** A log as it was when it was last seen, with what it gathers. */
interface Book {
  readonly scope: Scope
  readonly log: FlowLog
  readonly windows: Map<NetworkInterfaceId, OpenWindow>
  readonly recent: string[]
}

/** For people to look at, whatever the destination. */
const mostRecentLines = 1000

export class FlowLogs {
  readonly #books = new Map<FlowLogId, Book>()
  readonly #deliver: (delivery: Delivery) => void
  readonly #choices: EngineDefaults

  constructor(deliver: (delivery: Delivery) => void, choices: EngineDefaults = engineDefaults) {
    this.#deliver = deliver
    this.#choices = choices
  }

  /** Notes a verdict in the window of each log that covers the interface and wants such traffic. */
  witness({ world, card, packet, direction, verdict, now }: Witnessed): void {
    const action = flowAction(verdict, this.#choices)
    if (action === undefined) return
    for (const log of logsFor(world, card, action)) {
      const path = () => trafficPath(world, card, packet.destination)
      this.#windowAt(world, log, card, now).flows.note({ packet, direction, action, now, trafficPath: path })
    }
  }

  /** Notes what a kernel counted since it was looked at last, in the order of last packets. */
  tally({ world, card, flows, hasLost }: Counted): void {
    for (const { fate, way, header, packets, bytes, start, end } of flows) {
      const action = fate === 'passed' ? 'ACCEPT' : 'REJECT'
      const direction = way === 'in' ? 'ingress' : 'egress'
      const path = () => trafficPath(world, card, header.destination)
      for (const log of logsFor(world, card, action)) {
        const window = this.#windowAt(world, log, card, end)
        const packet = { ...header, length: 0 }
        const [since, now] = [later(start, window.start), later(end, window.start)]
        const many = { packets, bytes, since }
        window.flows.note({ packet, direction, action, now, trafficPath: path, many })
      }
    }
    if (!hasLost) return
    for (const { windows } of this.#books.values()) windows.get(card.id)?.flows.skip()
  }

  /** Whether a window's time is over: what was counted until then should be known before it ends. */
  isDue(now: Instant): boolean {
    return [...this.#books.values()].some(({ windows }) => [...windows.values()].some(({ end }) => now >= end))
  }

  /** Ends the windows whose time is over, and opens one for every interface that a log covers. */
  roll(worlds: readonly World[], now: Instant): void {
    const there = new Set<FlowLogId>()
    for (const world of worlds) {
      for (const log of world.flowLog.values()) {
        there.add(log.id)
        for (const card of coveredBy(world, log)) this.#windowAt(world, log, card, now)
        this.#endWindows(this.#bookOf(world, log), ({ end }) => now >= end)
      }
    }
    for (const [id, book] of this.#books) {
      if (there.has(id)) continue
      this.#endWindows(book, () => true)
      this.#books.delete(id)
    }
  }

  /** Ends every window before its time, as nothing more will come. */
  close(): void {
    for (const book of this.#books.values()) {
      this.#endWindows(book, ({ flows }) => flows.records.length > 0)
    }
  }

  /** The log's latest lines, oldest first. */
  recent(id: FlowLogId): readonly string[] {
    return this.#books.get(id)?.recent ?? []
  }

  #bookOf({ scope }: World, log: FlowLog): Book {
    const known = this.#books.get(log.id)
    if (known) return known
    const book: Book = { scope, log, windows: new Map(), recent: [] }
    this.#books.set(log.id, book)
    return book
  }

  #windowAt(world: World, log: FlowLog, card: NetworkInterface, now: Instant): OpenWindow {
    const book = this.#bookOf(world, log)
    const open = book.windows.get(card.id)
    if (open && now < open.end) return open
    if (open) this.#end(book, open)
    const span = windowSpan(world, log, card)
    const aligned = instant(Math.floor(now / span) * span)
    const start = instant(Math.max(aligned, log.createdAt))
    const window = { at: recordedInterface(world, card), start, end: after(aligned, span), flows: new FlowWindow() }
    book.windows.set(card.id, window)
    return window
  }

  #endWindows(book: Book, isOver: (window: OpenWindow) => boolean): void {
    for (const window of [...book.windows.values()].filter(isOver)) this.#end(book, window)
  }

  #end(book: Book, window: OpenWindow): void {
    const { scope, log, windows, recent } = book
    windows.delete(window.at.id)
    const lines = linesOf(log, window)
    recent.push(...lines.map(({ text }) => text))
    recent.splice(0, recent.length - mostRecentLines)
    this.#deliver({ scope, log, networkInterface: window.at.id, lines })
  }
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}

/** The logs that cover the interface and want such traffic. */
export function logsFor(world: World, { id, subnet, vpc }: NetworkInterface, action: FlowAction): FlowLog[] {
  return [id, subnet, vpc]
    .flatMap((resource) => linked(world, 'flow logs of resource', resource))
    .flatMap((log) => world.flowLog.get(log) ?? [])
    .filter((log) => isWanted(log, action))
}

/** A log of a VPC or a subnet covers what is in it at this moment. */
function coveredBy(world: World, { resource }: FlowLog): NetworkInterface[] {
  const inside = [...linked(world, 'interfaces in vpc', resource), ...linked(world, 'interfaces in subnet', resource)]
  return [resource, ...inside].flatMap((id) => world.networkInterface.get(id) ?? [])
}

function isWanted({ trafficType }: FlowLog, action: FlowAction): boolean {
  return trafficType === 'ALL' || trafficType === action
}

/** A minute at most on the instances of today, whatever the log asks for (4.1). */
function windowSpan(world: World, { maxAggregation }: FlowLog, card: NetworkInterface): Milliseconds {
  return isOnNitro(world, card) && maxAggregation > seconds(60) ? seconds(60) : maxAggregation
}

export function recordedInterface({ scope }: World, card: NetworkInterface): RecordedInterface {
  const { id, vpc, subnet, zone, attachment, privateAddresses } = card
  const [primary] = privateAddresses
  return {
    ...scope,
    id,
    vpc,
    subnet,
    instance: attachment?.instance,
    zoneId: findZone(scope.region, zone)?.id,
    primaryAddress: primary && parseAddress(primary.address),
  }
}

function linesOf({ format }: FlowLog, { at, start, end, flows }: OpenWindow): Delivery['lines'] {
  const { records, hasSkipped } = flows
  const lines: (Line & { readonly end: Instant })[] = records.map((record) => ({
    status: 'OK',
    record,
    end: record.end,
  }))
  if (hasSkipped) lines.push({ status: 'SKIPDATA', start, end })
  if (lines.length === 0) lines.push({ status: 'NODATA', start, end })
  return lines.map((line) => ({ text: recordLine(format, at, line), end: line.end }))
}

/** The line that opens a file. */
export function headerOf({ format }: FlowLog): string {
  return fieldsOf(format).join(' ')
}
