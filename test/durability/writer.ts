/**
 * A client that keeps a journal: what it was told its estate is, and what it may be if the call that
 * was never answered went through. No other client changes that estate.
 */

import { expect } from 'vitest'
import { type Estate, estateText, nothing, type Observation } from './estate.ts'
import { nextStep } from './step.ts'
import { parsed, type Wire } from './wire.ts'

export interface Writer {
  /** Calls and calls, until a call stays without an answer. */
  writeOn(wire: Wire): Promise<void>
  /** Compares the journal with what a new server shows, and goes on from there. */
  settle(found: Observation, seenBefore: Observation | undefined): void
  /** Calls that were answered with success and changed something. */
  readonly changes: number
}

export function writerOf(writer: number): Writer {
  let estate: Estate = nothing
  let pending: Estate | undefined
  let earlier = new Set<string>()
  let ids: ReadonlyMap<string, string> = new Map()
  let used = 0
  let changes = 0
  const fresh = () => ++used
  const chance = (limit: number) => Math.floor(Math.random() * limit)
  return {
    async writeOn(wire) {
      while (true) {
        const step = nextStep({ estate, ids, writer, fresh, chance })
        pending = step.after
        const outcome = await wire.call(step.action, step.parameters)
        if (outcome.kind === 'unknown') return
        expect({ ...step, outcome }).toMatchObject({ outcome: { kind: step.isRefused ? 'refused' : 'done' } })
        if (estateText(step.after) !== estateText(estate)) changes += 1
        earlier.add(estateText(estate))
        estate = step.after
        pending = undefined
        if (outcome.kind !== 'done') continue
        const { groupName, groupId } = { groupName: step.parameters['GroupName'], groupId: parsed(outcome.xml).groupId }
        if (groupName !== undefined) ids = new Map([...ids, [String(groupName), groupId]])
      }
    },
    settle(found, seenBefore) {
      const told = estateText(estate)
      const possible = pending === undefined ? [told] : [told, estateText(pending)]
      const seen = seenBefore && estateText(seenBefore.estates[writer] ?? {})
      const now = found.estates[writer] ?? {}
      // What a reader was shown is as good as an answer, even while the writer still waits for its own.
      const isShown = seen !== undefined && seen === possible[1] && !earlier.has(seen)
      const mayBe = isShown ? [seen] : possible
      expect(mayBe).toContain(estateText(now))
      estate = now
      pending = undefined
      earlier = new Set()
      ids = found.ids
    },
    get changes() {
      return changes
    },
  }
}
