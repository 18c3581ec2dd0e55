/** The stage itself, with a program written by hand: what the kernel decides about crafted packets is seen. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { KernelInterface, KernelVerdict } from '../../src/app/stage/kernel-interface.ts'
import type { Stage } from '../../src/app/stage/stage.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import { hasStageTools, openFilteredStage } from './stage-tools.ts'

/** The recipe of one mark bit: a flow is tracked when a rule set it, and whatever has it passes. */
const program = `
table inet sallyport {
  chain forward {
    type filter hook forward priority filter; policy drop;
    udp sport { 67, 68 } udp dport { 67, 68 } accept
    ct mark and 1 == 1 accept
    iifname "eth0" goto ingress
    oifname "eth0" goto egress
  }
  chain ingress {
    tcp dport 80 tcp flags & (fin | syn | rst | ack) == syn ct mark set ct mark or 1 accept
    udp dport 53 ct mark set ct mark or 1 accept
    icmp type echo-request ct mark set ct mark or 1 accept
    icmpv6 type echo-request ct mark set ct mark or 1 accept
    meta l4proto { 47, 50, 132 } ct mark set ct mark or 1 accept
  }
  chain egress {
    tcp dport 443 tcp flags & (fin | syn | rst | ack) == syn ct mark set ct mark or 1 accept
  }
}
`

describe.skipIf(!hasStageTools)('a stage', () => {
  let stage: Stage
  let card: KernelInterface

  beforeAll(async () => {
    ;({ stage, card } = await openFilteredStage(program))
  })

  afterAll(() => stage.close())

  beforeEach(() => card.forgetAll())

  /** `ingress PACKET` or `egress PACKET` a line, each followed by what the kernel is expected to do with it. */
  async function expectVerdicts(script: string): Promise<void> {
    const lines = script
      .trim()
      .split('\n')
      .map((line) => /^\s*(ingress|egress) (.*) +(allow|deny)$/.exec(line))
    const met = lines.map((line) => ({
      direction: line?.[1] as 'ingress' | 'egress',
      packet: parsePacket(line?.[2]?.trim() ?? ''),
    }))
    const expected = lines.map((line) => line?.[3] as KernelVerdict)
    expect(await card.sendAll(met)).toEqual(expected)
  }

  test('a rule admits what it names, and the answers pass without one', async () => {
    await expectVerdicts(`
      egress  tcp 10.0.0.10:80 > 203.0.113.5:40000 SA    deny
      ingress tcp 203.0.113.5:40000 > 10.0.0.10:81 S     deny
      ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 A     deny
      ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S     allow
      egress  tcp 10.0.0.10:80 > 203.0.113.5:40000 SA    allow
      ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 A     allow
      ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA    allow
      egress  tcp 10.0.0.10:80 > 203.0.113.5:40000 PA    allow
      egress  tcp 10.0.0.10:80 > 203.0.113.5:40001 A     deny
      ingress udp 203.0.113.5:5000 > 10.0.0.10:53        allow
      egress  udp 10.0.0.10:53 > 203.0.113.5:5000        allow
      egress  udp 10.0.0.10:53 > 203.0.113.5:5001        deny
    `)
  })

  test('the kernel believes the segments: their connection goes through all its states', async () => {
    const segments = ['S', '<SA', 'A', 'PA', '<A', 'FA', '<A', '<FA', 'A', 'S']
    const states: (string | undefined)[] = []
    for (const segment of segments) {
      const [to, from] = ['10.0.0.10:80', '203.0.113.5:40000']
      const isAnswer = segment.startsWith('<')
      const text = `tcp ${isAnswer ? `${to} > ${from} ${segment.slice(1)}` : `${from} > ${to} ${segment}`}`
      expect(await card.send(isAnswer ? 'egress' : 'ingress', parsePacket(text))).toBe('allow')
      states.push((await card.conntrack())[0]?.state)
    }
    expect(states).toEqual([
      ...['SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'ESTABLISHED', 'ESTABLISHED'],
      ...['FIN_WAIT', 'CLOSE_WAIT', 'LAST_ACK', 'TIME_WAIT', 'SYN_SENT'],
    ])
  })

  test('a reset in mid-connection closes it', async () => {
    await expectVerdicts(`
      egress  tcp 10.0.0.10:50000 > 203.0.113.5:443 S    allow
      ingress tcp 203.0.113.5:443 > 10.0.0.10:50000 SA   allow
      egress  tcp 10.0.0.10:50000 > 203.0.113.5:443 A    allow
      ingress tcp 203.0.113.5:443 > 10.0.0.10:50000 RA   allow
    `)
    expect(await card.conntrack()).toMatchObject([{ state: 'CLOSE', mark: 1, isAnswered: true }])
  })

  test('IPv6 goes the same ways', async () => {
    await expectVerdicts(`
      ingress tcp [2001:db8:1::5]:40000 > [2001:db8::10]:81 S      deny
      ingress tcp [2001:db8:1::5]:40000 > [2001:db8::10]:80 S      allow
      egress  tcp [2001:db8::10]:80 > [2001:db8:1::5]:40000 SA     allow
      ingress udp [2001:db8:1::5]:40000 > [2001:db8::10]:53        allow
      egress  udp [2001:db8::10]:53 > [2001:db8:1::5]:40000        allow
      ingress icmpv6 2001:db8:1::5 > 2001:db8::10 echo 7           allow
      egress  icmpv6 2001:db8::10 > 2001:db8:1::5 reply 7          allow
      egress  icmpv6 2001:db8::10 > 2001:db8:1::5 reply 8          deny
    `)
    const flows = await card.conntrack()
    expect(flows.map(({ family, protocol }) => [family, protocol]).sort()).toEqual([
      [6, 17],
      [6, 58],
      [6, 6],
    ])
  })

  test('an error about a tracked flow passes, one about an unknown flow does not', async () => {
    await expectVerdicts(`
      egress  tcp 10.0.0.10:50000 > 203.0.113.5:443 S                                            allow
      ingress icmp 192.0.2.1 > 10.0.0.10 11/0 { tcp 10.0.0.10:50000 > 203.0.113.5:443 S }        allow
      ingress icmp 192.0.2.1 > 10.0.0.10 3/4 { tcp 10.0.0.10:50000 > 203.0.113.5:443 A }         allow
      ingress icmp 192.0.2.1 > 10.0.0.10 3/4 { tcp 10.0.0.10:50001 > 203.0.113.5:443 A }         deny
      ingress icmp 192.0.2.1 > 10.0.0.10 3/4                                                     deny
      ingress udp 203.0.113.5:9 > 10.0.0.10:53                                                   allow
      egress  icmp 10.0.0.10 > 203.0.113.5 3/3 { udp 203.0.113.5:9 > 10.0.0.10:53 }              allow
      ingress icmp 203.0.113.5 > 10.0.0.10 echo 4                                                allow
      egress  icmp 10.0.0.10 > 203.0.113.5 3/1 { icmp 203.0.113.5 > 10.0.0.10 echo 4 }           allow
      ingress tcp [2001:db8:1::5]:4000 > [2001:db8::10]:80 S                                     allow
      egress  tcp [2001:db8::10]:80 > [2001:db8:1::5]:4000 SA                                    allow
      ingress icmpv6 2001:db8:2::9 > 2001:db8::10 2/0 { tcp [2001:db8::10]:80 > [2001:db8:1::5]:4000 A }  allow
      ingress icmpv6 2001:db8:2::9 > 2001:db8::10 2/0 { tcp [2001:db8::10]:80 > [2001:db8:1::5]:4001 A }  deny
    `)
  })

  test('a datagram in fragments is judged when it is whole, and later fragments share its fate', async () => {
    await expectVerdicts(`
      ingress udp 203.0.113.5:9 > 10.0.0.10:53 later 7                           deny
      ingress udp 203.0.113.5:9 > 10.0.0.10:53 first 7                           allow
      ingress udp 203.0.113.5:9 > 10.0.0.10:53 later 7                           allow
      ingress udp 203.0.113.5:9 > 10.0.0.10:54 first 8                           deny
      ingress udp 203.0.113.5:9 > 10.0.0.10:54 later 8                           deny
      ingress udp [2001:db8:1::5]:9 > [2001:db8::10]:53 first 7                  allow
      ingress udp [2001:db8:1::5]:9 > [2001:db8::10]:53 later 7                  allow
      ingress udp [2001:db8:1::5]:9 > [2001:db8::10]:53 later 8                  deny
      ingress tcp 203.0.113.5:9 > 10.0.0.10:80 S first 9                         allow
      ingress icmp 203.0.113.5 > 10.0.0.10 echo 3 first 1                        allow
      egress  icmp 10.0.0.10 > 203.0.113.5 reply 3 first 2                       allow
      ingress 50 203.0.113.5 > 10.0.0.10 first 1                                 allow
    `)
    card.age(30_000)
    await expectVerdicts('ingress udp 203.0.113.5:9 > 10.0.0.10:53 later 7  deny')
  })

  test.each([47, 50, 132])('protocol %i is tracked by its addresses', async (protocol) => {
    await expectVerdicts(`
      egress  ${protocol} 10.0.0.10 > 203.0.113.5      deny
      ingress ${protocol} 203.0.113.5 > 10.0.0.10      allow
      egress  ${protocol} 10.0.0.10 > 203.0.113.5      allow
      ingress ${protocol} 203.0.113.5 > 10.0.0.10      allow
      egress  ${protocol} 10.0.0.10 > 203.0.113.6      deny
      egress  ${protocol} 2001:db8::10 > 2001:db8::5   deny
      ingress ${protocol} 2001:db8::5 > 2001:db8::10   allow
      egress  ${protocol} 2001:db8::10 > 2001:db8::5   allow
    `)
    const flows = await card.conntrack()
    expect(flows.map(({ mark }) => mark)).toEqual([1, 1])
    for (const flow of flows) await card.forgetFlow(flow)
    expect(await card.conntrack()).toEqual([])
  })

  test('one entry is forgotten, and no other', async () => {
    await expectVerdicts(`
      ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S            allow
      ingress tcp 203.0.113.5:40001 > 10.0.0.10:80 S            allow
      ingress icmp 203.0.113.5 > 10.0.0.10 echo 1               allow
      ingress icmp 203.0.113.5 > 10.0.0.10 echo 2               allow
      ingress icmpv6 2001:db8:1::5 > 2001:db8::10 echo 2        allow
    `)
    const flows = await card.conntrack()
    expect(flows).toHaveLength(5)
    for (const flow of flows) {
      await card.forgetFlow(flow)
      const left = await card.conntrack()
      expect(left.map(({ id }) => id)).not.toContain(flow.id)
    }
    expect(await card.conntrack()).toEqual([])
  })

  test('interfaces are apart: what one tracks the other does not know', async () => {
    const other = await stage.addInterface('f')
    await other.run(['nft', '-f', '-'], program)
    expect(await card.send('ingress', parsePacket('tcp 203.0.113.5:1 > 10.0.0.10:80 S'))).toBe('allow')
    expect(await other.send('egress', parsePacket('tcp 10.0.0.10:80 > 203.0.113.5:1 SA'))).toBe('deny')
    expect(await other.send('ingress', parsePacket('tcp 203.0.113.5:1 > 10.0.0.10:80 S'))).toBe('allow')
    expect(await other.conntrack()).toHaveLength(1)
  })

  test('a program that stops the sentinel breaks the stage, and no verdict is given', async () => {
    await card.run(['nft', 'insert rule inet sallyport forward udp dport 68 drop'])
    const packet = parsePacket('tcp 203.0.113.5:1 > 10.0.0.10:80 S')
    await expect(card.send('ingress', packet)).rejects.toThrow('the sentinel did not arrive: inside')
    await card.run(['nft', 'flush ruleset'])
    await card.run(['nft', '-f', '-'], program)
    expect(await card.send('ingress', packet)).toBe('allow')
  })

  test('1,500 packets a second and more are judged', async () => {
    const count = 6000
    const met = Array.from({ length: count }, (_, index) => ({
      direction: 'ingress' as const,
      packet: parsePacket(`tcp 203.0.113.5:${1024 + index} > 10.0.0.10:${80 + (index % 2)} S`),
    }))
    const begun = performance.now()
    const verdicts = await card.sendAll(met)
    const rate = (count / (performance.now() - begun)) * 1000
    expect(verdicts).toEqual(met.map((_, index) => (index % 2 === 0 ? 'allow' : 'deny')))
    expect(rate).toBeGreaterThan(1500)
  })
})
