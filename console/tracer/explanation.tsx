/** The question as a whole, as `sallyport explain` prints it: every part of it with all its hops. */

import type { FindingView } from '../../src/app/console/api.ts'

const marks: Readonly<Record<string, readonly [mark: string, tone: string]>> = {
  passes: ['✓', 'good'],
  stops: ['✗', 'bad'],
  unknown: ['?', 'warn'],
}

const legs = [
  ['forward', 'There'],
  ['return', 'And back, where an answer needs no rule'],
] as const

export function Explanation({ findings }: { readonly findings: readonly FindingView[] }) {
  return (
    <details class="panel explanation">
      <summary>All hops, all that is in the way</summary>
      <div class="panel-body stack">
        {findings.map((finding) => (
          <Finding key={finding.packet} finding={finding} />
        ))}
      </div>
    </details>
  )
}

function Finding({ finding: { result, title, packet, hops, standsOn } }: { readonly finding: FindingView }) {
  return (
    <div>
      <h3>
        {result}: {title}
      </h3>
      <p>
        <code>{packet}</code>
      </p>
      {legs.map(([leg, label]) => {
        const own = hops.filter((hop) => hop.leg === leg)
        if (own.length === 0) return null
        return (
          <div key={leg}>
            <p class="quiet">{label}</p>
            <ul class="reasons">
              {own.map(({ outcome, sentence }) => (
                <li key={sentence}>
                  <span class={marks[outcome]?.[1]}>{marks[outcome]?.[0]}</span> {sentence}
                </li>
              ))}
            </ul>
          </div>
        )
      })}
      {standsOn.length > 0 && <p>Stands on {standsOn.join(', ')}: revoke any of these and it stops.</p>}
    </div>
  )
}
