/** Worlds, packets and the state table as text. */

import type { FlowRow } from '../../lesson/flow-rows.ts'
import type { PlayedLine, PlayedPacket } from '../../lesson/play.ts'
import type { RuleView, WorldView } from '../../lesson/world-view.ts'
import { columns, wrap } from './layout.ts'

const sides = { ingress: 'inbound', egress: 'outbound' } as const

export function worldText({ groups, interfaces, acls }: WorldView): string {
  const blocks = [
    ...groups.map(({ id, name, rules }) => [`  ${name} (${id})`, rulesText(rules)]),
    ...acls.map(({ id, entries }) => [
      `  network ACL ${id}`,
      columns(
        entries.map((entry) => [
          sides[entry.direction],
          String(entry.number),
          entry.action,
          entry.traffic,
          `${entry.direction === 'ingress' ? 'from' : 'to'} ${entry.cidr}`,
        ]),
        '    ',
      ),
    ]),
    interfaces.map(
      ({ id, name, addresses, groups: own }) =>
        `  ${name || 'interface'} (${id})  ${addresses.join(', ')}  in ${own.join(', ') || 'no group'}`,
    ),
  ]
  return blocks.flat().filter(Boolean).join('\n')
}

function rulesText(rules: readonly RuleView[]): string {
  const rows = (['ingress', 'egress'] as const).flatMap((direction) => {
    const own = rules.filter((rule) => rule.direction === direction)
    if (own.length === 0) return [[sides[direction], 'no rule']]
    const joint = direction === 'ingress' ? 'from' : 'to'
    return own.map(({ id, traffic, peer }) => [sides[direction], traffic, `${joint} ${peer}`, id])
  })
  return columns(rows, '    ')
}

/** `1s  inbound at web: tcp 203.0.113.5:40000 > 10.0.0.10:80 S   (client > web)` */
export function packetText({ at, networkInterface, direction, packet, from, to }: PlayedPacket): string {
  return `${timeText(at)}  ${sides[direction]} at ${networkInterface}: ${packet}   (${from.name} > ${to.name})`
}

/** The event's line without its time, which stands before it. */
export function eventText({ at, line }: PlayedLine): string {
  return `${timeText(at)}  ${line.replace(/^\S+\s+/, '')}`
}

function timeText(seconds: number): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return `${seconds / 86_400}d`
  return `${seconds}s`
}

export function verdictText({ action, sentence, stopsAt }: PlayedPacket, width: number, indent = '    '): string {
  const head = action === 'allow' ? '✓ allow' : `✗ deny${stopsAt === null ? '' : ` at the ${stopsAt}`}`
  return wrap(`${head}: ${sentence}.`, width, indent)
}

/** The state table; a learner is told when it is empty. */
export function flowsText(flows: readonly FlowRow[]): string {
  if (flows.length === 0) return '    state table: empty'
  const rows = flows.map(({ networkInterface, flow, isTracked, status, secondsLeft, rules }) => [
    networkInterface,
    flow,
    status === 'cut' ? 'cut' : isTracked ? 'tracked' : 'untracked',
    secondsLeft === null ? '' : `${secondsLeft}s left`,
    rules.join(', '),
  ])
  return `    state table:\n${columns(rows, '      ')}`
}
