/** How the rules of an interface stand on real traffic. */

const tones: Readonly<Record<string, string>> = { enforced: 'good', degraded: 'warn', off: 'bad' }

/** Nothing is said of an interface that nobody enforces. */
export function StateBadge({ state }: { readonly state: string | undefined }) {
  return state === undefined ? <span>-</span> : <span class={`badge ${tones[state] ?? ''}`}>{state}</span>
}
