/** What the paths below /_sallyport/instances answer: instances as they run, and what they printed. */

import { readFileSync, readlinkSync } from 'node:fs'
import type { SignedRequest } from '../../ec2/protocol/signature.ts'
import { instanceNamespace, internetNamespace, routerNamespace } from '../../enforce/namespaces/names.ts'
import { internetAddresses, vpcsInUse } from '../../enforce/namespaces/world-topology.ts'
import type { Instance, SettledInstanceState } from '../../model/instance.ts'
import { translationsOf } from '../../model/public-address.ts'
import { linked, tagsOf, type World } from '../../model/world.ts'
import { BadInput } from '../bad-input.ts'
import type { Privilege } from './holder.ts'
import type { LogPart } from './instance-logs.ts'
import type { Lab } from './lab.ts'
import { type Process, processesOf } from './processes.ts'

/** Where namespaces are: enough for another process of this machine to find and to recognise them. */
export interface HolderReport {
  readonly pid: number
  readonly privilege: Privilege
  /** The machine's boot, and the holder's process namespace. */
  readonly boot: string
  readonly processNamespace: string
}

export interface InstanceReport {
  readonly id: string
  /** The Name tag; empty without one. */
  readonly name: string
  readonly state: SettledInstanceState
  /** Absent while it does not run. */
  readonly namespace?: string
  readonly addresses: readonly string[]
  readonly publicAddresses: readonly string[]
  readonly processes: readonly Process[]
}

export interface LabReport {
  readonly holder: HolderReport
  readonly status: 'ready' | 'degraded'
  /** Why it is degraded; empty otherwise. */
  readonly trouble: string
  readonly internet: { readonly namespace: string; readonly addresses: readonly string[] }
  /** The namespaces of VPCs' routers: those with a running instance have one. */
  readonly routers: readonly string[]
  readonly instances: readonly InstanceReport[]
}

/** Throws BadInput. */
export function listInstances(lab: Lab | undefined, world: World): LabReport {
  const { holder, trouble } = present(lab)
  const instances = [...world.instance.values()]
  const names = instances.filter(isRunning).map(({ id }) => instanceNamespace(id))
  const processes = processesOf(holder.pid, names)
  return {
    holder: {
      ...{ pid: holder.pid, privilege: holder.privilege },
      boot: machineBoot(),
      processNamespace: processNamespaceOf(holder.pid) ?? '',
    },
    status: trouble === undefined ? 'ready' : 'degraded',
    trouble: trouble === undefined ? '' : trouble instanceof Error ? trouble.message : String(trouble),
    internet: { namespace: internetNamespace(world.scope), addresses: internetAddresses },
    routers: [...vpcsInUse(world)].map(routerNamespace),
    instances: instances.map((instance) => reportOf(world, instance, processes)),
  }
}

function reportOf(
  world: World,
  instance: Instance,
  processes: ReadonlyMap<string, readonly Process[]>,
): InstanceReport {
  const { id, state } = instance
  const cards = linked(world, 'interfaces of instance', id).flatMap((card) => world.networkInterface.get(card) ?? [])
  const namespace = instanceNamespace(id)
  return {
    id,
    name: tagsOf(world, id).find(({ key }) => key === 'Name')?.value ?? '',
    state,
    ...(isRunning(instance) && { namespace }),
    addresses: cards.flatMap((card) => [...card.privateAddresses.map(({ address }) => address), ...card.ipv6Addresses]),
    publicAddresses: cards.flatMap((card) => translationsOf(world, card).map(({ publicAddress }) => publicAddress)),
    processes: processes.get(namespace) ?? [],
  }
}

function isRunning({ state }: Instance): boolean {
  return state === 'running'
}

/** Throws BadInput. */
export function readInstanceLog(
  lab: Lab | undefined,
  world: World,
  { target }: Pick<SignedRequest, 'target'>,
): LogPart {
  const { logs } = present(lab)
  const query = new URLSearchParams(target.split('?')[1] ?? '')
  const id = query.get('instance') ?? ''
  const instance = world.instance.get(id)
  if (!instance) throw new BadInput(`There is no instance '${id.slice(0, 80)}'.`)
  const from = query.get('from') ?? '0'
  if (!/^\d{1,15}$/.test(from)) throw new BadInput('from takes the number of a byte.')
  return logs.read(instance.id, Number(from))
}

function present(lab: Lab | undefined): Lab {
  if (lab) return lab
  throw new BadInput('This endpoint runs no instances: start it with `sallyport serve --data-plane namespaces`.')
}

/** Another one after each start of the machine, and of no other machine. */
export function machineBoot(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** Undefined for a process that is not there, or that is somebody else's. */
export function processNamespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`)
  } catch {
    return undefined
  }
}
