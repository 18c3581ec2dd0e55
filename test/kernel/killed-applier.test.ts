/**
 * The applier is killed after every transaction of an apply, and in the middle of each: whatever passes then is allowed
 * by the rules before or by those after, and the next applier finishes the job.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProgramLoader } from '../../src/app/enforcement/program-loader.ts'
import type { KernelInterface, KernelVerdict } from '../../src/app/stage/kernel-interface.ts'
import { forgetEverything } from '../../src/app/stage/kernel-timeline.ts'
import { openStage, type Stage } from '../../src/app/stage/stage.ts'
import { playTimeline } from '../../src/engine/timeline.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import type { Application } from './applier.ts'
import { policyOf } from './policies-along.ts'
import { hasStageTools } from './stage-tools.ts'

const members = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const [leaving, joining] = [members.slice(0, 5), members.slice(5)]
const blocksOf = (numbers: readonly number[]) => numbers.map((number) => `198.51.${number}.0/24`).join(' ')
const ports = [100, 200, 300, 400, 500, 600, 700, 800]

/** Members and entries change together with the ports that they may reach: neither mixture is allowed. */
const before = `
world
  prefix-list pl-1 ${blocksOf(leaving)}
  group peers
  group web ingress tcp 80 from peers           as sgr-1
  group web ingress udp 53 from pl-1            as sgr-2
  ${ports.map((port) => `group web ingress tcp ${port} from 203.0.113.5 as sgr-${port}`).join('\n  ')}
  interface e 10.0.0.10 in web
  ${members.map((number) => `interface m${number} 10.0.1.${number}${leaving.includes(number) ? ' in peers' : ''}`).join('\n  ')}
`
const after = `${before}
0s prefix-list pl-1 ${blocksOf(joining)}
${leaving.map((number) => `0s detach peers from m${number}`).join('\n')}
${joining.map((number) => `0s attach peers to m${number}`).join('\n')}
0s revoke sgr-1
0s revoke sgr-2
0s authorize web ingress tcp 443 from peers
0s authorize web ingress udp 123 from pl-1
${ports.map((port) => `0s revoke sgr-${port}\n0s authorize web ingress tcp ${port + 1} from 203.0.113.5`).join('\n')}
`
const nothing = 'world\n  group none\n  interface e 10.0.0.10 in none\n'

const probes = [
  ...members.flatMap((number) => [
    ...[80, 443].map((port) => `tcp 10.0.1.${number}:40000 > 10.0.0.10:${port} S`),
    ...[53, 123].map((port) => `udp 198.51.${number}.9:9 > 10.0.0.10:${port}`),
  ]),
  ...ports.flatMap((port) => [0, 1, 2].map((more) => `tcp 203.0.113.5:40000 > 10.0.0.10:${port + more} S`)),
  'tcp 203.0.113.5:40000 > 10.0.0.10:80 S',
  'tcp 192.0.2.1:40000 > 10.0.0.10:100 S',
]

/** What the engine says of each probe. */
function verdictsUnder(timeline: string): KernelVerdict[] {
  const met = probes.map((packet) => `0s e ingress ${packet}`).join('\n')
  return Array.from(playTimeline(`${timeline}\n${met}\n`), ({ verdict }) => verdict.action)
}

const script = fileURLToPath(new URL('applier.ts', import.meta.url))
/** Few, so that an apply is many transactions. */
const mostElements = 8

describe.skipIf(!hasStageTools)('an applier that is killed', () => {
  let stage: Stage
  let card: KernelInterface

  beforeAll(async () => {
    stage = await openStage()
    card = await stage.addInterface('e')
  })

  afterAll(() => stage.close())

  async function bring(timeline: string): Promise<void> {
    const loader = new ProgramLoader({ enter: card.enter, device: 'eth0', slot: 0 })
    await loader.load({ policy: policyOf(timeline, 'eni-e') })
    loader.release()
  }

  /** False if it was done before it could be killed. */
  async function killed(application: Omit<Application, 'enter' | 'mostElements'>): Promise<boolean> {
    const argument = JSON.stringify({ enter: card.enter, mostElements, ...application })
    const child = spawn(process.execPath, ['--import', 'tsx', script, argument], { stdio: 'inherit' })
    const [status, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    if (signal === null) expect(status).toBe(0)
    await expect.poll(() => card.run(['sh', '-c', 'pgrep -x nft || true'])).toBe('')
    return signal === 'SIGKILL'
  }

  async function seen(): Promise<KernelVerdict[]> {
    await forgetEverything(card)
    return card.sendAll(probes.map((probe) => ({ direction: 'ingress', packet: parsePacket(probe) })))
  }

  const applies = [
    { title: 'from some rules to others', from: before, to: after, least: 10 },
    { title: 'from nothing', from: nothing, to: before, least: 8 },
  ]

  describe.each(applies)('$title', ({ from, to, least }) => {
    test.each([
      { when: 'after a transaction', isUnderWay: false },
      { when: 'in a transaction', isUnderWay: true },
    ])('$when', async ({ isUnderWay }) => {
      const [old, wanted] = [verdictsUnder(from), verdictsUnder(to)]
      let transactions = 1
      for (; ; transactions++) {
        await bring(from)
        const isKilled = await killed({ timeline: to, transactions, isUnderWay })
        if (!isKilled) break
        const opened = (await seen()).flatMap((verdict, index) =>
          verdict === 'allow' && old[index] === 'deny' && wanted[index] === 'deny' ? [probes[index]] : [],
        )
        expect(opened, `after ${transactions} transactions`).toEqual([])
        await bring(to)
        expect(await seen()).toEqual(wanted)
      }
      expect(transactions).toBeGreaterThan(least)
    })
  })
})
