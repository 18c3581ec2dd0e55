/** The CIDR of a rule: Authorize and Revoke mask host bits, ModifySecurityGroupRules refuses them (spec 2.4). */

import { reject } from '../../model/rejection.ts'
import type { Peer } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import { formatCidr, parseCidr, type SpelledCidr } from '../../net/cidr.ts'

type CidrPeer = Extract<Peer, { cidr: string }>

export function maskedCidr(text: string, family: Family): CidrPeer {
  return peerOf(spelled(text, family))
}

export function canonicalCidr(text: string, family: Family): CidrPeer {
  const given = spelled(text, family)
  const canonical = formatCidr(given.cidr)
  if (!given.isCanonical) reject('CidrNotCanonical', { cidr: text, canonical })
  return peerOf(given)
}

function spelled(text: string, family: Family): SpelledCidr {
  const given = parseCidr(text)
  return given?.cidr.family === family ? given : reject('CidrMalformed', { cidr: text })
}

function peerOf({ cidr }: SpelledCidr): CidrPeer {
  return { kind: cidr.family === 4 ? 'ipv4' : 'ipv6', cidr: formatCidr(cidr) }
}
