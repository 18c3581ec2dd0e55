/** A state put into the world of who sends it: the body of POST /_sallyport/state, as one commit. */

import { BrokenInvariant } from '../base/invariant.ts'
import type { EndpointParts } from '../ec2/endpoint.ts'
import type { SignedRequest } from '../ec2/protocol/signature.ts'
import { adopted } from '../import/adopt.ts'
import { BadMerge, type Merge, mergeOf } from '../import/merge.ts'
import { BadState, worldFromState } from '../model/state.ts'
import type { World } from '../model/world.ts'
import { apply } from '../model/world.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { BadInput } from './bad-input.ts'

/** What was done, by kind of object. */
export type Applied = Omit<Merge, 'changes'>

/** `?replace` leaves nothing of what was there. Rejects with BadInput, and then nothing has changed. */
export async function applyState(
  parts: EndpointParts,
  { target, body }: SignedRequest,
  { scope }: World,
): Promise<Applied> {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  // Nothing is awaited between reading the world and committing to it.
  const world = parts.ledger.find(scope)
  if (!world) throw new BadInput('This Region has no world yet.')
  const how = new URLSearchParams(target.split('?')[1]).has('replace') ? 'replace' : 'add'
  const { changes, ...applied } = mergeFrom(text, world, how)
  if (changes.length > 0) await parts.ledger.commit(world.scope, changes)
  return applied
}

function mergeFrom(text: string, world: World, how: 'add' | 'replace'): Merge {
  try {
    const source = worldFromState(JSON.parse(text))
    const { region } = source.scope
    if (region !== world.scope.region) {
      throw new BadInput(`This is a world of ${region}, and not of ${world.scope.region}: use --region ${region}.`)
    }
    const merge = mergeOf(world, adopted(source, world.scope.account), how)
    const after = apply(world, merge.changes)
    // Interfaces of the same groups are compiled once.
    const policies = new PolicyTable(after)
    for (const { id } of after.networkInterface.values()) policies.get(id)
    return merge
  } catch (thrown) {
    if (thrown instanceof BadMerge || thrown instanceof BadState) throw new BadInput(thrown.message)
    const isDamage = [SyntaxError, TypeError, RangeError, BrokenInvariant].some((kind) => thrown instanceof kind)
    if (isDamage) throw new BadInput(`This state is damaged: ${(thrown as Error).message}`)
    throw thrown
  }
}
