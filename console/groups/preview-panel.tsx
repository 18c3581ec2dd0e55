/** What an edit would do before it is made: what it opens and closes, what it turns untracked, which connections it cuts. */

import type { ComponentChildren } from 'preact'
import type { Preview, TrackingView, WorldChanges } from '../../src/app/console/api.ts'
import { PairChanges } from '../parts/pair-changes.tsx'
import { Witness } from '../parts/witness.tsx'
import { LiveEffects } from './live-effects.tsx'

export interface PreviewPanelProps {
  readonly preview: Preview | undefined
  /** The rows are not yet such that the server can be asked. */
  readonly isIncomplete: boolean
  readonly isUnchanged: boolean
}

export function PreviewPanel({ preview, isIncomplete, isUnchanged }: PreviewPanelProps) {
  return (
    <section class="panel" aria-label="Before you save">
      <div class="panel-head">
        <h2>Before you save</h2>
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
  const { changes } = preview
  return (
    <div class="stack">
      <Part title="Opens and closes">
        <PairChanges changes={changes} />
      </Part>
      <Part title="Tracked and untracked">
        <Tracking changes={changes} />
      </Part>
      {changes.hidden > 0 && <p class="quiet">{changes.hidden} more differences are not listed.</p>}
      <Part title="Live connections">
        <LiveEffects preview={preview} />
      </Part>
    </div>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Tracking({ changes: { tracking } }: { readonly changes: WorldChanges }) {
  if (tracking.length === 0) return <p>No flow turns tracked or untracked.</p>
  return (
    <ul class="effects">
      {tracking.map((each) => (
        <Turn key={`${each.names} ${each.direction} ${each.was} ${each.is} ${each.on} ${each.peers}`} turn={each} />
      ))}
    </ul>
  )
}

const standingBadges = {
  untracked: { label: 'Untracked', tone: 'warn' },
  tracked: { label: 'Tracked', tone: 'good' },
  refused: { label: 'Refused', tone: 'bad' },
} as const

function Turn({ turn }: { readonly turn: TrackingView }) {
  const { names, direction, on, peers, families, packet } = turn
  const { label, tone } = standingBadges[turn.is]
  const family = families.length === 1 ? ` over IPv${families[0]}` : ''
  return (
    <li>
      <span class={`badge ${tone}`}>{label}</span>
      <div>
        <p>
          {names}, {direction === 'ingress' ? 'inbound' : 'outbound'}:{' '}
          <strong>
            {on} {peerWord(direction, peers)}
          </strong>
          {family} {meaning(turn)}
        </p>
        <Witness packet={packet} />
      </div>
    </li>
  )
}

function peerWord(direction: TrackingView['direction'], peers: string): string {
  return `${direction === 'ingress' ? 'from' : 'to'} ${peers}`
}

/** What it means for whoever revokes a rule later. */
function meaning({ was, is }: TrackingView): string {
  if (is === 'refused') return 'was untracked and is refused: such connections are cut at once.'
  if (is === 'tracked')
    return 'becomes tracked: from then on a revoke leaves such connections alone until they idle out.'
  const turn = was === 'tracked' ? 'becomes untracked' : 'opens untracked'
  return `${turn}: a later revoke would cut such connections.`
}
