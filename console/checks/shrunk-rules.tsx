/** The tightest rules for what a log saw: a diff of the live ones, what closes, and what the log cannot vouch for. */

import type { ShrinkView, ShrunkRule } from '../../src/app/console/checks-api.ts'
import { plural } from '../../src/base/amounts.ts'
import { CodeLine } from '../parts/code-line.tsx'
import { PairChanges } from '../parts/pair-changes.tsx'
import { RuleLink } from '../parts/witness.tsx'
import { href } from '../shell/router.ts'

export function Shrink({ shrink }: { readonly shrink: ShrinkView }) {
  const { headline, rules, hiddenRules, whole, commands, proof, closedHeadline, closes, risks } = shrink
  return (
    <section class="log-repair" aria-label="Tightest rules">
      <h3>{headline}</h3>
      <ul class="effects">
        {rules.map((each) => (
          <Shrunk key={each.rule.rule} shrunk={each} />
        ))}
      </ul>
      {hiddenRules > 0 && <p class="quiet">and {plural(hiddenRules, 'more rule')}: the command below has them all</p>}
      {whole.length > 0 && <Whole whole={whole} />}
      <div class="notice warn log-risks">
        <h4>What the log cannot vouch for</h4>
        {risks.map((risk) => (
          <p key={risk}>{risk}</p>
        ))}
      </div>
      {commands.length > 0 && (
        <>
          <h3>As commands, those that admit first, so that nothing is refused in between</h3>
          <CodeLine text={commands.join('\n')} label="The tightest rules" />
        </>
      )}
      {proof.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <h3>{closedHeadline}</h3>
      <PairChanges changes={closes} />
      {closes.hidden > 0 && <p class="quiet">{closes.hidden} more differences are not listed.</p>}
    </section>
  )
}

/** A rule that goes, and those that come for it. */
function Shrunk({ shrunk: { rule, groupName, becomes } }: { readonly shrunk: ShrunkRule }) {
  const side = rule.direction === 'ingress' ? 'inbound' : 'outbound'
  return (
    <li>
      <span class="badge warn">{becomes.length === 0 ? 'Unused' : 'Narrower'}</span>
      <div class="rule-diff">
        <p class="quiet">
          <a href={href(`/groups/${rule.group}/${side}`)} title={rule.group}>
            {groupName}
          </a>
          , {side}
        </p>
        <del>
          <RuleLink rule={rule} />
        </del>
        {becomes.map((text) => (
          <ins key={text}>{text}</ins>
        ))}
      </div>
    </li>
  )
}

function Whole({ whole }: Pick<ShrinkView, 'whole'>) {
  return (
    <details class="check-more">
      <summary>{plural(whole.length, 'rule')} left as they are</summary>
      <ul class="map-rules">
        {whole.map(({ rule, why }) => (
          <li key={rule.rule}>
            <RuleLink rule={rule} /> <span class="quiet">{why}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
