/** What an edit would do to the connections that are alive, before it is made. */

import type { FlowPreview, Preview } from '../../src/app/console/api.ts'

export interface PreviewPanelProps {
  readonly preview: Preview | undefined
  /** The rows are not yet such that the server can be asked. */
  readonly isIncomplete: boolean
  readonly isUnchanged: boolean
}

export function PreviewPanel({ preview, isIncomplete, isUnchanged }: PreviewPanelProps) {
  return (
    <section class="panel" aria-label="Effect on live connections">
      <div class="panel-head">
        <h2>Before you save: live connections</h2>
      </div>
      <div class="panel-body" role="status">
        <Body preview={preview} isIncomplete={isIncomplete} isUnchanged={isUnchanged} />
      </div>
    </section>
  )
}

function Body({ preview, isIncomplete, isUnchanged }: PreviewPanelProps) {
  if (isIncomplete) return <p class="quiet">Complete the rules to see what they would do.</p>
  if (isUnchanged) return <p class="quiet">Nothing is changed yet.</p>
  if (!preview) return <p class="quiet">Asking the engine…</p>
  if (preview.refusal) {
    const { code, message } = preview.refusal
    return (
      <p class="notice bad">
        EC2 would refuse this: {code}: {message}
      </p>
    )
  }
  if (preview.flows.length === 0) return <p>{unaffected(preview.considered)}</p>
  return (
    <ul class="effects">
      {preview.flows.map((each) => (
        <Effect key={`${each.flow.networkInterface} ${each.flow.flow} ${each.flow.direction}`} effect={each} />
      ))}
    </ul>
  )
}

function unaffected(considered: number): string {
  if (considered === 0) return 'No connection is alive in this Region, so none is affected.'
  const live = considered === 1 ? 'The one live connection goes' : `All ${considered} live connections go`
  return `${live} on as before, and new ones like ${considered === 1 ? 'it' : 'them'} fare the same.`
}

const effects = {
  cut: { label: 'Cut at once', tone: 'bad' },
  reopens: { label: 'Interrupted', tone: 'warn' },
  'goes on': { label: 'Goes on', tone: 'good' },
} as const

function Effect({ effect: { flow, effect, sentence, before, after } }: { readonly effect: FlowPreview }) {
  const { label, tone } = effects[effect]
  return (
    <li>
      <span class={`badge ${tone}`}>{label}</span>
      <div>
        <code>{flow.flow}</code>{' '}
        <span class="quiet">
          {flow.direction} of <span class="id">{flow.networkInterface}</span>
        </span>{' '}
        {before !== after && (
          <span class="badge">
            new ones: {before} → {after}
          </span>
        )}
        <p>{capital(sentence)}.</p>
      </div>
    </li>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
