/** Connections of one interface as its kernel knows them: conntrack's entries, and what the frame remembers beside. */

import { type Instant, instant } from '../base/clock.ts'
import type { Direction } from '../model/rule.ts'
import { type Address, parseAddress } from '../net/address.ts'
import { formatPacket, parsePacket } from '../packet/notation.ts'
import { type Quoted, reversed } from '../packet/packet.ts'
import { exemptService } from '../policy/exempt.ts'
import { matchingRules } from '../policy/match.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { type KernelFlow, parseFlows } from './conntrack.ts'
import { markBits, type Post } from './nftables/program.ts'
import { readTable } from './nftables/read-back.ts'
import { secondsOf } from './nftables/recorded.ts'

export interface KernelConnection {
  readonly isTracked: boolean
  /** Of the packet that opened it; of protocols without ports, whose opener is not known, the way that rules allow. */
  readonly direction: Direction
  readonly opening: Quoted
  readonly state: string
  readonly isAnswered: boolean
  readonly secondsLeft: number
  /** Undefined where the kernel does not say. */
  readonly openedAt: Instant | undefined
}

export interface KernelTables {
  /** What `listFlows` printed. */
  readonly conntrack: string
  /** `nft -n list table`, or those parts of it that have the sets of the frame. */
  readonly sets: string
}

export interface Interface {
  readonly post: Post
  readonly policy: InterfacePolicy
}

/** Without what belongs to services that are never filtered. Throws for text that is no listing. */
export function kernelConnections(tables: KernelTables, at: Interface): KernelConnection[] {
  const entries = parseFlows(tables.conntrack).flatMap((flow) => entryOf(flow, at) ?? [])
  return [...entries, ...portless(tables.sets, at)].filter(({ opening, direction }) => {
    return exemptService(at.policy, { ...opening, length: 0 }, direction) === undefined
  })
}

const known = new Set([1, 6, 17, 58])

function entryOf(flow: KernelFlow, { post, policy }: Interface): KernelConnection | undefined {
  const { original, timeout, isAnswered, startedAt } = flow
  // Protocols without ports are the frame's matter.
  if (!known.has(flow.protocol) || isControl(original, post)) return undefined
  const { inward, outward } = markBits(post)
  const isTracked = (flow.mark & (inward | outward)) !== 0
  const direction = isTracked ? (flow.mark & inward ? 'ingress' : 'egress') : directionOf(original, policy)
  if (direction === undefined) return undefined
  return {
    isTracked,
    direction,
    opening: original,
    state: stateOf(flow),
    isAnswered,
    secondsLeft: timeout,
    openedAt: startedAt,
  }
}

/** An entry without a mark is some interface's by its address. */
function directionOf({ source, destination }: Quoted, { addresses }: InterfacePolicy): Direction | undefined {
  const isOwn = (address: Address) => addresses.some((own) => isSame(own, address))
  if (isOwn(source)) return 'egress'
  return isOwn(destination) ? 'ingress' : undefined
}

/** What an agent says to its endpoint passes whatever the rules are. */
function isControl({ destination, payload }: Quoted, { control = [] }: Post): boolean {
  return (
    payload.kind === 'tcp' &&
    control.some(({ address, port }) => isSame(address, destination) && port === payload.ports.destination)
  )
}

function isSame(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits
}

/** The engine's names for what netfilter calls otherwise. */
const tcpStates: Readonly<Record<string, string>> = {
  SYN_SENT2: 'syn-sent-both',
  SYN_RECV: 'syn-received',
  CLOSE: 'closed',
}

function stateOf({ protocol, state = '', isAnswered, isAssured }: KernelFlow): string {
  if (protocol === 6) return tcpStates[state] ?? state.toLowerCase().replaceAll('_', '-')
  if (protocol !== 17) return 'query'
  return isAssured ? 'stream' : isAnswered ? 'answered' : 'one-way'
}

/** `50 . 10.0.0.5 . 10.0.1.9 expires 599s`, the interface's own address first. */
function portless(listing: string, { policy }: Interface): KernelConnection[] {
  const { sets } = readTable(listing)
  const elements = ['others4', 'others6'].flatMap((name) => [...(sets.get(name)?.elements ?? [])])
  return elements.flatMap((element): KernelConnection[] => {
    const [, number, ownText = '', farText = '', expires = ''] =
      /^(\d+) \. (\S+) \. (\S+) .*?expires (\S+)/.exec(element) ?? []
    const [own, far] = [parseAddress(ownText), parseAddress(farText)]
    if (!own || !far || !policy.addresses.some((each) => isSame(each, own))) return []
    const protocol = Number(number)
    const outward: Quoted = { source: own, destination: far, payload: { kind: 'other', protocol } }
    const inward = reversed(outward)
    const isInward =
      matchingRules(policy, outward, 'egress').length === 0 && matchingRules(policy, inward, 'ingress').length > 0
    return [
      {
        isTracked: true,
        direction: isInward ? 'ingress' : 'egress',
        opening: isInward ? inward : outward,
        state: 'seen',
        isAnswered: true,
        secondsLeft: Math.ceil(secondsOf(expires)),
        openedAt: undefined,
      },
    ]
  })
}

/** As an agent tells them. */
export interface KernelConnectionJson extends Omit<KernelConnection, 'opening' | 'openedAt'> {
  readonly opening: string
  readonly openedAt: number | null
}

export function connectionJson({ opening, openedAt, ...rest }: KernelConnection): KernelConnectionJson {
  return { ...rest, opening: formatPacket({ ...opening, length: 40 }), openedAt: openedAt ?? null }
}

/** Throws NotationError. */
export function connectionFromJson({ opening, openedAt, ...rest }: KernelConnectionJson): KernelConnection {
  const { source, destination, payload } = parsePacket(opening)
  return {
    ...rest,
    opening: { source, destination, payload },
    openedAt: openedAt === null ? undefined : instant(openedAt),
  }
}
