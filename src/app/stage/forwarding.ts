/** Shell lines by which a namespace hands on whatever it gets, whoever's address it is for. */

/** Neighbours that are never asked for: no packet waits for their hardware address. */
export const neighbours = {
  next: { 4: '192.0.0.8', 6: 'fe80::8' },
  near: { 4: '192.0.0.9', 6: 'fe80::9' },
} as const

/** Whether a packet may pass is a program's matter alone. Window checks are off, as the engine has none. */
export function forwardingBetween(devices: readonly string[]): string[] {
  return [
    'cd /proc/sys/net',
    'echo 1 > ipv4/ip_forward',
    'echo 1 > ipv6/conf/all/forwarding',
    'echo 1 > netfilter/nf_conntrack_tcp_be_liberal',
    `for device in all default ${devices.join(' ')}; do`,
    '  echo 0 > ipv4/conf/$device/rp_filter',
    '  echo 0 > ipv4/conf/$device/send_redirects',
    '  echo 0 > ipv6/conf/$device/accept_dad',
    '  echo 1 > ipv6/conf/$device/addr_gen_mode',
    'done',
    'ip link set lo up',
  ]
}

export interface Way {
  readonly from: string
  readonly to: string
  readonly neighbour: string
  readonly table: number
}

export function towards({ from, to, neighbour, table }: Way): string[] {
  const both = ([4, 6] as const).flatMap((family) => [
    `ip -${family} neigh add ${neighbours.next[family]} lladdr ${neighbour} dev ${to} nud permanent`,
    `ip -${family} route add default via ${neighbours.next[family]} dev ${to} onlink table ${table}`,
    `ip -${family} rule add iif ${from} lookup ${table} pref ${table}`,
  ])
  return [`ip link set ${to} up`, ...both]
}
