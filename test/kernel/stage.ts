/** Opens a stage: interfaces that the kernel filters, in namespaces that vanish with the process that opened them. */

import { hardware } from './frame.ts'
import { KernelInterface } from './kernel-interface.ts'
import { Namespaces, run } from './namespaces.ts'
import { PacketTool } from './packet-tool.ts'

export interface Stage {
  addInterface(name: string): Promise<KernelInterface>
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const namespaces = new Namespaces()
  const tool = new PacketTool(namespaces.holder)
  await tool.ready()
  await run([...namespaces.enter, 'sh', '-e'], 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6\n')
  let count = 0
  return {
    addInterface: async (name) => {
      const devices = { wire: `wire${count}`, inside: `inside${count}` }
      const namespace = `e${count}`
      count++
      await run([...namespaces.enter, 'sh', '-e'], linksTo(namespace, devices))
      const kernelInterface = new KernelInterface(name, namespaces.enterNamed(namespace), tool)
      await kernelInterface.run(['sh', '-e'], forwarding)
      await tool.open(name, devices)
      return kernelInterface
    },
    close: () => namespaces.close(),
  }
}

interface Devices {
  readonly wire: string
  readonly inside: string
}

function linksTo(namespace: string, { wire, inside }: Devices): string {
  return [
    `ip netns add ${namespace}`,
    `ip link add ${wire} address ${hardware.wire} type veth peer eth0 address ${hardware.eth0} netns ${namespace}`,
    `ip link add ${inside} address ${hardware.inside} type veth peer inner address ${hardware.inner} netns ${namespace}`,
    `ip link set ${wire} up`,
    `ip link set ${inside} up`,
    '',
  ].join('\n')
}

/** A neighbour on either side that is never asked for: no packet waits for its hardware address. */
const gateways = { 4: '192.0.0.8', 6: 'fe80::8' } as const

/**
 * What enters at one side leaves at the other, whoever's address it is for: whether it may is the program's
 * matter alone. Window checks are off, as the engine has none.
 */
const forwarding = [
  'cd /proc/sys/net',
  'echo 1 > ipv4/ip_forward',
  'echo 1 > ipv6/conf/all/forwarding',
  'echo 1 > netfilter/nf_conntrack_tcp_be_liberal',
  'for device in all default eth0 inner; do',
  '  echo 0 > ipv4/conf/$device/rp_filter',
  '  echo 0 > ipv4/conf/$device/send_redirects',
  '  echo 0 > ipv6/conf/$device/accept_dad',
  '  echo 1 > ipv6/conf/$device/addr_gen_mode',
  'done',
  'ip link set lo up',
  ...route({ from: 'eth0', to: 'inner', neighbour: hardware.inside, table: 101 }),
  ...route({ from: 'inner', to: 'eth0', neighbour: hardware.wire, table: 102 }),
  '',
].join('\n')

interface Way {
  readonly from: string
  readonly to: string
  readonly neighbour: string
  readonly table: number
}

function route({ from, to, neighbour, table }: Way): string[] {
  const both = ([4, 6] as const).flatMap((family) => [
    `ip -${family} neigh add ${gateways[family]} lladdr ${neighbour} dev ${to} nud permanent`,
    `ip -${family} route add default via ${gateways[family]} dev ${to} onlink table ${table}`,
    `ip -${family} rule add iif ${from} lookup ${table} pref ${table}`,
  ])
  return [`ip link set ${to} up`, ...both]
}
