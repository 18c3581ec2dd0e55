/** The kernel's own timers, waited for: what the interface's tracking says is when a silent flow is forgotten. */

import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KernelInterface, KernelVerdict, Met } from '../../src/app/stage/kernel-interface.ts'
import { type Actor, actorOf } from '../../src/app/stage/kernel-timeline.ts'
import { openStage, type Stage } from '../../src/app/stage/stage.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import { policyOf } from './policies-along.ts'
import { hasStageTools } from './stage-tools.ts'

const world = `
world
  group web ingress tcp 80 from 203.0.113.0/24
  group web ingress tcp 80 from 2001:db8:1::/48
  group web ingress udp 53 from 203.0.113.0/24
  group web ingress udp 53 from 2001:db8:1::/48
  interface e 10.0.0.10 2001:db8::10 in web
`
const bare = `
world
  group web
  interface e 10.0.0.10 2001:db8::10 in web
`
/** Seconds. AWS takes no less than 60 and 30: whoever waits is a test. */
const tracking = { tcpEstablishedTimeout: 3, udpTimeout: 2, udpStreamTimeout: 5 }

const ends = {
  IPv4: { far: '203.0.113.5', own: '10.0.0.10' },
  IPv6: { far: '[2001:db8:1::5]', own: '[2001:db8::10]' },
} as const

function met(direction: Met['direction'], text: string): Met {
  return { direction, packet: parsePacket(text) }
}

describe.skipIf(!hasStageTools)('timers', () => {
  let stage: Stage
  let card: KernelInterface
  let actor: Actor

  beforeAll(async () => {
    stage = await openStage()
    card = await stage.addInterface('e')
    actor = actorOf(card)
    await actor.loader.load({ policy: { ...policyOf(world, 'eni-e'), tracking } })
  })

  afterAll(async () => {
    actor.loader.release()
    await stage.close()
  })

  const send = (...packets: Met[]): Promise<KernelVerdict[]> => card.sendAll(packets)
  const all = (count: number, verdict: KernelVerdict) => Array.from({ length: count }, () => verdict)

  /** One flow a family: a question and, for the streams, its answer. */
  const tcp = Object.values(ends).map(({ far, own }) => [`${far}:40000`, `${own}:80`] as const)
  const once = Object.values(ends).map(({ far, own }) => [`${far}:9`, `${own}:53`] as const)
  const stream = Object.values(ends).map(({ far, own }) => [`${far}:10`, `${own}:53`] as const)
  const segments = (flags: string) => tcp.map(([far, own]) => met('ingress', `tcp ${far} > ${own} ${flags}`))
  const answers = (flags: string) => tcp.map(([far, own]) => met('egress', `tcp ${own} > ${far} ${flags}`))
  type Flows = readonly (readonly [far: string, own: string])[]
  const questions = (flows: Flows) => flows.map(([far, own]) => met('ingress', `udp ${far} > ${own}`))
  const replies = (flows: Flows) => flows.map(([far, own]) => met('egress', `udp ${own} > ${far}`))

  /** Netfilter takes a flow for a stream once it has gone both ways for longer than two seconds. */
  const aStream = 2.2

  test('a gap below the timeout lives and one above it dies, for TCP, UDP and UDP streams', async () => {
    const opening = [...segments('S'), ...answers('SA'), ...segments('A')]
    const exchange = [...questions(stream), ...replies(stream)]
    expect(await send(...opening, ...exchange)).toEqual(all(10, 'allow'))
    for (let step = 0; step < 2; step++) {
      await setTimeout((aStream / 2) * 1000)
      expect(await send(...exchange)).toEqual(all(4, 'allow'))
    }
    expect(await send(...segments('A'), ...questions(once), ...questions(stream))).toEqual(all(6, 'allow'))
    // What the rules admitted has to stand on its own from here on.
    await actor.loader.load({ policy: { ...policyOf(bare, 'eni-e'), tracking } })

    await setTimeout(1000)
    expect(await send(...segments('A'), ...questions(once), ...replies(stream))).toEqual(all(6, 'allow'))
    await setTimeout(3500)
    // TCP's three seconds and UDP's two are over, the stream's five are not.
    expect(await send(...answers('A'), ...replies(once))).toEqual(all(4, 'deny'))
    expect(await send(...questions(stream))).toEqual(all(2, 'allow'))
    await setTimeout(6000)
    expect(await send(...questions(stream), ...replies(stream))).toEqual(all(4, 'deny'))
  })

  test('an edited timeout holds for a flow from its next packet on', async () => {
    await actor.loader.load({ policy: { ...policyOf(world, 'eni-e'), tracking } })
    expect(await send(...segments('S'), ...answers('SA'), ...segments('A'))).toEqual(all(6, 'allow'))
    const longer = { ...tracking, tcpEstablishedTimeout: 60 }
    await actor.loader.load({ policy: { ...policyOf(bare, 'eni-e'), tracking: longer } })
    expect(await send(...segments('A'))).toEqual(all(2, 'allow'))
    await setTimeout(4000)
    expect(await send(...segments('A'))).toEqual(all(2, 'allow'))
    await actor.loader.load({ policy: { ...policyOf(bare, 'eni-e'), tracking } })
    expect(await send(...segments('A'))).toEqual(all(2, 'allow'))
    await setTimeout(4000)
    expect(await send(...segments('A'))).toEqual(all(2, 'deny'))
  })
})
