/**
 * A plan while it is carried out. Terraform destroys a resource before it creates what replaces it, unless told
 * otherwise (create_before_destroy), and nothing orders what is destroyed against what is created elsewhere: in
 * between, all may be gone that goes, and nothing be there that comes.
 */

import type { GroupId, NetworkInterfaceId } from '../../model/ids.ts'
import { ruleKey } from '../../model/rule.ts'
import { apply, linked, type World } from '../../model/world.ts'
import type { Imported, Origin } from '../imported.ts'
import type { Resource, ResourceChange } from './document.ts'
import { priorOf, type TerraformSource, terraformWorld, worldBefore, worldOf } from './read-terraform.ts'

/** A group that AWS will refuse to delete, because interfaces still carry it when Terraform tries. */
export interface StuckGroup {
  readonly group: GroupId
  readonly origin: Origin
  readonly carriedBy: readonly NetworkInterfaceId[]
}

/** A rule that one resource destroys and another creates: AWS refuses it while the first is there. */
export interface MovedRule {
  readonly from: Origin
  readonly to: Origin
}

export interface PlanWorlds {
  readonly before: Imported
  readonly between: Imported
  readonly after: Imported
  readonly stuck: readonly StuckGroup[]
  readonly moved: readonly MovedRule[]
}

export function planWorlds(given: TerraformSource): PlanWorlds {
  const [before, after] = [worldBefore(given), terraformWorld(given)]
  const { document } = given
  const gone = new Set(document.changes.filter(isDestroyedFirst).map(({ address }) => address))
  // A group that is attached cannot go: it stays, and so does what is written inside of it.
  const staying = document.prior.filter(({ address, type }) => !gone.has(address) || type === 'aws_security_group')
  const between = worldOf(given, { ...priorOf(document), resources: staying })
  const updated = new Set(
    document.changes.filter(({ actions }) => actions.join() === 'update').map(({ address }) => address),
  )
  const trimmed = {
    ...between,
    certain: withoutOutgoing(between.certain, after.certain, between, updated),
    possible: withoutOutgoing(between.possible, after.possible, between, updated),
  }
  return {
    before,
    between: trimmed,
    after,
    stuck: stuckGroups(document.prior, gone, before),
    moved: movedRules(before, after, gone),
  }
}

function isDestroyedFirst({ actions }: ResourceChange): boolean {
  return actions[0] === 'delete'
}

/** A group that is updated in place loses its old rules in one call and gains the new ones in the next. */
function withoutOutgoing(world: World, after: World, { origins }: Imported, updated: ReadonlySet<string>): World {
  const groups = Array.from(world.securityGroup.values()).filter(({ id }) => updated.has(origins.get(id)?.name ?? ''))
  const changes = groups.flatMap((group) => {
    const kept = new Set(after.securityGroup.get(group.id)?.rules.map(ruleKey))
    const own = group.rules.filter((rule) => origins.get(rule.id)?.name === origins.get(group.id)?.name)
    return own
      .filter((rule) => !kept.has(ruleKey(rule)))
      .map((rule) => ({ kind: 'rule-removed', group: group.id, rule: rule.id }) as const)
  })
  return apply(world, changes)
}

function stuckGroups(prior: readonly Resource[], gone: ReadonlySet<string>, before: Imported): StuckGroup[] {
  const groups = prior.filter(({ type, address }) => type === 'aws_security_group' && gone.has(address))
  return groups.flatMap(({ values, address }) => {
    const group = String(values['id']) as GroupId
    const carriedBy = linked(before.certain, 'interfaces of group', group).filter(
      (id) => !gone.has(before.origins.get(id)?.name ?? ''),
    )
    const origin = before.origins.get(group)
    return carriedBy.length > 0 && origin ? [{ group, origin: { ...origin, name: address }, carriedBy }] : []
  })
}

/** Within a group that stays: in one that is replaced, the new rule is not beside the old one. */
function movedRules(before: Imported, after: Imported, gone: ReadonlySet<string>): MovedRule[] {
  const groups = Array.from(before.certain.securityGroup.values()).filter(
    ({ id }) => !gone.has(before.origins.get(id)?.name ?? ''),
  )
  return groups.flatMap(({ id, rules }) => {
    const leaving = rules.filter((rule) => gone.has(before.origins.get(rule.id)?.name ?? ''))
    const arriving = new Map(after.certain.securityGroup.get(id)?.rules.map((rule) => [ruleKey(rule), rule.id]))
    return leaving.flatMap((rule): MovedRule[] => {
      const [from, to] = [before.origins.get(rule.id), after.origins.get(arriving.get(ruleKey(rule)) ?? '')]
      return from && to && from.name !== to.name ? [{ from, to }] : []
    })
  })
}
