/**
 * Three ways in which firewalls of this kind have let in what nobody allowed. Each table says what must pass and what
 * must not, is played by engine and kernel, and both are held to it.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProgramLoader } from '../../src/app/enforcement/program-loader.ts'
import { type Actor, actorOf, forgetEverything, playOnKernel } from '../../src/app/stage/kernel-timeline.ts'
import { openStage, type Stage } from '../../src/app/stage/stage.ts'
import { playTimeline } from '../../src/engine/timeline.ts'
import type { NetworkInterfaceId } from '../../src/model/ids.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import { disagreements } from './disagreement.ts'
import { policyOf } from './policies-along.ts'
import { hasStageTools } from './stage-tools.ts'

/** A rule, and packets that come in: each with what must become of it. */
const tables: readonly (readonly [fault: string, cases: readonly Case[]])[] = [
  [
    'IPv6 and lists turned into from anywhere',
    [
      ['tcp 80 from 2001:db8:1::/48', { allow: [v6('2001:db8:1::5')], deny: [v6('2001:db8:2::5'), v4('203.0.113.5')] }],
      ['any from 2001:db8:1::/48', { allow: [v6('2001:db8:1::5')], deny: [v6('2001:db8:2::5'), v4('203.0.113.5')] }],
      ['tcp 80 from ::/0', { allow: [v6('2001:db8:2::5')], deny: [v4('203.0.113.5')] }],
      ['tcp 80 from 0.0.0.0/0', { allow: [v4('203.0.113.5')], deny: [v6('2001:db8:2::5')] }],
      ['tcp 80 from pl-4', { allow: [v4('203.0.113.5')], deny: [v4('198.51.100.5'), v6('2001:db8:1::5')] }],
      ['tcp 80 from pl-6', { allow: [v6('2001:db8:1::5')], deny: [v6('2001:db8:2::5'), v4('203.0.113.5')] }],
      ['any from pl-4', { allow: [v4('203.0.113.5')], deny: [v4('198.51.100.5'), v6('2001:db8:1::5')] }],
      ['tcp 80 from pl-empty', { allow: [], deny: [v4('203.0.113.5'), v6('2001:db8:1::5')] }],
      ['any from pl-empty', { allow: [], deny: [v4('203.0.113.5'), v6('2001:db8:1::5')] }],
      ['tcp 80 from nobody', { allow: [], deny: [v4('203.0.113.5'), v6('2001:db8:1::5'), v4('10.0.0.20')] }],
      ['tcp 80 from friends', { allow: [v4('10.0.0.20')], deny: [v4('203.0.113.5'), v6('2001:db8:1::5')] }],
      ['icmpv6 128 from ::/0', { allow: ['icmpv6 2001:db8:1::5 > 2001:db8::10 echo 1'], deny: [v6('2001:db8:1::5')] }],
    ],
  ],
  [
    'a rule dropped to its bare protocol',
    [
      ['tcp 80 from 0.0.0.0/0', { allow: [v4('203.0.113.5', 80)], deny: [79, 81, 0, 443].map(toPort) }],
      ['tcp 80-90 from 0.0.0.0/0', { allow: [80, 85, 90].map(toPort), deny: [79, 91].map(toPort) }],
      ['udp 53 from 0.0.0.0/0', { allow: [udp(53)], deny: [udp(52), udp(54), v4('203.0.113.5', 53)] }],
      ['udp 53 from pl-4', { allow: [udp(53)], deny: [udp(54), v4('203.0.113.5', 53)] }],
      ['tcp 80 from 203.0.113.0/24', { allow: [toPort(80)], deny: [toPort(81), udp(80)] }],
      [
        'icmp 8/0 from 0.0.0.0/0',
        { allow: [icmp('echo 1')], deny: [icmp('13/0 id=7'), icmp('3/4'), icmp('8/1 id=9')] },
      ],
      ['icmp 3/4 from 0.0.0.0/0', { allow: [icmp('3/4')], deny: [icmp('3/1'), icmp('echo 1'), icmp('11/0')] }],
      ['50 from 0.0.0.0/0', { allow: ['50 203.0.113.5 > 10.0.0.10'], deny: ['51 203.0.113.5 > 10.0.0.10', udp(50)] }],
      ['253 from pl-4', { allow: ['253 203.0.113.5 > 10.0.0.10'], deny: ['254 203.0.113.5 > 10.0.0.10', toPort(80)] }],
    ],
  ],
]

type Case = readonly [rule: string, fates: Readonly<Record<'allow' | 'deny', readonly string[]>>]

function v4(far: string, port = 80): string {
  return `tcp ${far}:40000 > 10.0.0.10:${port} S`
}

function v6(far: string): string {
  return `tcp [${far}]:40000 > [2001:db8::10]:80 S`
}

function toPort(port: number): string {
  return v4('203.0.113.5', port)
}

function udp(port: number): string {
  return `udp 203.0.113.5:9 > 10.0.0.10:${port}`
}

function icmp(message: string): string {
  return `icmp 203.0.113.5 > 10.0.0.10 ${message}`
}

function timelineOf(rule: string, fates: Case[1]): string {
  const lines = (['allow', 'deny'] as const).flatMap((fate) =>
    fates[fate].map((packet) => `0s e ingress ${packet} ${fate}`),
  )
  return `
world
  prefix-list pl-4 203.0.113.0/24
  prefix-list pl-6 2001:db8:1::/48
  prefix-list pl-empty
  group nobody
  group friends
  group web ingress ${rule}
  interface f 10.0.0.20 in friends
  interface e 10.0.0.10 2001:db8::10 in web
${lines.join('\n')}
`
}

describe.skipIf(!hasStageTools)('never open by accident', () => {
  let stage: Stage
  const actors = new Map<NetworkInterfaceId, Actor>()
  const actor = async (id: NetworkInterfaceId) => {
    const known = actors.get(id)
    if (known) return known
    const made = actorOf(await stage.addInterface(id))
    actors.set(id, made)
    await made.loader.shut()
    return made
  }

  beforeAll(async () => {
    stage = await openStage()
  })

  afterAll(async () => {
    for (const { loader } of actors.values()) loader.release()
    await stage.close()
  })

  async function hold(timeline: string): Promise<void> {
    for (const each of actors.values()) await forgetEverything(each.stage)
    const strange = Array.from(playTimeline(timeline)).filter(({ isAsExpected }) => !isAsExpected)
    expect(strange.map(({ packet }) => packet)).toEqual([])
    expect(disagreements(await playOnKernel(timeline, { actors: actor }))).toEqual([])
  }

  describe.each(tables)('%s', (_, cases) => {
    test.each(cases)('ingress %s', (rule, fates) => hold(timelineOf(rule, fates)))
  })

  describe('an egress accept that skips the ingress of the receiver', () => {
    test('between two interfaces, each with a memory of its own', () =>
      hold(`
world
  group out egress any to 0.0.0.0/0
  group out egress any to ::/0
  group in  ingress tcp 80 from out
  interface a 10.0.0.5 2001:db8::5 in out
  interface b 10.0.0.6 2001:db8::6 in in
  interface c 10.0.0.7 2001:db8::7 in out
0s a egress  tcp 10.0.0.5:40000 > 10.0.0.7:80 S               allow
0s c ingress tcp 10.0.0.5:40000 > 10.0.0.7:80 S               deny
0s c egress  tcp 10.0.0.7:80 > 10.0.0.5:40000 SA              deny
0s a egress  tcp [2001:db8::5]:40000 > [2001:db8::7]:80 S     allow
0s c ingress tcp [2001:db8::5]:40000 > [2001:db8::7]:80 S     deny
0s a egress  tcp 10.0.0.5:40000 > 10.0.0.6:80 S               allow
0s b ingress tcp 10.0.0.5:40000 > 10.0.0.6:80 S               allow
0s a egress  tcp 10.0.0.5:40000 > 10.0.0.6:81 S               allow
0s b ingress tcp 10.0.0.5:40000 > 10.0.0.6:81 S               deny
0s a egress  udp 10.0.0.5:40000 > 10.0.0.6:80                 allow
0s b ingress udp 10.0.0.5:40000 > 10.0.0.6:80                 deny
`))

    const open = 'ingress udp any from 203.0.113.0/24 as sgr-1'
    const onward = 'egress udp any to 10.0.0.0/16 as sgr-2'
    const both = [
      { sender: onward, receiver: open, verdict: 'allow' },
      { sender: onward, receiver: '', verdict: 'deny' },
      { sender: '', receiver: open, verdict: 'deny' },
      { sender: '', receiver: '', verdict: 'deny' },
    ] as const

    /** `eth0` is where packets come in, `inner` where they leave: each has rules of its own in one namespace. */
    test.each(both)('within one namespace: "$sender" and "$receiver"', async ({ sender, receiver, verdict }) => {
      const { stage: card } = await actor('eni-shared')
      const rules = { eth0: receiver, inner: sender }
      const loaders = Object.entries(rules).map(async ([device, rule], slot) => {
        const loader = new ProgramLoader({ enter: card.enter, device, slot })
        const text = `world\n  group web\n  ${rule && `group web ${rule}`}\n  interface e 10.0.0.10 in web unchecked\n`
        await loader.load({ policy: policyOf(text, 'eni-e') })
        return loader
      })
      const loaded = await Promise.all(loaders)
      expect(await card.send('ingress', parsePacket('udp 203.0.113.5:9 > 10.0.0.10:53'))).toBe(verdict)
      for (const loader of loaded) {
        await loader.remove()
        loader.release()
      }
      await card.forgetAll()
    })
  })
})
