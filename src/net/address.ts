/**
 * IPv4 and IPv6 addresses as one value: a family and a number. Text is strict (no leading zeros in
 * IPv4, which some parsers read as octal) and prints in the canonical form of RFC 5952.
 */

export type Family = 4 | 6

export interface Address {
  readonly family: Family
  readonly bits: bigint
}

export const addressLength = { 4: 32, 6: 128 } as const

const octet = /^(0|[1-9]\d{0,2})$/
const group = /^[0-9a-f]{1,4}$/i

/** The address that `text` spells, or undefined. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) {
    const bits = parseIpv6(text)
    return bits === undefined ? undefined : { family: 6, bits }
  }
  const bits = parseIpv4(text)
  return bits === undefined ? undefined : { family: 4, bits }
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0
  for (const part of parts) {
    if (!octet.test(part) || Number(part) > 255) return undefined
    value = value * 256 + Number(part)
  }
  return BigInt(value)
}

function parseIpv6(text: string): bigint | undefined {
  const expanded = withoutDottedTail(text)
  if (expanded === undefined) return undefined
  const halves = expanded.split('::')
  if (halves.length > 2) return undefined
  const head = groupsOf(halves[0] ?? '')
  const tail = groupsOf(halves[1] ?? '')
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!groups.every((part) => group.test(part))) return undefined
  return groups.reduce((bits, part) => (bits << 16n) | BigInt(Number.parseInt(part, 16)), 0n)
}

/** `::ffff:10.0.0.1` with its last 32 bits rewritten as two groups. */
function withoutDottedTail(text: string): string | undefined {
  if (!text.includes('.')) return text
  const start = text.lastIndexOf(':') + 1
  const bits = parseIpv4(text.slice(start))
  if (bits === undefined) return undefined
  return `${text.slice(0, start)}${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`
}

function groupsOf(half: string): string[] {
  return half === '' ? [] : half.split(':')
}

export function formatAddress({ family, bits }: Address): string {
  return family === 4 ? formatIpv4(bits) : formatIpv6(bits)
}

function formatIpv4(bits: bigint): string {
  const value = Number(bits)
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

function formatIpv6(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - index * 16)) & 0xffffn).toString(16))
  const { start, length } = longestZeroRun(groups)
  if (length < 2) return groups.join(':')
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`
}

/** RFC 5952 4.2: the first of the longest runs is the one that `::` stands for. */
function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  groups.forEach((part, index) => {
    if (part !== '0') start = index + 1
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start }
  })
  return best
}
