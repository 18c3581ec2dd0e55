/** Refusals of the prefix-list family (spec 6). */

import { plain, wording } from './wording.ts'

export const prefixListRejections = {
  PrefixListNameReserved: plain(
    'InvalidParameterValue',
    'The prefix list name cannot begin with (com.amazonaws., com.amazon., com.aws.).',
  ),
  PrefixListSizeInvalid: wording(
    'InvalidParameterValue',
    (p: { largest: number }) => `Must specify a max size between 1 and ${p.largest}`,
  ),
  PrefixListEntriesPerRequest: wording(
    'InvalidParameterValue',
    (p: { limit: number }) => `The number of entries per request cannot exceeds limit (${p.limit}).`,
  ),
  PrefixListEntriesOverMaximum: wording(
    'InvalidParameterValue',
    (p: { entries: number; maximum: number }) =>
      `The number of entries (${p.entries}) exceeds the maximum number of entries for the prefix list (${p.maximum}).`,
  ),
  PrefixListEntryRepeated: wording(
    'InvalidParameterValue',
    (p: { cidr: string }) => `Request cannot contain Cidr ${p.cidr} more than once`,
  ),
  PrefixListEntryAddedAndRemoved: wording(
    'InvalidParameterValue',
    (p: { cidr: string }) =>
      `Request cannot contain Cidr ${p.cidr} in both AddPrefixListEntries and RemovePrefixListEntries`,
  ),
  PrefixListEntryFamily: wording(
    'InvalidParameterValue',
    (p: { cidr: string; family: string }) => `The CIDR '${p.cidr}' does not match the address family ${p.family}.`,
  ),
  PrefixListChangeMissing: plain('InvalidRequest', 'The request received was invalid.'),
  PrefixListChangesCombined: plain(
    'InvalidParameterCombination',
    'You cannot modify the entries and the maximum entries for the prefix list in the same request.',
  ),
  PrefixListVersionMismatch: plain('PrefixListVersionMismatch', 'The prefix list has the incorrect version number.'),
  PrefixListVersionTooSmall: plain(
    'InvalidParameterValue',
    'The specified value for version is not valid. The value must be greater than (1).',
  ),
  PrefixListAwsOwned: wording(
    'UnsupportedOperation',
    (p: { id: string; verb: 'modified' | 'deleted' | 'restored' }) =>
      `The prefix list ${p.id} is an AWS-managed prefix list and cannot be ${p.verb}.`,
  ),
  PrefixListLimitExceeded: plain(
    'PrefixListLimitExceeded',
    'The maximum number of prefix lists for this Region has been reached.',
  ),
  PrefixListReferenceLimitExceeded: plain(
    'PrefixListReferenceLimitExceeded',
    'The maximum number of references to this prefix list has been reached.',
  ),
  /** DescribePrefixLists spells the code with a small d (spec 1.3). */
  AwsPrefixListNotFound: wording(
    'InvalidPrefixListId.NotFound',
    (p: { id: string }) => `The prefix list ID '${p.id}' does not exist`,
  ),
} as const
