/**
 * Services that whole networks are run by, and data stores: nobody opens them to the world on purpose, or
 * says so. 80 and 443 are not among them.
 */

import { type Diagram, type Diagrams, nothing } from '../packet-set/diagram.ts'
import { servicesNamed } from '../packet-set/service-name.ts'

export const adminServices: readonly (readonly [service: string, what: string])[] = [
  ['tcp/22', 'SSH'],
  ['tcp/3389', 'Remote Desktop'],
  ['tcp/20-21', 'FTP'],
  ['tcp/23', 'Telnet'],
  ['tcp/135', 'Windows RPC'],
  ['tcp/139', 'NetBIOS'],
  ['tcp/445', 'SMB'],
  ['tcp/512-514', 'rexec, rlogin, rsh'],
  ['tcp/873', 'rsync'],
  ['tcp/1433-1434', 'SQL Server'],
  ['tcp/1521', 'Oracle'],
  ['tcp/2049', 'NFS'],
  ['tcp/2375-2376', 'Docker'],
  ['tcp/2379-2380', 'etcd'],
  ['tcp/3306', 'MySQL'],
  ['tcp/5432', 'PostgreSQL'],
  ['tcp/5439', 'Redshift'],
  ['tcp/5601', 'Kibana'],
  ['tcp/5900', 'VNC'],
  ['tcp/5984', 'CouchDB'],
  ['tcp/5985-5986', 'WinRM'],
  ['tcp/6379', 'Redis'],
  ['tcp/6443', 'Kubernetes'],
  ['tcp/9042', 'Cassandra'],
  ['tcp/9092', 'Kafka'],
  ['tcp/9200', 'Elasticsearch'],
  ['tcp/9300', 'Elasticsearch'],
  ['tcp/10250', 'kubelet'],
  ['tcp/11211', 'memcached'],
  ['tcp/27017-27019', 'MongoDB'],
  ['udp/69', 'TFTP'],
  ['udp/161', 'SNMP'],
  ['udp/623', 'IPMI'],
  ['udp/3389', 'Remote Desktop'],
  ['udp/11211', 'memcached'],
]

/** Those and others by name. Throws UnknownServices. */
export function adminDiagram(diagrams: Diagrams, others: readonly string[]): Diagram {
  return servicesUnion(diagrams, [...adminServices.map(([name]) => name), ...others])
}

/** Throws UnknownServices. */
export function servicesUnion(diagrams: Diagrams, names: readonly string[]): Diagram {
  return names.length === 0 ? nothing : diagrams.unionOf(names.map((name) => servicesNamed(diagrams, name)))
}
