/**
 * Conversations as steps: who sends what when, and which packets must have arrived before, as a host answers only
 * what it was asked. Played in two worlds they tell what each packet's fate is in either.
 */

import type { Dice } from '../../bench/dice.ts'
import { type Instant, instant } from '../../src/base/clock.ts'
import { Engine } from '../../src/engine/engine.ts'
import { type FlowAction, flowAction } from '../../src/engine/flow-record.ts'
import type { NetworkInterface } from '../../src/model/network-interface.ts'
import type { Direction } from '../../src/model/rule.ts'
import type { World } from '../../src/model/world.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import type { Packet } from '../../src/packet/packet.ts'
import { PolicyTable } from '../../src/policy/policy-table.ts'

export interface Step {
  readonly id: number
  /** In seconds. */
  readonly at: number
  readonly packet: string
  readonly isOfClient: boolean
  /** Packets that must have arrived. */
  readonly after: readonly number[]
  /** It comes when its connection is closed or was never there. */
  readonly isStray?: boolean
}

type Conditions = Partial<Pick<Step, 'after' | 'isStray'>>

/** An end of a conversation: an interface of the world, or an address outside. */
export interface Party {
  readonly address: string
  readonly card: NetworkInterface | undefined
}

export interface Conversation {
  readonly client: Party
  readonly server: Party
  readonly steps: readonly Step[]
}

/** A packet as an interface met it. */
export interface Met {
  readonly step: Step
  readonly card: NetworkInterface
  readonly packet: Packet
  readonly direction: Direction
  readonly action: FlowAction
  readonly now: Instant
}

export interface Played {
  readonly met: readonly Met[]
  readonly arrived: ReadonlySet<number>
}

export function play(world: World, conversations: readonly Conversation[]): Played {
  const engine = new Engine()
  const policies = new PolicyTable(world)
  const arrived = new Set<number>()
  const met: Met[] = []
  const all = conversations.flatMap((each) => each.steps.map((step) => ({ ...each, step })))
  for (const { client, server, step } of all.sort((a, b) => a.step.at - b.step.at || a.step.id - b.step.id)) {
    if (!step.after.every((id) => arrived.has(id))) continue
    const packet = parsePacket(step.packet)
    const now = instant(step.at * 1000)
    const passes = (party: Party, direction: Direction): boolean => {
      const policy = party.card && policies.get(party.card.id)
      if (!party.card || !policy) return true
      const verdict = engine.decide({ packet, policy, direction, now })
      const action = flowAction(verdict)
      if (action) met.push({ step, card: party.card, packet, direction, action, now })
      return verdict.action === 'allow'
    }
    const [from, to] = step.isOfClient ? [client, server] : [server, client]
    if (passes(from, 'egress') && passes(to, 'ingress')) arrived.add(step.id)
  }
  return { met, arrived }
}

/** Makes conversations of all kinds; ids go on from one to the next. */
export class Script {
  readonly #dice: Dice
  #next = 0

  constructor(dice: Dice) {
    this.#dice = dice
  }

  conversation(client: Party, server: Party, start: number): Conversation {
    const kind = this.#dice.below(20)
    const steps =
      kind < 11
        ? this.#tcp(client, server, start)
        : kind < 16
          ? this.#udp(client, server, start)
          : kind < 18
            ? this.#icmp(client, server, start)
            : kind < 19
              ? this.#strayTcp(client, server, start)
              : this.#other(client, server, start)
    return { client, server, steps }
  }

  #step(at: number, isOfClient: boolean, packet: string, { after = [], isStray = false }: Conditions = {}): Step {
    return { id: this.#next++, at, packet, isOfClient, after, isStray }
  }

  #tcp(client: Party, server: Party, start: number): Step[] {
    const ports = [this.#clientPort(), this.#servicePort()] as const
    const there = (flags: string) => line('tcp', [client, server], ports, flags)
    const back = (flags: string) => line('tcp', [server, client], [ports[1], ports[0]], flags)
    const syn = this.#step(start, true, there('S'))
    if (this.#dice.below(6) === 0) return [syn, this.#step(start, false, back('RA'), { after: [syn.id] })]
    const again = this.#step(start + 3, true, there('S'))
    const synAck = this.#step(start + 1, false, back('SA'), { after: [syn.id] })
    const ack = this.#step(start + 1, true, there('A'), { after: [synAck.id] })
    // Long ones are of several windows.
    const turns = this.#dice.below(4) === 0 ? 5 : 1
    const talk = Array.from({ length: turns }, (_, turn) => {
      const at = start + 2 + turn * 70
      const asked = this.#step(at, true, there('PA'), { after: [ack.id] })
      return [asked, this.#step(at, false, back('PA'), { after: [asked.id] })]
    }).flat()
    const end = start + 3 + turns * 70
    const fin = this.#step(end, true, there('FA'), { after: [ack.id] })
    const finBack = this.#step(end, false, back('FA'), { after: [fin.id] })
    const last = this.#step(end, true, there('A'), { after: [finBack.id] })
    const isLate = this.#dice.below(5) === 0
    const late = isLate
      ? [this.#step(end + 200, this.#dice.below(2) === 0, '', { after: [last.id], isStray: true })]
      : []
    const worded = late.map((step) => ({ ...step, packet: step.isOfClient ? there('A') : back('A') }))
    return [syn, again, synAck, ack, ...talk, fin, finBack, last, ...worded]
  }

  /** Segments of a connection that never was, as a scan or a spoofed flood sends them. */
  #strayTcp(client: Party, server: Party, start: number): Step[] {
    const flags = ['SA', 'A', 'RA', 'FA'][this.#dice.below(4)] ?? 'A'
    const packet = line('tcp', [client, server], [this.#servicePort(), this.#clientPort()], flags)
    return [this.#step(start, true, packet, { isStray: true })]
  }

  #udp(client: Party, server: Party, start: number): Step[] {
    const own = this.#servicePort()
    const ports = this.#dice.below(5) === 0 ? ([own, own] as const) : ([this.#clientPort(), own] as const)
    const asked = this.#step(start, true, line('udp', [client, server], ports))
    if (this.#dice.below(5) === 0) return [asked]
    const isLate = this.#dice.below(6) === 0
    const at = start + (isLate ? 400 : 1)
    const answered = this.#step(at, false, line('udp', [server, client], [ports[1], ports[0]]), {
      after: [asked.id],
      isStray: isLate,
    })
    return [asked, answered]
  }

  #icmp(client: Party, server: Party, start: number): Step[] {
    const asked = this.#step(start, true, `icmp ${client.address} > ${server.address} echo 7`)
    return [
      asked,
      this.#step(start, false, `icmp ${server.address} > ${client.address} reply 7`, { after: [asked.id] }),
    ]
  }

  #other(client: Party, server: Party, start: number): Step[] {
    const asked = this.#step(start, true, `50 ${client.address} > ${server.address}`)
    return [asked, this.#step(start + 1, false, `50 ${server.address} > ${client.address}`, { after: [asked.id] })]
  }

  /** Most systems draw from 32,768 on, some from 1,024 on, and some services speak from below. */
  #clientPort(): number {
    const kind = this.#dice.below(20)
    if (kind === 0) return 600 + this.#dice.below(400)
    return kind < 4 ? 1024 + this.#dice.below(31_000) : 32_768 + this.#dice.below(28_000)
  }

  /** One of them is a service on a port that clients draw as well. */
  #servicePort(): number {
    const known = [22, 53, 80, 443, 443, 443, 3306, 5432, 5432, 8080, 50_051]
    return known[this.#dice.below(known.length)] ?? 443
  }
}

function line(kind: string, [from, to]: readonly [Party, Party], ports: readonly [number, number], flags = ''): string {
  return `${kind} ${from.address}:${ports[0]} > ${to.address}:${ports[1]} ${flags}`.trim()
}
