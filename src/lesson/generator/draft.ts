/** What a template drafts: a question with any number of options, of which the engine says which is right. */

import type { Option, Question } from '../content.ts'
import type { Dice } from './dice.ts'

export interface Draft {
  readonly topic: string
  readonly scenario: string
  readonly asks: string
  readonly world: readonly string[]
  readonly promise?: readonly string[]
  readonly options: readonly Option[]
  readonly hint: string
  readonly solution: Question['solution']
}

export type Template = (dice: Dice) => Draft

/** A rule as a line of a world says it, and in words. */
export interface SpelledRule {
  readonly direction: 'ingress' | 'egress'
  /** `tcp 80`, `tcp 1024-65535`, `udp any`, `icmp 8`, `any` */
  readonly traffic: string
  readonly peer: string
}

function ruleLine({ direction, traffic, peer }: SpelledRule, number: number): string {
  const link = direction === 'ingress' ? 'from' : 'to'
  return `group web ${direction} ${traffic} ${link} ${peer} as sgr-${number}`
}

/** `inbound TCP 80 from 0.0.0.0/0` */
export function inWords({ direction, traffic, peer }: SpelledRule): string {
  const way = direction === 'ingress' ? 'inbound' : 'outbound'
  return `${way} ${trafficInWords(traffic)} ${direction === 'ingress' ? 'from' : 'to'} ${peer}`
}

function trafficInWords(traffic: string): string {
  if (traffic === 'any') return 'all traffic'
  const [protocol = '', ports = ''] = traffic.split(' ')
  if (protocol.startsWith('icmp')) return ports === 'any' ? 'all ICMP' : `ICMP type ${ports}`
  return `${protocol.toUpperCase()} ${ports === 'any' ? '0-65535' : ports}`
}

/** `sgr-1, inbound TCP 80 from 0.0.0.0/0; sgr-2, …` */
export function listed(rules: readonly SpelledRule[]): string {
  return rules.length === 0 ? 'no rule' : rules.map((rule, index) => `sgr-${index + 1}, ${inWords(rule)}`).join('; ')
}

/** The group web with these rules on the interface web. */
export function worldWith(rules: readonly SpelledRule[]): string[] {
  return ['group web', ...rules.map((rule, index) => ruleLine(rule, index + 1)), 'interface web 10.0.0.10 in web']
}

export const client = '203.0.113.5'
export const otherClient = '203.0.113.77'
export const outsider = '198.51.100.7'

export interface Service {
  readonly name: string
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
}

export const services: readonly [Service, ...Service[]] = [
  { name: 'HTTP', protocol: 'tcp', port: 80 },
  { name: 'HTTPS', protocol: 'tcp', port: 443 },
  { name: 'SSH', protocol: 'tcp', port: 22 },
  { name: 'PostgreSQL', protocol: 'tcp', port: 5432 },
  { name: 'MySQL', protocol: 'tcp', port: 3306 },
  { name: 'RDP', protocol: 'tcp', port: 3389 },
  { name: 'DNS', protocol: 'udp', port: 53 },
  { name: 'syslog', protocol: 'udp', port: 514 },
]

export const tcpServices = services.filter(({ protocol }) => protocol === 'tcp') as [Service, ...Service[]]

/** The first packet of a connection to the interface web. */
export function opening(
  { protocol, port }: Pick<Service, 'protocol' | 'port'>,
  from: string,
  clientPort: number,
): string {
  return `web ingress ${protocol} ${from}:${clientPort} > 10.0.0.10:${port}${protocol === 'tcp' ? ' S' : ''}`
}
