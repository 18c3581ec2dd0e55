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
import type { KernelInterface, KernelVerdict } from './kernel-interface.ts'

/** A packet that the two decide differently about. */
export interface Disagreement {
  readonly line: number
  readonly packet: string
  readonly engine: KernelVerdict
  readonly kernel: KernelVerdict
  readonly reason: string
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

export interface Playing {
  readonly actors: Theatre
  /** Interfaces whose flows are tracked even where open. */
  readonly autoTracked?: ReadonlySet<string>
}

/** What the two disagree on, in order; empty is agreement. */
export async function playOnKernel(text: string, { actors, autoTracked }: Playing): Promise<Disagreement[]> {
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
  return kernel.disagreements
}

function takesSomething({ length, lost }: Gap): boolean {
  return length > 0 || [...lost.values()].some(({ size }) => size > 0)
}

/**
 * The stage forwards what it is given, and Linux forwards neither what stays on a link nor what is for many; what an
 * interface sends to itself meets no device at all.
 */
function isForwarded({ source, destination }: Packet): boolean {
  if (source.family === destination.family && source.bits === destination.bits) return false
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
  readonly disagreements: Disagreement[] = []
  readonly #actors: Theatre
  readonly #autoTracked: ReadonlySet<string>
  readonly #held = new Map<NetworkInterfaceId, InterfacePolicy>()
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

  queue(result: PacketResult): void {
    if (isForwarded(parsePacket(result.packet)) && !isToItself(result)) this.#queue.push(result)
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
      own.forEach((result, index) => {
        this.#compare(result, verdicts[index])
      })
    }
  }

  #compare({ line, packet, verdict, reason }: PacketResult, kernel: KernelVerdict | undefined): void {
    if (kernel === undefined) throw new Error(`${packet} was sent and not judged`)
    if (kernel !== verdict.action) this.disagreements.push({ line, packet, engine: verdict.action, kernel, reason })
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
