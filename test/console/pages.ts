/** A server asked as the console's pages ask it: JSON over HTTP, and the stream of events. */

import { request } from 'node:http'
import type { EventOf, Topic } from '../../src/app/console/api.ts'
import { type Answer, type Sent, send } from '../server/http.ts'

export const json = { 'content-type': 'application/json', authorization: '' }

/** One of the console's own paths; a POST where there is a body. */
export async function ask(url: string, path: string, body?: object, sent: Sent = {}): Promise<Answer> {
  const { headers, ...rest } = sent
  return send(url, {
    method: body === undefined ? 'GET' : 'POST',
    path: `/_sallyport/console/${path}`,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...rest,
  })
}

/** The value of a good answer. */
export async function value<T>(url: string, path: string, body?: object, sent?: Sent): Promise<T> {
  const answer = await ask(url, path, body, sent)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
  return JSON.parse(answer.body) as T
}

/** An EC2 action's output. */
export async function call<T>(url: string, action: string, input: object = {}): Promise<T> {
  return (await value<{ output: T }>(url, 'call', { action, input })).output
}

export interface Heard {
  /** Resolves with the first event of that name that fits. */
  next<T extends Topic>(topic: T, fits?: (data: EventOf<T>) => boolean): Promise<EventOf<T>>
  world(): Promise<unknown>
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>
  close(): void
}

export function listen(url: string, topics: string): Heard {
  const seen: { name: string; data: unknown }[] = []
  const waiting = new Set<() => void>()
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const asked = request(`${url}/_sallyport/console/events?topics=${topics}`, (response) => {
    let rest = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? []
        if (name !== undefined && data !== undefined) seen.push({ name, data: JSON.parse(data) })
      }
      for (const look of waiting) look()
    })
    response.on('end', () => end())
    response.on('error', () => undefined)
  })
  asked.on('error', () => undefined)
  asked.end()
  const next = (name: string, fits: (data: never) => boolean) =>
    new Promise<unknown>((resolve) => {
      const look = () => {
        const at = seen.findIndex((event) => event.name === name && fits(event.data as never))
        if (at < 0) return
        waiting.delete(look)
        resolve(seen[at]?.data)
        seen.splice(0, at + 1)
      }
      waiting.add(look)
      look()
    })
  return {
    next: (topic, fits = () => true) => next(topic, fits as never) as never,
    world: () => next('world', () => true),
    ended,
    close: () => asked.destroy(),
  }
}
