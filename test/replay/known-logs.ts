/**
 * Flow logs whose truth is known: conversations played by the engine under one world's rules, written by our own
 * writer of flow records, and each record with what becomes of its packets under another world's rules.
 */

import { Dice } from '../../bench/dice.ts'
import { FlowWindow, recordedPorts } from '../../src/engine/flow-record.ts'
import { recordLine } from '../../src/engine/flow-record-text.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import type { NetworkInterface } from '../../src/model/network-interface.ts'
import type { World } from '../../src/model/world.ts'
import { formatAddress, parseAddress } from '../../src/net/address.ts'
import { type Conversation, type Met, type Party, play, Script } from './conversations.ts'

export interface KnownRecord {
  readonly line: string
  /** In seconds; logs come in the order of their windows. */
  readonly end: number
  /** Some packet of it reaches its other end under the proposed rules. */
  readonly isAdmitted: boolean
  /**
   * Accepted, though of no connection that there is: its flow was untracked. A log does not tell that from a
   * connection's own, so under rules that track it nobody could foretell its end.
   */
  readonly isStray: boolean
}

export interface KnownLog {
  readonly proposed: World
  readonly records: readonly KnownRecord[]
}

const window = 60

export function knownLog(seed: string, format: string, count: number): KnownLog {
  const dice = new Dice(seed)
  const frame = new WorldWriter(dice)
  const [before, proposed] = [frame.world(), frame.world()]
  const conversations = conversationsIn(before, dice, count)
  const was = play(before, conversations)
  const is = play(proposed, conversations)
  return { proposed, records: recordsOf(was.met, is.arrived, format) }
}

function conversationsIn(world: World, dice: Dice, count: number): Conversation[] {
  const script = new Script(dice)
  const inside = Array.from(world.networkInterface.values()).map((card): Party => {
    return { card, address: card.privateAddresses[0]?.address ?? '' }
  })
  const outside = ['203.0.113.7', '198.51.100.20', '192.0.2.99'].map((address): Party => ({ card: undefined, address }))
  const anyOf = (parties: readonly Party[]) => parties[dice.below(parties.length)] as Party
  return Array.from({ length: count }, () => {
    const one = anyOf(inside)
    const other = anyOf([...inside.filter((party) => party !== one), ...outside, ...outside])
    const [client, server] = dice.below(2) === 0 ? [one, other] : [other, one]
    return script.conversation(client, server, 1_700_000_000 + dice.below(1200))
  })
}

/** The same interfaces each time, under other rules and ACLs. */
class WorldWriter {
  readonly #dice: Dice

  constructor(dice: Dice) {
    this.#dice = dice
  }

  world(): World {
    const groups = ['a', 'b', 'c']
    const rules = groups.flatMap((group) => Array.from({ length: 2 + this.#dice.below(4) }, () => this.#rule(group)))
    const entries = (['ingress', 'egress'] as const).flatMap((direction) => [
      `acl edge ${direction} 90 deny tcp ${this.#port()} ${direction === 'ingress' ? 'from' : 'to'} 203.0.113.0/24`,
      ...(this.#dice.below(3) === 0
        ? [`acl edge ${direction} 95 deny tcp 1024-40000 ${this.#side(direction)} 0.0.0.0/0`]
        : []),
      `acl edge ${direction} 100 allow any ${this.#side(direction)} 0.0.0.0/0`,
    ])
    return worldFromLines(
      [
        ...groups.map((group) => `group ${group}`),
        ...rules,
        'acl edge',
        ...entries,
        'subnet open 10.0.1.0/24',
        'subnet guarded 10.0.2.0/24 acl edge',
        'interface one 10.0.1.10 in a subnet open',
        'interface two 10.0.1.11 in a b subnet open',
        'interface three 10.0.2.10 in b subnet guarded',
        'interface four 10.0.2.11 in c subnet guarded',
      ].join('\n'),
    )
  }

  #side(direction: 'ingress' | 'egress'): string {
    return direction === 'ingress' ? 'from' : 'to'
  }

  #rule(group: string): string {
    const direction = this.#dice.below(2) === 0 ? 'ingress' : 'egress'
    const peers = ['0.0.0.0/0', '0.0.0.0/0', '10.0.0.0/16', '10.0.2.0/24', '203.0.113.0/24', 'a', 'b', 'c']
    const traffics = ['any', 'tcp any', `tcp ${this.#port()}`, `tcp ${this.#port()}`, 'udp any', `udp ${this.#port()}`]
    const more = ['icmp any', 'icmp 8', '50', 'tcp 1024-65535']
    return `group ${group} ${direction} ${this.#pick([...traffics, ...more])} ${this.#side(direction)} ${this.#pick(peers)}`
  }

  #port(): string {
    return this.#pick(['22', '53', '80', '443', '443', '3306', '5432', '8080', '50051'])
  }

  #pick(words: readonly string[]): string {
    return words[this.#dice.below(words.length)] ?? ''
  }
}

function recordsOf(met: readonly Met[], arrived: ReadonlySet<number>, format: string): KnownRecord[] {
  const windows = new Map<string, { readonly card: NetworkInterface; readonly flows: FlowWindow }>()
  const packets = new Map<string, Met[]>()
  for (const each of met) {
    const { card, packet, direction, action, now } = each
    const place = `${card.id} ${Math.floor(now / 1000 / window)}`
    const open = windows.get(place) ?? { card, flows: new FlowWindow() }
    windows.set(place, open)
    open.flows.note({ packet, direction, action, now, trafficPath: () => 1 })
    const key = `${place} ${keyOf(each)}`
    packets.set(key, [...(packets.get(key) ?? []), each])
  }
  const records = Array.from(windows).flatMap(([place, { card, flows }]) =>
    flows.records.map((record): KnownRecord => {
      const own = packets.get(`${place} ${keyOf(record)}`) ?? []
      return {
        line: recordLine(format, recordedAt(card), { status: 'OK', record }),
        end: Math.floor(record.end / 1000),
        isAdmitted: own.some(({ step }) => arrived.has(step.id)),
        isStray: record.action === 'ACCEPT' && own.every(({ step }) => step.isStray),
      }
    }),
  )
  return records.sort((a, b) => Math.floor(a.end / window) - Math.floor(b.end / window))
}

function keyOf({ packet, direction, action }: Pick<Met, 'packet' | 'direction' | 'action'>): string {
  const { source, destination } = recordedPorts(packet)
  const ends = [formatAddress(packet.source), source, formatAddress(packet.destination), destination]
  return `${direction} ${action} ${JSON.stringify(ends)} ${packet.payload.kind}`
}

function recordedAt(card: NetworkInterface) {
  return {
    account: '123456789012',
    region: 'us-east-1',
    id: card.id,
    vpc: card.vpc,
    subnet: card.subnet,
    instance: undefined,
    zoneId: 'use1-az1',
    primaryAddress: parseAddress(card.privateAddresses[0]?.address ?? ''),
  }
}
