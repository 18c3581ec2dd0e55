/**
 * A packet of the notation as Ethernet frames. The mark, by which it is known again on the far side, is the
 * IPv4 identification or the IPv6 flow label. A packet's length is not heeded: it counts in flow logs alone.
 */

import type { Direction } from '../../model/rule.ts'
import { type Packet, protocolNumber, type Quoted } from '../../packet/packet.ts'
import { internetChecksum } from './checksum.ts'
import { TcpNumbering } from './tcp-numbers.ts'
import { addressBytes, transportOf } from './transport.ts'

/** The hardware addresses of one interface's devices, and of those at its subnet's edge; every interface has the same. */
export const hardware = {
  wire: '02:00:00:00:00:01',
  eth0: '02:00:00:00:00:02',
  inner: '02:00:00:00:00:03',
  inside: '02:00:00:00:00:04',
  bridge: '02:00:00:00:00:05',
  near: '02:00:00:00:00:06',
} as const

const ways = { ingress: { from: 'wire', to: 'eth0' }, egress: { from: 'inside', to: 'inner' } } as const

/** Behind which byte a datagram is cut in two: no transport header is longer. */
const cut = 24
const fragmentHeader = 44

interface Ip {
  readonly header: Quoted
  readonly mark: number
}

export class FrameBuilder {
  readonly #numbering = new TcpNumbering()

  /** All frames of the packet; of a `first` fragment those of its whole datagram, of a `later` its own. */
  framesOf(packet: Packet, direction: Direction, mark: number): readonly Uint8Array[] {
    const transport = this.#transportOf(packet, mark)
    const ip = { header: packet, mark }
    const datagrams = packet.fragment ? fragments(ip, transport) : [whole(ip, transport)]
    const sent = packet.fragment?.part === 'later' ? datagrams.slice(1) : datagrams
    return sent.map((datagram) => frame(datagram, packet, direction))
  }

  #transportOf(packet: Packet, mark: number): Uint8Array {
    const data = dataOf(packet, mark)
    const isSegment = packet.payload.kind === 'tcp' && packet.fragment?.part !== 'later'
    const numbers = isSegment ? this.#numbering.of(packet, data.length) : { sequence: 1, acknowledgment: 1 }
    return transportOf(packet, { numbers, data, quotation: quotationOf(packet) })
  }
}

/** A TCP segment that is not cut in two has no data, so that whatever was acknowledged stays acknowledged. */
function dataOf({ payload, fragment }: Packet, mark: number): Uint8Array {
  if (payload.kind === 'tcp' && !fragment) return new Uint8Array()
  return Buffer.from(`sallyport ${mark}`.padEnd(fragment ? 40 : 20))
}

/** An error whose cause the notation leaves out quotes a datagram of which nobody knows. */
function quotationOf({ source, destination, payload }: Packet): Uint8Array {
  if (payload.kind !== 'icmp') return new Uint8Array()
  const unknown = { source: destination, destination: source, payload: { kind: 'udp', ports } } as const
  const header = payload.about ?? unknown
  const filling = { numbers: { sequence: 1, acknowledgment: 1 }, data: Buffer.alloc(20), quotation: new Uint8Array() }
  return whole({ header, mark: 1 }, transportOf(header, filling))
}

const ports = { source: 9, destination: 9 }

function whole(ip: Ip, transport: Uint8Array): Uint8Array {
  return ip.header.source.family === 4 ? ipv4(ip, transport, 0) : ipv6(ip, transport, protocolNumber(ip.header.payload))
}

function fragments(ip: Ip, transport: Uint8Array): Uint8Array[] {
  const [head, tail] = [transport.subarray(0, cut), transport.subarray(cut)]
  if (ip.header.source.family === 4) {
    const moreFollow = 0x2000
    return [ipv4(ip, head, moreFollow), ipv4(ip, tail, cut / 8)]
  }
  return [ipv6(ip, fragment6(ip, head, 1), fragmentHeader), ipv6(ip, fragment6(ip, tail, cut), fragmentHeader)]
}

function fragment6({ header, mark }: Ip, part: Uint8Array, offset: number): Uint8Array {
  const extension = Buffer.alloc(8)
  extension.writeUInt8(protocolNumber(header.payload), 0)
  extension.writeUInt16BE(offset, 2)
  extension.writeUInt32BE(mark, 4)
  return Buffer.concat([extension, part])
}

function ipv4({ header, mark }: Ip, body: Uint8Array, flagsAndOffset: number): Uint8Array {
  const start = Buffer.alloc(12)
  start.writeUInt8(0x45, 0)
  start.writeUInt16BE(20 + body.length, 2)
  start.writeUInt16BE(mark, 4)
  start.writeUInt16BE(flagsAndOffset, 6)
  start.writeUInt8(64, 8)
  start.writeUInt8(protocolNumber(header.payload), 9)
  const ends = Buffer.concat([addressBytes(header.source), addressBytes(header.destination)])
  start.writeUInt16BE(internetChecksum(start, ends), 10)
  return Buffer.concat([start, ends, body])
}

function ipv6({ header, mark }: Ip, body: Uint8Array, nextHeader: number): Uint8Array {
  const start = Buffer.alloc(8)
  start.writeUInt32BE(0x6000_0000 | mark, 0)
  start.writeUInt16BE(body.length, 4)
  start.writeUInt8(nextHeader, 6)
  start.writeUInt8(64, 7)
  return Buffer.concat([start, addressBytes(header.source), addressBytes(header.destination), body])
}

function frame(datagram: Uint8Array, { source }: Packet, direction: Direction): Uint8Array {
  const { from, to } = ways[direction]
  const type = source.family === 4 ? [0x08, 0x00] : [0x86, 0xdd]
  return Buffer.concat([macBytes(hardware[to]), macBytes(hardware[from]), Buffer.from(type), datagram])
}

function macBytes(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(':', ''), 'hex')
}
