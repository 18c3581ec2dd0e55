/**
 * The next call of a writer, what its estate is after it, and whether it must be refused. Most calls
 * change several things at once, so that half of a call would show.
 */

import type { WireParameters } from '../cloud.ts'
import { type Permission, permissions } from '../groups.ts'
import { commonGroup, type Estate, type Group, type Rule, ruleFrom, ruleText } from './estate.ts'

export interface Step {
  readonly action: string
  readonly parameters: WireParameters
  readonly isRefused: boolean
  readonly after: Estate
}

export interface Scene {
  readonly estate: Estate
  readonly ids: ReadonlyMap<string, string>
  readonly writer: number
  /** A number that the writer has not used before. */
  readonly fresh: () => number
  /** From 0 up to and without `limit`. */
  readonly chance: (limit: number) => number
}

const mostGroups = 5
const mostRules = 40

export function nextStep(scene: Scene): Step {
  const possible = stepKinds.filter(({ isPossible }) => isPossible(scene))
  return pick(scene, possible).make(scene)
}

interface StepKind {
  readonly isPossible: (scene: Scene) => boolean
  readonly make: (scene: Scene) => Step
}

const stepKinds: readonly StepKind[] = [
  { isPossible: (scene) => ownNames(scene).length < mostGroups, make: createGroup },
  { isPossible: (scene) => ownNames(scene).length > 2, make: deleteGroup },
  { isPossible: (scene) => ownNames(scene).length > 0, make: refusedCreate },
  { isPossible: (scene) => roomy(scene).length > 0, make: authorize },
  { isPossible: (scene) => roomy(scene).length > 0, make: authorize },
  { isPossible: (scene) => ruled(scene).length > 0, make: refusedAuthorize },
  { isPossible: (scene) => ruled(scene).length > 0, make: revoke },
  { isPossible: (scene) => ruled(scene).length > 0, make: describe },
  { isPossible: (scene) => ownNames(scene).length > 1, make: tag },
  { isPossible: (scene) => ownNames(scene).length > 1, make: untag },
]

function createGroup(scene: Scene): Step {
  const name = `w${scene.writer}-${scene.fresh()}`
  const group: Group = {
    tags: { owner: `${scene.writer}`, made: name },
    rules: [ruleText({ direction: 'egress', traffic: '-1', cidr: '0.0.0.0/0', description: '' })],
  }
  const parameters = {
    GroupName: name,
    GroupDescription: 'written under fire',
    'TagSpecification.1.ResourceType': 'security-group',
    ...tagParameters('TagSpecification.1.Tag', group.tags),
  }
  return done('CreateSecurityGroup', parameters, { ...scene.estate, [name]: group })
}

function refusedCreate({ estate, ...scene }: Scene): Step {
  const parameters = { GroupName: pick(scene, ownNames({ estate })), GroupDescription: 'a second one' }
  return { action: 'CreateSecurityGroup', parameters, isRefused: true, after: estate }
}

function deleteGroup(scene: Scene): Step {
  const name = pick(scene, ownNames(scene))
  const { [name]: _, ...after } = scene.estate
  return done('DeleteSecurityGroup', { GroupId: idOf(scene, name) }, after)
}

function authorize(scene: Scene): Step {
  const name = pick(scene, roomy(scene))
  const rules = Array.from({ length: 2 + scene.chance(5) }, () => freshRule(scene))
  const parameters = { GroupId: idOf(scene, name), ...permissionsOf(rules) }
  return done('AuthorizeSecurityGroupIngress', parameters, withRules(scene.estate, name, [...rules.map(ruleText)]))
}

/** The first rules of the call are fine and the last exists: none may stay. */
function refusedAuthorize(scene: Scene): Step {
  const name = pick(scene, ruled(scene))
  const rules = [freshRule(scene), freshRule(scene), pick(scene, ingressOf(scene, name))]
  const parameters = { GroupId: idOf(scene, name), ...permissionsOf(rules) }
  return { action: 'AuthorizeSecurityGroupIngress', parameters, isRefused: true, after: scene.estate }
}

function revoke(scene: Scene): Step {
  const name = pick(scene, ruled(scene))
  const rules = someOf(scene, ingressOf(scene, name))
  const parameters = { GroupId: idOf(scene, name), ...permissionsOf(rules) }
  return done('RevokeSecurityGroupIngress', parameters, withoutRules(scene.estate, name, rules))
}

function describe(scene: Scene): Step {
  const name = pick(scene, ruled(scene))
  const rules = someOf(scene, ingressOf(scene, name))
  const described = rules.map((rule) => ({ ...rule, description: `said ${scene.fresh()}` }))
  const parameters = { GroupId: idOf(scene, name), ...permissionsOf(described) }
  const after = withRules(withoutRules(scene.estate, name, rules), name, described.map(ruleText))
  return done('UpdateSecurityGroupRuleDescriptionsIngress', parameters, after)
}

/** One call, several groups: their tags are objects of their own in the store. */
function tag(scene: Scene): Step {
  const names = ownNames(scene)
  const tags = { round: `${scene.fresh()}`, kept: 'yes' }
  const after = names.map((name) => [name, { ...scene.estate[name], tags: { ...scene.estate[name]?.tags, ...tags } }])
  const parameters = { ...resources(scene, names), ...tagParameters('Tag', tags) }
  return done('CreateTags', parameters, { ...scene.estate, ...Object.fromEntries(after) })
}

function untag(scene: Scene): Step {
  const names = ownNames(scene)
  const after = names.map((name) => {
    const { round: _, kept: __, ...tags } = scene.estate[name]?.tags ?? {}
    return [name, { ...scene.estate[name], tags }]
  })
  const parameters = { ...resources(scene, names), 'Tag.1.Key': 'round', 'Tag.2.Key': 'kept' }
  return done('DeleteTags', parameters, { ...scene.estate, ...Object.fromEntries(after) })
}

function done(action: string, parameters: WireParameters, after: Estate): Step {
  return { action, parameters, isRefused: false, after }
}

function ownNames({ estate }: Pick<Scene, 'estate'>): string[] {
  return Object.keys(estate).filter((name) => name !== commonGroup)
}

function roomy({ estate }: Scene): string[] {
  return Object.keys(estate).filter((name) => (estate[name]?.rules.length ?? 0) < mostRules)
}

function ruled(scene: Scene): string[] {
  return Object.keys(scene.estate).filter((name) => ingressOf(scene, name).length > 1)
}

function ingressOf({ estate }: Scene, name: string): Rule[] {
  const rules = (estate[name]?.rules ?? []).map(ruleFrom)
  return rules.filter(({ direction }) => direction === 'ingress')
}

function freshRule({ writer, fresh }: Scene): Rule {
  const number = fresh()
  const port = 1 + (number % 60_000)
  const cidr = `10.${writer}.${Math.floor(number / 256) % 256}.${number % 256}/32`
  const protocol = number % 3 === 0 ? 'udp' : 'tcp'
  return { direction: 'ingress', traffic: `${protocol} ${port}-${port}`, cidr, description: `number ${number}` }
}

function withRules(estate: Estate, name: string, added: readonly string[]): Estate {
  const group = estate[name] ?? { tags: {}, rules: [] }
  return { ...estate, [name]: { ...group, rules: [...group.rules, ...added] } }
}

function withoutRules(estate: Estate, name: string, removed: readonly Rule[]): Estate {
  const gone = new Set(removed.map(ruleText))
  const group = estate[name] ?? { tags: {}, rules: [] }
  return { ...estate, [name]: { ...group, rules: group.rules.filter((rule) => !gone.has(rule)) } }
}

function permissionsOf(rules: readonly Rule[]): WireParameters {
  return permissions(
    ...rules.map(({ traffic, cidr, description }): Permission => [traffic, { peer: cidr, description }]),
  )
}

function resources(scene: Scene, names: readonly string[]): WireParameters {
  return Object.fromEntries(names.map((name, index) => [`ResourceId.${index + 1}`, idOf(scene, name)]))
}

function tagParameters(prefix: string, tags: Readonly<Record<string, string>>): WireParameters {
  const pairs = Object.entries(tags).flatMap(([key, value], index) => [
    [`${prefix}.${index + 1}.Key`, key],
    [`${prefix}.${index + 1}.Value`, value],
  ])
  return Object.fromEntries(pairs)
}

function idOf({ ids }: Scene, name: string): string {
  return ids.get(name) ?? `the id of ${name} is not known`
}

function pick<T>({ chance }: Pick<Scene, 'chance'>, from: readonly T[]): T {
  return from[chance(from.length)] as T
}

function someOf<T>({ chance }: Scene, from: readonly T[]): T[] {
  const count = 1 + chance(from.length)
  return from.slice(0, count)
}
