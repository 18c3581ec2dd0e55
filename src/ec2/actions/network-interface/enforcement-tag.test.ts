/** An interface whose rules are enforced on real traffic says so in a tag of ours. */

import { beforeEach, expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'
import { filters } from '../../../../test/groups.ts'
import { createCard, describeCard } from '../../../../test/interfaces.ts'

let aws: Cloud
let enforced: string
let free: string

beforeEach(async () => {
  aws = await cloud({ enforcementOf: (_scope, id) => (id === enforced ? 'degraded' : undefined) })
  const tag = { 'TagSpecification.1.ResourceType': 'network-interface', 'TagSpecification.1.Tag.1.Key': 'Name' }
  const card = await createCard(aws, { ...tag, 'TagSpecification.1.Tag.1.Value': 'web' })
  enforced = card.networkInterfaceId
  free = (await createCard(aws)).networkInterfaceId
})

const state = { key: 'sallyport:enforcement', value: 'degraded' }

test('after the tags that were given', async () => {
  expect((await describeCard(aws, enforced)).tagSet.item).toEqual([{ key: 'Name', value: 'web' }, state])
  expect((await describeCard(aws, free)).tagSet).toBe('')
})

test.each([
  ['its key and value', ['tag:sallyport:enforcement', 'degraded']],
  ['a pattern', ['tag:sallyport:enforcement', 'd*']],
  ['its key', ['tag-key', 'sallyport:*']],
] as const)('which filters find by %s', async (_what, filter) => {
  const found = await aws.call('DescribeNetworkInterfaces', filters(filter))
  expect(found.networkInterfaceSet.item.map((each: { networkInterfaceId: string }) => each.networkInterfaceId)).toEqual(
    [enforced],
  )
})

test('and that is not stored: it goes with no other tag, and is not listed among them', async () => {
  await aws.call('DeleteTags', { 'ResourceId.1': enforced })
  expect((await describeCard(aws, enforced)).tagSet.item).toEqual([state])
  expect((await aws.call('DescribeTags')).tagSet).toBe('')
})

test('and that does not count: a resource may have fifty others', async () => {
  const tags = Object.fromEntries(
    Array.from({ length: 49 }, (_, at) => [
      [`Tag.${at + 1}.Key`, `k${at}`],
      [`Tag.${at + 1}.Value`, ''],
    ]).flat(),
  )
  await aws.call('CreateTags', { 'ResourceId.1': enforced, ...tags })
  expect((await describeCard(aws, enforced)).tagSet.item).toHaveLength(51)
})
