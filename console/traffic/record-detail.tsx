/** One record: the line as a flow log writes it, and the reason of its newest packet. */

import type { LiveRecord } from '../../src/app/console/api.ts'
import { CodeLine } from '../parts/code-line.tsx'
import { DecidedBy } from './record-columns.tsx'

export function RecordDetail({ record }: { readonly record: LiveRecord }) {
  const { line, decidedBy, networkInterface, flowLogs } = record
  return (
    <section class="panel-body tab-foot stack" aria-label="Record">
      <p>
        <strong>
          {record.action === 'ACCEPT' ? 'Accepted' : 'Rejected'} at <span class="id">{networkInterface}</span>
        </strong>
        : {decidedBy.sentence}.
      </p>
      <p>
        Decided by <DecidedBy record={record} />
      </p>
      <CodeLine text={line} label="the record's line" />
      <p class="quiet">
        {flowLogs.length === 0
          ? 'No flow log covers this interface, so the line goes nowhere else.'
          : `Recorded by ${flowLogs.join(', ')}, in the format of each.`}
      </p>
    </section>
  )
}
