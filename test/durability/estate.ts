/**
 * What one writer owns: its groups with their tags and rules, and its rules in the group that all
 * share. Two estates are the same when their texts are.
 */

import { parsed } from './wire.ts'

export interface Group {
  readonly tags: Readonly<Record<string, string>>
  /** `ingress tcp 443-443 10.1.0.7/32 why` */
  readonly rules: readonly string[]
}

/** Groups by name; the writer's part of the common group stands under `common`. */
export type Estate = Readonly<Record<string, Group>>

export const commonGroup = 'common'

export const nothing: Estate = { [commonGroup]: { tags: {}, rules: [] } }

export interface Rule {
  readonly direction: 'ingress' | 'egress'
  /** As test/groups.ts spells it: `tcp 80-90`. */
  readonly traffic: string
  readonly cidr: string
  readonly description: string
}

export function ruleText({ direction, traffic, cidr, description }: Rule): string {
  return `${direction} ${traffic} ${cidr} ${description}`
}

export function ruleFrom(text: string): Rule {
  const [, direction, traffic = '', cidr = '', description = ''] =
    /^(ingress|egress) (-1|\S+ \S+) (\S+) (.*)$/.exec(text) ?? []
  return { direction: direction === 'egress' ? 'egress' : 'ingress', traffic, cidr, description }
}

export function estateText(estate: Estate): string {
  const sorted = Object.entries(estate).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify(
    sorted.map(([name, { tags, rules }]) => [name, Object.entries(tags).sort(), [...rules].sort()]),
    undefined,
    1,
  )
}

export interface Observation {
  readonly estates: readonly Estate[]
  /** Group ids by name. */
  readonly ids: ReadonlyMap<string, string>
}

interface Shown {
  readonly groupName: string
  readonly groupId: string
  readonly ipPermissions: Items<ShownPermission>
  readonly ipPermissionsEgress: Items<ShownPermission>
  readonly tagSet: Items<{ readonly key: string; readonly value: string }>
}

type Items<T> = '' | { readonly item: readonly T[] }

interface ShownPermission {
  readonly ipProtocol: string
  readonly fromPort?: string
  readonly toPort?: string
  readonly ipRanges: Items<{ readonly cidrIp: string; readonly description?: string }>
}

/** What an answer to DescribeSecurityGroups shows of every writer's estate. */
export function observe(xml: string, writers: number): Observation {
  const groups = itemsOf<Shown>(parsed(xml).securityGroupInfo)
  const ids = new Map(groups.map(({ groupName, groupId }) => [groupName, groupId]))
  const common = groups.find(({ groupName }) => groupName === commonGroup)
  const estates = Array.from({ length: writers }, (_, writer) => {
    const own = groups.filter(({ groupName }) => groupName.startsWith(`w${writer}-`))
    const shared = (common ? rulesOf(common) : []).filter((rule) => ruleFrom(rule).cidr.startsWith(`10.${writer}.`))
    const entries = own.map((group): [string, Group] => [
      group.groupName,
      { tags: Object.fromEntries(itemsOf(group.tagSet).map(({ key, value }) => [key, value])), rules: rulesOf(group) },
    ])
    return { ...Object.fromEntries(entries), [commonGroup]: { tags: {}, rules: shared } }
  })
  return { estates, ids }
}

function rulesOf({ ipPermissions, ipPermissionsEgress }: Shown): string[] {
  return [
    ...itemsOf(ipPermissions).flatMap((permission) => rulesIn(permission, 'ingress')),
    ...itemsOf(ipPermissionsEgress).flatMap((permission) => rulesIn(permission, 'egress')),
  ]
}

function rulesIn(permission: ShownPermission, direction: Rule['direction']): string[] {
  const { ipProtocol, fromPort, toPort } = permission
  const traffic = fromPort === undefined ? ipProtocol : `${ipProtocol} ${fromPort}-${toPort}`
  return itemsOf(permission.ipRanges).map(({ cidrIp: cidr, description = '' }) =>
    ruleText({ direction, traffic, cidr, description }),
  )
}

function itemsOf<T>(list: Items<T> | undefined): readonly T[] {
  return list ? list.item : []
}
