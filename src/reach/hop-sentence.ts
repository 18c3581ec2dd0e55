/** A hop of an explanation as a sentence for people. */

import type { Hop, HopOf } from './hop.ts'

export function hopSentence(hop: Hop): string {
  switch (hop.kind) {
    case 'interface-state':
      return `${hop.instance}, which ${hop.networkInterface} is attached to, is ${hop.state}`
    case 'exempt':
      return `${hop.networkInterface}: ${hop.service} is never filtered`
    case 'rules':
      return `${hop.direction} rules of ${hop.networkInterface} for ${hop.peer}: ${admitting(hop)}`
    case 'acl':
      return `${hop.direction} of ${hop.acl} at ${hop.subnet} for ${hop.peer}: ${deciding(hop)}`
    case 'route':
      return `route from ${hop.subnet} to ${hop.destination}: ${[hop.via, hop.why].filter(Boolean).join(', ')}`
    case 'gateway':
      return `internet gateway of ${hop.vpc}: ${hop.gateway ?? 'none is attached'}`
    case 'public-address':
      return `public address of ${hop.networkInterface}: ${hop.address ?? 'none'}`
    case 'delivery':
      return `${hop.address} in ${hop.where} belongs to ${hop.networkInterface ?? 'no interface'}`
    default:
      return hop satisfies never
  }
}

function admitting({ rules, groups }: HopOf<'rules'>): string {
  if (rules.length > 0) return rules.map(({ rule, group }) => `${rule} of ${group}`).join(', ')
  return groups.length === 0 ? 'it has no security group' : `none of ${groups.join(', ')} admits it`
}

function deciding({ entry, outcome }: HopOf<'acl'>): string {
  if (entry === '*') return 'the final deny'
  return `entry ${entry} ${outcome === 'passes' ? 'allows it' : 'denies it'}`
}
