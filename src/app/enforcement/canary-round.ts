/** Sends canaries through the chains of an interface and sees what became of them. */

import { type Canary, canaryTexts } from '../../enforce/canary.ts'
import { readTable } from '../../enforce/nftables/read-back.ts'
import { formatAddress } from '../../net/address.ts'
import { runTool } from '../system-tool.ts'
import type { Enter } from './nft-session.ts'

export interface Round {
  /** Runs a program where the interface is. */
  readonly enter: Enter
  /** Runs one where packets for the interface can come from with any source; undefined where there is no such place. */
  readonly outside: Enter | undefined
  readonly table: string
}

/** In words, the canaries that should not have passed and those that should have. */
export interface Outcome {
  readonly leaks: readonly string[]
  readonly losses: readonly string[]
}

/** So long a canary may be under way. */
const patience = 250

/** Rejects with SystemFailure if it cannot be told. */
export async function canaryRound(round: Round, canaries: readonly Canary[]): Promise<Outcome> {
  const before = await counted(round)
  await Promise.all((['egress', 'ingress'] as const).map((direction) => send(round, direction, canaries)))
  const first = outcomeOf(canaries, before, await counted(round))
  if (first.losses.length === 0) return first
  await new Promise((resolve) => setTimeout(resolve, patience))
  return outcomeOf(canaries, before, await counted(round))
}

type Counted = ReadonlyMap<string, { readonly packets: number }>

function outcomeOf(canaries: readonly Canary[], before: Counted, after: Counted): Outcome {
  const [leaks, losses]: [string[], string[]] = [[], []]
  for (const direction of ['egress', 'ingress'] as const) {
    const way = direction === 'ingress' ? 'in' : 'out'
    const arrived = (name: string) => (after.get(name)?.packets ?? 0) - (before.get(name)?.packets ?? 0)
    const own = canaries.filter((each) => each.direction === direction)
    const [wanted, unwanted] = [own.filter(({ mustPass }) => mustPass), own.filter(({ mustPass }) => !mustPass)]
    if (arrived(`canary-${way}`) < wanted.length) losses.push(`the kernel dropped ${named(wanted)}, which must pass`)
    if (arrived(`leak-${way}`) > 0) leaks.push(`the kernel let ${named(unwanted)} through, which it must drop`)
  }
  return { leaks, losses }
}

function named(canaries: readonly Canary[]): string {
  return canaries
    .map(({ direction, source, destination, port }) => {
      return `udp ${formatAddress(source)} > ${formatAddress(destination)}:${port} (${direction})`
    })
    .join(' and ')
}

async function counted({ enter, table }: Round): Promise<Counted> {
  return readTable(await runTool([...enter, 'nft', '-n', 'list', 'counters', 'table', 'inet', table])).counters
}

/** A refused packet is an error to its own sender's socket; the counters say what became of it. */
async function send({ enter, outside }: Round, direction: Canary['direction'], all: readonly Canary[]): Promise<void> {
  const canaries = all.filter((each) => each.direction === direction)
  if (canaries.length === 0) return
  if (direction === 'egress') await runTool([...enter, 'bash', '-c', `${canaries.map(bashLine).join('\n')}\ntrue`])
  else if (outside)
    await runTool([
      ...outside,
      'sh',
      '-c',
      foreignSources,
      process.execPath,
      senderScript,
      JSON.stringify(canaries.map(plain)),
    ])
}

function textOf({ mustPass }: Canary): string {
  return mustPass ? canaryTexts.mustPass : canaryTexts.mustDrop
}

function bashLine(canary: Canary): string {
  return `(exec 3<>/dev/udp/${formatAddress(canary.destination)}/${canary.port} && printf %s ${textOf(canary)} >&3) 2>/dev/null`
}

function plain(canary: Canary) {
  const { source, destination, port } = canary
  return { source: formatAddress(source), destination: formatAddress(destination), port, text: textOf(canary) }
}

/** `sh -c` takes what follows as $0, $1 and $2. */
const foreignSources = 'echo 1 > /proc/sys/net/ipv4/ip_nonlocal_bind && exec "$0" -e "$1" "$2"'

/** Binds to addresses that are not its own. */
const senderScript = `
const { createSocket } = require('node:dgram')
for (const { source, destination, port, text } of JSON.parse(process.argv[1])) {
  const socket = createSocket('udp4')
  socket.on('error', () => socket.close())
  socket.bind(0, source, () => socket.send(text, port, destination, () => socket.close()))
}`
