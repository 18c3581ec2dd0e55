/** Refusals of this family (spec 8.5). */

import { plain, wording } from './wording.ts'

type Id = { id: string }

export const networkAclRejections = {
  NetworkAclLimitExceeded: plain('NetworkAclLimitExceeded', 'The maximum number of network acls has been reached.'),
  NetworkAclEntryLimitExceeded: plain(
    'NetworkAclEntryLimitExceeded',
    'The maximum number of network acl entries has been reached.',
  ),
  NetworkAclEntryExists: wording(
    'NetworkAclEntryAlreadyExists',
    (p: { number: number }) => `The network acl entry identified by ${p.number} already exists.`,
  ),
  NetworkAclEntryNotFound: wording(
    'InvalidNetworkAclEntry.NotFound',
    (p: { direction: 'ingress' | 'egress'; number: number; acl: string }) =>
      `no ${p.direction} entry with number ${p.number} in network acl ${p.acl}`,
  ),
  DefaultNetworkAclDelete: wording('InvalidParameterValue', (p: Id) => `cannot delete default network ACL ${p.id}`),
  NetworkAclOfOtherNetwork: wording(
    'InvalidParameterValue',
    (p: { acl: string; subnet: string }) => `network acl ${p.acl} and subnet ${p.subnet} belong to different networks`,
  ),
} as const
