/** The rule editor's rows: Type, Protocol, Port range, Source or Destination, Description. */

import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { type Draft, maskedPeer, newDraft, type PeerKind, peerKinds, problemsOf } from './draft.ts'
import { Nearby } from './nearby.tsx'
import { ruleType, ruleTypes } from './rule-types.ts'
import type { Direction } from './rules.ts'

export interface RuleRowsProps {
  readonly drafts: Signal<readonly Draft[]>
  readonly direction: Direction
  /** Problems of rows that were not touched yet are kept back until something is saved. */
  readonly showsAll: boolean
}

/** What the source box offers: groups and prefix lists by their ids. */
export const peerListId = 'peers'

let made = 0

export function RuleRows({ drafts, direction, showsAll }: RuleRowsProps) {
  const change = (key: string, part: Partial<Draft>) => {
    drafts.value = drafts.value.map((draft) => (draft.key === key ? { ...draft, ...part } : draft))
  }
  const remove = (key: string) => {
    drafts.value = drafts.value.filter((draft) => draft.key !== key)
  }
  const add = () => {
    made += 1
    drafts.value = [...drafts.value, newDraft(`new-${made}`)]
  }
  return (
    <>
      {drafts.value.length === 0 && <p class="empty">This group will have no {sideOf(direction)} rules.</p>}
      {chunksOf(drafts.value).map((rows, index) => (
        <Nearby key={index} rows={rows.length}>
          <ol class="rule-rows" start={index * chunkSize + 1}>
            {rows.map((draft, at) => (
              <Row
                key={draft.key}
                draft={draft}
                number={index * chunkSize + at + 1}
                direction={direction}
                showsAll={showsAll}
                onChange={(part) => change(draft.key, part)}
                onRemove={() => remove(draft.key)}
              />
            ))}
          </ol>
        </Nearby>
      ))}
      <div class="panel-body rule-add">
        <button class="button" type="button" onClick={add}>
          Add rule
        </button>
      </div>
    </>
  )
}

/** Rows that come and go together as the page is scrolled. */
const chunkSize = 20

function chunksOf(drafts: readonly Draft[]): readonly (readonly Draft[])[] {
  const count = Math.ceil(drafts.length / chunkSize)
  return Array.from({ length: count }, (_, index) => drafts.slice(index * chunkSize, (index + 1) * chunkSize))
}

function sideOf(direction: Direction): string {
  return direction === 'ingress' ? 'inbound' : 'outbound'
}

interface RowProps {
  readonly draft: Draft
  readonly number: number
  readonly direction: Direction
  readonly showsAll: boolean
  readonly onChange: (part: Partial<Draft>) => void
  readonly onRemove: () => void
}

/** A row whose draft stayed is not drawn again: there may be hundreds, and each letter is a new list. */
function Row(props: RowProps) {
  const { draft, number, direction, showsAll } = props
  return useMemo(() => <Boxes {...props} />, [draft, number, direction, showsAll])
}

function Boxes({ draft, number, direction, showsAll, onChange, onRemove }: RowProps) {
  const problems = problemsOf(draft)
  // An empty box is no mistake while its row is being filled in.
  const shown = (name: 'protocol' | 'ports' | 'peer' | 'description') =>
    showsAll || draft[name] !== '' ? problems[name] : undefined
  const end = direction === 'ingress' ? 'Source' : 'Destination'
  return (
    <li class="rule-row">
      <fieldset>
        <legend class="visually-hidden">Rule {number}</legend>
        <TypeCell draft={draft} onChange={onChange} />
        <ProtocolCell draft={draft} problem={shown('protocol')} onChange={onChange} />
        <PortsCell draft={draft} problem={shown('ports')} onChange={onChange} />
        <Cell label={`${end} type`}>
          <select
            class="input"
            value={draft.peerKind}
            onChange={(event) => onChange(kindChange(event.currentTarget.value as PeerKind))}
          >
            {Object.entries(peerKinds).map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </Cell>
        <Cell label={end} problem={shown('peer')} hint={maskedPeer(draft)}>
          <Box
            name="peer"
            value={draft.peer}
            problem={shown('peer')}
            placeholder="CIDR, sg-… or pl-…"
            list={peerListId}
            disabled={draft.peerKind !== 'custom'}
            onChange={onChange}
          />
        </Cell>
        <Cell label="Description - optional" problem={problems.description}>
          <Box name="description" value={draft.description} problem={problems.description} onChange={onChange} />
        </Cell>
        <button class="button" type="button" onClick={onRemove} aria-label={`Delete rule ${number}`}>
          Delete
        </button>
      </fieldset>
    </li>
  )
}

interface JudgedProps extends Pick<RowProps, 'draft' | 'onChange'> {
  readonly problem: string | undefined
}

function ProtocolCell({ draft, problem, onChange }: JudgedProps) {
  return (
    <Cell label="Protocol" problem={problem}>
      {draft.type === 'custom-protocol' ? (
        <Box name="protocol" value={draft.protocol} problem={problem} placeholder="50" onChange={onChange} />
      ) : (
        <input class="input" value={ruleType(draft.type)?.protocol ?? ''} disabled />
      )}
    </Cell>
  )
}

function PortsCell({ draft, problem, onChange }: JudgedProps) {
  const isIcmp = draft.type.startsWith('custom-icmp')
  const isAsked = ruleType(draft.type)?.traffic === undefined && draft.type !== 'custom-protocol'
  return (
    <Cell label={isIcmp ? 'ICMP type' : 'Port range'} problem={problem}>
      {isAsked ? (
        <Box
          name="ports"
          value={draft.ports}
          problem={problem}
          placeholder={isIcmp ? '8' : '443'}
          onChange={onChange}
        />
      ) : (
        <input class="input" value={fixedPorts(draft)} disabled />
      )}
    </Cell>
  )
}

function TypeCell({ draft, onChange }: Pick<RowProps, 'draft' | 'onChange'>) {
  return (
    <Cell label="Type">
      <select
        class="input"
        value={draft.type}
        onChange={(event) => onChange({ type: event.currentTarget.value, ports: '', protocol: '' })}
      >
        {ruleTypes.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </Cell>
  )
}

function kindChange(peerKind: PeerKind): Partial<Draft> {
  return { peerKind, peer: peerKind === 'anywhere4' ? '0.0.0.0/0' : peerKind === 'anywhere6' ? '::/0' : '' }
}

function fixedPorts({ type }: Draft): string {
  const traffic = ruleType(type)?.traffic
  if (!traffic || !('from' in traffic)) return 'All'
  return traffic.from === traffic.to ? String(traffic.from) : `${traffic.from} - ${traffic.to}`
}

interface CellProps {
  readonly label: string
  readonly problem?: string | undefined
  readonly hint?: string | undefined
  readonly children: ComponentChildren
}

function Cell({ label, problem, hint, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label class="field">
      <span>{label}</span>
      {children}
      {problem ? <small class="problem">{problem}</small> : hint && <small class="quiet">{hint}</small>}
    </label>
  )
}

interface BoxProps {
  readonly name: 'protocol' | 'ports' | 'peer' | 'description'
  readonly value: string
  readonly problem?: string | undefined
  readonly placeholder?: string
  readonly list?: string
  readonly disabled?: boolean
  readonly onChange: (part: Partial<Draft>) => void
}

function Box({ name, problem, onChange, ...rest }: BoxProps) {
  return (
    <input
      class="input"
      type="text"
      {...rest}
      autocomplete="off"
      aria-invalid={problem !== undefined}
      onInput={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  )
}
