/** Which processes run in which network namespace of the lab, asked of the kernel. */

import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { namespaceFolder } from '../../enforce/namespaces/print.ts'
import { pathInside } from './holder.ts'

export interface Process {
  /** By its number outside. */
  readonly pid: number
  readonly command: string
}

/** What keeps an interface's rules is in its namespace too, and not of the instance. */
const guardCommand = 'nft -i'

/** By the name of the namespace. */
export function processesOf(holder: number, namespaces: readonly string[]): ReadonlyMap<string, readonly Process[]> {
  const byNumber = new Map<string, Process[]>()
  const inside = unlessGone(() => readlinkSync(`/proc/${holder}/ns/pid`))
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // What only waits at the door for a process inside is in the namespace, but not of the lab.
    if (inside === undefined || unlessGone(() => readlinkSync(`/proc/${pid}/ns/pid`)) !== inside) continue
    const net = unlessGone(() => readlinkSync(`/proc/${pid}/ns/net`))
    const command = commandOf(pid)
    if (net === undefined || command === guardCommand) continue
    byNumber.set(net, [...(byNumber.get(net) ?? []), { pid: Number(pid), command }])
  }
  return new Map(namespaces.map((name) => [name, byNumber.get(numberOf(holder, name) ?? '') ?? []]))
}

function numberOf(holder: number, namespace: string): string | undefined {
  return unlessGone(() => `net:[${statSync(pathInside(holder, `${namespaceFolder}/${namespace}`)).ino}]`)
}

function commandOf(pid: string): string {
  return (unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').replaceAll('\u0000', ' ').trim()
}

/** Processes end while they are looked at, and others are nobody's business. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
