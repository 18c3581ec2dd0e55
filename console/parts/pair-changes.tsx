/** What opens and closes from one world to another, pair by pair, each with a packet; and that nothing else does. */

import type { PairChange, WorldChanges } from '../../src/app/console/api.ts'
import { Witness } from './witness.tsx'

export function PairChanges({ changes: { pairs, ends } }: { readonly changes: WorldChanges }) {
  const scope = `between ${ends} addresses of interfaces, and between them and the internet`
  if (pairs.length === 0) return <p>Proved: nobody can open more or less than before, {scope}.</p>
  return (
    <>
      <ul class="effects">
        {pairs.map((pair) => (
          <Pair key={`${pair.change} ${pair.from} ${pair.to} ${pair.on}`} pair={pair} />
        ))}
      </ul>
      <p class="quiet">Proved: nothing else opens or closes, {scope}.</p>
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
