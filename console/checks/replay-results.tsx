/** What a replay says: the counts, then what would fare otherwise by rule and by pair, the biggest first, and the repair. */

import type { CauseView, OutcomeView, RepairView, ReplayView } from '../../src/app/console/checks-api.ts'
import { bytesText, plural, thousands } from '../../src/base/amounts.ts'
import { CodeLine } from '../parts/code-line.tsx'
import { PairChanges } from '../parts/pair-changes.tsx'
import { RuleLink } from '../parts/witness.tsx'
import { href } from '../shell/router.ts'
import { Shrink } from './shrunk-rules.tsx'

const known = {
  'newly denied': { label: 'Newly denied', tone: 'bad', isChange: true },
  'newly allowed': { label: 'Newly allowed', tone: 'warn', isChange: true },
  uncertain: { label: 'Uncertain', tone: '', isChange: true },
  'unchanged, accepted': { label: 'Unchanged, accepted', tone: 'good', isChange: false },
  'unchanged, rejected': { label: 'Unchanged, rejected', tone: '', isChange: false },
} as const

export function ReplayResults({
  view: { records, span, outcomes, notes, repair, shrink },
}: {
  readonly view: ReplayView
}) {
  const denied = outcomes.find(({ outcome }) => outcome === 'newly denied')?.records ?? 0
  const guessed = outcomes.reduce((sum, each) => sum + each.guessed, 0)
  const changed = outcomes.filter((each) => known[each.outcome].isChange)
  return (
    <>
      <p class={`notice ${denied === 0 ? 'good' : 'bad'}`} role="status">
        {denied === 0
          ? `Of ${plural(records, 'record')} none that was accepted would be denied.`
          : `${thousands(denied)} of ${plural(records, 'record')} were accepted and would be denied.`}
      </p>
      <Counts outcomes={outcomes} />
      {span && <p class="quiet">{span}, under the rules as they are.</p>}
      {guessed > 0 && (
        <p class="quiet">
          What is said of {plural(guessed, 'record')} rests on a guess of who opened the connection, as no TCP flags say
          it. Such pairs are marked.
        </p>
      )}
      {notes.map((note) => (
        <p key={note} class="notice warn log-note">
          {note}
        </p>
      ))}
      <ul class="effects" aria-label="Results">
        {changed.map((each) => (
          <Causes key={each.outcome} outcome={each} />
        ))}
      </ul>
      {outcomes
        .filter((each) => !known[each.outcome].isChange && each.records > 0)
        .map((each) => (
          <details key={each.outcome} class="check-more">
            <summary>
              {known[each.outcome].label}: {weightText(each)}
            </summary>
            <ul class="effects">
              <Causes outcome={each} />
            </ul>
          </details>
        ))}
      {repair && <Repair repair={repair} />}
      {shrink && <Shrink shrink={shrink} />}
    </>
  )
}

function weightText({ records, bytes }: { readonly records: number; readonly bytes: number }): string {
  return `${plural(records, 'record')}, ${bytesText(bytes)}`
}

function Counts({ outcomes }: Pick<ReplayView, 'outcomes'>) {
  return (
    <dl class="facts log-counts">
      {outcomes.map(({ outcome, records, bytes, guessed }) => (
        <div key={outcome}>
          <dt>{known[outcome].label}</dt>
          <dd>
            <strong>{thousands(records)}</strong> <span class="quiet">{bytesText(bytes)}</span>
            {guessed > 0 && <span class="quiet">, {thousands(guessed)} guessed</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Causes({ outcome: { outcome, causes, hiddenCauses } }: { readonly outcome: OutcomeView }) {
  const { label, tone } = known[outcome]
  return (
    <>
      {causes.map((cause) => (
        <li key={`${outcome} ${cause.text}`}>
          <span class={`badge ${tone}`}>{label}</span>
          <Cause cause={cause} />
        </li>
      ))}
      {hiddenCauses > 0 && <li class="quiet">and {plural(hiddenCauses, 'smaller cause')} of the same</li>}
    </>
  )
}

/** More pairs are a list that nobody reads at once. */
const mostPairs = 5

function Cause({ cause }: { readonly cause: CauseView }) {
  const { pairs, hiddenPairs, others } = cause
  const rest = pairs.slice(mostPairs)
  return (
    <div class="finding">
      <p>
        <strong>
          <CauseName cause={cause} />
        </strong>{' '}
        <span class="quiet">{weightText(cause)}</span>
      </p>
      <Pairs pairs={pairs.slice(0, mostPairs)} />
      {rest.length > 0 && (
        <details>
          <summary>{plural(rest.length + hiddenPairs, 'more pair')}</summary>
          <Pairs pairs={rest} />
          {hiddenPairs > 0 && (
            <p class="quiet">and {plural(hiddenPairs, 'smaller pair')}: --output json has them all</p>
          )}
        </details>
      )}
      {others > 0 && <p class="quiet">and {plural(others, 'record')} of pairs that were not kept</p>}
    </div>
  )
}

function CauseName({ cause: { text, rules, groups, direction } }: { readonly cause: CauseView }) {
  const side = direction === 'ingress' ? 'inbound' : 'outbound'
  if (rules.length > 0)
    return (
      <>
        by {side} {rules.map((rule, index) => [index > 0 && ', ', <RuleLink key={rule.rule} rule={rule} />])}
      </>
    )
  if (groups.length > 0)
    return (
      <>
        no {side} rule of{' '}
        {groups.map(({ id, name }, index) => [
          index > 0 && ', ',
          <a key={id} href={href(`/groups/${id}/${side}`)} title={id}>
            {name}
          </a>,
        ])}
      </>
    )
  return text
}

function Pairs({ pairs }: Pick<CauseView, 'pairs'>) {
  return (
    <ul class="log-pairs">
      {pairs.map(({ from, to, service, isGuessed, ...weight }) => (
        <li key={`${from} ${to} ${service}`}>
          {from} → {to}: <code>{service}</code> <span class="quiet">{weightText(weight)}</span>
          {isGuessed && <span class="badge warn">who opened it is guessed</span>}
        </li>
      ))}
    </ul>
  )
}

function Repair({ repair: { counts, lines, hiddenLines, proof, opens } }: { readonly repair: RepairView }) {
  return (
    <section class="log-repair" aria-label="Repair">
      <h3>To break nothing that was seen: {counts}</h3>
      {lines.map(({ command, use }) => (
        <div key={command}>
          <CodeLine text={command} label={`Repair: ${command.slice(0, 60)}`} />
          <p class="quiet">for {use}</p>
        </div>
      ))}
      {hiddenLines > 0 && <p class="quiet">and {plural(hiddenLines, 'more line')}: the command below has them all</p>}
      {proof.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <h3>What that opens, seen or not</h3>
      <PairChanges changes={opens} />
      {opens.hidden > 0 && <p class="quiet">{opens.hidden} more differences are not listed.</p>}
    </section>
  )
}
