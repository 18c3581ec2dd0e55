/** A device of this host, or of a container on it, as a place where rules are enforced. */

import { lookup } from 'node:dns/promises'
import { statSync } from 'node:fs'
import type { Control } from '../../enforce/nftables/program.ts'
import { parseAddress } from '../../net/address.ts'
import { SystemFailure } from '../system-failure.ts'
import { runTool } from '../system-tool.ts'
import type { Enter } from './nft-session.ts'
import type { Seat } from './program-loader.ts'

/** There is no such place, or it cannot be used; the message says what to do. */
export class NoSeat extends Error {
  override readonly name = 'NoSeat'
}

export interface HostPlace {
  readonly device: string
  /** The path of a network namespace, or the id of a process that is in it. */
  readonly netns?: string | undefined
  /** The endpoint: its own traffic passes whatever the rules say. */
  readonly endpointUrl: string
}

/** Rejects with NoSeat. */
export async function hostSeat({ device, netns, endpointUrl }: HostPlace): Promise<Seat> {
  const enter = netns === undefined ? [] : enterNetns(netns)
  await mayFilter(enter)
  await hasDevice(enter, device)
  return { enter, device, slot: 0, control: await controlOf(endpointUrl) }
}

function enterNetns(netns: string): Enter {
  if (/^\d+$/.test(netns)) {
    const isRoot = process.geteuid?.() === 0
    return ['nsenter', '--target', netns, ...(isRoot ? [] : ['--user', '--preserve-credentials']), '--net', '--']
  }
  if (statSync(netns, { throwIfNoEntry: false }) === undefined) {
    throw new NoSeat(
      `There is no network namespace at ${netns}: give the path of one (/run/netns/NAME) or a process id.`,
    )
  }
  return ['nsenter', `--net=${netns}`, '--']
}

async function mayFilter(enter: Enter): Promise<void> {
  try {
    await runTool([...enter, 'nft', 'list', 'tables'])
  } catch (thrown) {
    const why = thrown instanceof SystemFailure ? thrown.message : String(thrown)
    if (why.includes('ENOENT'))
      throw new NoSeat('nft is not installed: apt-get install nftables (and util-linux for nsenter).')
    if (/not permitted|Permission denied/i.test(why)) {
      throw new NoSeat(
        `Rules cannot be loaded here: ${why}. Run this as root, or with CAP_NET_ADMIN in that network namespace.`,
      )
    }
    throw new NoSeat(`nft does not work here: ${why}`)
  }
}

async function hasDevice(enter: Enter, device: string): Promise<void> {
  const listing = await runTool([...enter, 'sh', '-c', 'cat /proc/net/dev'])
  const names = listing.split('\n').flatMap((line) => /^\s*([^:\s]+):/.exec(line)?.[1] ?? [])
  if (!names.includes(device)) {
    throw new NoSeat(
      `There is no device '${device}' there. It has ${names.filter((name) => name !== 'lo').join(', ') || 'none but lo'}.`,
    )
  }
}

/** Loopback is another device. */
async function controlOf(endpointUrl: string): Promise<Control[]> {
  const url = new URL(endpointUrl)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const found = await lookup(url.hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => [])
  return found
    .filter(({ address }) => !address.startsWith('127.') && address !== '::1')
    .flatMap(({ address }) => parseAddress(address) ?? [])
    .map((address) => ({ address, port }))
}
