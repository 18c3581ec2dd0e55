/** What a Terraform plan closes or opens only while it is applied, for people and as JSON. */

import { readPlan } from '../../app/source.ts'
import type { Imported, Origin } from '../../import/imported.ts'
import type { MovedRule, PlanWorlds, StuckGroup } from '../../import/terraform/outage.ts'
import { type MeanwhileRow, meanwhile } from '../../reach/meanwhile.ts'
import type { LabelKind } from '../../reach/reachability/labels.ts'
import { endText, onText } from '../../reach/reachability/row-text.ts'
import { readFrom } from '../world-options.ts'
import { alignedColumns } from './table.ts'

export interface OutageRow extends MeanwhileRow {
  /** Where what lets its packet by is written. */
  readonly resources: readonly Origin[]
}

export interface Outage {
  readonly rows: readonly OutageRow[]
  readonly stuck: readonly StuckGroup[]
  readonly moved: readonly MovedRule[]
}

/** Throws CommandFailure. */
export function planFrom(file: string): PlanWorlds {
  return readFrom(file, readPlan)
}

export function outageOf({ before, between, after, ...more }: PlanWorlds, by: LabelKind): Outage {
  const rows = meanwhile({ before, between, after }, by).map((row) => ({
    ...row,
    resources: resourcesOf(row, { before, between }),
  }))
  return { rows, ...more }
}

/** Of the rules that are not there in between; where all are, the interface is not. */
function resourcesOf(row: MeanwhileRow, { before, between }: Record<'before' | 'between', Imported>): Origin[] {
  const isClosed = row.result === 'closed meanwhile'
  const [there, missing] = isClosed ? [before, between] : [between, before]
  const gone = row.by.filter(({ rule }) => !missing.certain.groupOfRule.has(rule))
  const cards = Array.from(there.certain.networkInterface.values()).filter(
    ({ id, privateAddresses, ipv6Addresses }) =>
      !missing.certain.networkInterface.has(id) &&
      [...privateAddresses.map(({ address }) => address), ...ipv6Addresses].some((each) => row.packet.includes(each)),
  )
  const ids = gone.length > 0 ? gone.map(({ rule }) => rule) : cards.map(({ id }) => id)
  const origins = ids.flatMap((id) => there.origins.get(id) ?? [])
  return origins.filter((each, index) => index === origins.findIndex(({ name }) => name === each.name))
}

export function outageText({ rows, stuck, moved }: Outage): string {
  const told = [...stuck.map(stuckText), ...moved.map(movedText)].join('')
  if (rows.length === 0) return `\nWhile it is applied nothing else closes or opens for a while.\n${told}`
  const hasBoth = new Set(rows.flatMap(({ families }) => families)).size > 1
  const table = alignedColumns(rows.map((row) => cellsOf(row, hasBoth))).split('\n')
  const lines = rows.flatMap((row, index) => [table[index] ?? '', `     ${row.packet}   ${behind(row)}`.trimEnd()])
  return `\nWhile it is applied, for a while:\n${lines.join('\n')}\n${told}`
}

function cellsOf({ from, to, result, ...facts }: OutageRow, hasBoth: boolean): string[] {
  const isClosed = result === 'closed meanwhile'
  const on = onText({ ...facts, result: 'reachable' }, hasBoth)
  return [isClosed ? '-' : '+', isClosed ? 'closed' : 'open', `${endText(from)} > ${endText(to)}`, on]
}

function behind({ resources }: OutageRow): string {
  return resources.map(({ name, file, line }) => `${name} (${file}:${line})`).join(', ')
}

function stuckText({ group, origin, carriedBy }: StuckGroup): string {
  return (
    `\n${origin.name} (${origin.file}:${origin.line}) is to be deleted while ${carriedBy.length} interfaces carry it: AWS refuses ` +
    `to delete ${group} (DependencyViolation), and the apply stops there. Give it lifecycle { create_before_destroy = true } and a name_prefix.\n`
  )
}

function movedText({ from, to }: MovedRule): string {
  return (
    `\n${to.name} (${to.file}:${to.line}) creates the rule that ${from.name} destroys: if it comes first, AWS refuses it ` +
    '(InvalidPermission.Duplicate), and the rule stays away until the next apply.\n'
  )
}
