/**
 * A difference as shell scripts for the lab's own namespaces, one for each step. Each may be run again after it
 * failed half-way: what is there is not made twice, and what is gone is not missed.
 */

import type { Difference, Sorted } from './difference.ts'
import { filterFrame, printFilter } from './router-filter.ts'
import type { Cable, End, Hop, Namespace, Part } from './topology.ts'

/** Where `ip netns` keeps namespaces; in the lab it is a file system of its own. */
export const namespaceFolder = '/run/netns'

/** Before anything of an interface goes: no packet passes it from here on. */
export function printUnplug(cables: readonly Cable[]): string {
  return forgiving(endLines(cables, ({ device }) => [`link set dev ${device} down`]))
}

/** Everything that runs in the namespaces ends with them. */
export function printRemoval({ namespaces, cables, parts }: Sorted): string {
  const ended = new Set(namespaces.map(({ name }) => name))
  const lines = grouped(
    [...parts].filter(([name]) => !ended.has(name)).map(([name, list]) => [name, [...list].reverse().map(removalLine)]),
  )
  const unlaid = endLines(cables, ({ namespace, device }) => (ended.has(namespace) ? [] : [`link del dev ${device}`]))
  const ends = namespaces.map(({ name }) => `end ${name}`)
  return [...(ends.length > 0 ? [endFunction] : []), forgiving(lines), ...ends, forgiving(unlaid)].join('\n')
}

/** A process may start another while it is looked for: until none is left. */
const endFunction = `end() {
  [ -e ${namespaceFolder}/$1 ] || return 0
  for _ in $(seq 100); do
    pids=$(ip netns pids $1)
    [ -z "$pids" ] && break
    kill -KILL $pids 2>/dev/null || true
    sleep 0.01
  done
  ip netns del $1
}`

/** New namespaces with their settings, and cables that nothing passes yet. */
export function printBirth({ namespaces, cables, parts }: Sorted): string {
  const made = namespaces.map(({ name }) => `[ -e ${namespaceFolder}/${name} ] || echo netns add ${name}`)
  const bridges = [...parts].flatMap(([name, list]) => list.flatMap((part) => bridgeCommand(name, part)))
  return [
    ...(made.length > 0 ? [`{ ${made.join('\n')}\n} | ip -batch -`] : []),
    ...namespaces.map(settle),
    ...bridges,
    ...cableCommands(cables),
  ].join('\n')
}

function settle({ name, role }: Namespace): string {
  const settings = [...everywhere, ...(role === 'instance' ? ofInstances : ofRouters)]
  const lines = settings.map(([key, value]) => `echo ${value} > /proc/sys/net/${key}`)
  const frame =
    role === 'router' ? [`nft list table inet sallyport > /dev/null 2>&1 || nft -f - <<'.'\n${filterFrame}.`] : []
  // Last, so that a router carries nothing before it refuses what is not allowed.
  const forwarding =
    role === 'instance' ? [pingForAll] : ['echo 1 > /proc/sys/net/ipv4/ip_forward', `echo 1 > ${forwarding6}`]
  return inside(name, [...lines, ...frame, ...forwarding])
}

/** Ping as everybody's: an instance has no raw sockets. A user namespace has fewer groups, and the first one at least. */
const pingForAll =
  'for last in 2147483647 0; do echo 0 $last > /proc/sys/net/ipv4/ping_group_range 2> /dev/null && break; done'

const forwarding6 = '/proc/sys/net/ipv6/conf/all/forwarding'

type Setting = readonly [key: string, value: number]

/** Of every device made later, and IPv6 addresses are good at once: nobody else could have them. */
const everywhere: readonly Setting[] = [
  ...(['all', 'default'] as const).flatMap((device): Setting[] => [
    [`ipv4/conf/${device}/rp_filter`, 0],
    [`ipv4/conf/${device}/promote_secondaries`, 1],
    [`ipv6/conf/${device}/accept_dad`, 0],
    [`ipv6/conf/${device}/accept_ra`, 0],
  ]),
]

/** Two interfaces in one subnet answer each for its own addresses. */
const ofInstances: readonly Setting[] = [
  ['ipv4/conf/all/arp_ignore', 1],
  ['ipv4/conf/all/arp_announce', 2],
]

/** Link-local addresses are given, not made up. */
const ofRouters: readonly Setting[] = [
  ...(['all', 'default'] as const).map((device): Setting => [`ipv4/conf/${device}/send_redirects`, 0]),
  ['ipv6/conf/default/addr_gen_mode', 1],
]

function bridgeCommand(namespace: string, part: Part): string[] {
  if (part.kind !== 'bridge') return []
  const { device, mac } = part
  const settings = ['iptables', 'ip6tables', 'arptables'].map((table) => {
    const file = `/proc/sys/net/bridge/bridge-nf-call-${table}`
    return `[ ! -e ${file} ] || echo 0 > ${file}`
  })
  const made = `ip link show dev ${device} > /dev/null 2>&1 || ip link add ${device} address ${mac} type bridge mcast_snooping 0`
  return [inside(namespace, [made, ...settings, `ip link set dev ${device} up`])]
}

/** All at once, or one by one where a first attempt made some of them. */
function cableCommands(cables: readonly Cable[]): string[] {
  if (cables.length === 0) return []
  const spelled = ({ device, mac, namespace }: End) =>
    `${device}${mac === undefined ? '' : ` address ${mac}`} netns ${namespace}`
  const adding = cables.map(
    ({ ends: [one, other] }) => `link add ${spelled(one)} type veth peer name ${spelled(other)}`,
  )
  const oneByOne = cables.map(({ ends: [one] }, index) => {
    const isThere = `${at(one.namespace)} ip link show dev ${one.device} > /dev/null 2>&1`
    return `${isThere} || ip ${adding[index]}`
  })
  return [`ip -batch - 2> /dev/null <<'.' || {\n${adding.join('\n')}\n.\n${oneByOne.join('\n')}\n}`]
}

/** Cables that carry from here on, and all that stands on them. */
export function printPlug({ namespaces, cables, parts }: Sorted): string {
  const rules = [...parts].map(
    ([name, list]): Lines => [name, list.flatMap((part) => (part.kind === 'rule' ? [removalLine(part)] : []))],
  )
  const begun = namespaces.map(({ name }): Lines => [name, ['link set dev lo up']])
  const plugged = endLines(cables, ({ device, bridge }) => [
    ...(bridge === undefined ? [] : [`link set dev ${device} master ${bridge}`]),
    `link set dev ${device} up`,
  ])
  const added = [...parts].map(([name, list]): Lines => [name, list.flatMap(additionLine)])
  // A rule is the one thing that the kernel would hold twice.
  // All bridges' ports are up before the first route that needs one, and a namespace has one batch for both.
  const ports = plugged.filter(([name]) => !begun.some(([other]) => other === name))
  const rest = grouped([...begun, ...plugged.filter((each) => !ports.includes(each)), ...added])
  return [forgiving(grouped(rules)), strict(ports), strict(rest)].join('\n')
}

/** One transaction a router. */
export function printFilters({ added, chainsGone }: Pick<Difference, 'added' | 'chainsGone'>): string {
  return [...added.filters]
    .map(([name, filter]) => inside(name, [`nft -f - <<'.'\n${printFilter(filter, chainsGone.get(name) ?? [])}.`]))
    .join('\n')
}

function additionLine(part: Part): string[] {
  switch (part.kind) {
    case 'bridge':
      return []
    case 'address':
      return [`addr replace ${part.address} dev ${part.device}${part.address.includes(':') ? ' nodad' : ''}`]
    case 'route':
      return [`${familyOf(part)}route replace ${routeText(part)}`]
    case 'rule':
      return [`${familyOf(part)}rule add ${ruleText(part)}`]
    default:
      return part satisfies never
  }
}

function removalLine(part: Part): string {
  switch (part.kind) {
    case 'bridge':
      return `link del dev ${part.device}`
    case 'address':
      return `addr del ${part.address} dev ${part.device}`
    case 'route':
      return `${familyOf(part)}route del ${routeText(part)}`
    case 'rule':
      return `${familyOf(part)}rule del ${ruleText(part)}`
    default:
      return part satisfies never
  }
}

/** Where no address tells it. */
function familyOf(part: Extract<Part, { kind: 'route' | 'rule' }>): string {
  const isTold =
    part.kind === 'rule'
      ? part.selector.startsWith('from ')
      : part.destination !== 'default' || (part.hop.kind === 'device' && part.hop.via !== undefined)
  return isTold ? '' : `-${part.family} `
}

function ruleText({ selector, priority, table }: Extract<Part, { kind: 'rule' }>): string {
  return `${selector} priority ${priority} lookup ${table}`
}

function routeText({ family, table, destination, hop, metric }: Extract<Part, { kind: 'route' }>): string {
  const [type, way] = hopText(hop, family)
  return `${type}${destination}${way} table ${table}${metric === undefined ? '' : ` metric ${metric}`}`
}

function hopText(hop: Hop, family: 4 | 6): readonly [type: string, way: string] {
  switch (hop.kind) {
    case 'device': {
      if (hop.via === undefined) return ['', ` dev ${hop.device}`]
      // IPv4 too goes by the link-local address of a neighbour where a link has no IPv4 addresses.
      const isForeign = family === 4 && hop.via.includes(':')
      return ['', ` via ${isForeign ? 'inet6 ' : ''}${hop.via} dev ${hop.device} onlink`]
    }
    case 'blackhole':
      return ['blackhole ', '']
    case 'here':
      return ['local ', ' dev lo']
    case 'elsewhere':
      return ['throw ', '']
    default:
      return hop satisfies never
  }
}

type Lines = readonly [namespace: string, lines: readonly string[]]

function endLines(cables: readonly Cable[], linesOf: (end: End) => readonly string[]): Lines[] {
  return grouped(cables.flatMap(({ ends }) => ends.map((end): Lines => [end.namespace, linesOf(end)])))
}

function grouped(lists: readonly Lines[]): Lines[] {
  const byNamespace = new Map<string, string[]>()
  for (const [name, lines] of lists) {
    if (lines.length > 0) byNamespace.set(name, [...(byNamespace.get(name) ?? []), ...lines])
  }
  return [...byNamespace]
}

function strict(lists: readonly Lines[]): string {
  return lists.flatMap(([name, lines]) => batches(name, lines, "-batch - <<'.'")).join('\n')
}

function forgiving(lists: readonly Lines[]): string {
  return lists
    .flatMap(([name, lines]) => batches(name, lines, "-force -batch - > /dev/null 2>&1 <<'.' || true"))
    .join('\n')
}

/** One `ip` a family that lines do not tell themselves. */
function batches(namespace: string, lines: readonly string[], how: string): string[] {
  return ['', '-4 ', '-6 '].flatMap((family) => {
    const own = lines.filter((line) => (/^-[46] /.exec(line)?.[0] ?? '') === family)
    if (own.length === 0) return []
    const text = own.map((line) => line.slice(family.length)).join('\n')
    return [`${at(namespace)} ip ${family}${how}\n${text}\n.`]
  })
}

/** `ip -n` would copy the list of mounts each time, which grows with the namespaces. */
function at(namespace: string): string {
  return `nsenter --net=${namespaceFolder}/${namespace}`
}

function inside(namespace: string, commands: readonly string[]): string {
  return `${at(namespace)} bash -e -s <<'...'\n${commands.join('\n')}\n...`
}
