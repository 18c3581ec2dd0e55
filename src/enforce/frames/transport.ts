/** What stands behind the IP header of a crafted packet: header and data of its protocol, with right checksums. */

import { type Address, addressLength } from '../../net/address.ts'
import { icmpRole } from '../../packet/icmp.ts'
import { type Payload, protocolNumber, type Quoted } from '../../packet/packet.ts'
import { crc32c, internetChecksum } from './checksum.ts'
import type { TcpNumbers } from './tcp-numbers.ts'

type Icmp = Extract<Payload, { kind: 'icmp' }>

export interface Filling {
  readonly numbers: TcpNumbers
  readonly data: Uint8Array
  /** The datagram that an ICMP error quotes. */
  readonly quotation: Uint8Array
}

export function transportOf(header: Quoted, filling: Filling): Uint8Array {
  const { payload } = header
  if (payload.kind === 'tcp') return tcp(header, payload.flags, filling)
  if (payload.kind === 'udp') return udp(header, filling.data)
  if (payload.kind === 'icmp') return icmp(header, payload, filling)
  return other(header, payload.protocol, filling.data)
}

export function addressBytes({ family, bits }: Address): Uint8Array {
  const digits = bits.toString(16).padStart(addressLength[family] / 4, '0')
  return Buffer.from(digits, 'hex')
}

/** RFC 9293 3.1 and RFC 8200 8.1: for a checksum the length and the protocol number may stand in any even place. */
function pseudoHeader({ source, destination, payload }: Quoted, length: number): Uint8Array {
  const rest = Buffer.alloc(8)
  rest.writeUInt32BE(length, 0)
  rest.writeUInt32BE(protocolNumber(payload), 4)
  return Buffer.concat([addressBytes(source), addressBytes(destination), rest])
}

function portsOf({ payload }: Quoted): { source: number; destination: number } {
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') throw new Error(`${payload.kind} has no ports`)
  return payload.ports
}

function tcp(header: Quoted, flags: number, { numbers, data }: Filling): Uint8Array {
  const ports = portsOf(header)
  const segment = Buffer.concat([Buffer.alloc(20), data])
  segment.writeUInt16BE(ports.source, 0)
  segment.writeUInt16BE(ports.destination, 2)
  segment.writeUInt32BE(numbers.sequence, 4)
  segment.writeUInt32BE(numbers.acknowledgment, 8)
  segment.writeUInt8(5 << 4, 12)
  segment.writeUInt8(flags, 13)
  segment.writeUInt16BE(64_000, 14)
  segment.writeUInt16BE(internetChecksum(pseudoHeader(header, segment.length), segment), 16)
  return segment
}

function udp(header: Quoted, data: Uint8Array): Uint8Array {
  const ports = portsOf(header)
  const datagram = Buffer.concat([Buffer.alloc(8), data])
  datagram.writeUInt16BE(ports.source, 0)
  datagram.writeUInt16BE(ports.destination, 2)
  datagram.writeUInt16BE(datagram.length, 4)
  // Zero would mean that there is no checksum (RFC 768).
  datagram.writeUInt16BE(internetChecksum(pseudoHeader(header, datagram.length), datagram) || 0xffff, 6)
  return datagram
}

function icmp(header: Quoted, { protocol, type, code, identifier }: Icmp, { data, quotation }: Filling): Uint8Array {
  const body = isAnError(protocol, type) ? quotation : data
  const message = Buffer.concat([Buffer.from([type, code, 0, 0, 0, 0, 0, 0]), body])
  if (identifier !== undefined) message.writeUInt16BE(identifier, 4)
  if (icmpRole({ protocol, type }) === 'query' || icmpRole({ protocol, type }) === 'reply') message.writeUInt16BE(1, 6)
  const isTooBig = (protocol === 'icmp' && type === 3 && code === 4) || (protocol === 'icmpv6' && type === 2)
  if (isTooBig) message.writeUInt16BE(1300, 6)
  if (protocol === 'icmp' && type === redirect) message.set(addressBytes(header.source), 4)
  const before = protocol === 'icmpv6' ? [pseudoHeader(header, message.length)] : []
  message.writeUInt16BE(internetChecksum(...before, message), 2)
  return message
}

const redirect = 5

/** A redirect quotes as an error does. */
function isAnError(protocol: Icmp['protocol'], type: number): boolean {
  return icmpRole({ protocol, type }) === 'error' || (protocol === 'icmp' && type === redirect)
}

/** Protocols that netfilter reads into get what it takes for a beginning; of all others it reads nothing. */
function other(header: Quoted, protocol: number, data: Uint8Array): Uint8Array {
  if (protocol === 132) return sctpInit()
  if (protocol === 136) return udpLite(header, data)
  if (protocol === 47) return Buffer.concat([Buffer.from([0, 0, 0x08, 0x00]), data])
  return data
}

/** Both ends use one port, so that what is sent back is an answer although a packet of ours has no ports. */
const onePort = 5000

function sctpInit(): Uint8Array {
  const packet = Buffer.alloc(32)
  packet.writeUInt16BE(onePort, 0)
  packet.writeUInt16BE(onePort, 2)
  packet.writeUInt8(1, 12)
  packet.writeUInt16BE(20, 14)
  packet.writeUInt32BE(0x5a11_1e57, 16)
  packet.writeUInt32BE(65_536, 20)
  packet.writeUInt16BE(1, 24)
  packet.writeUInt16BE(1, 26)
  packet.writeUInt32BE(1, 28)
  packet.writeUInt32LE(crc32c(packet), 8)
  return packet
}

/** Right, and for that reason invalid to netfilter, which sums as for UDP, unless nf_conntrack_checksum is 0. */
function udpLite(header: Quoted, data: Uint8Array): Uint8Array {
  const datagram = Buffer.concat([Buffer.alloc(8), data])
  datagram.writeUInt16BE(onePort, 0)
  datagram.writeUInt16BE(onePort, 2)
  datagram.writeUInt16BE(internetChecksum(pseudoHeader(header, datagram.length), datagram) || 0xffff, 6)
  return datagram
}
