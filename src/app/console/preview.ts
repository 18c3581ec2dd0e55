/**
 * What calls that nobody has made yet would do: they are made on a copy of the world, which is compared with the
 * world as it is, and every live flow is held against the rules of before and after.
 */

import type { Instant } from '../../base/clock.ts'
import { effectOn } from '../../engine/revocation.ts'
import { untrackedPair } from '../../engine/tracking.ts'
import type { Quotas } from '../../model/quota.ts'
import { Rejection } from '../../model/rejection.ts'
import { matchingRules } from '../../policy/match.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { PolicyTable } from '../../policy/policy-table.ts'
import type { Standing } from '../../reach/tracking-changes.ts'
import type { Background } from '../background/background.ts'
import { TooMuch } from '../background/desk.ts'
import { BadInput } from '../bad-input.ts'
import type { HeldFlow, LiveEngine } from '../live-engines.ts'
import { Sandbox } from '../sandbox.ts'
import type { Call, FlowPreview, Preview } from './api.ts'
import { noChanges } from './changes.ts'

export interface PreviewParts {
  readonly live: LiveEngine
  /** Flows of real traffic. */
  readonly real: readonly HeldFlow[]
  readonly now: Instant
  readonly quotas: Quotas
  readonly background: Background
}

/** The live world and its flows stay as they are. */
export async function previewCalls(
  calls: readonly Call[],
  { live, real, now, quotas, background }: PreviewParts,
): Promise<Preview> {
  const { world } = live.terrain
  const held = [...live.heldFlows(now), ...real]
  const sandbox = await Sandbox.open({ scope: world.scope, now, world, quotas })
  const refusal = await makeCalls(sandbox, calls)
  if (refusal) return { refusal, flows: [], considered: held.length, changes: noChanges }
  const policies = new PolicyTable(sandbox.world)
  const flows = held.flatMap((flow) => {
    const after = policies.get(flow.policy.id)
    return after ? (flowPreview(flow, after) ?? []) : []
  })
  try {
    const changes = await background.ask('changes', [world, sandbox.world])
    return { refusal: null, flows, considered: held.length, changes }
  } catch (thrown) {
    if (thrown instanceof TooMuch) throw new BadInput(thrown.message)
    throw thrown
  }
}

/** The first that is refused; those after it are not made. */
async function makeCalls(sandbox: Sandbox, calls: readonly Call[]): Promise<Preview['refusal']> {
  for (const [call, { action, input }] of calls.entries()) {
    try {
      await sandbox.call(action, input)
    } catch (thrown) {
      if (!(thrown instanceof Rejection)) throw thrown
      return { call, code: thrown.code, message: thrown.message }
    }
  }
  return null
}

/** Undefined where nothing changes: neither for the flow nor for new ones like it. */
function flowPreview(flow: HeldFlow, after: InterfacePolicy): FlowPreview | undefined {
  const standings = { before: standing(flow.policy, flow), after: standing(after, flow) }
  const isCut = flow.shown.state === 'cut'
  const { effect, sentence } = effectOn(flow, after)
  const isSame = standings.before === standings.after && (effect === 'goes on' || isCut)
  return isSame ? undefined : { flow: flow.shown, effect, sentence, ...standings }
}

function standing(policy: InterfacePolicy, { opening, direction }: HeldFlow): Standing {
  if (untrackedPair(policy, opening, direction)) return 'untracked'
  return matchingRules(policy, opening, direction).length > 0 ? 'tracked' : 'refused'
}
