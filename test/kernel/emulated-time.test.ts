/** Gaps on the kernel: a flow that the engine let expire is forgotten, one that it keeps is not. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EngineMemory, expireAsEngineSays, type Gap } from '../../src/app/stage/emulated-time.ts'
import type { KernelInterface } from '../../src/app/stage/kernel-interface.ts'
import type { Stage } from '../../src/app/stage/stage.ts'
import { type Moment, playTimeline } from '../../src/engine/timeline.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import { hasStageTools, openFilteredStage } from './stage-tools.ts'

/** TCP 80 is tracked, UDP 53 open both ways. */
const program = `
table inet sallyport {
  chain forward {
    type filter hook forward priority filter; policy drop;
    udp sport { 67, 68 } udp dport { 67, 68 } accept
    ct mark and 1 == 1 accept
    udp dport 53 accept
    udp sport 53 accept
    iifname "eth0" tcp dport 80 tcp flags & (fin | syn | rst | ack) == syn ct mark set ct mark or 1 accept
  }
}
`

const world = `
world
  group web  ingress tcp 80 from 203.0.113.5 as sgr-1
  group web  ingress udp 53 from 0.0.0.0/0   as sgr-2
  group web  egress  udp any to 0.0.0.0/0    as sgr-3
  interface e 10.0.0.10 in web
`

describe.skipIf(!hasStageTools)('emulated time', () => {
  let stage: Stage
  let card: KernelInterface

  beforeAll(async () => {
    ;({ stage, card } = await openFilteredStage(program))
  })

  afterAll(() => stage.close())

  /** Plays the lines on both and gives the kernel's verdicts beside the engine's, and its connections after each. */
  async function play(lines: string): Promise<string[]> {
    await card.forgetAll()
    const memory = new EngineMemory()
    const moments: (Pick<Moment, 'result'> & { gap: Gap })[] = []
    const results = playTimeline(world + lines, {
      onLine: (moment) => moments.push({ gap: memory.after(moment), result: moment.result }),
    })
    expect(Array.from(results).length).toBeGreaterThan(0)
    const seen: string[] = []
    for (const { gap, result } of moments) {
      await expireAsEngineSays(gap, new Map([['eni-e' as const, card]]))
      if (!result) continue
      const verdict = await card.send(result.direction, parsePacket(result.packet))
      const flows = await card.conntrack()
      seen.push(`${result.verdict.action} ${verdict} ${flows.map(({ protocol }) => protocol).sort()}`)
    }
    return seen
  }

  test('a tracked flow lives as long as the engine says', async () => {
    const verdicts = await play(`
0s      e ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S
0s      e egress  tcp 10.0.0.10:80 > 203.0.113.5:40000 SA
0s      e ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 A
4d      e ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 A
8d      e ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 A
13d     e ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 A
13d     e ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S
`)
    const alive = 'allow allow 6'
    expect(verdicts).toEqual([alive, alive, alive, alive, alive, 'deny deny ', alive])
  })

  test('an untracked flow is gone once it was silent for as long as the kernel waits', async () => {
    const verdicts = await play(`
0s      e ingress udp 203.0.113.5:9 > 10.0.0.10:53
20s     e ingress udp 203.0.113.5:9 > 10.0.0.10:53
40s     e ingress tcp 203.0.113.5:1 > 10.0.0.10:80 S
50s     e ingress tcp 203.0.113.5:1 > 10.0.0.10:80 S
`)
    expect(verdicts).toEqual(['allow allow 17', 'allow allow 17', 'allow allow 17,6', 'allow allow 6'])
  })

  test('what a line forgets is forgotten at once', async () => {
    const verdicts = await play(`
0s      e ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S
0s      forget e
0s      e egress  tcp 10.0.0.10:80 > 203.0.113.5:40000 SA
`)
    expect(verdicts).toEqual(['allow allow 6', 'deny deny '])
  })
})
