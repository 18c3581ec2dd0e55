/**
 * The prefix lists that AWS owns and every region holds (spec 6.1, 6.4). Their ids differ by region;
 * outside us-east-1 they are made from the name. One excerpt of each list's public ranges serves all regions.
 */

import type { PrefixListId } from './ids.ts'

export interface AwsPrefixList {
  readonly id: PrefixListId
  readonly name: string
  readonly family: 4 | 6
  /** What a reference counts against a quota of rules or routes. */
  readonly weight: number
  readonly cidrs: readonly string[]
}

interface ListFacts {
  /** The name, with `{region}` for the region's. */
  readonly name: string
  readonly family: 4 | 6
  readonly weight: number
  readonly cidrs: readonly string[]
}

const lists: readonly ListFacts[] = [
  {
    name: 'com.amazonaws.{region}.s3',
    family: 4,
    weight: 1,
    cidrs: ['3.5.0.0/19', '52.216.0.0/15', '54.231.0.0/16'],
  },
  {
    name: 'com.amazonaws.{region}.dynamodb',
    family: 4,
    weight: 1,
    cidrs: ['3.218.180.0/23', '3.218.182.0/24', '52.94.0.0/22', '52.119.224.0/20'],
  },
  {
    name: 'com.amazonaws.global.cloudfront.origin-facing',
    family: 4,
    weight: 55,
    cidrs: [
      '3.172.0.0/18',
      '15.158.0.0/16',
      '52.46.0.0/22',
      '52.82.128.0/19',
      '54.239.134.0/23',
      '54.239.208.0/21',
      '64.252.64.0/18',
      '64.252.128.0/18',
      '70.132.0.0/18',
      '130.176.0.0/17',
      '130.176.128.0/18',
      '205.251.218.0/24',
    ],
  },
  {
    name: 'com.amazonaws.global.ipv6.cloudfront.origin-facing',
    family: 6,
    weight: 55,
    cidrs: ['2600:9000:3000::/36', '2600:9000:f600::/39'],
  },
  { name: 'com.amazonaws.{region}.vpc-lattice', family: 4, weight: 10, cidrs: ['169.254.171.0/24'] },
  { name: 'com.amazonaws.{region}.ipv6.vpc-lattice', family: 6, weight: 10, cidrs: ['fd00:ec2:80::/64'] },
  { name: 'com.amazonaws.global.groundstation', family: 4, weight: 5, cidrs: ['3.2.16.0/20'] },
]

/** Ids that scripts have written down (spec 1.4). */
const recordedIds: Readonly<Record<string, PrefixListId>> = {
  'us-east-1 com.amazonaws.us-east-1.s3': 'pl-63a5400a',
  'us-east-1 com.amazonaws.us-east-1.dynamodb': 'pl-02cd2c6b',
}

const byRegion = new Map<string, ReadonlyMap<PrefixListId, AwsPrefixList>>()

/** The AWS-owned lists of a region, in the order of their ids. */
export function awsPrefixLists(region: string): readonly AwsPrefixList[] {
  return [...listsOf(region).values()]
}

export function findAwsPrefixList(region: string, id: string): AwsPrefixList | undefined {
  return listsOf(region).get(id as PrefixListId)
}

function listsOf(region: string): ReadonlyMap<PrefixListId, AwsPrefixList> {
  let found = byRegion.get(region)
  if (!found) {
    const made = lists.map((facts) => listFrom(facts, region)).sort((a, b) => (a.id < b.id ? -1 : 1))
    found = new Map(made.map((list) => [list.id, list]))
    byRegion.set(region, found)
  }
  return found
}

function listFrom(facts: ListFacts, region: string): AwsPrefixList {
  const name = facts.name.replace('{region}', region)
  const place = `${region} ${name}`
  return { ...facts, name, id: recordedIds[place] ?? `pl-${fingerprint(place)}` }
}

/** Eight hexadecimal digits, the same for the same text (FNV-1a). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
