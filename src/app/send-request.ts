/** The body of POST /_sallyport/packets: which packets are to be sent, checked member by member. */

import { NotationError } from '../base/words.ts'
import type { Direction } from '../model/rule.ts'
import type { Family } from '../net/address.ts'
import { parsePacket } from '../packet/notation.ts'
import { type Packet, type Payload, tcpFlags } from '../packet/packet.ts'
import { BadInput } from './bad-input.ts'

export type SendRequest =
  /** One packet as one interface meets it. */
  | {
      readonly kind: 'at'
      readonly packet: Packet
      readonly networkInterface: string
      readonly direction: Direction
    }
  /** One packet from its source to its destination. */
  | { readonly kind: 'packet'; readonly packet: Packet }
  | {
      readonly kind: 'traffic'
      readonly from: string
      readonly to: string
      readonly traffic: Traffic
      readonly isExchange: boolean
      /** An exchange without its end: the TCP connection stays open. */
      readonly staysOpen: boolean
    }

export interface Traffic {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | number
  readonly port: number | undefined
  readonly clientPort: number | undefined
}

type Members = Readonly<Record<string, unknown>>

const withPacket = ['packet', 'at']
const withTraffic = ['from', 'to', 'protocol', 'port', 'clientPort', 'exchange', 'keepOpen']

/** Throws BadInput. */
export function readSendRequest(body: string): SendRequest {
  const members = membersFrom(body)
  const known = 'packet' in members ? withPacket : withTraffic
  const stranger = Object.keys(members).find((name) => !known.includes(name))
  if (stranger !== undefined) {
    throw new BadInput(
      `'${shown(stranger)}' has no place here. Give packet and perhaps at, or ${withTraffic.join(', ')}.`,
    )
  }
  return 'packet' in members ? packetRequest(members) : trafficRequest(members)
}

/** Throws BadInput. */
export function membersFrom(body: string): Members {
  return membersOf(parsed(body), 'The body')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new BadInput('The body is no JSON.')
  }
}

function membersOf(value: unknown, what: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members
  throw new BadInput(`${what} must be a JSON object.`)
}

function packetRequest({ packet: text, at }: Members): SendRequest {
  const packet = packetFrom(textOf(text, 'packet'))
  if (at === undefined) return { kind: 'packet', packet }
  const place = membersOf(at, 'at')
  const direction = textOf(place['direction'], 'at.direction')
  if (direction !== 'ingress' && direction !== 'egress') throw new BadInput('at.direction must be ingress or egress.')
  return { kind: 'at', packet, networkInterface: textOf(place['networkInterface'], 'at.networkInterface'), direction }
}

/** Packets may quote packets that quote packets: longer text is not worth its recursion. */
const longestPacketText = 1000

function packetFrom(text: string): Packet {
  if (text.length > longestPacketText) throw new BadInput(`packet is longer than ${longestPacketText} characters.`)
  try {
    return parsePacket(text)
  } catch (thrown) {
    throw thrown instanceof NotationError ? new BadInput(`packet: ${thrown.message}`) : thrown
  }
}

function trafficRequest(members: Members): SendRequest {
  const keepOpen = flagOf(members['keepOpen'], 'keepOpen')
  const traffic = trafficFrom(members)
  if (keepOpen && traffic.protocol !== 'tcp') throw new BadInput('Only a TCP connection can be kept open.')
  return {
    kind: 'traffic',
    from: textOf(members['from'], 'from'),
    to: textOf(members['to'], 'to'),
    traffic,
    isExchange: keepOpen || flagOf(members['exchange'], 'exchange'),
    staysOpen: keepOpen,
  }
}

function trafficFrom({ protocol: given = 'tcp', port: portGiven, clientPort: clientGiven }: Members): Traffic {
  const protocol = protocolFrom(given)
  const port = portFrom(portGiven, 'port')
  const clientPort = portFrom(clientGiven, 'clientPort')
  const hasPorts = protocol === 'tcp' || protocol === 'udp'
  if (hasPorts && port === undefined) throw new BadInput(`${protocol} needs a port.`)
  if (!hasPorts && (port ?? clientPort) !== undefined) throw new BadInput(`${protocol} has no ports.`)
  return { protocol, port, clientPort }
}

const named = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' } as const

/** Throws BadInput. */
export function protocolFrom(given: unknown): Traffic['protocol'] {
  const name = Object.values(named).find((each) => each === given)
  if (name) return name
  const text = String(given)
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return named[Number(text) as keyof typeof named] ?? Number(text)
  throw new BadInput('protocol must be tcp, udp, icmp, icmpv6 or a number up to 255.')
}

/** Throws BadInput. */
export function portFrom(given: unknown, name: string): number | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= 65_535) return given
  throw new BadInput(`${name} must be a number from 0 to 65535.`)
}

/** Throws BadInput. */
export function textOf(given: unknown, name: string): string {
  if (typeof given === 'string' && given !== '') return given
  throw new BadInput(`${name} must be a text.`)
}

function flagOf(given: unknown, name: string): boolean {
  if (given === undefined || typeof given === 'boolean') return given ?? false
  throw new BadInput(`${name} must be true or false.`)
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

/** The IP family that the protocol belongs to, if to one only. */
export function familyOf({ protocol }: Traffic): Family | undefined {
  return ({ icmp: 4, icmpv6: 6 } as const)[protocol as 'icmp' | 'icmpv6']
}

/** The packet that opens it; `fresh` is a client port, or an echo's identifier, that was not used lately. */
export function openingOf({ protocol, port = 0, clientPort }: Traffic, fresh: number): Payload {
  const ports = { source: clientPort ?? fresh, destination: port }
  switch (protocol) {
    case 'tcp':
      return { kind: 'tcp', ports, flags: tcpFlags.syn }
    case 'udp':
      return { kind: 'udp', ports }
    case 'icmp':
      return { kind: 'icmp', protocol, type: 8, code: 0, identifier: fresh }
    case 'icmpv6':
      return { kind: 'icmp', protocol, type: 128, code: 0, identifier: fresh }
    default:
      return { kind: 'other', protocol }
  }
}
