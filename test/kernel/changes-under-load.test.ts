/**
 * A thousand changes of rules, members and lists while streams run: every packet that all of the policies allow
 * arrives, and none that none of them allows. Datagrams are numbered and counted, and a segment that TCP had to send
 * twice counts as lost.
 */

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProgramLoader } from '../../src/app/enforcement/program-loader.ts'
import { Namespaces } from '../../src/app/stage/namespaces.ts'
import { PacketTool } from '../../src/app/stage/packet-tool.ts'
import { runTool } from '../../src/app/system-tool.ts'
import type { InterfacePolicy } from '../../src/policy/policy.ts'
import { Chance } from '../model/chance.ts'
import { policiesAlong } from './policies-along.ts'
import { hasStageTools } from './stage-tools.ts'

const changes = 1000
const script = fileURLToPath(new URL('stream.py', import.meta.url))

/** The caller is 10.0.0.20: in the group, in the list, and in a block. Nobody ever lets it reach 5009 and 6009. */
const world = `
world
  prefix-list pl-1 10.0.0.20
  group peers
  group web ingress udp 5000 from 10.0.0.0/24 as sgr-udp
  group web ingress udp 5001 from pl-1
  group web ingress udp 5002 from peers
  group web ingress tcp 6000 from 10.0.0.20 as sgr-tcp
  interface e 10.0.0.10 in web
  interface c 10.0.0.20 in peers
  ${Array.from({ length: 20 }, (_, index) => `interface m${index} 10.0.2.${index}`).join('\n  ')}
`

class Changes {
  readonly #chance = new Chance(1)
  readonly #members = new Set<number>()
  readonly #rules: string[] = []
  #count = 0

  /** Lines that make one change together. */
  next(): string[] {
    return this.#chance.of([() => this.#list(), () => this.#member(), () => this.#rule(), () => this.#swap()])()
  }

  #list(): string[] {
    const others = Array.from({ length: this.#chance.below(12) }, () => `198.51.${this.#chance.below(99)}.0/24`)
    return [`prefix-list pl-1 ${[...new Set(['10.0.0.20', ...others])].join(' ')}`]
  }

  #member(): string[] {
    const number = this.#chance.below(20)
    const isIn = this.#members.delete(number)
    if (!isIn) this.#members.add(number)
    return [isIn ? `detach peers from m${number}` : `attach peers to m${number}`]
  }

  /** Beside the ports in question, or for them but from elsewhere. */
  #rule(): string[] {
    const old = this.#rules.length > 10 ? this.#rules.shift() : undefined
    if (old !== undefined) return [`revoke ${old}`]
    const id = `sgr-x${this.#count++}`
    this.#rules.push(id)
    const traffic = this.#chance.of([
      'udp 5003-5008 from 10.0.0.20',
      'udp 5010-65535 from 0.0.0.0/0',
      'udp 5009 from 10.0.2.0/24',
      'tcp 6009 from 198.51.0.0/16',
      'tcp 1-6008 from 10.0.0.0/16',
      'tcp 6010 from peers',
      'any from 203.0.113.0/24',
      'icmp any from 0.0.0.0/0',
    ])
    return [`authorize web ingress ${traffic} as ${id}`]
  }

  /** What admits the streams is replaced by a rule in other words. */
  #swap(): string[] {
    const peer = this.#chance.of(['10.0.0.20', '10.0.0.0/24', '10.0.0.0/16', 'peers', 'pl-1', '0.0.0.0/0'])
    const [id, traffic] = this.#chance.of([
      ['sgr-udp', this.#chance.of(['udp 5000', 'udp 4000-5000'])],
      ['sgr-tcp', this.#chance.of(['tcp 6000', 'tcp 80-6000'])],
    ] as const)
    return [`revoke ${id}`, `authorize web ingress ${traffic} from ${peer} as ${id}`]
  }
}

/** The policies before and after each change. */
function policies(): InterfacePolicy[] {
  const steps = new Changes()
  const made = Array.from({ length: changes }, () => steps.next())
  const along = policiesAlong(
    `${world}\n${made
      .flat()
      .map((line) => `0s ${line}`)
      .join('\n')}\n`,
    'eni-e',
  )
  const events = made.flat().length
  let done = along.length - events
  return [0, ...made.map(({ length }) => length)].map((length) => {
    done += length
    return along[done - 1] as InterfacePolicy
  })
}

interface Counted {
  readonly sent: Readonly<Record<string, number>>
  readonly answered: Readonly<Record<string, number>>
  readonly retransmitted: number
}

class Stream {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #lines: AsyncIterator<string>

  constructor(enter: readonly string[], ...words: string[]) {
    const [file = '', ...args] = [...enter, 'python3', '-B', script, ...words]
    this.#child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  async ready(): Promise<void> {
    expect((await this.#lines.next()).value).toBe('ready')
  }

  async end<T>(): Promise<T> {
    const ended = once(this.#child, 'exit')
    this.#child.stdin.end()
    const { value } = await this.#lines.next()
    await ended
    return JSON.parse(String(value)) as T
  }
}

describe.skipIf(!hasStageTools)('rules that change a thousand times', () => {
  let namespaces: Namespaces
  let host: readonly string[]
  let caller: readonly string[]

  beforeAll(async () => {
    namespaces = new Namespaces()
    await new PacketTool(namespaces.holder).ready()
    const lines = [
      'ip netns add host',
      'ip netns add caller',
      'ip -n host link add eth0 type veth peer eth0 netns caller',
      'ip -n host address add 10.0.0.10/24 dev eth0',
      'ip -n caller address add 10.0.0.20/24 dev eth0',
      ...['host', 'caller'].flatMap((name) => [`ip -n ${name} link set lo up`, `ip -n ${name} link set eth0 up`]),
    ]
    await runTool([...namespaces.enter, 'sh', '-e'], `${lines.join('\n')}\n`)
    host = namespaces.enterNamed('host')
    caller = namespaces.enterNamed('caller')
  })

  afterAll(() => namespaces.close())

  test('lose no packet that is allowed, and let none through that is not', async () => {
    const [first, ...rest] = policies()
    if (first === undefined) throw new Error('there are no policies')
    const loader = new ProgramLoader({ enter: host, device: 'eth0', slot: 0 })
    await loader.load({ policy: first })
    const serving = new Stream(host, 'serve')
    await serving.ready()
    const calling = new Stream(caller, 'call', '10.0.0.10')
    await calling.ready()
    let changed = 0
    for (const [index, policy] of rest.entries()) {
      if (policy !== (rest[index - 1] ?? first)) changed++
      await loader.load({ policy })
    }
    const { sent, answered, retransmitted } = await calling.end<Counted>()
    const { arrived, accepted, bytes } = await serving.end<{
      arrived: Readonly<Record<string, number>>
      accepted: Readonly<Record<string, number>>
      bytes: number
    }>()
    loader.release()

    expect(changed).toBe(changes)
    // The streams ran while the rules changed: how many fit in depends on how fast that is.
    expect(Number(sent['flow'])).toBeGreaterThan(changes / 4)
    for (const name of ['flow', 'list', 'group']) {
      expect([name, arrived[name], answered[name]]).toEqual([name, sent[name], sent[name]])
    }
    expect([bytes, answered['bytes']]).toEqual([sent['bytes'], sent['bytes']])
    expect(answered['connect stream']).toBe(sent['connect stream'])
    expect(retransmitted).toBe(0)
    expect(sent['forbidden']).toBe(sent['flow'])
    expect([arrived['forbidden'], answered['connect forbidden'], accepted['forbidden']]).toEqual([
      0,
      undefined,
      undefined,
    ])
  })
})
