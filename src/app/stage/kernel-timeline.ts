/**
 * Plays a timeline in the engine and in the kernel side by side. The rules of each interface are compiled, loaded and
 * changed as the product does it, and every packet is sent through them.
 *
 * Gaps in time are emulated: the kernel's clock cannot be turned, so an entry of its tables is deleted when the
 * engine says that the flow has idled out (test/kernel/timers.test.ts has the kernel's own timers run).
 */

import { type Moment, type PacketResult, playTimeline } from '../../engine/timeline.ts'
import type { NetworkInterfaceId } from '../../model/ids.ts'
import { formatAddress } from '../../net/address.ts'
import { parsePacket } from '../../packet/notation.ts'
import type { Packet, Quoted } from '../../packet/packet.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { ProgramLoader, type Seat } from '../enforcement/program-loader.ts'
import { EngineMemory, expireAsEngineSays, type Gap } from './emulated-time.ts'
import { unsent } from './exceptions.ts'
import type { KernelInterface, KernelVerdict } from './kernel-interface.ts'

/** What the kernel did with a packet, or why it was not asked. */
export type KernelWord = { readonly action: KernelVerdict; readonly agrees: boolean } | { readonly notAsked: string }

/** A packet, and what both say about it. */
export interface Witnessed {
  readonly result: PacketResult
  readonly kernel: KernelWord
}

export type Theatre = (name: NetworkInterfaceId) => Promise<Actor>

/** An interface of the kernel's, with what loads its programs. */
export interface Actor {
  readonly stage: KernelInterface
  readonly loader: ProgramLoader
}

export function actorOf(stage: KernelInterface): Actor {
  const seat: Seat = { enter: stage.enter, device: 'eth0', slot: 0 }
  return { stage, loader: new ProgramLoader(seat) }
}

interface Known {
  readonly expiresAt: number
  readonly opening: Quoted
  readonly networkInterface: NetworkInterfaceId
}

/** Whether the kernel did otherwise than the engine says. */
export function disagrees({ kernel }: Pick<Witnessed, 'kernel'>): boolean {
  return 'agrees' in kernel && !kernel.agrees
}

export interface Playing {
  readonly actors: Theatre
  /** Interfaces whose flows are tracked even where open. */
  readonly autoTracked?: ReadonlySet<string>
}

/** All packets of the timeline, in order. Throws TimelineError. */
export async function playOnKernel(text: string, { actors, autoTracked }: Playing): Promise<Witnessed[]> {
  const kernel = new KernelState(actors, autoTracked ?? new Set())
  let moment: Moment | undefined
  let known: readonly Known[] = []
  const memory = new EngineMemory()
  let gaps: Gap[] = []
  const onLine = (next: Moment) => {
    moment = next
    gaps.push(memory.after(next))
  }
  for (const result of playTimeline(text, { onLine })) {
    if (moment === undefined) throw new Error('a packet was played before any line')
    for (const gap of gaps.filter(takesSomething)) await kernel.pass(gap)
    gaps = []
    await kernel.forgetOthers(known.filter(({ expiresAt }) => expiresAt <= result.at))
    await kernel.hold(result.networkInterface, moment)
    kernel.queue(result)
    known = Array.from(moment.engine.connections(moment.now), ({ expiresAt, opening, networkInterface }) => ({
      expiresAt,
      opening,
      networkInterface,
    }))
  }
  await kernel.flush()
  return kernel.witnessed
}

function takesSomething({ length, lost }: Gap): boolean {
  return length > 0 || [...lost.values()].some(({ size }) => size > 0)
}

function whyUnsent(result: PacketResult): string | undefined {
  const packet = parsePacket(result.packet)
  const { source, destination } = packet
  const isReturning = source.family === destination.family && source.bits === destination.bits
  if (isReturning || isToItself(result)) return unsent.toItself
  return isForwarded(packet) ? undefined : unsent.onLink
}

/** The stage forwards what it is given, and Linux forwards neither what stays on a link nor what is for many. */
function isForwarded({ source, destination }: Packet): boolean {
  if (destination.family === 4) return destination.bits >> 28n !== 0xen && destination.bits !== 0xffff_ffffn
  const isLinkLocal = (bits: bigint) => bits >> 118n === 0x3fan
  return (
    destination.bits >> 120n !== 0xffn &&
    !isLinkLocal(source.bits) &&
    !isLinkLocal(destination.bits) &&
    source.bits !== 0n
  )
}

function isToItself({ verdict: { because } }: PacketResult): boolean {
  return because.kind === 'exempt' && because.service === 'the interface to itself'
}

/** What the kernel has loaded, and the packets that it is to be sent before that changes. */
class KernelState {
  readonly #actors: Theatre
  readonly #autoTracked: ReadonlySet<string>
  readonly #held = new Map<NetworkInterfaceId, InterfacePolicy>()
  readonly #results: PacketResult[] = []
  readonly #words = new Map<PacketResult, KernelWord>()
  #queue: PacketResult[] = []

  constructor(actors: Theatre, autoTracked: ReadonlySet<string>) {
    this.#actors = actors
    this.#autoTracked = autoTracked
  }

  /** Loads what changed since the last packet for the interface that meets the next one. */
  async hold(id: NetworkInterfaceId, { policies, now }: Moment): Promise<void> {
    const policy = policies.get(id, now)
    if (policy === undefined || this.#held.get(id) === policy) return
    await this.flush()
    const { stage, loader } = await this.#actors(id)
    await stage.edge?.hold(policy)
    await loader.load({ policy, isAutoTracked: this.#autoTracked.has(id) })
    this.#held.set(id, policy)
  }

  /** Whatever was queued, once it was sent. */
  get witnessed(): Witnessed[] {
    return this.#results.map((result) => {
      const kernel = this.#words.get(result)
      if (kernel === undefined) throw new Error(`${result.packet} was sent and not judged`)
      return { result, kernel }
    })
  }

  queue(result: PacketResult): void {
    this.#results.push(result)
    const notAsked = whyUnsent(result)
    if (notAsked === undefined) this.#queue.push(result)
    else this.#words.set(result, { notAsked })
  }

  /** Sends what is queued: interfaces know nothing of each other, so each gets its packets in one go. */
  async flush(): Promise<void> {
    const queued = this.#queue
    this.#queue = []
    for (const id of new Set(queued.map(({ networkInterface }) => networkInterface))) {
      const own = queued.filter(({ networkInterface }) => networkInterface === id)
      const { stage } = await this.#actors(id)
      const met = own.map(({ direction, packet }) => ({ direction, packet: parsePacket(packet) }))
      const verdicts = await stage.sendAll(met)
      for (const [index, action] of verdicts.entries()) {
        const result = own[index]
        if (result) this.#words.set(result, { action, agrees: action === result.verdict.action })
      }
    }
  }

  /** What time took from the tables. */
  async pass(gap: Gap): Promise<void> {
    await this.flush()
    const interfaces = new Map<NetworkInterfaceId, KernelInterface>()
    for (const id of this.#held.keys()) interfaces.set(id, (await this.#actors(id)).stage)
    await expireAsEngineSays(gap, interfaces)
  }

  /** Protocols without ports have their memory in sets of the program's. */
  async forgetOthers(flows: readonly Known[]): Promise<void> {
    const others = flows.filter(({ opening }) => opening.payload.kind === 'other')
    if (others.length > 0) await this.flush()
    for (const { opening, networkInterface } of others) {
      await forgetOther((await this.#actors(networkInterface)).stage, opening)
    }
  }
}

async function forgetOther(stage: KernelInterface, { source, destination, payload }: Quoted): Promise<void> {
  if (payload.kind !== 'other') return
  for (const [own, far] of [
    [source, destination],
    [destination, source],
  ] as const) {
    const element = `${payload.protocol} . ${formatAddress(own)} . ${formatAddress(far)}`
    const command = `delete element inet sallyport-eth0 others${source.family} { ${element} }`
    await stage.run(['nft', command]).catch(() => undefined)
  }
}

export async function forgetEverything(stage: KernelInterface): Promise<void> {
  const sets = [4, 6].map((family) => `flush set inet sallyport-eth0 others${family}`)
  await stage.run(['sh', '-c', `conntrack -F 2>/dev/null; nft '${sets.join('; ')}'`])
  stage.forgetDatagrams()
}
