/** Enforcement as Prometheus reads it (text exposition format 0.0.4). */

import type { Instant } from '../../base/clock.ts'
import type { Scope } from '../../model/world.ts'
import { type EnforcementBoard, ruleHits, type Standing } from './board.ts'

interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  readonly samples: readonly Sample[]
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const kinds = ['enforced', 'degraded', 'off'] as const

/** Families of every scope that somebody enforces something of. */
export function metricsText(board: EnforcementBoard, now: Instant): string {
  const standings = board.scopes.flatMap((scope) =>
    board.standings(scope, now).map((standing) => ({ labels: labelsOf(scope, standing), standing })),
  )
  const families: Family[] = [
    {
      name: 'sallyport_enforcement',
      help: 'Whether the rules of a network interface are in force: 1 for the state it is in.',
      type: 'gauge',
      samples: standings.flatMap(({ labels, standing }) =>
        kinds.map((state) => ({ labels: { ...labels, state }, value: standing.state.kind === state ? 1 : 0 })),
      ),
    },
    {
      name: 'sallyport_rule_packets_total',
      help: 'Packets that a rule let through and that opened a flow, or that belong to an untracked one.',
      type: 'counter',
      samples: standings.flatMap(({ labels, standing }) =>
        ruleHits(standing).map(([rule, { packets }]) => ({ labels: { ...labels, rule }, value: packets })),
      ),
    },
    {
      name: 'sallyport_refused_packets_total',
      help: 'Packets that no rule let through.',
      type: 'counter',
      samples: standings.flatMap(({ labels, standing: { hits } }) => [
        { labels: { ...labels, direction: 'ingress' }, value: hits.get('refused-in')?.packets ?? 0 },
        { labels: { ...labels, direction: 'egress' }, value: hits.get('refused-out')?.packets ?? 0 },
      ]),
    },
  ]
  return families.map(familyText).join('')
}

function labelsOf({ account, region }: Scope, { networkInterface, where }: Standing): Record<string, string> {
  return { account, region, network_interface: networkInterface, host: where.kind === 'host' ? where.host : '' }
}

function familyText({ name, help, type, samples }: Family): string {
  const lines = samples.map(({ labels, value }) => `${name}{${labelText(labels)}} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function labelText(labels: Sample['labels']): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`)
    .join(',')
}
