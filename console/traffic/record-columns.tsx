/** The columns that show growing flow log records. */

import type { Signal } from '@preact/signals'
import type { LiveRecord } from '../../src/app/console/api.ts'
import type { Column } from '../parts/table.tsx'
import { RuleLinks } from './flow-columns.tsx'

export function recordColumns({
  chosen,
}: {
  readonly chosen: Signal<string | undefined>
}): readonly Column<LiveRecord>[] {
  return [
    {
      id: 'end',
      header: 'Last packet',
      width: 104,
      cell: ({ end }) => <time dateTime={end}>{new Date(end).toLocaleTimeString('en-GB')}</time>,
      sortBy: ({ end }) => end,
    },
    {
      id: 'action',
      header: 'Action',
      width: 92,
      cell: ({ action }) => <span class={action === 'ACCEPT' ? 'badge good' : 'badge bad'}>{action}</span>,
      sortBy: ({ action }) => action,
    },
    {
      id: 'flow',
      header: 'Flow',
      width: 310,
      cell: (record) => <FlowButton record={record} chosen={chosen} />,
      sortBy: ({ flow }) => flow,
    },
    {
      id: 'direction',
      header: 'Direction',
      width: 90,
      cell: ({ direction }) => direction,
      sortBy: ({ direction }) => direction,
    },
    {
      id: 'packets',
      header: 'Packets',
      width: 80,
      isNumber: true,
      cell: ({ packets }) => packets,
      sortBy: ({ packets }) => packets,
    },
    {
      id: 'bytes',
      header: 'Bytes',
      width: 80,
      isNumber: true,
      cell: ({ bytes }) => bytes,
      sortBy: ({ bytes }) => bytes,
    },
    { id: 'decided', header: 'Decided by', width: 230, cell: (record) => <DecidedBy record={record} /> },
  ]
}

interface FlowButtonProps {
  readonly record: LiveRecord
  readonly chosen: Signal<string | undefined>
}

function FlowButton({ record: { key, flow }, chosen }: FlowButtonProps) {
  return (
    <button
      class="link"
      type="button"
      aria-expanded={chosen.value === key}
      onClick={() => {
        chosen.value = chosen.value === key ? undefined : key
      }}
    >
      <code>{flow}</code>
    </button>
  )
}

export function DecidedBy({ record: { decidedBy, flow } }: { readonly record: LiveRecord }) {
  const { isByConnection, rules, acl, kind } = decidedBy
  if (isByConnection) {
    return (
      <>
        <a href={`/console/connections?flow=${encodeURIComponent(endsOf(flow))}`}>connection</a> by{' '}
        <RuleLinks rules={rules} />
      </>
    )
  }
  if (rules.length > 0) return <RuleLinks rules={rules} />
  if (acl !== null) return <span class="id">{acl}</span>
  return <span>{words[kind] ?? kind}</span>
}

/** An answer's flow is its connection's turned around: either end finds it. */
function endsOf(flow: string): string {
  return flow.split(' ')[1] ?? flow
}

const words: Readonly<Record<string, string>> = {
  'no-rule': 'no rule admits it',
  allowance: 'the tracking allowance',
  'source-dest-check': 'source/destination check',
  multicast: 'no multicast in a VPC',
}
