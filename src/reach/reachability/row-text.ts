/** The parts of a row in words, as tables, pictures and pages print them. */

import { ruleText, type ServiceRule } from '../packet-set/service-text.ts'
import type { RowEnd } from './findings.ts'
import type { Row } from './rows.ts'

/** `internet (203.0.113.0/24)` */
export function endText({ name, addresses }: RowEnd): string {
  return addresses.length === 0 || addresses.join() === name ? name : `${name} (${firstFew(addresses)})`
}

/** All of them are in the JSON. */
export function firstFew(texts: readonly string[]): string {
  const more = texts.length > 3 ? ` and ${texts.length - 3} more ranges` : ''
  return `${texts.slice(0, 3).join(', ')}${more}`
}

/** `hasBoth`: rows of both IP families are told, so one of a single family says which. */
export function onText(
  { services, result, families, pairs, outOf }: Omit<Row<string>, 'from' | 'to' | 'packet'>,
  hasBoth: boolean,
): string {
  const family = hasBoth && families.length === 1 ? ` over IPv${families[0]}` : ''
  const some = pairs === outOf ? '' : `, ${pairs} of ${outOf} pairs`
  return `${result === 'undetermined' ? 'perhaps ' : ''}${servicesText(services)}${family}${some}`
}

export function servicesText(services: readonly ServiceRule[]): string {
  return services.map(ruleText).join('; ')
}
