/** Services as people name them in a question: `tcp/22`, `udp/500-600`, `icmp/8`, `tcp`, `50`, `any`. */

import type { Traffic } from '../../model/rule.ts'
import { type Diagram, type Diagrams, everything } from './diagram.ts'
import { protocols } from './lines.ts'
import { trafficServices } from './services.ts'

/** Text that names no services; the message says what would. */
export class UnknownServices extends Error {
  override readonly name = 'UnknownServices'
}

/** All of them without a name. Throws UnknownServices. */
export function servicesNamed(diagrams: Diagrams, name: string | undefined): Diagram {
  if (name === undefined || name === 'any' || name === 'all') return everything
  return trafficServices(diagrams, trafficNamed(name))
}

/** Throws UnknownServices. */
function trafficNamed(name: string): Traffic {
  const [, protocol = '', from, to = from] = /^([a-z0-9]+)(?:\/(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(name) ?? []
  const known = Object.entries(protocols).find(
    ([each, number]) => each === protocol || String(number) === protocol,
  )?.[0]
  if (known === 'tcp' || known === 'udp') return { protocol: known, ...portsNamed(name, from, to) }
  if (known === 'icmp' || known === 'icmpv6') {
    if (Number(from ?? 0) > 255) refuse(name)
    return { protocol: known, type: from === undefined ? -1 : Number(from), code: -1 }
  }
  if (!/^\d{1,3}$/.test(protocol) || Number(protocol) > 255 || from !== undefined) refuse(name)
  return { protocol: Number(protocol) }
}

function portsNamed(name: string, from = '0', to = '65535'): { readonly from: number; readonly to: number } {
  const ports = { from: Number(from), to: Number(to) }
  if (ports.from > ports.to || ports.to > 65_535) refuse(name)
  return ports
}

function refuse(name: string): never {
  throw new UnknownServices(
    `'${name}' names no services: use tcp/22, udp/500-600, icmp/8, tcp, a protocol number or any.`,
  )
}
