/** What the screen shows or is about to do, as lines for the aws CLI. */

import type { Call } from '../../src/app/console/api.ts'
import { commandOf } from '../api/command.ts'
import { CodeLine } from './code-line.tsx'

export function Commands({
  calls,
  title = 'As aws CLI',
}: {
  readonly calls: readonly Call[]
  readonly title?: string
}) {
  return <CommandLines title={title} lines={calls.map(commandOf)} />
}

export function CommandLines({
  lines,
  title = 'As aws CLI',
}: {
  readonly lines: readonly string[]
  readonly title?: string
}) {
  if (lines.length === 0) return null
  return (
    <section class="commands" aria-label={title}>
      <h3>{title}</h3>
      {lines.map((line) => (
        <CodeLine key={line} text={line} label={line.slice(0, 60)} />
      ))}
    </section>
  )
}
