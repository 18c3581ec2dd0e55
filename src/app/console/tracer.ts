/**
 * Traces: each a sandbox forked from the live world, with a clock of its own, in which one connection's packets
 * are sent one at a time while its owner waits, changes rules and looks at what survives.
 */

import { type Instant, instant, seconds } from '../../base/clock.ts'
import { Rejection } from '../../model/rejection.ts'
import type { World } from '../../model/world.ts'
import { formatAddress } from '../../net/address.ts'
import { parsePacket } from '../../packet/notation.ts'
import type { Packet, Payload } from '../../packet/packet.ts'
import { type Explanation, explain, type Finding } from '../../reach/explain.ts'
import { hopSentence } from '../../reach/hop-sentence.ts'
import { UnknownPlace } from '../../reach/place.ts'
import type { Traffic as AskedTraffic } from '../../reach/probes.ts'
import type { Journey } from '../../reach/walk.ts'
import { BadInput } from '../bad-input.ts'
import { type Step, scriptOf, sendStep } from '../exchange.ts'
import { Sandbox } from '../sandbox.ts'
import { type Path, pathBetween } from '../send-path.ts'
import { familyOf, openingOf, type Traffic } from '../send-request.ts'
import type { Call, FindingView, ScriptPacket, TraceEvent, TraceQuestion, TraceView } from './api.ts'
import { passageView } from './passage.ts'
import { rulesOf } from './reasons.ts'

const mostFindings = 8
const mostEvents = 200

export class Trace {
  readonly id: string
  readonly #question: TraceQuestion
  readonly #sandbox: Sandbox
  readonly #startedAt: Instant
  readonly #traffic: Traffic
  readonly #clientPort: number
  readonly #happened: TraceEvent[] = []
  #next = 0

  private constructor(id: string, question: TraceQuestion, sandbox: Sandbox) {
    this.id = id
    this.#question = question
    this.#sandbox = sandbox
    this.#startedAt = sandbox.now
    this.#traffic = trafficOf(question)
    this.#clientPort = sandbox.live.takeClientPort()
  }

  /** Throws BadInput for ends between which nothing can be sent. */
  static async open(id: string, question: TraceQuestion, world: World, now: number): Promise<Trace> {
    const sandbox = await Sandbox.open({ scope: world.scope, now: instant(now), world })
    const trace = new Trace(id, question, sandbox)
    trace.#journey()
    return trace
  }

  /** Sends the packet of the script; one that is refused comes next again. */
  send(index: number): void {
    const journey = this.#journey()
    const script = this.#script(journey)
    const step = script[index]
    if (!step) throw new BadInput('packet must be one of the script.')
    const { live, now } = this.#sandbox
    const report = passageView(live, { journey, step, report: sendStep(live, journey, step, now) })
    this.#note({ kind: 'packet', label: labelOf(step), report })
    if (report.isDelivered) this.#next = index + 1
  }

  wait(span: number): void {
    this.#sandbox.wait(seconds(span))
    this.#note({ kind: 'wait', seconds: span })
  }

  async call(call: Call): Promise<void> {
    const refusal = await this.#sandbox.call(call.action, call.input).then(
      () => null,
      (thrown: unknown) => {
        if (thrown instanceof Rejection) return `${thrown.code}: ${thrown.message}`
        throw thrown
      },
    )
    this.#note({ kind: 'call', call, refusal })
  }

  view(): TraceView {
    const { live, now } = this.#sandbox
    const journey = this.#journey()
    const script = this.#script(journey)
    const explanation = explained(this.#sandbox.world, this.#question)
    const policies = [journey.from, journey.to].flatMap((place) => live.terrain.hostAt(place)?.policy ?? [])
    return {
      id: this.id,
      question: this.#question,
      result: explanation.result,
      findings: explanation.findings.slice(0, mostFindings).map(findingView),
      fixes: explanation.fixes.map(({ why, command = null }) => ({ why, command })),
      script: script.map((step): ScriptPacket => ({ label: labelOf(step), side: step.side })),
      next: this.#next < script.length ? this.#next : null,
      elapsedSeconds: (now - this.#startedAt) / 1000,
      happened: this.#happened,
      connections: live.flows(now),
      rules: rulesOf(live.terrain.world, policies),
    }
  }

  #note(event: TraceEvent): void {
    this.#happened.push(event)
    if (this.#happened.length > mostEvents) this.#happened.shift()
  }

  /** In the sandbox's newest world: an interface's addresses and groups may have changed. */
  #journey(): Journey {
    const { world } = this.#sandbox
    const path = pathOf(world, this.#question, this.#traffic)
    const payload = openingOf(this.#traffic, this.#clientPort)
    return { ...path, packet: { source: path.source, destination: path.destination, payload, length: 40 } }
  }

  #script({ packet }: { readonly packet: Packet }): readonly Step[] {
    return scriptOf(packet.payload, false)
  }
}

/** Of a block of addresses, or the internet, the address that stands for it in the explanation. */
function pathOf(world: World, question: TraceQuestion, traffic: Traffic): Path {
  const { from, to } = question
  const family = familyOf(traffic)
  try {
    return pathBetween(world, { from, to, family })
  } catch (thrown) {
    if (!(thrown instanceof BadInput)) throw thrown
    const [finding] = explained(world, question).findings
    if (!finding) throw thrown
    const { source, destination } = parsePacket(finding.packet)
    const isBlock = (text: string) => text === 'internet' || text.includes('/')
    return pathBetween(world, {
      from: isBlock(from) ? formatAddress(source) : from,
      to: isBlock(to) ? formatAddress(destination) : to,
      family: source.family,
    })
  }
}

/** Throws BadInput. */
function explained(world: World, { from, to, protocol, port }: TraceQuestion): Explanation {
  const traffic = trafficOf({ from, to, protocol, port })
  const asked: AskedTraffic =
    port !== null && (traffic.protocol === 'tcp' || traffic.protocol === 'udp')
      ? { protocol: traffic.protocol, port }
      : { protocol: traffic.protocol }
  try {
    return explain(world, { from, to, traffic: asked })
  } catch (thrown) {
    throw thrown instanceof UnknownPlace ? new BadInput(thrown.message) : thrown
  }
}

const named = ['tcp', 'udp', 'icmp', 'icmpv6'] as const

function trafficOf({ protocol: text, port }: TraceQuestion): Traffic {
  const protocol = named.find((each) => each === text) ?? (/^\d{1,3}$/.test(text) ? Number(text) : undefined)
  if (protocol === undefined || (typeof protocol === 'number' && protocol > 255)) {
    throw new BadInput('protocol must be tcp, udp, icmp, icmpv6 or a number up to 255.')
  }
  const hasPorts = protocol === 'tcp' || protocol === 'udp'
  if (hasPorts && port === null) throw new BadInput(`${protocol} needs a port.`)
  return { protocol, port: hasPorts ? (port ?? undefined) : undefined, clientPort: undefined }
}

/** `SYN`, `SYN-ACK`, `data`; a datagram is a request or its answer. */
function labelOf({ payload, side }: Step): string {
  if (payload.kind === 'tcp') return tcpLabel(payload)
  return side === 'asks' ? 'request' : 'answer'
}

const flagLabels: Readonly<Record<number, string>> = { 2: 'SYN', 18: 'SYN-ACK', 16: 'ACK', 24: 'data', 17: 'FIN' }

function tcpLabel({ flags }: Extract<Payload, { kind: 'tcp' }>): string {
  return flagLabels[flags] ?? 'segment'
}

function findingView({ result, from, to, packet, hops, standsOn }: Finding): FindingView {
  return {
    result,
    title: `${from} to ${to}`,
    packet,
    hops: hops.map((hop) => ({ leg: hop.leg, outcome: hop.outcome, sentence: hopSentence(hop) })),
    standsOn: standsOn.map(({ rule }) => rule),
  }
}
