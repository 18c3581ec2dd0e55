/** What opens and closes from one world to another, pair by pair, each with a packet; and that nothing else does. */

import type { PairChange, WorldChanges } from '../../src/app/console/api.ts'
import { plural } from '../../src/base/amounts.ts'
import { Witness } from './witness.tsx'

export function PairChanges({ changes: { pairs, undetermined, ends } }: { readonly changes: WorldChanges }) {
  const scope = `between ${ends} addresses of interfaces, and between them and the internet`
  const doubt =
    undetermined > 0
      ? ` As far as is known: what ${plural(undetermined, 'pair')} may exchange is undetermined before and after, and may fare otherwise.`
      : ''
  const proved = undetermined > 0 ? 'Found' : 'Proved'
  if (pairs.length === 0)
    return (
      <p>
        {proved}: nobody can open more or less than before, {scope}.{doubt}
      </p>
    )
  return (
    <>
      <ul class="effects">
        {pairs.map((pair) => (
          <Pair key={`${pair.change} ${pair.from} ${pair.to} ${pair.on}`} pair={pair} />
        ))}
      </ul>
      <p class="quiet">
        {proved}: nothing else opens or closes, {scope}.{doubt}
      </p>
    </>
  )
}

const changeBadges = {
  opens: { label: 'Opens', tone: 'warn' },
  closes: { label: 'Closes', tone: 'bad' },
  'may open': { label: 'May open', tone: 'warn' },
  'may close': { label: 'May close', tone: 'bad' },
} as const

/** What closes is so far open: that packet can be traced before the change is made. */
function Pair({ pair: { change, from, to, on, packet, rules, question } }: { readonly pair: PairChange }) {
  const { label, tone } = changeBadges[change]
  const isNow = change === 'closes' || change === 'may close'
  return (
    <li>
      <span class={`badge ${tone}`}>{label}</span>
      <div>
        <p>
          {from} → {to}: <strong>{on}</strong>
        </p>
        <Witness packet={packet} rules={rules} question={isNow ? question : undefined} />
      </div>
    </li>
  )
}
