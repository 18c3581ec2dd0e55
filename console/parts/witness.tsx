/** One packet that proves what is said beside it, the rules that let it by, and a way to look closer. */

import type { RuleView, TraceQuestion } from '../../src/app/console/api.ts'
import { href } from '../shell/router.ts'

export interface WitnessProps {
  readonly packet: string
  readonly rules?: readonly NamedRule[]
  /** Absent where the packet is of a world that is not yet. */
  readonly question?: TraceQuestion | undefined
}

export interface NamedRule extends RuleView {
  /** It is not made yet, so it has no page. */
  readonly isNew?: boolean
}

export function Witness({ packet, rules = [], question }: WitnessProps) {
  return (
    <p class="witness">
      <code>{packet}</code>
      {rules.length > 0 && <span class="quiet"> by {separated(rules.map((rule) => <RuleLink rule={rule} />))}</span>}
      {question && (
        <>
          {' '}
          <a href={tracerPath(question)}>Trace it</a>
        </>
      )}
    </p>
  )
}

export function RuleLink({ rule: { rule, group, direction, text, isNew = false } }: { readonly rule: NamedRule }) {
  if (isNew) return <span>the new rule {text}</span>
  const side = direction === 'ingress' ? 'inbound' : 'outbound'
  return (
    <a href={href(`/groups/${group}/${side}?rule=${rule}`)} title={`${rule} of ${group}`}>
      {text}
    </a>
  )
}

function separated(items: readonly preact.JSX.Element[]): preact.ComponentChildren {
  return items.map((item, index) => [index > 0 && ', ', item])
}

export function tracerPath({ from, to, protocol, port }: TraceQuestion): string {
  const asked = { from, to, protocol, ...(port === null ? {} : { port: String(port) }) }
  return href(`/tracer?${new URLSearchParams(asked)}`)
}

export function explainLine({ from, to, protocol, port }: TraceQuestion): string {
  return `sallyport explain ${[from, to, protocol, port].filter((part) => part !== null).join(' ')}`
}
