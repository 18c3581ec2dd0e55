/** Opens a stage: interfaces that the kernel filters, in namespaces that vanish with the process that opened them. */

import { hardware } from '../../enforce/frames/frame.ts'
import type { Privilege } from '../lab/holder.ts'
import { runTool } from '../system-tool.ts'
import { Edge, edgeForwarding, edgeLinks, nearRules } from './edge.ts'
import { forwardingBetween, towards } from './forwarding.ts'
import { KernelInterface } from './kernel-interface.ts'
import { Namespaces } from './namespaces.ts'
import { PacketTool } from './packet-tool.ts'

export interface Stage {
  addInterface(name: string): Promise<KernelInterface>
  /** One at the edge of a subnet, whose ACL the program of a router holds. */
  addInterfaceAtEdge(name: string): Promise<KernelInterface>
  close(): Promise<void>
}

export async function openStage(privilege?: Privilege): Promise<Stage> {
  const namespaces = new Namespaces(privilege)
  const tool = new PacketTool(namespaces.holder)
  await tool.ready()
  const script = (namespace: readonly string[], lines: readonly string[]) =>
    runTool([...namespace, 'sh', '-e'], `${lines.join('\n')}\n`)
  await script(namespaces.enter, ['echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'])
  let count = 0
  const namesOf = (number: number) => ({
    namespace: `e${number}`,
    devices: { wire: `wire${number}`, inside: `inside${number}` },
  })
  return {
    addInterface: async (name) => {
      const { namespace, devices } = namesOf(count++)
      await script(namespaces.enter, [`ip netns add ${namespace}`, ...insideLink(namespace, devices.inside)])
      await script(namespaces.enter, wireLink(namespace, devices.wire))
      const enter = namespaces.enterNamed(namespace)
      await script(enter, forwarding(hardware.wire))
      await tool.open(name, devices)
      return new KernelInterface({ name, enter, tool })
    },
    addInterfaceAtEdge: async (name) => {
      const number = count++
      const { namespace, devices } = namesOf(number)
      const around = { router: `r${number}`, card: namespace, wire: devices.wire, near: `near${number}` }
      await script(namespaces.enter, [`ip netns add ${namespace}`, ...insideLink(namespace, devices.inside)])
      await script(namespaces.enter, edgeLinks(around))
      const [enter, enterRouter] = [namespaces.enterNamed(namespace), namespaces.enterNamed(around.router)]
      await script(enterRouter, edgeForwarding)
      await script(enter, [...forwarding(hardware.bridge), ...nearRules])
      const edge = new Edge(enterRouter, enter)
      await edge.open()
      await tool.open(name, { ...devices, near: around.near })
      return new KernelInterface({ name, enter, tool, edge })
    },
    close: () => namespaces.close(),
  }
}

function insideLink(namespace: string, inside: string): string[] {
  return [
    `ip link add ${inside} address ${hardware.inside} type veth peer inner address ${hardware.inner} netns ${namespace}`,
    `ip link set ${inside} up`,
  ]
}

function wireLink(namespace: string, wire: string): string[] {
  return [
    `ip link add ${wire} address ${hardware.wire} type veth peer eth0 address ${hardware.eth0} netns ${namespace}`,
    `ip link set ${wire} up`,
  ]
}

/** What enters at one side of an interface leaves at the other. */
function forwarding(next: string): string[] {
  return [
    ...forwardingBetween(['eth0', 'inner']),
    ...towards({ from: 'eth0', to: 'inner', neighbour: hardware.inside, table: 101 }),
    ...towards({ from: 'inner', to: 'eth0', neighbour: next, table: 102 }),
  ]
}
