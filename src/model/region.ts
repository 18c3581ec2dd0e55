/**
 * Regions and their Availability Zones as DescribeRegions and DescribeAvailabilityZones list them. A
 * made-up region that looks like one is allowed, as clients with skipped region checks expect.
 */

import type { Instant } from '../base/clock.ts'

/** Marks that a region was used, so that a default VPC once deleted does not come back. */
export interface RegionUse {
  readonly id: string
  readonly firstUsedAt: Instant
}

interface RegionFacts {
  readonly longName: string
  /** Prefix of zone ids, as in `use1-az1`. */
  readonly code: string
  readonly zones: string
}

const regions: Readonly<Record<string, RegionFacts>> = {
  'us-east-1': { longName: 'US East (N. Virginia)', code: 'use1', zones: 'abcdef' },
  'us-east-2': { longName: 'US East (Ohio)', code: 'use2', zones: 'abc' },
  'us-west-1': { longName: 'US West (N. California)', code: 'usw1', zones: 'ac' },
  'us-west-2': { longName: 'US West (Oregon)', code: 'usw2', zones: 'abcd' },
  'ca-central-1': { longName: 'Canada (Central)', code: 'cac1', zones: 'abd' },
  'sa-east-1': { longName: 'South America (Sao Paulo)', code: 'sae1', zones: 'abc' },
  'eu-west-1': { longName: 'Europe (Ireland)', code: 'euw1', zones: 'abc' },
  'eu-west-2': { longName: 'Europe (London)', code: 'euw2', zones: 'abc' },
  'eu-west-3': { longName: 'Europe (Paris)', code: 'euw3', zones: 'abc' },
  'eu-central-1': { longName: 'Europe (Frankfurt)', code: 'euc1', zones: 'abc' },
  'eu-north-1': { longName: 'Europe (Stockholm)', code: 'eun1', zones: 'abc' },
  'ap-south-1': { longName: 'Asia Pacific (Mumbai)', code: 'aps1', zones: 'abc' },
  'ap-northeast-1': { longName: 'Asia Pacific (Tokyo)', code: 'apne1', zones: 'acd' },
  'ap-northeast-2': { longName: 'Asia Pacific (Seoul)', code: 'apne2', zones: 'abcd' },
  'ap-northeast-3': { longName: 'Asia Pacific (Osaka)', code: 'apne3', zones: 'abc' },
  'ap-southeast-1': { longName: 'Asia Pacific (Singapore)', code: 'apse1', zones: 'abc' },
  'ap-southeast-2': { longName: 'Asia Pacific (Sydney)', code: 'apse2', zones: 'abc' },
}

export const regionNames: readonly string[] = Object.keys(regions)

const regionShape = /^[a-z]{2,5}(?:-[a-z]+){1,3}-\d{1,2}$/

/** Whether text could name a region: `us-east-1`, `eu-made-up-9`. */
export function isRegionName(text: string): boolean {
  return text.length <= 32 && regionShape.test(text)
}

export interface Zone {
  /** `us-east-1a` */
  readonly name: string
  /** `use1-az1` */
  readonly id: string
  /** `us-east-1-zg-1` */
  readonly groupName: string
  /** `US East (N. Virginia) 1` */
  readonly groupLongName: string
}

/** The Availability Zones of a region, in order. */
export function zonesOf(region: string): readonly Zone[] {
  const { longName, code, zones } = regions[region] ?? { longName: region, code: region, zones: 'abc' }
  return Array.from(zones, (letter, index) => ({
    name: `${region}${letter}`,
    id: `${code}-az${index + 1}`,
    groupName: `${region}-zg-1`,
    groupLongName: `${longName} 1`,
  }))
}

export function findZone(region: string, nameOrId: string): Zone | undefined {
  return zonesOf(region).find(({ name, id }) => name === nameOrId || id === nameOrId)
}
