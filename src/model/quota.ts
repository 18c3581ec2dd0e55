/** Limits that AWS sets by default (spec 7). Each can be changed by name, or all switched off. */

export const defaultQuotas = {
  'security-groups-per-region': 2500,
  'rules-per-security-group': 60,
  'security-groups-per-interface': 5,
  'vpcs-per-region': 5,
  'subnets-per-vpc': 200,
  'ipv4-blocks-per-vpc': 5,
  'ipv6-blocks-per-vpc': 5,
  'internet-gateways-per-region': 5,
  'elastic-addresses-per-region': 5,
  'network-interfaces-per-region': 5000,
  /** Per family. AWS's own limit depends on the instance type; this is the largest. */
  'addresses-per-interface': 50,
  'network-acls-per-vpc': 200,
  /** Per direction and family, the final deny included. */
  'rules-per-network-acl': 20,
  'route-tables-per-vpc': 200,
  'routes-per-route-table': 500,
  'active-peerings-per-vpc': 50,
  'pending-peerings-per-vpc': 25,
  'prefix-lists-per-region': 100,
  'versions-per-prefix-list': 1000,
  'entries-per-prefix-list': 1000,
  'references-per-prefix-list': 5000,
  'network-insights-paths-per-region': 100,
  'network-insights-analyses-per-region': 1000,
  'tags-per-resource': 50,
} as const

export type QuotaName = keyof typeof defaultQuotas
export type Quotas = Readonly<Record<QuotaName, number>>

export const quotaNames = Object.keys(defaultQuotas) as readonly QuotaName[]

/** No limits at all. */
export const unlimited = Object.fromEntries(quotaNames.map((name) => [name, Number.POSITIVE_INFINITY])) as Quotas

export function isQuotaName(text: string): text is QuotaName {
  return Object.hasOwn(defaultQuotas, text)
}
