/** The lines that a flow log has delivered: whole windows, in the log's own format. */

import { useSignal } from '@preact/signals'
import type { FlowLog } from '../../src/ec2/protocol/types.generated.ts'
import { useAsked } from '../api/asked.ts'
import { post } from '../api/client.ts'
import { Field } from '../parts/field.tsx'

interface Lines {
  readonly header: string
  readonly records: readonly string[]
}

const mostShown = 200

export function Delivered({ logs }: { readonly logs: readonly FlowLog[] }) {
  const chosen = useSignal<string | undefined>(undefined)
  const round = useSignal(0)
  const log = chosen.value ?? logs[0]?.FlowLogId
  const question = () => (log ? post<Lines>('delivered', { flowLog: log }) : Promise.resolve(undefined))
  const { answer, failure } = useAsked(`delivered ${log} ${round.value}`, question).value
  if (logs.length === 0) {
    return (
      <div class="empty">
        <strong>No flow logs</strong>CreateFlowLogs makes one; the live records need none.
      </div>
    )
  }
  return (
    <div class="panel-body tab-head stack">
      <div class="form-grid">
        <Field label="Flow log">
          <select class="input" value={log} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            {logs.map(({ FlowLogId, ResourceId, TrafficType }) => (
              <option key={FlowLogId} value={FlowLogId}>
                {FlowLogId} of {ResourceId}, {TrafficType}
              </option>
            ))}
          </select>
        </Field>
        <div>
          <button class="button" type="button" onClick={() => (round.value += 1)}>
            Look again
          </button>
        </div>
      </div>
      {failure && <p class="notice bad">{failure}</p>}
      {answer && <Listing {...answer} />}
    </div>
  )
}

function Listing({ header, records }: Lines) {
  if (records.length === 0) return <p class="quiet">Nothing is delivered yet: lines come when a window ends.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="lines" tabIndex={0} aria-label="Delivered lines">
      <pre>{[header, ...records.slice(-mostShown)].join('\n')}</pre>
    </section>
  )
}
