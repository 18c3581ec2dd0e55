import { expect, test } from 'vitest'
import { type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'

type Row = readonly [what: string, parameters: WireParameters, code: string, message: string]

function manyEntries(name: string): WireParameters {
  return Object.fromEntries(
    Array.from({ length: 101 }, (_, index) => [`${name}.${index + 1}.Cidr`, `10.0.${index}.0/24`]),
  )
}

const creating: readonly Row[] = [
  ['no name', { PrefixListName: '' }, 'MissingParameter', 'The request must contain the parameter prefixListName'],
  ...['com.amazonaws.x', 'com.amazon.x', 'com.aws.x'].map(
    (name): Row => [
      `the name ${name}`,
      { PrefixListName: name },
      'InvalidParameterValue',
      'The prefix list name cannot begin with (com.amazonaws., com.amazon., com.aws.).',
    ],
  ),
  [
    'a name of 256 characters',
    { PrefixListName: 'x'.repeat(256) },
    'InvalidParameterValue',
    `Value (${'x'.repeat(256)}) for parameter prefixListName is invalid. Expecting 1 to 255 characters.`,
  ],
  [
    'an unknown family',
    { AddressFamily: 'ipv4' },
    'InvalidParameterValue',
    'Value (ipv4) for parameter addressFamily is invalid. Valid values: IPv4, IPv6.',
  ],
  ['no room', { MaxEntries: 0 }, 'InvalidParameterValue', 'Must specify a max size between 1 and 1000'],
  ['too much room', { MaxEntries: 1001 }, 'InvalidParameterValue', 'Must specify a max size between 1 and 1000'],
  [
    'more than a hundred entries',
    { MaxEntries: 200, ...manyEntries('Entry') },
    'InvalidParameterValue',
    'The number of entries per request cannot exceeds limit (100).',
  ],
  [
    'more entries than fit',
    { MaxEntries: 1, 'Entry.1.Cidr': '10.0.0.0/8', 'Entry.2.Cidr': '11.0.0.0/8' },
    'InvalidParameterValue',
    'The number of entries (2) exceeds the maximum number of entries for the prefix list (1).',
  ],
  [
    'a CIDR twice, once with host bits',
    { 'Entry.1.Cidr': '10.0.0.0/8', 'Entry.2.Cidr': '10.0.0.1/8' },
    'InvalidParameterValue',
    'Request cannot contain Cidr 10.0.0.0/8 more than once',
  ],
  [
    'a CIDR of the other family',
    { 'Entry.1.Cidr': '2001:db8::/32' },
    'InvalidParameterValue',
    "The CIDR '2001:db8::/32' does not match the address family IPv4.",
  ],
  ['text that is no CIDR', { 'Entry.1.Cidr': '10.0.0.0' }, 'InvalidParameterValue', 'CIDR block 10.0.0.0 is malformed'],
  [
    'an entry without a CIDR',
    { 'Entry.1.Description': 'x' },
    'MissingParameter',
    'The request must contain the parameter cidr',
  ],
  [
    'an entry’s description of 256 characters',
    { 'Entry.1.Cidr': '10.0.0.0/8', 'Entry.1.Description': 'x'.repeat(256) },
    'InvalidParameterValue',
    `Value (${'x'.repeat(256)}) for parameter description is invalid. Expecting at most 255 characters.`,
  ],
  [
    'tags of another type',
    {
      'TagSpecification.1.ResourceType': 'vpc',
      'TagSpecification.1.Tag.1.Key': 'a',
      'TagSpecification.1.Tag.1.Value': 'b',
    },
    'InvalidParameter',
    "'vpc' is not a valid taggable resource type for this operation.",
  ],
]

test.each(creating)('a list with %s is not created', async (_what, parameters, code, message) => {
  const aws = await cloud()
  const given = { PrefixListName: 'offices', MaxEntries: 5, AddressFamily: 'IPv4', ...parameters }
  expect(await aws.refusal('CreateManagedPrefixList', given)).toEqual({ status: 400, code, message })
})

const both = 'Request cannot contain Cidr 10.0.0.0/8 in both AddPrefixListEntries and RemovePrefixListEntries'

const modifying: readonly Row[] = [
  ['nothing to change', {}, 'InvalidRequest', 'The request received was invalid.'],
  ['an empty list of entries', { AddEntry: '' }, 'InvalidRequest', 'The request received was invalid.'],
  [
    'entries and a size',
    { CurrentVersion: 1, 'AddEntry.1.Cidr': '11.0.0.0/8', MaxEntries: 9 },
    'InvalidParameterCombination',
    'You cannot modify the entries and the maximum entries for the prefix list in the same request.',
  ],
  [
    'entries but no version',
    { 'AddEntry.1.Cidr': '11.0.0.0/8' },
    'MissingParameter',
    'The request must contain the parameter currentVersion',
  ],
  [
    'a version that is not the current one',
    { CurrentVersion: 2, 'AddEntry.1.Cidr': '11.0.0.0/8' },
    'PrefixListVersionMismatch',
    'The prefix list has the incorrect version number.',
  ],
  [
    'version 0',
    { CurrentVersion: 0, 'AddEntry.1.Cidr': '11.0.0.0/8' },
    'InvalidParameterValue',
    'The specified value for version is not valid. The value must be greater than (1).',
  ],
  [
    'a CIDR added and removed',
    { CurrentVersion: 1, 'AddEntry.1.Cidr': '10.0.0.0/8', 'RemoveEntry.1.Cidr': '10.0.0.0/8' },
    'InvalidParameterValue',
    both,
  ],
  [
    'more than a hundred added entries',
    { CurrentVersion: 1, ...manyEntries('AddEntry') },
    'InvalidParameterValue',
    'The number of entries per request cannot exceeds limit (100).',
  ],
  [
    'more than a hundred removed entries',
    { CurrentVersion: 1, ...manyEntries('RemoveEntry') },
    'InvalidParameterValue',
    'The number of entries per request cannot exceeds limit (100).',
  ],
  [
    'more entries than fit',
    { CurrentVersion: 1, 'AddEntry.1.Cidr': '12.0.0.0/8' },
    'InvalidParameterValue',
    'The number of entries (3) exceeds the maximum number of entries for the prefix list (2).',
  ],
  [
    'a size below the number of entries',
    { MaxEntries: 1 },
    'InvalidParameterValue',
    'The number of entries (2) exceeds the maximum number of entries for the prefix list (1).',
  ],
  ['no room', { MaxEntries: 0 }, 'InvalidParameterValue', 'Must specify a max size between 1 and 1000'],
  [
    'a reserved name',
    { PrefixListName: 'com.aws.x' },
    'InvalidParameterValue',
    'The prefix list name cannot begin with (com.amazonaws., com.amazon., com.aws.).',
  ],
  [
    'an empty name',
    { PrefixListName: '' },
    'InvalidParameterValue',
    'Value () for parameter prefixListName is invalid. Expecting 1 to 255 characters.',
  ],
]

async function listOfTwo(aws: Cloud): Promise<string> {
  const { prefixList } = await aws.call('CreateManagedPrefixList', {
    PrefixListName: 'offices',
    MaxEntries: 2,
    AddressFamily: 'IPv4',
    'Entry.1.Cidr': '10.0.0.0/8',
    'Entry.2.Cidr': '11.0.0.0/8',
  })
  return prefixList.prefixListId
}

test.each(modifying)('%s is refused when modifying', async (_what, parameters, code, message) => {
  const aws = await cloud()
  const given = { PrefixListId: await listOfTwo(aws), ...parameters }
  expect(await aws.refusal('ModifyManagedPrefixList', given)).toEqual({ status: 400, code, message })
})

const restoring: readonly Row[] = [
  [
    'a version that never was',
    { PreviousVersion: 7, CurrentVersion: 1 },
    'InvalidParameterValue',
    'Value (7) for parameter previousVersion is invalid. The prefix list has no such version.',
  ],
  [
    'version 0',
    { PreviousVersion: 0, CurrentVersion: 1 },
    'InvalidParameterValue',
    'The specified value for version is not valid. The value must be greater than (1).',
  ],
  [
    'another current version',
    { PreviousVersion: 1, CurrentVersion: 3 },
    'PrefixListVersionMismatch',
    'The prefix list has the incorrect version number.',
  ],
  [
    'no current version',
    { PreviousVersion: 1 },
    'MissingParameter',
    'The request must contain the parameter currentVersion',
  ],
]

test.each(restoring)('%s is refused when restoring', async (_what, parameters, code, message) => {
  const aws = await cloud()
  const given = { PrefixListId: await listOfTwo(aws), ...parameters }
  expect(await aws.refusal('RestoreManagedPrefixListVersion', given)).toEqual({ status: 400, code, message })
})

test('a version with more entries than fit by now is not restored', async () => {
  const aws = await cloud()
  const id = await listOfTwo(aws)
  await aws.call('ModifyManagedPrefixList', { PrefixListId: id, CurrentVersion: 1, 'RemoveEntry.1.Cidr': '10.0.0.0/8' })
  await aws.call('ModifyManagedPrefixList', { PrefixListId: id, MaxEntries: 1 })
  const given = { PrefixListId: id, PreviousVersion: 1, CurrentVersion: 2 }
  expect(await aws.refusal('RestoreManagedPrefixListVersion', given)).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: 'The number of entries (2) exceeds the maximum number of entries for the prefix list (1).',
  })
})

test.each([
  ['ModifyManagedPrefixList', { PrefixListName: 'mine' }, 'modified'],
  ['DeleteManagedPrefixList', {}, 'deleted'],
  ['RestoreManagedPrefixListVersion', { PreviousVersion: 1, CurrentVersion: 1 }, 'restored'],
] as const)('%s refuses a list that AWS owns', async (action, parameters, verb) => {
  const aws = await cloud()
  expect(await aws.refusal(action, { PrefixListId: 'pl-63a5400a', ...parameters })).toEqual({
    status: 400,
    code: 'UnsupportedOperation',
    message: `The prefix list pl-63a5400a is an AWS-managed prefix list and cannot be ${verb}.`,
  })
})

const naming = [
  ['ModifyManagedPrefixList', 'PrefixListId', { PrefixListName: 'x' }],
  ['DeleteManagedPrefixList', 'PrefixListId', {}],
  ['RestoreManagedPrefixListVersion', 'PrefixListId', { PreviousVersion: 1, CurrentVersion: 1 }],
  ['DescribeManagedPrefixLists', 'PrefixListId.1', {}],
  ['GetManagedPrefixListEntries', 'PrefixListId', {}],
  ['GetManagedPrefixListAssociations', 'PrefixListId', {}],
] as const

test.each(naming)('%s tells an unknown id from a malformed one', async (action, parameter, others) => {
  const aws = await cloud()
  expect(await aws.refusal(action, { [parameter]: 'pl-00000000', ...others })).toEqual({
    status: 400,
    code: 'InvalidPrefixListID.NotFound',
    message: "The prefix list ID 'pl-00000000' does not exist",
  })
  expect(await aws.refusal(action, { [parameter]: 'foobar', ...others })).toEqual({
    status: 400,
    code: 'InvalidPrefixListId.Malformed',
    message: 'Invalid id: "foobar" (expecting "pl-...")',
  })
})

test('DescribePrefixLists spells the code of an unknown id its own way, and knows no list but AWS’s', async () => {
  const aws = await cloud()
  for (const id of ['pl-00000000', await listOfTwo(aws)]) {
    expect(await aws.refusal('DescribePrefixLists', { 'PrefixListId.1': id })).toEqual({
      status: 400,
      code: 'InvalidPrefixListId.NotFound',
      message: `The prefix list ID '${id}' does not exist`,
    })
  }
  expect(await aws.refusal('DescribePrefixLists', { 'PrefixListId.1': 'pl-x' })).toEqual({
    status: 400,
    code: 'InvalidPrefixListId.Malformed',
    message: 'Invalid id: "pl-x" (expecting "pl-...")',
  })
})

test('a list of no entries is refused where sizes have no limit, too', async () => {
  const aws = await cloud({ quotas: { 'entries-per-prefix-list': Number.POSITIVE_INFINITY } })
  const given = { PrefixListName: 'none', MaxEntries: 0, AddressFamily: 'IPv4' }
  expect(await aws.refusal('CreateManagedPrefixList', given)).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: 'Value (0) for parameter maxEntries is invalid. Expecting a value of at least 1.',
  })
})

test('a region holds so many lists, and AWS’s own do not count', async () => {
  const aws = await cloud({ quotas: { 'prefix-lists-per-region': 1 } })
  await listOfTwo(aws)
  const given = { PrefixListName: 'more', MaxEntries: 1, AddressFamily: 'IPv4' }
  expect(await aws.refusal('CreateManagedPrefixList', given)).toEqual({
    status: 400,
    code: 'PrefixListLimitExceeded',
    message: 'The maximum number of prefix lists for this Region has been reached.',
  })
})

test.each(['DescribeManagedPrefixLists', 'DescribePrefixLists'])('%s refuses an unknown filter', async (action) => {
  const aws = await cloud()
  expect(await aws.refusal(action, { 'Filter.1.Name': 'state', 'Filter.1.Value.1': 'x' })).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: "The filter 'state' is invalid",
  })
})
