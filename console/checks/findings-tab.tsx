/** What lint finds in the live world, the gravest first: each with a packet, and the line that ends it. */

import { useSignal } from '@preact/signals'
import type { Problem } from '../../src/app/console/api.ts'
import type { LintFinding, LintView } from '../../src/app/console/checks-api.ts'
import { post } from '../api/client.ts'
import { useTried } from '../api/tried.ts'
import { CodeLine } from '../parts/code-line.tsx'
import { CommandLines } from '../parts/commands.tsx'
import { RuleLink, Witness } from '../parts/witness.tsx'
import { href } from '../shell/router.ts'
import { FileField, useKeptFile } from './kept-file.tsx'

const example = `intended-public:
  - to: web
    ports: [80, 443]
    reason: the shop
suppress:
  - id: SG-OPEN-EGRESS
    on: web
    reason: it calls partners`

export function FindingsTab() {
  const file = useKeptFile('lint-configuration')
  const isOpen = useSignal(false)
  const text = file.settled.value
  const { view, problem } = useTried(`lint ${text}`, () => post<LintView | Problem>('checks/lint', { file: text }))
  return (
    <div class="check">
      {view ? <Findings view={view} /> : problem === undefined && <p class="quiet">Looking…</p>}
      <details
        class="check-more"
        open={problem !== undefined || isOpen.value}
        onToggle={(event) => (isOpen.value = event.currentTarget.open)}
      >
        <summary>What is meant: public services, suppressions</summary>
        <FileField
          label="Configuration of lint, in YAML: paste, drop or choose a file"
          file={file}
          placeholder={example}
          problem={problem}
        />
      </details>
      <CommandLines lines={['sallyport lint']} title="As a command" />
    </div>
  )
}

const all = 'all'
const severities = [
  { id: 'error', label: 'Errors', one: 'Error', tone: 'bad' },
  { id: 'warning', label: 'Warnings', one: 'Warning', tone: 'warn' },
  { id: 'note', label: 'Notes', one: 'Note', tone: '' },
] as const

function Findings({ view: { findings, suppressed, remarks, groups, rules } }: { readonly view: LintView }) {
  const severity = useSignal<string>(all)
  const find = useSignal('')
  const wanted = find.value.trim().toLowerCase()
  const shown = findings.filter(
    (each) => (severity.value === all || each.severity === severity.value) && textOf(each).includes(wanted),
  )
  return (
    <>
      <form class="filter check-filter" aria-label="Filter findings" onSubmit={(event) => event.preventDefault()}>
        <select
          class="input"
          aria-label="Severity"
          value={severity.value}
          onChange={(event) => (severity.value = event.currentTarget.value)}
        >
          <option value={all}>All severities ({findings.length})</option>
          {severities.map(({ id, label }) => (
            <option key={id} value={id}>
              {label} ({findings.filter((each) => each.severity === id).length})
            </option>
          ))}
        </select>
        <input
          class="input"
          type="search"
          aria-label="Find findings"
          placeholder="Find findings"
          value={find.value}
          onInput={(event) => (find.value = event.currentTarget.value)}
        />
      </form>
      {findings.length === 0 && (
        <p class="notice good">
          Nothing found by {rules} lint rules in {groups} {groups === 1 ? 'group' : 'groups'}.
        </p>
      )}
      <ul class="effects" aria-label="Findings">
        {shown.map((finding) => (
          <Finding key={`${finding.id} ${finding.on} ${finding.message}`} finding={finding} />
        ))}
      </ul>
      <Suppressed suppressed={suppressed} />
      {remarks.map((remark) => (
        <p key={remark} class="notice warn">
          {remark}
        </p>
      ))}
    </>
  )
}

function Suppressed({ suppressed }: Pick<LintView, 'suppressed'>) {
  if (suppressed.length === 0) return null
  return (
    <details class="check-more">
      <summary>{suppressed.length} suppressed</summary>
      <ul class="map-rules">
        {suppressed.map(({ finding, reason }) => (
          <li key={`${finding.id} ${finding.on}`}>
            {finding.id} on <Subject finding={finding} />: {reason}
          </li>
        ))}
      </ul>
    </details>
  )
}

function textOf({ id, title, message, on, group }: LintFinding): string {
  return [id, title, message, on, group?.id, group?.name].join('\n').toLowerCase()
}

/** More fixes than these are a list that nobody reads. */
const mostLines = 6

function Finding({ finding }: { readonly finding: LintFinding }) {
  const { id, severity, message, details, isCertain, packet, question, fix } = finding
  const known = severities.find((each) => each.id === severity)
  return (
    <li>
      <span class={`badge ${known?.tone}`}>{known?.one}</span>
      <div class="finding">
        <p>
          <strong>{message}</strong>
        </p>
        <p class="quiet">
          <span class="id">{id}</span> on <Subject finding={finding} />
          {isCertain ? '' : '; undetermined: it depends on what is not known here'}
        </p>
        {packet !== null && <Witness packet={packet} question={question ?? undefined} />}
        {details.length > 0 && (
          <ul class="reasons">
            {details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {fix.length > 0 && (
          <div>
            {fix.slice(0, mostLines).map((line) => (
              <CodeLine key={line} text={line} label={`Fix: ${line.slice(0, 60)}`} />
            ))}
            {fix.length > mostLines && (
              <p class="quiet">and {fix.length - mostLines} more: sallyport lint --output json has them all</p>
            )}
          </div>
        )}
      </div>
    </li>
  )
}

function Subject({ finding: { on, group, rule } }: { readonly finding: LintFinding }) {
  const name = group && (
    <a href={href(`/groups/${group.id}`)} title={group.id}>
      {group.name}
    </a>
  )
  if (rule)
    return (
      <>
        <RuleLink rule={rule} /> of {name}
      </>
    )
  return name ?? <span class="id">{on}</span>
}
