/** What holds after any walk of calls about security groups. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from '../src/model/change.ts'
import { kinds, type Objects } from '../src/model/objects.ts'
import { ruleKey } from '../src/model/rule.ts'
import { apply, emptyWorld, type World, worldOf } from '../src/model/world.ts'
import { type Body, type Cloud, cloud } from './cloud.ts'
import { describeGroup, rulesOf } from './groups.ts'
import { anyCall, type Call, goodPermissions, placeIn, settle, spelled, step } from './walk.ts'

const walk = fc.array(anyCall, { minLength: 1, maxLength: 25 })
const few = { numRuns: 40 }

async function walked(calls: readonly Call[]): Promise<Cloud> {
  const aws = await cloud()
  await settle(aws)
  for (const call of calls) await step(aws, call)
  return aws
}

/** Every object of the world, as a store would hand it out. */
function objectsOf(world: World): { kind: keyof Objects; object: Objects[keyof Objects] }[] {
  return kinds.flatMap((kind) => [...world[kind].values()].map((object) => ({ kind, object })))
}

/** All that a world says, as plain values. */
function told(world: World): unknown {
  const tables = kinds.map((kind) => [kind, [...world[kind].values()]])
  return {
    ...Object.fromEntries(tables),
    links: [...world.links.keys()],
    rules: Array.from(world.groupOfRule.keys(), (rule) => [rule, world.groupOfRule.get(rule)]),
  }
}

describe('after any walk', () => {
  test('a refused call has changed nothing, and no call has failed', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (calls) => {
        await walked(calls)
      }),
      { numRuns: 100 },
    )
  })

  test('no group holds a rule twice, and no two groups a rule of the same id', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (calls) => {
        const groups = [...(await walked(calls)).world().securityGroup.values()]
        for (const { rules } of groups) expect(new Set(rules.map(ruleKey)).size).toBe(rules.length)
        const ids = groups.flatMap(({ rules }) => rules.map(({ id }) => id))
        expect(new Set(ids).size).toBe(ids.length)
      }),
      few,
    )
  })

  test('the links of the world are those that its objects make', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (calls) => {
        const world = (await walked(calls)).world()
        expect(told(worldOf(world.scope, objectsOf(world)))).toEqual(told(world))
      }),
      few,
    )
  })

  test('the objects of the world are what JSON makes of them', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (calls) => {
        for (const { object } of objectsOf((await walked(calls)).world())) {
          expect(JSON.parse(JSON.stringify(object))).toStrictEqual(object)
        }
      }),
      few,
    )
  })

  test('a group shows in its permissions exactly its rules', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (calls) => {
        const aws = await walked(calls)
        for (const id of aws.world().securityGroup.keys()) {
          const group = await describeGroup(aws, id)
          const shown = [...unmerged(group.ipPermissions, 'false'), ...unmerged(group.ipPermissionsEgress, 'true')]
          expect(shown.sort()).toEqual((await rulesOf(aws, id)).map(textOf).sort())
        }
      }),
      few,
    )
  })
})

test('permissions that are authorized and then revoked leave the group as it was', async () => {
  const property = fc.asyncProperty(
    walk,
    fc.nat(),
    goodPermissions,
    fc.constantFrom('Ingress', 'Egress'),
    async (calls, at, plans, direction) => {
      const aws = await walked(calls)
      const place = placeIn(aws)
      const id = place.groups[at % place.groups.length] ?? ''
      const before = await describeGroup(aws, id)
      const parameters = { GroupId: id, ...spelled(plans, place, id) }
      const call = { parameters: () => parameters, text: '' }
      fc.pre((await step(aws, { ...call, action: `AuthorizeSecurityGroup${direction}` })) !== undefined)
      expect(await describeGroup(aws, id)).not.toEqual(before)
      await aws.call(`RevokeSecurityGroup${direction}`, parameters)
      expect(await describeGroup(aws, id)).toEqual(before)
    },
  )
  await fc.assert(property, few)
})

test('changes applied in two steps make the world that they make in one', async () => {
  const property = fc.asyncProperty(walk, fc.nat(), async (calls, cut) => {
    const world = (await walked(calls)).world()
    const changes = objectsOf(world).map(({ kind, object }) => ({ kind: 'put', of: kind, object }) as Change)
    const removed = changes.flatMap((change, index): Change[] =>
      change.kind === 'put' && index % 3 === 0 ? [{ kind: 'removed', of: change.of, id: change.object.id }] : [],
    )
    const all = [...changes, ...removed]
    const at = cut % (all.length + 1)
    const start = emptyWorld(world.scope)
    const whole = apply(start, all)
    expect(told(apply(apply(start, all.slice(0, at)), all.slice(at)))).toEqual(told(whole))
    expect(told(start)).toEqual(told(emptyWorld(world.scope)))
  })
  await fc.assert(property, few)
})

describe('no body makes the endpoint fail', () => {
  const fragments = fc.array(
    fc.oneof(
      fc.constantFrom('Action=AuthorizeSecurityGroupIngress', 'Action=DescribeSecurityGroups', 'Version=2016-11-15'),
      fc.constantFrom('Action=ModifySecurityGroupRules', 'Action=CreateSecurityGroup', 'Action=__proto__', 'Action='),
      fc.constantFrom('GroupId=sg-1', 'GroupId.1=%ff', 'IpPermissions.1.IpProtocol=-1', 'IpPermissions.1=x'),
      fc.constantFrom('Filter.1.Name=tag:a', 'Filter.1.Value.1=*', 'MaxResults=1e9', 'NextToken=e30', 'DryRun=maybe'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    { maxLength: 10 },
  )

  test.each<[string, fc.Arbitrary<string | Uint8Array>]>([
    ['of random bytes', fc.uint8Array({ maxLength: 300 })],
    ['of scraps of requests', fragments.map((parts) => parts.join('&'))],
  ])('%s', async (_, body) => {
    const aws = await cloud()
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        const { status } = await aws.post(given)
        expect(status).toBeLessThan(500)
      }),
      { numRuns: 1_000 },
    )
  })
})

/** The rules in a permission list, each as one text. */
function unmerged(permissions: Body, isEgress: string): string[] {
  return (permissions.item ?? []).flatMap((permission: Body) => {
    const { ipProtocol, fromPort = '-1', toPort = '-1' } = permission
    const traffic = { isEgress, ipProtocol, fromPort, toPort }
    return [
      ...items(permission.ipRanges).map(({ cidrIp, ...rest }) => ({ ...rest, cidrIpv4: cidrIp })),
      ...items(permission.ipv6Ranges).map((range) => range),
      ...items(permission.prefixListIds),
      ...items(permission.groups).map(({ description, ...pair }) => ({ description, referencedGroupInfo: pair })),
    ].map((peer) => textOf({ ...traffic, ...peer }))
  })
}

function items(list: Body): Body[] {
  return list === '' ? [] : list.item
}

function textOf({ isEgress, ipProtocol, fromPort, toPort, description, ...rule }: Body): string {
  const peer = rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? Object.entries(rule.referencedGroupInfo).sort()
  return JSON.stringify([isEgress, ipProtocol, fromPort, toPort, peer, description])
}
