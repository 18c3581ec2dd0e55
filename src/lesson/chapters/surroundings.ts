/** Chapters: group references, ICMP, two interfaces, network ACLs, the default group, what is never filtered. */

import type { Chapter } from '../content.ts'

export const groupReferences: Chapter = {
  id: 'group-references',
  title: 'Groups as sources',
  aim: 'Let a database admit an application by its group, and know when that does not match.',
  parts: [
    {
      kind: 'claim',
      text: 'The source of a rule may be a security group. It stands for the private addresses of all interfaces that carry the group at that moment.',
      scenes: ['reference-is-private-addresses', 'reference-follows-members'],
    },
    {
      kind: 'claim',
      text: 'Public and Elastic addresses do not match. An instance that connects through its public address arrives as a stranger.',
      scenes: ['reference-is-private-addresses'],
    },
    {
      kind: 'claim',
      text: 'The rules of the group that is named are not brought along.',
      scenes: ['reference-imports-no-rules'],
    },
    {
      kind: 'claim',
      text: 'Members of one group reach each other only if a rule names the group itself.',
      scenes: ['members-need-a-self-reference'],
    },
    {
      kind: 'claim',
      text: 'A rule that names a group which no longer exists is stale. It stays in the list and admits nobody.',
      scenes: ['stale-reference'],
    },
  ],
  scenes: [
    'reference-is-private-addresses',
    'reference-follows-members',
    'reference-imports-no-rules',
    'members-need-a-self-reference',
    'stale-reference',
  ],
  drills: ['group-reference'],
}

export const icmp: Chapter = {
  id: 'icmp',
  title: 'ICMP: pings and errors',
  aim: 'Write rules for traffic that has no ports.',
  parts: [
    {
      kind: 'claim',
      text: 'ICMP has no ports. A rule names a type and a code: type 8 is the echo request, which ping sends.',
      scenes: ['ping-in', 'icmp-type-and-code'],
    },
    {
      kind: 'claim',
      text: 'ICMP is tracked. The reply to a ping that was admitted leaves without an outbound rule, and the reply to your own ping comes in without an inbound rule.',
      scenes: ['ping-in', 'ping-out'],
    },
    {
      kind: 'claim',
      text: 'An ICMP error about a tracked connection passes without a rule. About an untracked connection it needs one: type 3 code 4 for path MTU discovery. The pages of AWS contradict each other on the first case.',
      scenes: ['icmp-errors', 'icmp-errors-untracked'],
    },
    {
      kind: 'claim',
      text: 'ICMPv6 is another protocol with types of its own.',
      scenes: ['icmpv6-is-another-protocol'],
    },
  ],
  scenes: [
    'ping-in',
    'ping-out',
    'icmp-always-tracked',
    'icmp-type-and-code',
    'icmp-errors',
    'icmp-errors-untracked',
    'icmpv6-is-another-protocol',
  ],
  drills: [],
}

export const twoInterfaces: Chapter = {
  id: 'two-interfaces',
  title: 'Two interfaces, two trackers',
  aim: 'Look at both ends before you blame one.',
  parts: [
    {
      kind: 'claim',
      text: 'A packet from one instance to another passes the outbound rules of the sender and the inbound rules of the receiver. Both must admit it.',
      scenes: ['both-ends-decide', 'receiver-rule-is-not-enough'],
    },
    {
      kind: 'claim',
      text: 'Each interface remembers for itself. A connection may be tracked at one end and untracked at the other.',
      scenes: ['untracked-at-one-end', 'both-ends-decide'],
    },
    {
      kind: 'claim',
      text: 'An answer must come back to the interface that the request left by, even if another belongs to the same instance.',
      scenes: ['answer-on-another-interface'],
    },
  ],
  scenes: ['both-ends-decide', 'receiver-rule-is-not-enough', 'untracked-at-one-end', 'answer-on-another-interface'],
  drills: [],
}

export const groupsAndAcls: Chapter = {
  id: 'groups-and-acls',
  title: 'Security groups and network ACLs',
  aim: 'Choose the right one, and know which one dropped a packet.',
  parts: [
    {
      kind: 'claim',
      text: 'A security group is stateful, a network ACL is not. With an ACL the answer needs an entry of its own.',
      scenes: ['group-answers', 'acl-answers', 'group-ping', 'acl-ping'],
    },
    {
      kind: 'claim',
      text: 'That entry must hold the port of the client, which is one of its ephemeral ports. To serve all clients, allow 1024 to 65535 outbound.',
      scenes: ['acl-ephemeral-ports'],
    },
    {
      kind: 'claim',
      text: 'An ACL can deny, a group cannot. Entries of an ACL have numbers; the lowest that matches decides.',
      scenes: ['group-cannot-deny', 'acl-can-deny', 'group-has-no-order', 'acl-has-order'],
    },
    {
      kind: 'claim',
      text: 'An ACL stands at the edge of its subnet and does not see traffic inside it. A group stands at the interface and sees everything.',
      scenes: ['group-guards-neighbours', 'acl-spares-neighbours'],
    },
    {
      kind: 'claim',
      text: 'A deny in an ACL cuts connections at once, tracked ones too. A revoke in a group does not.',
      scenes: ['group-change-spares', 'acl-change-cuts'],
    },
  ],
  scenes: [
    'group-answers',
    'acl-answers',
    'acl-ephemeral-ports',
    'group-cannot-deny',
    'acl-can-deny',
    'group-has-no-order',
    'acl-has-order',
    'group-change-spares',
    'acl-change-cuts',
    'group-guards-neighbours',
    'acl-spares-neighbours',
    'group-ping',
    'acl-ping',
  ],
  drills: ['acl-deny'],
}

export const defaultGroup: Chapter = {
  id: 'default-group',
  title: 'The default group',
  aim: 'Know what an instance gets when you name no group.',
  parts: [
    {
      kind: 'claim',
      text: 'Every VPC has a group named default. An instance that is launched without a group carries it. It admits everything from its own members, nothing from others, and lets everything out.',
      scenes: ['default-group'],
    },
    {
      kind: 'claim',
      text: 'Its inbound rule names the group itself. A group of your own has no such rule until you add it.',
      scenes: ['default-group', 'members-need-a-self-reference'],
    },
  ],
  scenes: ['default-group'],
  drills: ['default-group'],
}

export const neverFiltered: Chapter = {
  id: 'never-filtered',
  title: 'What is never filtered',
  aim: 'Know what no rule can stop.',
  parts: [
    {
      kind: 'claim',
      text: 'Amazon DNS, instance metadata, DHCP and Amazon Time Sync pass without any rule, and no rule stops them.',
      scenes: ['never-filtered'],
    },
    {
      kind: 'claim',
      text: 'Network ACLs do not filter them either.',
      scenes: ['acl-cannot-block-dns'],
    },
    {
      kind: 'claim',
      text: 'Another DNS server is filtered like any host.',
      scenes: ['never-filtered'],
    },
  ],
  scenes: ['never-filtered', 'acl-cannot-block-dns'],
  drills: [],
}

export const summary: Chapter = {
  id: 'summary',
  title: 'Summary',
  aim: 'Keep these sentences.',
  parts: [
    {
      kind: 'list',
      claims: [
        { text: 'Write rules for beginnings. Answers follow.', scenes: ['answers-by-state'] },
        { text: 'One inbound rule serves a web site.', scenes: ['one-rule-serves-http'] },
        {
          text: 'Outbound rules are for connections that the instance opens.',
          scenes: ['mistake-1-outbound-rule-for-answers'],
        },
        {
          text: 'Without outbound rules answers still leave.',
          scenes: ['mistake-2-removing-every-outbound-rule', 'command-5-describe-again'],
        },
        {
          text: 'A revoke spares tracked connections and cuts untracked ones.',
          scenes: ['tracked-survives-revoke', 'untracked-cut-by-revoke'],
        },
        { text: 'An idle connection is forgotten in silence.', scenes: ['hung-pool'] },
        { text: 'A group as a source means private addresses.', scenes: ['reference-is-private-addresses'] },
        { text: 'Both ends have rules, and each remembers for itself.', scenes: ['both-ends-decide'] },
        { text: 'A network ACL remembers nothing.', scenes: ['acl-answers'] },
        { text: 'Some traffic of AWS is never filtered.', scenes: ['never-filtered'] },
      ],
    },
  ],
  scenes: [],
  drills: [],
}
