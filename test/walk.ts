/**
 * Random calls about security groups, good and bad, and a cloud to walk through with them. Calls name
 * what they need by number; the walk puts in the ids that exist when the call is made.
 */

import fc from 'fast-check'
import type { Body, Cloud, WireParameters } from './cloud.ts'
import { createGroup, createPrefixList, createVpc, type Permission, peerVpcs, permissions } from './groups.ts'

export interface Call {
  readonly action: string
  readonly parameters: (place: Place) => WireParameters
  readonly text: string
}

/** What the ids in a call are drawn from. */
export interface Place {
  readonly groups: readonly string[]
  readonly rules: readonly string[]
  readonly groupOf: (rule: string) => string
  readonly vpcs: readonly string[]
  readonly list: string
}

const direction = fc.constantFrom('Ingress', 'Egress')
const number = fc.nat({ max: 1000 })

function pick(from: readonly string[], at: number, otherwise: string): string {
  return from[at % Math.max(from.length, 1)] ?? otherwise
}

/** A peer as text, or a number that stands for a group. */
const peer = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '10.9.9.9/8', '2001:DB8::1/32', '::/0') },
  { weight: 3, arbitrary: number },
  { weight: 1, arbitrary: fc.constant('list') },
  { weight: 1, arbitrary: fc.constantFrom('10.0.0.0', 'sg-00000000', 'sg-web', 'pl-00000000', '::/200', '') },
)

const traffic = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('tcp 22', '6 22', 'udp 53', 'icmp 8/-1', 'icmpv6', '-1', '-1 0/0', '50', 'TCP 80-90'),
  },
  { weight: 1, arbitrary: fc.constantFrom('tcp', 'tcp 90-80', 'all', '', 'icmp -1/0', 'udp 1-70000') },
)

export interface PermissionPlan {
  readonly traffic: string
  readonly peers: readonly (string | number)[]
}

const anyPermission: fc.Arbitrary<PermissionPlan> = fc.record({ traffic, peers: fc.array(peer, { maxLength: 3 }) })

/** One that is well-formed, though it may be there already or name a group out of reach. */
const likelyPermission: fc.Arbitrary<PermissionPlan> = fc.record({
  traffic: fc.constantFrom('tcp 22', 'udp 53', '-1'),
  peers: fc.uniqueArray(fc.oneof(fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '::/0', 'list'), number), {
    minLength: 1,
    maxLength: 2,
  }),
})

/** Permissions that Authorize takes in any group that has none of them yet. */
export const goodPermissions: fc.Arbitrary<PermissionPlan[]> = fc.uniqueArray(
  fc.record({
    traffic: fc.constantFrom('tcp 22', 'udp 53', 'icmp 8/-1', 'icmpv6', '-1 0/0', '50', 'TCP 80-90'),
    peers: fc.uniqueArray(fc.constantFrom('10.2.0.0/15', '10.3.0.0/24', '2001:db8:1::/48', 'list', 'self'), {
      minLength: 1,
    }),
  }),
  { selector: ({ traffic: each }) => each, minLength: 1, maxLength: 4 },
)

export function spelled(plans: readonly PermissionPlan[], place: Place, self = ''): WireParameters {
  const spellPeer = (each: string | number) =>
    typeof each === 'number'
      ? pick(place.groups, each, 'sg-00000000')
      : each === 'list'
        ? place.list
        : each === 'self'
          ? self
          : each
  return permissions(
    ...plans.map(({ traffic: each, peers }): Permission => [each, ...peers.map((one) => spellPeer(one))]),
  )
}

function call(action: string, text: unknown, parameters: Call['parameters']): Call {
  return { action, parameters, text: `${action} ${JSON.stringify(text)}` }
}

const create = fc
  .record({ name: fc.constantFrom('web', 'WEB', 'db', 'a b ', 'default', 'sg-x', '', "it's"), vpc: number })
  .map((plan) =>
    call('CreateSecurityGroup', plan, ({ vpcs }) => ({
      GroupName: plan.name,
      GroupDescription: 'made by a walk',
      VpcId: pick(vpcs, plan.vpc, 'vpc-00000000'),
    })),
  )

const change = fc
  .record({
    verb: fc.constantFrom('Authorize', 'Authorize', 'Revoke'),
    direction,
    group: number,
    plans: fc.oneof(
      { weight: 4, arbitrary: fc.array(likelyPermission, { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(anyPermission, { maxLength: 3 }) },
    ),
  })
  .map((plan) =>
    call(`${plan.verb}SecurityGroup${plan.direction}`, plan, (place) => ({
      GroupId: pick(place.groups, plan.group, 'sg-00000000'),
      ...spelled(plan.plans, place),
    })),
  )

/** The group that holds the rule, or now and then another. */
function holder({ group, rule }: { group: number; rule: number }, { groups, rules, groupOf }: Place): string {
  return group % 5 === 0 ? pick(groups, group, 'sg-00000000') : groupOf(pick(rules, rule, 'sgr-00000000'))
}

const revokeById = fc.record({ direction, group: number, rule: number }).map((plan) =>
  call(`RevokeSecurityGroup${plan.direction}`, plan, (place) => ({
    GroupId: holder(plan, place),
    'SecurityGroupRuleId.1': pick(place.rules, plan.rule, 'sgr-00000000'),
  })),
)

const fields = fc.constantFrom<WireParameters[]>(
  { IpProtocol: '-1', CidrIpv4: '10.7.0.0/16' },
  { IpProtocol: 'tcp', FromPort: 1, ToPort: 2, CidrIpv4: '10.8.0.0/16', Description: 'modified' },
  { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIpv6: '2001:db8:7::/48' },
  { IpProtocol: 'tcp', FromPort: 1, ToPort: 2, CidrIpv4: '10.8.0.1/16' },
  { IpProtocol: '-1' },
)

const modify = fc.record({ group: number, rule: number, fields }).map((plan) =>
  call('ModifySecurityGroupRules', plan, (place) => ({
    GroupId: holder(plan, place),
    'SecurityGroupRule.1.SecurityGroupRuleId': pick(place.rules, plan.rule, 'sgr-00000000'),
    ...Object.fromEntries(
      Object.entries(plan.fields).map(([name, value]) => [`SecurityGroupRule.1.SecurityGroupRule.${name}`, value]),
    ),
  })),
)

const remove = number.map((group) =>
  call('DeleteSecurityGroup', group, ({ groups }) => ({ GroupId: pick(groups, group, 'sg-00000000') })),
)

const associate = fc
  .record({ verb: fc.constantFrom('Associate', 'Disassociate'), group: number, vpc: number })
  .map((plan) =>
    call(`${plan.verb}SecurityGroupVpc`, plan, ({ groups, vpcs }) => ({
      GroupId: pick(groups, plan.group, 'sg-00000000'),
      VpcId: pick(vpcs, plan.vpc, 'vpc-00000000'),
    })),
  )

export const anyCall: fc.Arbitrary<Call> = fc.oneof(
  { weight: 2, arbitrary: create },
  { weight: 6, arbitrary: change },
  { weight: 2, arbitrary: revokeById },
  { weight: 2, arbitrary: modify },
  { weight: 1, arbitrary: remove },
  { weight: 1, arbitrary: associate },
)

/** A cloud with two peered VPCs, a prefix list and a group or two, in which calls find what to work on. */
export async function settle(aws: Cloud): Promise<void> {
  const [here, there] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
  await peerVpcs(aws, here, there)
  await createPrefixList(aws)
  await createGroup(aws, 'first', here)
  await createGroup(aws, 'second', there)
}

export function placeIn(aws: Cloud): Place {
  const world = aws.world()
  const [list = 'pl-00000000'] = world.prefixList.keys()
  return {
    groups: [...world.securityGroup.keys()],
    rules: [...world.groupOfRule.keys()],
    groupOf: (rule) => world.groupOfRule.get(rule) ?? 'sg-00000000',
    vpcs: [...world.vpc.keys()],
    list,
  }
}

/** The answer to the call; undefined when it was refused, and then nothing has changed. */
export async function step(aws: Cloud, { action, parameters }: Call): Promise<Body | undefined> {
  const before = aws.world()
  const spelledOut = parameters(placeIn(aws))
  try {
    return await aws.call(action, spelledOut)
  } catch (error) {
    if (!/answered 4\d\d/.test(String(error))) throw error
    if (aws.world() !== before) throw new Error(`${action} was refused and changed something`)
    return undefined
  }
}
