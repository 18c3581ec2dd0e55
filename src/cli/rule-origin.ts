/** Rules as answers name them: by id and group, and by where their source writes them. */

import type { Imported, Origin } from '../import/imported.ts'
import type { DifferenceRow } from '../reach/compare.ts'

type RuleRef = DifferenceRow['by'][number]

export type Origins = Imported['origins']

/** `sgr-1 of sg-web (main.tf:35 aws_security_group.web)` */
export function ruleText({ rule, group }: RuleRef, origins: Origins): string {
  return `${rule} of ${group}${originText(rule, origins)}`
}

/** With a space before it; nothing for what no file writes. */
export function originText(id: string, origins: Origins): string {
  const origin = origins.get(id)
  if (!origin) return ''
  const { file, line, name } = origin
  return ` (${file}:${line}${name === id ? '' : ` ${name}`})`
}

/** For the JSON: the rule with its origin, where it has one. */
export function ruleWritten(ref: RuleRef, origins: Origins): RuleRef & Partial<Origin> {
  return { ...ref, ...origins.get(ref.rule) }
}
