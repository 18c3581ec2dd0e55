/**
 * Services printed back as people write rules: `all traffic`, `tcp 80, 443`, `udp`, `icmp 8`. What holds for
 * some client ports only says so, as then a network ACL stops some of the answers.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { Family } from '../../net/address.ts'
import { at, type Diagram, type Diagrams, intervalsOf, type Line, nothing } from './diagram.ts'
import { clientLine, protocolLine, protocols, serviceLine } from './lines.ts'
import { clientPorts, openings } from './services.ts'

/** One protocol's part. */
export interface ServiceRule {
  /** `all`, `tcp`, `udp`, `icmp`, `icmpv6`, `protocol 50`, `other protocols`. */
  readonly protocol: string
  /** Ports or ranges; ICMP types or `type/code`. Empty for all of the protocol. */
  readonly ports: readonly string[]
  /** Empty where the client's port does not matter. */
  readonly clientPorts: readonly string[]
}

const names: ReadonlyMap<number, string> = new Map(Object.entries(protocols).map(([name, number]) => [number, name]))

/** The rules that admit these services and no others, of those that may begin something. */
export function serviceRules(diagrams: Diagrams, services: Diagram, family: Family): ServiceRule[] {
  const all = openings(diagrams, family)
  return rulesWithin(all, diagrams.intersection(services, all))
}

/** The same of services that are all of those. */
export function rulesWithin(all: Diagram, asked: Diagram): ServiceRule[] {
  if (asked === all) return [{ protocol: 'all', ports: [], clientPorts: [] }]
  const named = [protocols.tcp, protocols.udp, protocols.icmp, protocols.icmpv6].flatMap((protocol) => {
    const own = at(asked, protocol)
    if (own === nothing) return []
    const name = names.get(protocol) ?? String(protocol)
    return own === at(all, protocol) ? [{ protocol: name, ports: [], clientPorts: [] }] : partsOf(name, own)
  })
  return [...named, ...otherRules(asked, all)]
}

function partsOf(protocol: string, diagram: Diagram): ServiceRule[] {
  const isIcmp = protocol.startsWith('icmp')
  const byClients = groupedBy(intervalsOf(diagram, serviceLine), ({ below }) => below)
  return Array.from(byClients, ([clients, ranges]) => {
    const isAllPorts = ranges.length === 1 && ranges[0]?.first === 0 && ranges[0]?.last === serviceLine.last
    const ports = isAllPorts ? [] : ranges.flatMap(isIcmp ? messageTexts : rangeText)
    return { protocol, ports, clientPorts: clientTexts(clients) }
  })
}

function clientTexts(diagram: Diagram): string[] {
  const ranges = [...intervalsOf(diagram, clientLine)]
  const [only] = ranges
  const isAny = ranges.length === 1 && only && only.first <= clientPorts.first && only.last === clientPorts.last
  return isAny ? [] : ranges.map(rangeText)
}

/** Whole types by their number, parts of one as `type/code`. */
function messageTexts({ first, last }: Line): string[] {
  const [from, to] = [Number(first), Number(last)]
  const [fromType, toType] = [Math.ceil(from / 256), Math.floor((to + 1) / 256) - 1]
  if (fromType > toType) return from >> 8 === to >> 8 ? [codesText(from, to)] : [...halves(from, to)]
  const head = from % 256 === 0 ? [] : [codesText(from, fromType * 256 - 1)]
  const tail = (to + 1) % 256 === 0 ? [] : [codesText((toType + 1) * 256, to)]
  return [...head, rangeText({ first: fromType, last: toType }), ...tail]
}

function halves(from: number, to: number): string[] {
  const middle = (to >> 8) * 256
  return [codesText(from, middle - 1), codesText(middle, to)]
}

function codesText(from: number, to: number): string {
  return `${from >> 8}/${rangeText({ first: from & 255, last: to & 255 })}`
}

/** Protocols without ports: all of them, or some by number. */
function otherRules(asked: Diagram, all: Diagram): ServiceRule[] {
  const admitted = othersIn(asked)
  if (admitted.length === 0) return []
  if (admitted.length === othersIn(all).length) return [{ protocol: 'other protocols', ports: [], clientPorts: [] }]
  return joinedNumbers(admitted).map((range) => ({
    protocol: `protocol ${rangeText(range)}`,
    ports: [],
    clientPorts: [],
  }))
}

function othersIn(services: Diagram): number[] {
  const numbers: number[] = []
  for (const { first, last } of intervalsOf(services, protocolLine)) {
    for (let each = Number(first); each <= last; each += 1) if (!names.has(each)) numbers.push(each)
  }
  return numbers
}

function joinedNumbers(numbers: readonly number[]): Line[] {
  const ranges: Line[] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && last.last === number - 1) ranges[ranges.length - 1] = { first: last.first, last: number }
    else ranges.push({ first: number, last: number })
  }
  return ranges
}

function rangeText({ first, last }: Line): string {
  return first === last ? String(first) : `${first}-${last}`
}

export function ruleText({ protocol, ports, clientPorts: clients }: ServiceRule): string {
  const what = protocol === 'all' ? 'all traffic' : [protocol, ports.join(', ')].filter(Boolean).join(' ')
  return clients.length === 0 ? what : `${what} (from client ports ${clients.join(', ')})`
}
