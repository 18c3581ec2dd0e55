/** The columns that show live flows, on the page of connections and in the tracer's state table. */

import type { Signal } from '@preact/signals'
import type { LiveFlow } from '../../src/app/live-flow.ts'
import type { Column } from '../parts/table.tsx'

export function flowKey({ witness, networkInterface, direction, flow, isTracked }: LiveFlow): string {
  return `${witness} ${networkInterface} ${direction} ${flow} ${isTracked}`
}

export interface FlowColumnsOptions {
  /** Where the chosen flow's key goes; without it flows cannot be chosen. */
  readonly chosen?: Signal<string | undefined>
}

export function flowColumns({ chosen }: FlowColumnsOptions): readonly Column<LiveFlow>[] {
  return [
    {
      id: 'flow',
      header: 'Flow',
      width: 302,
      cell: (flow) => <FlowCell flow={flow} chosen={chosen} />,
      sortBy: ({ flow }) => flow,
    },
    { id: 'tracking', header: 'Tracking', width: 112, cell: tracking, sortBy: ({ isTracked }) => String(isTracked) },
    { id: 'state', header: 'State', width: 100, cell: ({ state }) => state, sortBy: ({ state }) => state },
    { id: 'witness', header: 'Seen by', width: 84, cell: ({ witness }) => witness, sortBy: ({ witness }) => witness },
    {
      id: 'left',
      header: 'Seconds left',
      width: 106,
      isNumber: true,
      cell: ({ secondsLeft }) => (secondsLeft === null ? '-' : secondsLeft.toLocaleString('en-US')),
      sortBy: ({ secondsLeft }) => secondsLeft ?? -1,
    },
    {
      id: 'direction',
      header: 'Direction',
      width: 84,
      cell: ({ direction }) => direction,
      sortBy: ({ direction }) => direction,
    },
    {
      id: 'interface',
      header: 'Network interface',
      width: 178,
      cell: ({ networkInterface }) => <span class="id">{networkInterface}</span>,
      sortBy: ({ networkInterface }) => networkInterface,
    },
    { id: 'rules', header: 'Admitted by', width: 178, cell: ({ rules }) => <RuleLinks rules={rules} /> },
  ]
}

function FlowCell({
  flow,
  chosen,
}: {
  readonly flow: LiveFlow
  readonly chosen: Signal<string | undefined> | undefined
}) {
  if (!chosen) return <code>{flow.flow}</code>
  const key = flowKey(flow)
  return (
    <button
      class="link"
      type="button"
      aria-expanded={chosen.value === key}
      onClick={() => {
        chosen.value = chosen.value === key ? undefined : key
      }}
    >
      <code>{flow.flow}</code>
    </button>
  )
}

function tracking({ isTracked, state }: LiveFlow) {
  if (state === 'cut') return <span class="badge bad">cut</span>
  return isTracked ? <span class="badge good">tracked</span> : <span class="badge warn">untracked</span>
}

export interface RuleLinksProps {
  readonly rules: readonly { readonly rule: string; readonly group: string; readonly isInForce?: boolean }[]
}

/** Each rule leads to its group. */
export function RuleLinks({ rules }: RuleLinksProps) {
  return (
    <span class="rule-links">
      {rules.map(({ rule, group, isInForce = true }) => (
        <a
          key={rule}
          class="id"
          href={`/console/groups/${group}`}
          title={isInForce ? group : `${group}; since revoked`}
        >
          {isInForce ? rule : <s>{rule}</s>}
        </a>
      ))}
    </span>
  )
}
