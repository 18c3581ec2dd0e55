/** The figures as people and as programs read them. */

import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

export interface Size {
  readonly groupCounts: readonly number[]
  /** The size that most figures are taken at: one of `groupCounts`. */
  readonly usualGroups: number
  readonly mostGroups: number
  readonly writes: number
  /** Sizes of the connection table. */
  readonly connectionCounts: readonly number[]
  /** By name, of bench/deciding-worlds.ts, the smallest first. */
  readonly decidingWorkloads: readonly string[]
  readonly decidedPackets: number
  readonly usualConnections: number
  /** Entries of the rules that real traffic meets. */
  readonly ruleCounts: readonly number[]
  /** Enforced at once. */
  readonly interfaces: number
  /** In the larger of two logs. */
  readonly replayedRecords: number
  readonly rounds: { readonly rounds: number; readonly roundMilliseconds: number }
}

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'of bare' | 'of C' | 'ratio' | 'times' | 'ns' | 'µs' | 'ms' | 'calls/s' | 'bytes' | 'MiB'
  readonly aim: { readonly atLeast: number } | { readonly atMost: number } | undefined
  readonly note: string
}

function isMet({ value, aim }: Figure): boolean | undefined {
  if (aim === undefined) return undefined
  return 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost
}

export function formatFigure(figure: Figure): string {
  const verdict = { true: 'met', false: 'NOT MET', undefined: '' }[String(isMet(figure))] ?? ''
  return `${figure.name}: ${formatValue(figure)} ${figure.unit} ${verdict}`.trimEnd()
}

function formatValue({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (unit === 'of bare' || unit === 'of C' || unit === 'ratio') return value.toFixed(2)
  return value < 10 ? value.toFixed(1) : String(Math.round(value))
}

function formatAim({ aim, unit }: Figure): string {
  if (aim === undefined) return ''
  return 'atLeast' in aim
    ? `at least ${formatValue({ value: aim.atLeast, unit })}`
    : `at most ${formatValue({ value: aim.atMost, unit })}`
}

function machine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${memory} GiB, Node ${process.version}`
}

const begin = '<!-- figures -->'
const end = '<!-- end of figures -->'

/** What one part of the benchmark found, and when and where. */
interface Part {
  readonly machine: string
  readonly day: string
  readonly figures: readonly (Figure & { readonly isMet: boolean | undefined })[]
}

type Parts = Readonly<Record<string, Part>>

/** Replaces the part's figures in results.json, and the tables of README.md. */
export function writeFigures(part: string, figures: readonly Figure[], day: string): void {
  const place = (name: string) => new URL(name, import.meta.url)
  const before = JSON.parse(readFileSync(place('results.json'), 'utf8')) as Parts
  const found = { machine: machine(), day, figures: figures.map((figure) => ({ ...figure, isMet: isMet(figure) })) }
  const parts: Parts = { ...before, [part]: found }
  writeFileSync(place('results.json'), `${JSON.stringify(parts, undefined, 2)}\n`)
  const tables = Object.entries(parts).map(([name, each]) => tableOf(name, each))
  const page = readFileSync(place('README.md'), 'utf8')
  const [above = '', rest = ''] = page.split(begin)
  const below = rest.split(end)[1] ?? ''
  writeFileSync(place('README.md'), `${above}${[begin, ...tables, end].join('\n')}${below}`)
}

function tableOf(name: string, { machine: where, day, figures }: Part): string {
  const rows = figures.map((figure) => {
    const verdict = { true: 'met', false: '**not met**', undefined: '' }[String(isMet(figure))] ?? ''
    const cells = [figure.name, `${formatValue(figure)} ${figure.unit}`, formatAim(figure), verdict, figure.note]
    return `| ${cells.join(' | ')} |`
  })
  const header = ['| what | measured | aim | | |', '|---|---|---|---|---|']
  return [`## ${name}`, '', `Measured ${day}: ${where}.`, '', ...header, ...rows, ''].join('\n')
}
