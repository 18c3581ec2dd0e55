/** Server-sent events: what happens in an account and Region, told while it happens, until the reader or the server leaves. */

import type { System } from '../../app/assemble.ts'
import type { Topic } from '../../app/console/api.ts'
import type { Scope } from '../../model/world.ts'
import type { StreamReply } from '../reply.ts'
import { securityHeaders } from './static-files.ts'

const heartbeat = 15_000
const known: readonly Topic[] = ['connections', 'records', 'enforcement']

export function eventStream({ console }: System, scope: Scope, named: string): StreamReply {
  const wanted = new Set(named.split(','))
  const topics = new Set(known.filter((topic) => wanted.has(topic)))
  return {
    headers: { ...securityHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    start({ write }) {
      let isOver = false
      let stop = () => {}
      // A browser that lost the stream asks again after this long.
      write('retry: 1000\n\n')
      const beat = setInterval(() => write(': still here\n\n'), heartbeat)
      console
        .follow(scope, topics, (name, data) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`))
        .then(
          (end) => {
            stop = end
            if (isOver) end()
          },
          () => write('event: failed\ndata: {}\n\n'),
        )
      return () => {
        isOver = true
        clearInterval(beat)
        stop()
      }
    },
  }
}
