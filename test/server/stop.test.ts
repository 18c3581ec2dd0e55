/** The end of a server: what was asked is answered, and nothing else holds it up. */

import { once } from 'node:events'
import { Agent } from 'node:http'
import { expect, test } from 'vitest'
import type { System } from '../../src/app/assemble.ts'
import { type Listener, listen } from '../../src/server/listener.ts'
import { open, send } from './http.ts'

interface Slow {
  readonly listener: Listener
  /** Resolves when a request has come in. */
  readonly asked: Promise<void>
  answer(): void
}

/** A server whose requests wait until the test lets them go. */
async function slowServer(): Promise<Slow> {
  let answer = () => {}
  let ask = () => {}
  const gate = new Promise<void>((resolve) => {
    answer = resolve
  })
  const asked = new Promise<void>((resolve) => {
    ask = resolve
  })
  const notAsked = () => Promise.reject(new Error('nobody asks for this'))
  const system: System = {
    verifiesCallers: false,
    state: notAsked,
    applyState: notAsked,
    packets: notAsked,
    connections: notAsked,
    flowLogs: notAsked,
    enforcement: notAsked,
    ruleUse: notAsked,
    policy: notAsked,
    metrics: () => '',
    stopWaiting: () => undefined,
    instances: notAsked,
    instanceLog: notAsked,
    verify: notAsked,
    console: undefined as never,
    classroom: undefined as never,
    async handle() {
      ask()
      await gate
      return { status: 200, body: 'answered', requestId: 'r' }
    },
    settled: () => Promise.resolve(),
    health: () => ({ status: 'recovering', version: '0', store: 'slow', uptimeSeconds: 0, worldVersion: 0 }),
    close: () => Promise.resolve(),
  }
  return { listener: await listen(system, { host: '127.0.0.1', port: 0 }), asked, answer: () => answer() }
}

test('a request in flight is answered, its connection closed, and new ones are not accepted', async () => {
  const { listener, asked, answer } = await slowServer()
  const agent = new Agent({ keepAlive: true })
  const waiting = send(listener.url, { agent, body: 'x' })
  await asked
  const stopped = listener.stop()
  await expect(send(listener.url, { body: 'y' })).rejects.toThrow('ECONNREFUSED')
  answer()
  expect(await waiting).toMatchObject({ status: 200, body: 'answered', headers: { connection: 'close' } })
  await stopped
  agent.destroy()
})

test('connections that wait for nothing do not hold it up', async () => {
  const { listener, answer } = await slowServer()
  answer()
  const agent = new Agent({ keepAlive: true })
  await send(listener.url, { agent, body: 'x' })
  const silent = open(listener.url)
  await once(silent, 'connect')
  await listener.stop()
  silent.destroy()
  agent.destroy()
})

test('a request without an end is cut off when patience is over', async () => {
  const { listener, asked, answer } = await slowServer()
  const waiting = send(listener.url, { body: 'x' })
  await asked
  const cut = expect(waiting).rejects.toThrow('socket hang up')
  await listener.stop(30)
  await cut
  answer()
})

test('may be asked for twice', async () => {
  const { listener } = await slowServer()
  await Promise.all([listener.stop(), listener.stop()])
})

test('the health page answers 503 while the store is not there', async () => {
  const { listener } = await slowServer()
  const response = await fetch(`${listener.url}/_sallyport/health`)
  expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ status: 'recovering' })])
  await listener.stop()
})
