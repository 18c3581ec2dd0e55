/**
 * A program: the endpoint with instances as namespaces and no rules at all, so that tests of routes and network
 * ACLs see nothing else. It prints its URL, and then each call of the guard as a line of JSON. A file `refuse` in
 * its directory makes the guard refuse.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { assemble } from '../../src/app/assemble.ts'
import type { Guard } from '../../src/app/lab/seat.ts'
import { runTool } from '../../src/app/system-tool.ts'
import { unlimited } from '../../src/model/quota.ts'
import { listen } from '../../src/server/listener.ts'

const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

const [directory] = process.argv.slice(2)

const guard: Guard = {
  async attach({ networkInterface, enter, device, slot }) {
    if (directory !== undefined && existsSync(join(directory, 'refuse'))) throw new Error('refused, as the test asks')
    const link = await runTool([...enter, 'ip', '-o', 'link', 'show', 'dev', device])
    say({ call: 'attach', networkInterface, device, slot, isUp: /[<,]UP[,>]/.test(link) })
  },
  async detach(networkInterface) {
    say({ call: 'detach', networkInterface })
  },
}

const system = await assemble({
  store: directory === undefined ? { memory: true } : { directory },
  quotas: unlimited,
  authentication: { defaultAccount: '123456789012' },
  onAnswer: () => undefined,
  onStore: () => undefined,
  dataPlane: 'namespaces',
  guard,
  onLab: (event) => say({ call: event.kind, cause: event.kind === 'degraded' ? String(event.cause) : '' }),
})
const listener = await listen(system, { host: '127.0.0.1', port: 0 })
process.stdout.write(`listening at ${listener.url}\n`)
// Whoever started it and is gone wants it no longer.
process.stdin.resume().once('end', () => process.exit(1))
process.once('SIGTERM', async () => {
  await listener.stop()
  await system.close()
  process.exit(0)
})
