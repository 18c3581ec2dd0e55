/**
 * Keeps network namespaces in step with the worlds. Steps that come while it works are taken together; what the
 * system refuses is tried again, and until then the lab is degraded and says so.
 */

import type { Clock } from '../../base/clock.ts'
import {
  type Facts,
  factsOf,
  type Known,
  nothing,
  underway,
  withoutCables,
} from '../../enforce/namespaces/difference.ts'
import { runningInstances } from '../../enforce/namespaces/instance-namespace.ts'
import type { Topology } from '../../enforce/namespaces/topology.ts'
import { topologyOf } from '../../enforce/namespaces/world-topology.ts'
import type { Change } from '../../model/change.ts'
import type { InstanceId } from '../../model/ids.ts'
import type { Instance } from '../../model/instance.ts'
import { linked, type World } from '../../model/world.ts'
import type { Step, StoredLedger } from '../ledger.ts'
import { applyFacts } from './apply.ts'
import { type BootKind, boot } from './boot.ts'
import { Holder, logFolder, type Privilege, pathInside } from './holder.ts'
import { InstanceLogs } from './instance-logs.ts'
import type { Guard } from './seat.ts'

export type LabEvent = { readonly kind: 'degraded'; readonly cause: unknown } | { readonly kind: 'ready' }

export interface LabParts {
  readonly ledger: Pick<StoredLedger, 'worlds' | 'follow'>
  readonly privilege: Privilege
  readonly guard: Guard
  readonly clock: Clock
  /** Where logs are kept; absent, they go with the lab. */
  readonly logFolder: string | undefined
  readonly onEvent: (event: LabEvent) => void
}

const retryAfter = 1000

export class Lab {
  readonly logs: InstanceLogs
  readonly #parts: LabParts
  #holder: Holder
  #known: Known = nothing
  #trouble: unknown
  #isClosed = false
  #isStale = true
  #work: Promise<void> | undefined
  #retry: NodeJS.Timeout | undefined
  readonly #topologies = new WeakMap<World, Topology>()
  readonly #launched = new Set<InstanceId>()
  /** Lives of instances that a lab before this one had run. */
  #inherited: ReadonlySet<string>
  /** Lives that were booted. */
  #booted = new Set<string>()

  private constructor(parts: LabParts, holder: Holder) {
    this.#parts = parts
    this.#holder = holder
    this.#inherited = this.#lives()
    this.logs = new InstanceLogs(() => parts.logFolder ?? pathInside(this.#holder.pid, logFolder))
    this.#watch(holder)
    parts.ledger.follow((step) => this.#follow(step))
    this.wake()
  }

  /** Rejects with SystemFailure. */
  static async open(parts: LabParts): Promise<Lab> {
    return new Lab(parts, await Holder.start(parts.privilege))
  }

  get holder(): Pick<Holder, 'pid' | 'privilege'> {
    return this.#holder
  }

  /** Why not everything is as the worlds say, or undefined. */
  get trouble(): unknown {
    return this.#trouble
  }

  /** Once the namespaces are as the newest worlds say, or the system has refused something: `trouble` tells which. */
  async settled(): Promise<void> {
    while (this.#work) await this.#work
  }

  /** Looks at the worlds again. */
  wake(): void {
    this.#isStale = true
    if (this.#isClosed) return
    this.#work ??= this.#untilFresh().finally(() => {
      this.#work = undefined
      if (this.#isStale) this.wake()
    })
  }

  /** Ends everything inside. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    await this.#work
    await this.#dismiss()
    await this.#holder.stop()
  }

  #follow({ before, changes }: Step): void {
    for (const { id } of changes.flatMap(instancePut)) if (!before.instance.has(id)) this.#launched.add(id)
    if (changes.some(concernsTopology)) this.wake()
  }

  async #untilFresh(): Promise<void> {
    while (this.#isStale && !this.#isClosed) {
      this.#isStale = false
      try {
        await this.#step()
        if (this.#trouble !== undefined) this.#parts.onEvent({ kind: 'ready' })
        this.#trouble = undefined
      } catch (cause) {
        if (this.#trouble === undefined) this.#parts.onEvent({ kind: 'degraded', cause })
        this.#trouble = cause
        clearTimeout(this.#retry)
        this.#retry = setTimeout(() => this.wake(), retryAfter).unref()
      }
    }
  }

  async #step(): Promise<void> {
    if (this.#holder.hasEnded) await this.#revive()
    const { worlds } = this.#parts.ledger
    const after = factsOf(this.#merged(worlds))
    const known = this.#known
    this.#known = underway(known, after)
    const refused = await applyFacts(known, after, { holder: this.#holder, guard: this.#parts.guard })
    const sure = withoutCables(after, new Set(refused.map(({ cable }) => cable)))
    this.#known = { sure, maybe: after }
    const waiting = new Set(refused.map(({ cable }) => cable.ends[0].namespace))
    for (const world of worlds) {
      for (const instance of runningInstances(world)) if (!waiting.has(instance.id)) this.#boot(world, instance)
    }
    if (refused[0]) throw refused[0].cause
  }

  #boot(world: World, instance: Instance): void {
    if (this.#booted.has(lifeOf(instance))) return
    const kind = this.#kindOfBoot(instance)
    const cards = linked(world, 'interfaces of instance', instance.id).flatMap(
      (id) => world.networkInterface.get(id) ?? [],
    )
    const addresses = cards.flatMap(({ privateAddresses }) => privateAddresses.map(({ address }) => address))
    boot({ instance, addresses, kind, now: this.#parts.clock() }, { holder: this.#holder, logs: this.logs })
    this.#booted.add(lifeOf(instance))
    this.#launched.delete(instance.id)
  }

  #kindOfBoot(instance: Instance): BootKind {
    if (this.#launched.has(instance.id)) return 'first'
    return this.#inherited.has(lifeOf(instance)) ? 'rebuilt' : 'again'
  }

  /** Whoever ended the holder ended everything in it. */
  async #revive(): Promise<void> {
    await this.#dismiss()
    this.#known = nothing
    this.#holder = await Holder.start(this.#parts.privilege)
    this.#watch(this.#holder)
    this.#inherited = this.#lives()
    this.#booted = new Set()
  }

  async #dismiss(): Promise<void> {
    for (const seat of seatsOf(this.#known.maybe)) await this.#parts.guard.detach(seat).catch(() => undefined)
  }

  #watch(holder: Holder): void {
    void holder.ended.then(() => this.wake())
  }

  #lives(): ReadonlySet<string> {
    return new Set(this.#parts.ledger.worlds.flatMap(runningInstances).map(lifeOf))
  }

  #merged(worlds: readonly World[]): Topology {
    const all = worlds.map((world) => {
      const known = this.#topologies.get(world) ?? topologyOf(world)
      this.#topologies.set(world, known)
      return known
    })
    return {
      namespaces: new Map(all.flatMap(({ namespaces }) => [...namespaces])),
      cables: all.flatMap(({ cables }) => cables),
    }
  }
}

/** A start after a stop is another life. */
function lifeOf({ id, stateSince }: Instance): string {
  return `${id} ${stateSince}`
}

function instancePut(change: Change): Instance[] {
  return change.kind === 'put' && change.of === 'instance' ? [change.object] : []
}

const indifferent = new Set(['securityGroup', 'vpcAssociation', 'tagSet', 'flowLog', 'clientToken', 'regionUse'])

function concernsTopology(change: Change): boolean {
  return (change.kind === 'put' || change.kind === 'removed') && !indifferent.has(change.of)
}

function seatsOf(facts: Facts) {
  return [...facts.values()].flatMap((fact) =>
    fact.kind === 'cable' && fact.cable.seat ? fact.cable.seat.networkInterface : [],
  )
}
