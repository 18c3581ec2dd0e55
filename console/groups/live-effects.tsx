/** What an edit would do to the connections that are alive. */

import type { FlowPreview, Preview } from '../../src/app/console/api.ts'

export function LiveEffects({ preview: { flows, considered } }: { readonly preview: Preview }) {
  if (flows.length === 0) return <p>{unaffected(considered)}</p>
  return (
    <ul class="effects">
      {flows.map((each) => (
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
