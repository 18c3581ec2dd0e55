/** The Type column of AWS's rule editor: a name for a protocol with its ports. */

import type { Traffic } from '../../src/model/rule.ts'

export interface RuleType {
  readonly id: string
  readonly label: string
  /** What the protocol column says. */
  readonly protocol: string
  /** Undefined where the editor asks for the ports or the message. */
  readonly traffic: Traffic | undefined
}

function tcp(id: string, label: string, port: number): RuleType {
  return { id, label, protocol: 'TCP', traffic: { protocol: 'tcp', from: port, to: port } }
}

function udp(id: string, label: string, port: number): RuleType {
  return { id, label, protocol: 'UDP', traffic: { protocol: 'udp', from: port, to: port } }
}

export const ruleTypes: readonly RuleType[] = [
  { id: 'custom-tcp', label: 'Custom TCP', protocol: 'TCP', traffic: undefined },
  { id: 'custom-udp', label: 'Custom UDP', protocol: 'UDP', traffic: undefined },
  { id: 'custom-icmp', label: 'Custom ICMP - IPv4', protocol: 'ICMP', traffic: undefined },
  { id: 'custom-icmpv6', label: 'Custom ICMP - IPv6', protocol: 'ICMPv6', traffic: undefined },
  { id: 'custom-protocol', label: 'Custom Protocol', protocol: '', traffic: undefined },
  { id: 'all-tcp', label: 'All TCP', protocol: 'TCP', traffic: { protocol: 'tcp', from: 0, to: 65_535 } },
  { id: 'all-udp', label: 'All UDP', protocol: 'UDP', traffic: { protocol: 'udp', from: 0, to: 65_535 } },
  { id: 'all-icmp', label: 'All ICMP - IPv4', protocol: 'ICMP', traffic: { protocol: 'icmp', type: -1, code: -1 } },
  {
    id: 'all-icmpv6',
    label: 'All ICMP - IPv6',
    protocol: 'ICMPv6',
    traffic: { protocol: 'icmpv6', type: -1, code: -1 },
  },
  { id: 'all', label: 'All traffic', protocol: 'All', traffic: { protocol: 'all' } },
  tcp('ssh', 'SSH', 22),
  tcp('smtp', 'SMTP', 25),
  udp('dns-udp', 'DNS (UDP)', 53),
  tcp('dns-tcp', 'DNS (TCP)', 53),
  tcp('http', 'HTTP', 80),
  tcp('pop3', 'POP3', 110),
  tcp('imap', 'IMAP', 143),
  tcp('ldap', 'LDAP', 389),
  tcp('https', 'HTTPS', 443),
  tcp('smb', 'SMB', 445),
  tcp('smtps', 'SMTPS', 465),
  tcp('imaps', 'IMAPS', 993),
  tcp('pop3s', 'POP3S', 995),
  tcp('mssql', 'MSSQL', 1433),
  tcp('oracle', 'Oracle-RDS', 1521),
  tcp('nfs', 'NFS', 2049),
  tcp('mysql', 'MYSQL/Aurora', 3306),
  tcp('rdp', 'RDP', 3389),
  tcp('redshift', 'Redshift', 5439),
  tcp('postgresql', 'PostgreSQL', 5432),
]

export function ruleType(id: string): RuleType | undefined {
  return ruleTypes.find((each) => each.id === id)
}
