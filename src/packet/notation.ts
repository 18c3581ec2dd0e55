/**
 * A packet as one line of text, and back (docs/vectors.md):
 * `tcp 10.0.0.5:40000 > 10.0.1.9:5432 S`, `icmp 10.0.0.5 > 10.0.1.9 echo 7`, `50 10.0.0.5 > 10.0.1.9`.
 */

import { NotationError, Words } from '../base/words.ts'
import { type Address, formatAddress, parseAddress } from '../net/address.ts'
import { type Packet, type Payload, type Ports, protocolNumber, type Quoted, tcpFlags } from './packet.ts'

const flagLetters = { F: 'fin', S: 'syn', R: 'rst', P: 'psh', A: 'ack', U: 'urg' } as const
/** The order that flags are written in: `SA`, `FA`, `PA`, `RA`. */
const written = ['S', 'F', 'R', 'P', 'A', 'U'] as const

interface Icmp {
  readonly protocol: 'icmp' | 'icmpv6'
  readonly type: number
  readonly code: number
}

const echoTypes = { icmp: { echo: 8, reply: 0 }, icmpv6: { echo: 128, reply: 129 } } as const
const defaultLength = 40
const mostBytes = 65_535

/** The packet that the text spells, all of it. Throws NotationError. */
export function parsePacket(text: string): Packet {
  const words = new Words(text)
  const packet = readPacket(words)
  words.end()
  return packet
}

/** The packet at the next word; what follows it is left. */
export function readPacket(words: Words): Packet {
  const header = headerFrom(words)
  const fragment = fragmentFrom(words)
  const length = words.takeWhen((word) => /^\d+B$/.test(word))
  return {
    ...header,
    ...(fragment ? { fragment } : {}),
    length: length === undefined ? defaultLength : numberFrom(length.slice(0, -1), mostBytes),
  }
}

function headerFrom(words: Words): Quoted {
  const protocol = words.take('a protocol')
  const source = endFrom(words.take('a source'))
  if (words.take("'>'") !== '>') throw new NotationError("'>' must stand between source and destination")
  const destination = endFrom(words.take('a destination'))
  if (source.address.family !== destination.address.family) {
    throw new NotationError('source and destination are of different IP families')
  }
  const alien = source.address.family === 4 ? 'icmpv6' : 'icmp'
  if (protocol === alien) throw new NotationError(`there is no ${alien} over IPv${source.address.family}`)
  const payload = payloadFrom(protocol, portsOf(source, destination), words)
  return { source: source.address, destination: destination.address, payload }
}

interface End {
  readonly address: Address
  readonly port: number | undefined
}

function endFrom(word: string): End {
  const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(word)
  const plain = word.includes('.') ? /^([^:]+)(?::(\d+))?$/.exec(word) : /^(.+)$/.exec(word)
  const [, text = '', portText] = bracketed ?? plain ?? []
  const address = parseAddress(text)
  const port = portText === undefined ? undefined : Number(portText)
  if (!address || (port !== undefined && port > 65535)) throw new NotationError(`'${word}' is no address`)
  return { address, port }
}

function portsOf(source: End, destination: End): Ports | undefined {
  if (source.port === undefined || destination.port === undefined) return undefined
  return { source: source.port, destination: destination.port }
}

function payloadFrom(protocol: string, ports: Ports | undefined, words: Words): Payload {
  if (protocol === 'tcp') return { kind: 'tcp', ports: needed(ports, protocol), flags: flagsFrom(words) }
  if (protocol === 'udp') return { kind: 'udp', ports: needed(ports, protocol) }
  if (ports) throw new NotationError(`${protocol} has no ports`)
  if (protocol === 'icmp' || protocol === 'icmpv6') return icmpFrom(protocol, words)
  if (/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255) return numbered(Number(protocol))
  throw new NotationError(`'${protocol}' is no protocol: use tcp, udp, icmp, icmpv6 or a number`)
}

function numbered(protocol: number): Payload {
  if ([1, 6, 17, 58].includes(protocol)) throw new NotationError(`protocol ${protocol} is written by its name`)
  return { kind: 'other', protocol }
}

function needed(ports: Ports | undefined, protocol: string): Ports {
  if (!ports) throw new NotationError(`${protocol} needs ports: 10.0.0.5:40000`)
  return ports
}

function flagsFrom(words: Words): number {
  const word = words.takeWhen((each) => /^([FSRPAU]+|-)$/.test(each))
  if (word === undefined) throw new NotationError("tcp needs flags: S, SA, A, PA, FA, R, or '-' for none")
  return word === '-' ? 0 : Array.from(word).reduce((bits, letter) => bits | bitOf(letter), 0)
}

function bitOf(letter: string): number {
  return tcpFlags[flagLetters[letter as keyof typeof flagLetters]]
}

function icmpFrom(protocol: 'icmp' | 'icmpv6', words: Words): Payload {
  const word = words.take('an ICMP message')
  if (word === 'echo' || word === 'reply') {
    const type = echoTypes[protocol][word]
    return { kind: 'icmp', protocol, type, code: 0, identifier: numberFrom(words.take('an identifier'), 65535) }
  }
  const [, type, code] = /^(\d{1,3})\/(\d{1,3})$/.exec(word) ?? []
  if (type === undefined || code === undefined) {
    throw new NotationError(`'${word}' is no ICMP message: use echo ID, reply ID or TYPE/CODE`)
  }
  const message: Icmp = { protocol, type: numberFrom(type, 255), code: numberFrom(code, 255) }
  const id = words.takeWhen((each) => /^id=\d+$/.test(each))
  if (id !== undefined) return { kind: 'icmp', ...message, identifier: numberFrom(id.slice(3), 65535) }
  return { kind: 'icmp', ...message, ...aboutFrom(words) }
}

/** An error quotes no error (RFC 1122 3.2.2), so that quotations do not nest. */
function aboutFrom(words: Words): { about?: Quoted } {
  if (!words.takeIf('{')) return {}
  const quoted = words.takeWhile((word) => word !== '}')
  words.expect('}')
  if (quoted.includes('{')) throw new NotationError('a quoted packet quotes nothing')
  const inner = new Words(quoted.join(' '))
  const about = headerFrom(inner)
  inner.end()
  return { about }
}

function fragmentFrom(words: Words): Packet['fragment'] {
  const word = words.takeWhen((each) => each === 'first' || each === 'later')
  if (word === undefined) return undefined
  return { id: numberFrom(words.take('a fragment identifier'), 0xffffffff), part: word as 'first' | 'later' }
}

function numberFrom(text: string, most: number): number {
  if (!/^\d+$/.test(text) || Number(text) > most) throw new NotationError(`'${text}' is no number up to ${most}`)
  return Number(text)
}

/** The line that `parsePacket` reads back. */
export function formatPacket({ fragment, length, ...header }: Packet): string {
  const parts = [formatHeader(header)]
  if (fragment) parts.push(fragment.part, String(fragment.id))
  if (length !== defaultLength) parts.push(`${length}B`)
  return parts.join(' ')
}

/** The flow that a packet is of: what stays the same from packet to packet. */
export function formatFlow({ source, destination, payload }: Quoted): string {
  const header = { source, destination, payload }
  return payload.kind === 'tcp' ? formatEnds(header) : formatHeader(header)
}

function formatHeader(header: Quoted): string {
  return [formatEnds(header), formatPayload(header.payload)].filter((part) => part !== '').join(' ')
}

function formatEnds({ source, destination, payload }: Quoted): string {
  const ports = payload.kind === 'tcp' || payload.kind === 'udp' ? payload.ports : undefined
  const protocol =
    payload.kind === 'icmp' ? payload.protocol : payload.kind === 'other' ? protocolNumber(payload) : payload.kind
  return `${protocol} ${formatEnd(source, ports?.source)} > ${formatEnd(destination, ports?.destination)}`
}

function formatEnd(address: Address, port: number | undefined): string {
  const text = formatAddress(address)
  if (port === undefined) return text
  return address.family === 4 ? `${text}:${port}` : `[${text}]:${port}`
}

function formatPayload(payload: Payload): string {
  if (payload.kind === 'tcp') return formatFlags(payload.flags)
  return payload.kind === 'icmp' ? formatIcmp(payload) : ''
}

function formatFlags(flags: number): string {
  const letters = written.filter((letter) => flags & bitOf(letter)).join('')
  return letters === '' ? '-' : letters
}

function formatIcmp({ protocol, type, code, identifier, about }: Extract<Payload, { kind: 'icmp' }>): string {
  const { echo, reply } = echoTypes[protocol]
  if (identifier !== undefined && code === 0 && type === echo) return `echo ${identifier}`
  if (identifier !== undefined && code === 0 && type === reply) return `reply ${identifier}`
  const quoted = about ? ` { ${formatHeader(about)} }` : ''
  return `${type}/${code}${identifier === undefined ? quoted : ` id=${identifier}`}`
}
