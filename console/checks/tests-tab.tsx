/** Policy tests: a file of who must reach whom and who must not, each proved over all packets or refuted with one. */

import type { Problem } from '../../src/app/console/api.ts'
import type { ClaimView, PolicyTestsView } from '../../src/app/console/checks-api.ts'
import { post } from '../api/client.ts'
import { useTried } from '../api/tried.ts'
import { CodeLine } from '../parts/code-line.tsx'
import { CommandLines } from '../parts/commands.tsx'
import { RuleLink, Witness } from '../parts/witness.tsx'
import { FileField, useKeptFile } from './kept-file.tsx'

const example = `tests:
  - name: the world sees the shop and nothing else
    src: internet
    accept: ["web:443"]
    deny: ["web:22", "db:*"]
  - src: web
    accept: ["db:5432"]`

const nothingAsked: PolicyTestsView = { claims: [], coverage: { exercised: 0, all: 0, missed: [] } }

export function TestsTab() {
  const file = useKeptFile('policy-tests')
  const text = file.settled.value
  const isEmpty = text.trim() === ''
  const { view, problem } = useTried(`tests ${text}`, async () =>
    isEmpty ? nothingAsked : post<PolicyTestsView | Problem>('checks/tests', { file: text }),
  )
  return (
    <div class="check">
      <FileField
        label="Policy tests, in YAML: paste, drop or choose a file"
        file={file}
        placeholder={example}
        problem={problem}
      />
      {isEmpty && (
        <p class="quiet">
          The file stays in this browser. Ends are Name tags, ids, groups, addresses, CIDR blocks and{' '}
          <code>internet</code>; ports are <code>443</code>, <code>80,443</code>, <code>8000-8010</code> or{' '}
          <code>*</code>.
        </p>
      )}
      {view && !isEmpty && problem === undefined && <Results view={view} />}
      <CommandLines lines={['sallyport test policy.yaml --coverage']} title="As a command" />
    </div>
  )
}

const outcomes = {
  passed: { label: 'Passed', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  undetermined: { label: 'Undetermined', tone: 'warn' },
  error: { label: 'Error', tone: 'warn' },
} as const

function Results({ view: { claims, coverage } }: { readonly view: PolicyTestsView }) {
  const passed = claims.filter(({ outcome }) => outcome === 'passed').length
  const sorted = claims.toSorted((a, b) => Number(a.outcome === 'passed') - Number(b.outcome === 'passed'))
  const isGood = passed === claims.length
  return (
    <>
      <p class={`notice ${isGood ? 'good' : 'bad'}`} role="status">
        {isGood
          ? `All ${claims.length} claims are proved.`
          : `${claims.length - passed} of ${claims.length} claims do not hold.`}
      </p>
      <ul class="effects" aria-label="Results">
        {sorted.map((claim) => (
          <Claim key={`${claim.line} ${claim.kind} ${claim.target}`} claim={claim} />
        ))}
      </ul>
      <Coverage coverage={coverage} />
    </>
  )
}

function Claim({ claim }: { readonly claim: ClaimView }) {
  const { test, kind, target, line, outcome, message, counterexample } = claim
  const { label, tone } = outcomes[outcome]
  return (
    <li>
      <span class={`badge ${tone}`}>{label}</span>
      <div>
        <p>
          {test}:{' '}
          <strong>
            {kind} {target}
          </strong>{' '}
          <span class="quiet">line {line}</span>
        </p>
        {message !== '' && <p>{counterexample ? message.replace(`${counterexample.packet}: `, '') : message}</p>}
        {counterexample && (
          <>
            <Witness packet={counterexample.packet} rules={counterexample.rules} question={counterexample.question} />
            <ul class="reasons">
              {counterexample.blockers.map((blocker) => (
                <li key={blocker}>{blocker}</li>
              ))}
            </ul>
            <details>
              <summary>Replay it through the packet engine</summary>
              <CodeLine text={`sallyport simulate - <<'END'\n${counterexample.timeline.trim()}\nEND`} label="Replay" />
            </details>
          </>
        )}
      </div>
    </li>
  )
}

function Coverage({ coverage: { exercised, all, missed } }: Pick<PolicyTestsView, 'coverage'>) {
  return (
    <details class="check-more">
      <summary>
        {exercised} of {all} rules are exercised by an accept
      </summary>
      {missed.length === 0 ? (
        <p class="quiet">Every rule of groups that interfaces carry.</p>
      ) : (
        <ul class="map-rules">
          {missed.map((rule) => (
            <li key={rule.rule}>
              <RuleLink rule={rule} /> <span class="quiet id">{rule.group}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
