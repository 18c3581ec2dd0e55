/**
 * A network interface as the kernel has it: a namespace that forwards between `eth0`, the side of the network,
 * and `inner`, the side of its host, and whose nftables program decides what passes. No host stack answers:
 * behind both are bare devices, at which frames are injected and awaited.
 */

import { deletionOf, type KernelFlow, keysOf, parseFlows } from '../../enforce/conntrack.ts'
import { FrameBuilder } from '../../enforce/frames/frame.ts'
import type { Direction } from '../../model/rule.ts'
import { flowKey } from '../../packet/flow-key.ts'
import { parsePacket } from '../../packet/notation.ts'
import { type Packet, protocolNumber, type Quoted } from '../../packet/packet.ts'
import { runTool } from '../system-tool.ts'
import type { Edge } from './edge.ts'
import type { PacketTool, Sent } from './packet-tool.ts'

export type KernelVerdict = 'allow' | 'deny'

export interface Met {
  readonly direction: Direction
  readonly packet: Packet
}

/** DHCP is never filtered, so what becomes of these says that all before them has been dealt with. */
const sentinels = {
  ingress: parsePacket('udp 198.18.0.1:67 > 198.18.0.2:68'),
  egress: parsePacket('udp 198.18.0.2:68 > 198.18.0.1:67'),
} as const

const sentinelKeys = new Set(Object.values(sentinels).map(flowKey))
/** So that an ordinary socket's buffer holds all that may arrive. */
const mostAtOnce = 64
const lastMark = 0xffff
/** Netfilter's and the engine's time for reassembly. */
const fragmentLifetime = 30_000

/** What became of a fragment: that of its datagram, which another one of the batch may stand for. */
interface Fate {
  readonly verdict?: KernelVerdict
  readonly sentAt?: number
}

interface Parts {
  readonly name: string
  readonly enter: readonly string[]
  readonly tool: PacketTool
  readonly edge?: Edge
}

export class KernelInterface {
  readonly name: string
  /** Begins a command line that runs a program in the interface's namespace. */
  readonly enter: readonly string[]
  /** Undefined: no ACL is in the way. */
  readonly edge: Edge | undefined
  readonly #tool: PacketTool
  readonly #builder = new FrameBuilder()
  readonly #datagrams = new Map<string, { verdict: KernelVerdict; age: number }>()
  #mark = 0

  constructor({ name, enter, tool, edge }: Parts) {
    this.name = name
    this.enter = enter
    this.edge = edge
    this.#tool = tool
  }

  async send(direction: Direction, packet: Packet): Promise<KernelVerdict> {
    const [verdict] = await this.sendAll([{ direction, packet }])
    if (verdict === undefined) throw new Error('a packet was sent and not judged')
    return verdict
  }

  /** The kernel's verdicts, in order. Throws when a sentinel does not arrive: no verdict could be believed. */
  async sendAll(met: readonly Met[]): Promise<KernelVerdict[]> {
    const verdicts: KernelVerdict[] = []
    for (let from = 0; from < met.length; from += mostAtOnce) {
      verdicts.push(...(await this.#sendBatch(met.slice(from, from + mostAtOnce))))
    }
    return verdicts
  }

  async #sendBatch(met: readonly Met[]): Promise<KernelVerdict[]> {
    const sent: Sent[] = []
    const firsts = new Set<string>()
    const fates = met.map((each): Fate => {
      const datagram = each.packet.fragment?.part === 'later' ? datagramOf(each) : undefined
      if (datagram !== undefined && (firsts.has(datagram) || this.#datagrams.has(datagram))) return {}
      if (each.packet.fragment?.part === 'first') firsts.add(datagramOf(each))
      return { sentAt: sent.push(this.#framed(each)) - 1 }
    })
    const directions = (['ingress', 'egress'] as const).filter((direction) =>
      sent.some(({ entrance }) => (entrance === 'inside') === (direction === 'egress')),
    )
    const awaited = directions.map((direction) => this.#framed({ direction, packet: sentinels[direction] }))
    const until = awaited.map((_, index) => sent.length + index)
    const arrived = sent.length === 0 ? [] : await this.#tool.pass(this.name, [...sent, ...awaited], until)
    return met.map((each, index) => this.#verdictOn(each, fates[index], arrived))
  }

  /** A first fragment is sent with the rest of its datagram, which the kernel judges when it is whole. */
  #verdictOn(met: Met, fate: Fate | undefined, arrived: readonly boolean[]): KernelVerdict {
    const { fragment } = met.packet
    const { sentAt } = fate ?? {}
    if (sentAt === undefined) return this.#datagrams.get(datagramOf(met))?.verdict ?? 'deny'
    const verdict = arrived[sentAt] === true ? 'allow' : 'deny'
    if (fragment?.part === 'first') this.#datagrams.set(datagramOf(met), { verdict, age: 0 })
    return verdict
  }

  #framed({ direction, packet }: Met): Sent {
    this.#mark = (this.#mark % lastMark) + 1
    const entrance = direction === 'egress' ? 'inside' : this.edge?.isNear(packet.source) ? 'near' : 'wire'
    return { entrance, frames: this.#builder.framesOf(packet, direction, this.#mark) }
  }

  /** Emulated time, for the memory of datagrams in fragments; the kernel's own is not touched. */
  age(milliseconds: number): void {
    for (const [key, datagram] of this.#datagrams) {
      datagram.age += milliseconds
      if (datagram.age >= fragmentLifetime) this.#datagrams.delete(key)
    }
  }

  /** What the program printed; throws when it fails. */
  run(argv: readonly string[], input?: string): Promise<string> {
    return runTool([...this.enter, ...argv], input)
  }

  /** `net.netfilter.nf_conntrack_tcp_loose`, of this namespace alone. */
  async sysctl(name: string, value: number): Promise<void> {
    const path = `/proc/sys/${name.replaceAll('.', '/')}`
    await this.run(['sh', '-c', 'echo "$1" > "$2"', 'sh', String(value), path])
  }

  /** All that the kernel tracks here, but for the sentinels. */
  async conntrack(): Promise<KernelFlow[]> {
    const listing = await this.run(['conntrack', '-L', '-o', 'extended,id'])
    return parseFlows(listing).filter((flow) => !keysOf(flow).some((key) => sentinelKeys.has(key)))
  }

  /** Deletes the one entry of which the header is the original tuple. */
  async forgetFlow(flow: KernelFlow | Quoted): Promise<void> {
    await this.run(['conntrack', ...deletionOf('original' in flow ? flow.original : flow)])
  }

  async forgetAll(): Promise<void> {
    await this.run(['conntrack', '-F'])
    this.forgetDatagrams()
  }

  forgetDatagrams(): void {
    this.#datagrams.clear()
  }
}

function datagramOf({ direction, packet: { source, destination, payload, fragment } }: Met): string {
  return `${direction} ${source.family} ${source.bits} ${destination.bits} ${protocolNumber(payload)} ${fragment?.id}`
}
