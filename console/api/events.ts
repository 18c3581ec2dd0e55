/**
 * What the server tells without being asked. One stream a tab, closed while nobody looks, as browsers allow few
 * connections to one server; it carries the topics that somebody on the page listens to.
 */

import { effect, signal } from '@preact/signals'
import type { EventOf, Topic } from '../../src/app/console/api.ts'
import { region, session } from '../shell/session.ts'
import { inRegion } from './client.ts'

export const isLive = signal(false)

/** Goes up with each change of the Region's world: who shows objects reads it, and asks again. */
export const worldVersion = signal(0)

type Listener = (data: never) => void
const listeners = new Map<Topic, Set<Listener>>()
const topics = signal<readonly Topic[]>([])
const isSeen = signal(!document.hidden)

/** Gives back what ends it. */
export function listen<T extends Topic>(topic: T, listener: (data: EventOf<T>) => void): () => void {
  const own = listeners.get(topic) ?? new Set()
  listeners.set(topic, own)
  own.add(listener)
  nameTopics()
  return () => {
    own.delete(listener)
    nameTopics()
  }
}

/** Once all that leaves and comes in one go has done so: a page that gives way to another may want the same topics. */
function nameTopics(): void {
  queueMicrotask(() => {
    const named = Array.from(listeners).flatMap(([topic, { size }]) => (size > 0 ? [topic] : []))
    if (named.join() !== topics.peek().join()) topics.value = named
  })
}

/** Opens the stream, and again whenever the Region or the topics change; gives back what ends it all. */
export function followEvents(): () => void {
  const look = () => {
    isSeen.value = !document.hidden
  }
  document.addEventListener('visibilitychange', look)
  const stop = effect(() => {
    if (!isSeen.value || !session.value?.isSignedIn) return
    const source = new EventSource(inRegion(`events?topics=${topics.value.join(',')}&at=${region.value}`))
    source.onopen = () => {
      isLive.value = true
    }
    source.onerror = () => {
      isLive.value = false
    }
    source.addEventListener('world', () => {
      worldVersion.value += 1
    })
    for (const topic of topics.value) source.addEventListener(topic, (event) => tell(topic, event))
    return () => {
      source.close()
    }
  })
  return () => {
    document.removeEventListener('visibilitychange', look)
    stop()
  }
}

function tell(topic: Topic, { data }: MessageEvent<string>): void {
  for (const listener of listeners.get(topic) ?? []) listener(JSON.parse(data) as never)
}
