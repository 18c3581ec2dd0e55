/**
 * No input of the model's own shape makes any action fail in any way but a refusal, or breaks the
 * world. Most values fit their parameter's name, so that calls come further than the first check.
 */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inputShapeOf, membersOf } from '../src/ec2/protocol/shape.ts'
import { registry } from '../src/ec2/registry.generated.ts'
import { resourceTypeNames } from '../src/model/access-scope.ts'
import { resourceTypeOf } from '../src/model/ids.ts'
import { kinds } from '../src/model/objects.ts'
import { type World, worldOf } from '../src/model/world.ts'
import { type Cloud, cloud } from './cloud.ts'
import { anyStructure, formText, type Pair, pairsOf, type Structure } from './ec2-shapes.ts'
import { authorize, createGroup, createInterface, createVpc } from './groups.ts'
import { settle } from './walk.ts'

type Registered = keyof typeof registry
const actions = Object.keys(registry) as Registered[]

/** A cloud that holds an object or two of most kinds. */
async function furnished(): Promise<Cloud> {
  const aws = await cloud()
  await settle(aws)
  const vpc = await createVpc(aws, '10.9.0.0/16', { AmazonProvidedIpv6CidrBlock: true })
  const group = await createGroup(aws, 'web', vpc)
  await authorize(aws, group, ['tcp 22', '10.0.0.0/8', group])
  const card = await createInterface(aws, vpc, [group])
  await aws.call('AllocateAddress', { Domain: 'vpc' })
  await aws.call('RunInstances', { ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1 })
  await asked(aws, card)
  await aws.call('CreateTags', { 'ResourceId.1': card, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
  return aws
}

/** A path and an access scope, each with an analysis. */
async function asked(aws: Cloud, card: string): Promise<void> {
  const question = { Source: card, DestinationIp: '10.9.0.77', Protocol: 'tcp', DestinationPort: 443 }
  const path = await aws.call('CreateNetworkInsightsPath', question)
  const NetworkInsightsPathId = path.networkInsightsPath.networkInsightsPathId
  await aws.call('StartNetworkInsightsAnalysis', { NetworkInsightsPathId })
  const scope = await aws.call('CreateNetworkInsightsAccessScope', {
    'MatchPath.1.Source.ResourceStatement.ResourceType.1': 'AWS::EC2::NetworkInterface',
  })
  const NetworkInsightsAccessScopeId = scope.networkInsightsAccessScope.networkInsightsAccessScopeId
  await aws.call('StartNetworkInsightsAccessScopeAnalysis', { NetworkInsightsAccessScopeId })
}

const strange = [
  '',
  '\0',
  'é',
  'x'.repeat(300),
  '__proto__',
  '-1',
  'sg-00000000',
  '10.0.0.0/33',
  '::/0',
  '*',
  '[',
  '\\',
]

function arnOf(id: string): string {
  return `arn:aws:ec2:us-east-1:123456789012:${resourceTypeOf(id) ?? 'resource'}/${id}`
}

type Words = readonly (readonly [parameter: RegExp, words: readonly string[]])[]

/** Values by the name of their parameter; the first row that fits counts. */
function wordsOf(world: World): Words {
  const idsOf = (pattern: RegExp) => [
    ...new Set(JSON.stringify(kinds.map((kind) => [...world[kind].values()])).match(pattern)),
  ]
  const any = idsOf(/\b(?:vpc|subnet|eni|sgr?|i|acl|rtb|igw|pl|pcx)-[0-9a-f]{8,17}\b/g)
  return [
    [/DryRun$/, ['false']],
    [/RuleId(\.\d+)?$/, idsOf(/\bsgr-[0-9a-f]{17}\b/g)],
    [/Group(Id)?s?(\.\d+)?(\.GroupId)?$/, idsOf(/\bsg-[0-9a-f]{17}\b/g)],
    [/VpcId(\.\d+)?$/, idsOf(/\bvpc-[0-9a-f]{17}\b/g)],
    [/SubnetId(\.\d+)?$/, idsOf(/\bsubnet-[0-9a-f]{17}\b/g)],
    [/NetworkInterfaceId(\.\d+)?$/, idsOf(/\beni-[0-9a-f]{17}\b/g)],
    [/InstanceId(\.\d+)?$/, idsOf(/\bi-[0-9a-f]{17}\b/g)],
    [/AclId(\.\d+)?$/, idsOf(/\bacl-[0-9a-f]{17}\b/g)],
    [/RouteTableId(\.\d+)?$/, idsOf(/\brtb-[0-9a-f]{17}\b/g)],
    [/GatewayId(\.\d+)?$/, idsOf(/\bigw-[0-9a-f]{17}\b/g)],
    [/AllocationId(\.\d+)?$/, idsOf(/\beipalloc-[0-9a-f]{17}\b/g)],
    ...insightsWords(idsOf, any),
    [/AssociationId(\.\d+)?$/, idsOf(/\b[a-z-]*assoc-[0-9a-f]{17}\b/g)],
    [/AttachmentId$/, idsOf(/\beni-attach-[0-9a-f]{17}\b/g)],
    [/PrefixListId(\.\d+)?$/, [...idsOf(/\bpl-[0-9a-f]{17}\b/g), 'pl-63a5400a']],
    [/PeeringConnectionId(\.\d+)?$/, idsOf(/\bpcx-[0-9a-f]{17}\b/g)],
    [/ResourceId(\.\d+)?$/, any],
    [/CidrBlock$|Cidr(Ip|Ipv4)?$/, ['10.0.0.0/8', '10.9.1.0/24', '10.20.0.0/16', '0.0.0.0/0']],
    [/Ipv6|Cidr6/, ['::/0', '2001:db8::/32', '2001:db8::1', '1', '2']],
    [/PrivateIpAddress(\.\d+)?$/, ['10.9.0.10', '10.9.0.4', '10.9.0.255']],
    [/Protocol$/, ['tcp', 'udp', '6', '-1', '17', '1', 'icmp', '50']],
    [/(Port|\.From|\.To)$/, ['0', '22', '443', '65535', '-1']],
    [
      /ResourceType$/,
      [
        ...['security-group', 'security-group-rule', 'vpc', 'subnet', 'network-interface', 'instance', 'VPC'],
        ...['network-insights-path', 'network-insights-analysis'],
        ...['network-insights-access-scope', 'network-insights-access-scope-analysis'],
      ],
    ],
    [/Count|Entries|Version|Index|Results|Number|Type$|Code$/, ['1', '2', '5', '32766', '0']],
    [
      /Filter\.\d+\.Name$/,
      ['vpc-id', 'group-id', 'tag:team', 'owner-id', 'state', 'tag-key', 'status', 'path-found', 'source'],
    ],
    [/Attribute$/, ['enableDnsSupport', 'description', 'groupSet', 'domain-name', 'instanceType']],
    [/Zone$/, ['us-east-1a', 'us-east-1b']],
    [/ImageId/, ['ami-00000000']],
    [/Action$/, ['allow', 'deny']],
    [/Family$/, ['IPv4', 'IPv6']],
    [/Name$|Description|Key$|Value(\.\d+)?$/, ['web', 'db', 'team', 'net', 'true', ...any.slice(0, 3)]],
  ]
}

function insightsWords(idsOf: (pattern: RegExp) => string[], any: readonly string[]): Words {
  const ends = any.filter((id) => /^(i|eni|igw|pcx)-/.test(id))
  return [
    [/InsightsPathId(\.\d+)?$/, idsOf(/\bnip-[0-9a-f]{17}\b/g)],
    [/InsightsAnalysisId(\.\d+)?$/, idsOf(/\bnia-[0-9a-f]{17}\b/g)],
    [/AccessScopeId(\.\d+)?$/, idsOf(/\bnis-[0-9a-f]{17}\b/g)],
    [/AccessScopeAnalysisId(\.\d+)?$/, idsOf(/\bnisa-[0-9a-f]{17}\b/g)],
    [/^(Source|Destination)$/, [...ends, ...ends.map(arnOf)]],
    [/Filter(In|Out)Arn\.\d+$|Statement\.Resource\.\d+$/, [...any, ...any.map(arnOf)]],
    [/ResourceType\.\d+$/, resourceTypeNames],
    [/PrefixList\.\d+$/, idsOf(/\bpl-[0-9a-f]{17}\b/g)],
    [/(Source|Destination)(Ip|Address(\.\d+)?)$/, ['10.9.0.10', '203.0.113.7', '172.31.0.10', '10.9.0.0/24']],
    [/(Source|Destination)Port\.\d+$/, ['443', '0-65535', '1024-65535', '443-22']],
    [/Protocol\.\d+$/, ['tcp', 'udp']],
    [/Analysis(Start|End)Time/, ['2026-11-22T10:00:00Z', '2030-01-01T00:00:00.000Z']],
  ]
}

/** What a client sends for an input: each value as it fell, as its name would have it, or strange. */
function fitted(pairs: readonly Pair[], words: Words, dice: readonly number[]): Pair[] {
  return pairs.map(([name, value], index) => {
    const roll = dice[index % dice.length] ?? 0
    const [, fitting = strange] = words.find(([parameter]) => parameter.test(name)) ?? []
    const from = roll % 16 === 0 ? [value] : roll % 16 === 1 ? strange : fitting
    return [name, from[Math.floor(roll / 16) % Math.max(from.length, 1)] ?? value]
  })
}

/** Some of the optional members at a time: with all of them, next to every input contradicts itself. */
function anyInput(shape: string): fc.Arbitrary<Structure> {
  const optional = membersOf(shape).flatMap(({ name, isRequired }) => (isRequired ? [] : [name]))
  const dropped = fc.shuffledSubarray(optional, { minLength: Math.max(optional.length - 4, 0) })
  return fc
    .tuple(anyStructure(shape), dropped)
    .map(([input, names]) => Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name))))
}

const dice = fc.array(fc.nat({ max: 4095 }), { minLength: 20, maxLength: 20 })

describe('no input makes an action fail', () => {
  test.each(actions)('%s', async (action) => {
    const aws = await furnished()
    const shape = inputShapeOf(action)
    const words = wordsOf(aws.world())
    const property = fc.asyncProperty(anyInput(shape), dice, async (input, rolls) => {
      const pairs = fitted(pairsOf(shape, input), words, rolls)
      const { status } = await aws.post(formText([['Action', action], ['Version', '2016-11-15'], ...pairs]))
      expect(status).toBeLessThan(500)
    })
    await fc.assert(property, { numRuns: 50 })
    expectSound(aws)
  })
})

function expectSound(aws: Cloud): void {
  const world = aws.world()
  const objects = kinds.flatMap((kind) => [...world[kind].values()].map((object) => ({ kind, object })))
  for (const { object } of objects) expect(JSON.parse(JSON.stringify(object))).toStrictEqual(object)
  expect([...worldOf(world.scope, objects).links.keys()]).toEqual([...world.links.keys()])
}
