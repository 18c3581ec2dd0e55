/** An arrow of the map: on what it is open, by which rules, with a packet that proves it. */

import type { ArrowView, MapArrow, MapRow, MapView, Problem, RuleView } from '../../src/app/console/api.ts'
import { post } from '../api/client.ts'
import { useTried } from '../api/tried.ts'
import { CommandLines } from '../parts/commands.tsx'
import { explainLine, RuleLink, tracerPath } from '../parts/witness.tsx'
import { type Asked, ask, bodyOf } from './asked-map.ts'
import { useInView } from './in-view.ts'
import { nameOf } from './names.ts'

export interface ArrowDetailProps {
  readonly view: MapView
  readonly arrow: MapArrow
  readonly asked: Asked
}

export function ArrowDetail({ view, arrow, asked }: ArrowDetailProps) {
  const { from, to } = arrow
  const body = { ...bodyOf(asked), by: view.by, from, to }
  const { view: answer, problem } = useTried(JSON.stringify(body), () => post<ArrowView | Problem>('map/arrow', body))
  const own = useInView<HTMLElement>(`${from} ${to} ${answer === undefined ? 'asked' : 'told'}`)
  const names = [nameOf(view, from), nameOf(view, to)]
  const rows = answer?.rows ?? []
  const [first] = rows
  return (
    <section class="map-detail" ref={own} aria-label={`${names[0]} to ${names[1]}`}>
      <div class="map-detail-head">
        <h2>
          {names[0]} → {names[1]}
        </h2>
        <button class="button small" type="button" onClick={() => ask({ arrow: undefined })}>
          Close
        </button>
      </div>
      <ul class="map-rows">
        {rows.map((row) => (
          <Row key={`${row.on} ${row.addresses}`} row={row} />
        ))}
      </ul>
      {problem && <p class="notice bad">{problem}</p>}
      {answer && (
        <Rules title={`Outbound rules of ${names[0]}`} rules={answer.egress} isOutside={from === 'internet'} />
      )}
      {answer && <Rules title={`Inbound rules of ${names[1]}`} rules={answer.ingress} isOutside={to === 'internet'} />}
      {first && <CommandLines lines={[explainLine(first.question)]} title="Why, hop by hop" />}
    </section>
  )
}

function Row({ row: { on, families, addresses, packet, question } }: { readonly row: MapRow }) {
  return (
    <li>
      <strong>{on}</strong>{' '}
      <span class="quiet">
        {families.map((family) => `IPv${family}`).join(' and ')}
        {addresses === '' ? '' : `, only ${addresses.replace(/^\(|\)$/g, '')}`}
      </span>
      <p class="witness">
        For example <code>{packet}</code> <a href={tracerPath(question)}>Trace it</a>
      </p>
    </li>
  )
}

interface RulesProps {
  readonly title: string
  readonly rules: readonly RuleView[]
  /** Nobody's rules are asked there. */
  readonly isOutside: boolean
}

const mostRules = 30

function Rules({ title, rules, isOutside }: RulesProps) {
  if (isOutside) return null
  return (
    <div>
      <h3>{title}</h3>
      <ul class="map-rules">
        {rules.slice(0, mostRules).map((rule) => (
          <li key={rule.rule}>
            <RuleLink rule={rule} /> <span class="quiet id">{rule.group}</span>
          </li>
        ))}
      </ul>
      {rules.length === 0 && <p class="quiet">None is asked: what passes here is never filtered.</p>}
      {rules.length > mostRules && <p class="quiet">and {rules.length - mostRules} more</p>}
    </div>
  )
}
