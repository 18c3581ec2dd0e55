/** Refusals of the account reads (spec 8.7). */

import { wording } from './wording.ts'

export const accountRejections = {
  RegionUnknown: wording('InvalidParameterValue', (p: { region: string }) => `Invalid region name: [${p.region}]`),
  ZoneNameUnknown: wording('InvalidParameterValue', (p: { name: string }) => `Invalid availability zone: [${p.name}]`),
  ZoneIdUnknown: wording('InvalidParameterValue', (p: { id: string }) => `Invalid availability zone-id: [${p.id}]`),
} as const
