/** Enforces an interface's rules once, or only says what would be done: for hosts without a running agent. */

import type { InterfacePolicy } from '../../policy/policy.ts'
import { type EnforcementState, Enforcer } from './enforcer.ts'
import { ProgramLoader, type Seat } from './program-loader.ts'

export interface PlannedTransaction {
  readonly does: 'frame' | 'stage' | 'switch' | 'sweep'
  readonly commands: readonly string[]
}

/** In the order they would be carried out; none where the rules are in force already. */
export async function planOnce(seat: Seat, policy: InterfacePolicy): Promise<readonly PlannedTransaction[]> {
  return new ProgramLoader(seat).planFor({ policy })
}

export async function enforceOnce(seat: Seat, policy: InterfacePolicy): Promise<EnforcementState> {
  const enforcer = new Enforcer(seat)
  await enforcer.load({ policy })
  await enforcer.prove()
  enforcer.release()
  return enforcer.state
}

/** Takes the rules of the device off, whoever put them on. */
export async function unenforce(seat: Seat): Promise<void> {
  const enforcer = new Enforcer(seat)
  await enforcer.remove()
}
