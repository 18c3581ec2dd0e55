/** Security groups against network ACLs, side by side: each pair of scenes has the same packets. */

import type { Comparison } from './content.ts'

export const comparisons: readonly Comparison[] = [
  {
    id: 'answers',
    title: 'The answer to a request',
    group: { says: 'Leaves by state.', scene: 'group-answers' },
    acl: { says: "Needs an outbound entry for the client's port.", scene: 'acl-answers' },
  },
  {
    id: 'pings',
    title: 'The reply to a ping',
    group: { says: 'Leaves by state.', scene: 'group-ping' },
    acl: { says: 'Needs an outbound entry for ICMP.', scene: 'acl-ping' },
  },
  {
    id: 'deny',
    title: 'Keeping one address out',
    group: { says: 'Impossible beside an open rule: rules only allow.', scene: 'group-cannot-deny' },
    acl: { says: 'A deny with a lower number.', scene: 'acl-can-deny' },
  },
  {
    id: 'order',
    title: 'Several rules that match',
    group: { says: 'No order: one that matches is enough.', scene: 'group-has-no-order' },
    acl: { says: 'In ascending order: the first that matches decides.', scene: 'acl-has-order' },
  },
  {
    id: 'changes',
    title: 'A connection that is open when you close the port',
    group: { says: 'Goes on if it is tracked.', scene: 'group-change-spares' },
    acl: { says: 'Is cut with the next packet.', scene: 'acl-change-cuts' },
  },
  {
    id: 'neighbours',
    title: 'Traffic inside the subnet',
    group: { says: 'Is judged at the interface.', scene: 'group-guards-neighbours' },
    acl: { says: 'Does not cross the edge and is not judged.', scene: 'acl-spares-neighbours' },
  },
]
