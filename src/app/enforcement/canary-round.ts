/** Sends canaries through the chains of an interface and sees what became of them. */

import { execFile } from 'node:child_process'
import { type Canary, canaryText } from '../../enforce/canary.ts'
import { readTable } from '../../enforce/nftables/read-back.ts'
import { formatAddress } from '../../net/address.ts'
import type { Enter } from './nft-session.ts'

export interface Round {
  /** Runs a program where the interface is. */
  readonly enter: Enter
  /** Runs one where packets for the interface can come from with any source; undefined where there is no such place. */
  readonly outside: Enter | undefined
  readonly table: string
}

/** What a canary's fate should have been, in words; empty where all is well. Rejects if it cannot be told. */
export async function canaryRound(round: Round, canaries: readonly Canary[]): Promise<string[]> {
  const complaints: string[] = []
  for (const direction of ['egress', 'ingress'] as const) {
    const own = canaries.filter((each) => each.direction === direction)
    for (const mustPass of [true, false]) {
      const sent = own.filter((each) => each.mustPass === mustPass)
      if (sent.length === 0) continue
      const before = await passed(round, direction)
      await send(round, direction, sent)
      const arrived = (await passed(round, direction)) - before
      const expected = mustPass ? sent.length : 0
      if (arrived !== expected) complaints.push(...sent.map((each) => complaint(each)))
    }
  }
  return complaints
}

function complaint({ direction, mustPass, source, destination, port }: Canary): string {
  const what = `udp ${formatAddress(source)} > ${formatAddress(destination)}:${port} (${direction})`
  return mustPass ? `the kernel dropped ${what}, which must pass` : `the kernel let ${what} through, which it must drop`
}

async function passed({ enter, table }: Round, direction: Canary['direction']): Promise<number> {
  const name = direction === 'ingress' ? 'canary-in' : 'canary-out'
  const text = await output([...enter, 'nft', '-n', 'list', 'counter', 'inet', table, name])
  return readTable(text).counters.get(name)?.packets ?? 0
}

/** A refused packet is an error to its own sender's socket; the counters say what became of it. */
async function send(
  { enter, outside }: Round,
  direction: Canary['direction'],
  canaries: readonly Canary[],
): Promise<void> {
  if (direction === 'egress') await output([...enter, 'bash', '-c', `${canaries.map(bashLine).join('\n')}\ntrue`])
  else if (outside)
    await output([...outside, process.execPath, '-e', senderScript, JSON.stringify(canaries.map(plain))])
}

function bashLine({ destination, port }: Canary): string {
  return `(exec 3<>/dev/udp/${formatAddress(destination)}/${port} && printf '%s' '${canaryText}' >&3) 2>/dev/null`
}

function plain({ source, destination, port }: Canary) {
  return { source: formatAddress(source), destination: formatAddress(destination), port }
}

/** Binds to addresses that are not its own, which net.ipv4.ip_nonlocal_bind allows where it runs. */
const senderScript = `
const all = JSON.parse(process.argv[1])
const { createSocket } = require('node:dgram')
for (const { source, destination, port } of all) {
  const socket = createSocket('udp4')
  socket.on('error', () => socket.close())
  socket.bind(0, source, () => socket.send(${JSON.stringify(canaryText)}, port, destination, () => socket.close()))
}`

function output([file = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { timeout: 10_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${args.slice(-3).join(' ')}: ${stderr.trim() || error.message}`))
      else resolve(stdout)
    })
  })
}
