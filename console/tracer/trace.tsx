/** An open trace: the answer, the packet's way with the reasons beside it, the controls, the states, what happened. */

import { useSignal } from '@preact/signals'
import type { PassageView, TraceView } from '../../src/app/console/api.ts'
import { CodeLine } from '../parts/code-line.tsx'
import { Table } from '../parts/table.tsx'
import { flowColumns, flowKey } from '../traffic/flow-columns.tsx'
import { Controls } from './controls.tsx'
import { Explanation } from './explanation.tsx'
import { History } from './history.tsx'
import { Reasons } from './reasons.tsx'
import type { TraceProps } from './trace-props.ts'
import { Way } from './way.tsx'

const columns = flowColumns({})

export function Trace({ trace, onStep, onRestart }: TraceProps) {
  const passage = lastPassage(trace)
  const chosen = useSignal<{ readonly passage: PassageView | undefined; readonly station: number } | undefined>(
    undefined,
  )
  const own = chosen.value?.passage === passage ? chosen.value?.station : undefined
  const station = passage?.stations[own ?? telling(passage)]
  return (
    <>
      <Answer trace={trace} />
      <Controls trace={trace} onStep={onStep} onRestart={onRestart} />
      <div class="trace">
        <section class="panel" aria-label="The packet's way">
          <div class="panel-head">
            <h2>The packet's way</h2>
            {passage && <code>{passage.packet}</code>}
          </div>
          {passage ? (
            <Way
              passage={passage}
              chosen={own ?? telling(passage)}
              onChoose={(at) => (chosen.value = { passage, station: at })}
            />
          ) : (
            <p class="empty">Send the first packet.</p>
          )}
        </section>
        <section class="panel" aria-label="Why">
          <div class="panel-head">
            <h2>Why</h2>
          </div>
          <div class="panel-body">
            {station ? <Reasons station={station} /> : <p class="quiet">The reasons of a station appear here.</p>}
          </div>
        </section>
      </div>
      <section class="panel" aria-label="State table">
        <div class="panel-head">
          <h2>
            State table <small>({trace.connections.length})</small>
          </h2>
        </div>
        <Table
          caption="Connections in the copy"
          rows={trace.connections}
          columns={columns}
          rowKey={flowKey}
          empty={
            <>
              <strong>Empty</strong>Nothing is remembered: the next packet must be admitted by rules.
            </>
          }
        />
      </section>
      <History happened={trace.happened} />
      <Explanation findings={trace.findings} />
    </>
  )
}

function lastPassage({ happened }: TraceView): PassageView | undefined {
  const last = happened.findLast((event) => event.kind === 'packet')
  return last?.kind === 'packet' ? last.report : undefined
}

/** The station that has most to say: where it stopped, else the last that asked rules. */
function telling({ stations }: PassageView): number {
  const stop = stations.findIndex(({ outcome }) => outcome === 'stops' || outcome === 'unknown')
  if (stop >= 0) return stop
  const asked = stations.findLastIndex(({ reasons }) => reasons.length > 0)
  return asked >= 0 ? asked : stations.length - 1
}

const tones: Readonly<Record<string, string>> = { reachable: 'good', unreachable: 'bad' }
const meanings: Readonly<Record<string, string>> = {
  reachable: 'Every packet asked about passes, and its answer.',
  unreachable: 'No packet asked about passes.',
  ambiguous: 'Some packets asked about pass and some do not.',
  undetermined: 'It depends on something that this program does not run.',
}

function Answer({ trace: { result, question, fixes } }: { readonly trace: TraceView }) {
  const { from, to, protocol, port } = question
  return (
    <section class={`notice answer ${tones[result] ?? 'warn'}`} aria-label="Answer">
      <div>
        <p>
          <strong class={tones[result] ?? 'warn'}>{result}</strong>: {from} to {to}, {protocol} {port}.{' '}
          <span class="quiet">{meanings[result]}</span>
        </p>
        {fixes.map(({ why, command }) => (
          <div key={why} class="fix">
            <p>In the way: {why}.</p>
            {command && <CodeLine text={command} label="what would change it" />}
          </div>
        ))}
      </div>
    </section>
  )
}
