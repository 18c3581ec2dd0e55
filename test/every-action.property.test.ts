/** No input of the model's own shape makes any action fail in any way but a refusal, or breaks the world. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inputShapeOf } from '../src/ec2/protocol/shape.ts'
import { registry } from '../src/ec2/registry.generated.ts'
import { kinds } from '../src/model/objects.ts'
import { worldOf } from '../src/model/world.ts'
import { type Cloud, cloud } from './cloud.ts'
import { anyStructure, formText, pairsOf } from './ec2-shapes.ts'
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
  const { allocationId } = await aws.call('AllocateAddress', { Domain: 'vpc' })
  await aws.call('RunInstances', { ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1 })
  await aws.call('CreateTags', { 'ResourceId.1': card, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
  expect(allocationId).toMatch(/^eipalloc-/)
  return aws
}

const words = [
  ...['tcp', '6', '-1', 'icmp', '10.0.0.0/8', '10.9.0.0/24', '10.9.0.10', '::/0', '2001:db8::/32', 'web', 'default'],
  ...['vpc-id', 'group-id', 'tag:team', 'team', 'net', 'a*', 'true', 'us-east-1a', 'subnet', 'IPv4', 'ami-00000000'],
  ...['security-group', 'network-interface', 'allow', '', '\0', 'é', 'x'.repeat(300), '__proto__', 'sg-00000000'],
]

/** Ids of everything in the world, and words that mean something somewhere. */
function wordsOf(aws: Cloud): fc.Arbitrary<string> {
  const world = aws.world()
  const ids = kinds.flatMap((kind) => [...world[kind].keys()].slice(0, 3))
  return fc.oneof(fc.constantFrom(...ids, ...world.groupOfRule.keys()), fc.constantFrom(...words))
}

describe('no input makes an action fail', () => {
  test.each(actions)('%s', async (action) => {
    const aws = await furnished()
    const shape = inputShapeOf(action)
    const property = fc.asyncProperty(anyStructure(shape, wordsOf(aws)), fc.boolean(), async (input, small) => {
      const pairs = pairsOf(shape, input).map(([name, value]) => [name, small ? smaller(value) : value] as const)
      const { status } = await aws.post(formText([['Action', action], ['Version', '2016-11-15'], ...pairs]))
      expect(status).toBeLessThan(500)
    })
    await fc.assert(property, { numRuns: 60 })
    expectSound(aws)
  })
})

/** Numbers in a range where limits lie. */
function smaller(value: string): string {
  return /^-?\d{3,}$/.test(value) ? String(Number(value) % 7) : value
}

function expectSound(aws: Cloud): void {
  const world = aws.world()
  const objects = kinds.flatMap((kind) => [...world[kind].values()].map((object) => ({ kind, object })))
  for (const { object } of objects) expect(JSON.parse(JSON.stringify(object))).toStrictEqual(object)
  expect([...worldOf(world.scope, objects).links.keys()]).toEqual([...world.links.keys()])
}
