/** Security groups against network ACLs: the same traffic through each, pair by pair. */

import type { Scene } from '../content.ts'

/** A group that admits everything, so that the ACL alone decides. */
const openGroup = ['group open ingress any from 0.0.0.0/0 as sgr-1', 'group open egress any to 0.0.0.0/0 as sgr-2']

const behindAcl = (...entries: readonly string[]): readonly string[] => [
  'acl edge',
  ...entries.map((entry) => `acl edge ${entry}`),
  'subnet front 10.0.0.0/24 acl edge',
  ...openGroup,
  'interface web 10.0.0.10 in open subnet front',
]

const guarded = (...rules: readonly string[]): readonly string[] => [
  ...rules.map((rule, index) => `group web ${rule} as sgr-${index + 1}`),
  'interface web 10.0.0.10 in web',
]

export const aclScenes: readonly Scene[] = [
  {
    id: 'group-answers',
    title: 'Group: the answer leaves by itself',
    claim: 'With a security group the answer to an admitted request needs no rule.',
    world: guarded('ingress tcp 80 from 0.0.0.0/0'),
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'The group has one inbound rule, for port 80. Does the request get in?',
        explains: 'The rule admits it, and the group remembers.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'Does the answer get out?',
        explains: 'Stateful: by the connection.',
      },
    ],
  },
  {
    id: 'acl-answers',
    title: 'ACL: the answer needs an entry',
    claim: "A network ACL keeps no state: an answer needs an outbound entry that holds the client's port.",
    world: behindAcl('ingress 100 allow tcp 80 from 0.0.0.0/0'),
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-2)',
        asks: 'The ACL has one inbound entry, for port 80; the group admits everything. Does the request get in?',
        explains: 'Entry 100 allows it.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA deny acl(*)',
        asks: 'Does the answer get out?',
        explains:
          'Stateless: no outbound entry allows a packet to port 40000, and the ACL does not know that somebody asked.',
      },
    ],
  },
  {
    id: 'acl-ephemeral-ports',
    title: 'ACL: ephemeral ports',
    claim: "An outbound ACL entry must hold the client's ephemeral port; a client below the range is not answered.",
    world: behindAcl('ingress 100 allow tcp 22 from 0.0.0.0/0', 'egress 100 allow tcp 32768-61000 to 0.0.0.0/0'),
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:50000 > 10.0.0.10:22 S allow untracked(sgr-1; sgr-2)',
        asks: 'Outbound, the ACL allows the client ports of Linux, 32768 to 61000. A client connects from port 50000. Does it get in?',
        explains: 'The inbound entry allows port 22.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:22 > 203.0.113.5:50000 SA allow untracked(sgr-2; sgr-1)',
        asks: 'Does the answer get out?',
        explains: 'Port 50000 is in the range.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:2000 > 10.0.0.10:22 S allow untracked(sgr-1; sgr-2)',
        asks: 'A client behind a NAT gateway connects from port 2000. Does it get in?',
        explains: 'The source port is not compared.',
      },
      {
        line: '1s web egress tcp 10.0.0.10:22 > 203.0.113.5:2000 SA deny acl(*)',
        asks: 'Does its answer get out?',
        explains: 'Port 2000 is below the range. To serve all clients the entry must allow 1024 to 65535.',
      },
    ],
  },
  {
    id: 'group-cannot-deny',
    title: 'Group: there is no deny',
    claim: 'A security group has rules that allow and none that deny: it cannot except one address from an open rule.',
    world: guarded('ingress tcp 80 from 0.0.0.0/0', 'egress any to 0.0.0.0/0'),
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-2)',
        asks: 'One client floods the site, and port 80 is open to all. Can its packet be kept out by another rule?',
        explains: 'No rule denies. The open rule admits it, whatever else is in the group.',
      },
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-2)',
        asks: 'And the other clients?',
        explains: 'Admitted by the same rule.',
      },
    ],
  },
  {
    id: 'acl-can-deny',
    title: 'ACL: an entry that denies',
    claim: 'A network ACL can deny one address before a later entry allows the rest.',
    world: behindAcl(
      'ingress 90 deny tcp 80 from 203.0.113.77/32',
      'ingress 100 allow any from 0.0.0.0/0',
      'egress 100 allow any to 0.0.0.0/0',
    ),
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S deny acl(90)',
        asks: 'Entry 90 denies that client, entry 100 allows everybody. Does its packet get in?',
        explains: 'The lowest number that matches decides.',
      },
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-2)',
        asks: 'And the other clients?',
        explains: 'Entry 90 does not match them, entry 100 does.',
      },
    ],
  },
  {
    id: 'group-has-no-order',
    title: 'Group: no order',
    claim: 'The rules of a group have no order: any that matches admits.',
    world: guarded('ingress tcp 22 from 203.0.113.5/32', 'ingress tcp 20-30 from 203.0.113.0/24'),
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S allow sgr-2',
        asks: 'A narrow rule stands before a wide one. A client that only the wide one names connects. Does it get in?',
        explains: 'Every rule is asked. One is enough.',
      },
    ],
  },
  {
    id: 'acl-has-order',
    title: 'ACL: the first match decides',
    claim:
      'Entries of an ACL are read in ascending order, and the first that matches decides; a deny behind it is never reached.',
    world: behindAcl(
      'ingress 100 allow any from 0.0.0.0/0',
      'ingress 110 deny tcp 22 from 203.0.113.77/32',
      'egress 100 allow any to 0.0.0.0/0',
    ),
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S allow untracked(sgr-1; sgr-2)',
        asks: 'Entry 100 allows all, entry 110 denies this client. Does it get in?',
        explains: 'Entry 100 matches first. Entry 110 is never read.',
      },
    ],
  },
  {
    id: 'group-change-spares',
    title: 'Group: a change spares what is tracked',
    claim: 'A change of rules does not cut tracked connections.',
    world: guarded('ingress tcp 22 from 203.0.113.0/24'),
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow sgr-1',
        asks: 'A client opens SSH. Does it get in?',
        explains: 'Tracked.',
      },
      { line: '1s revoke sgr-1', explains: 'You close SSH.' },
      {
        line: '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA allow connection(sgr-1, revoked)',
        asks: 'The client types on. Does that get in?',
        explains: 'The connection goes on until it idles out.',
      },
    ],
  },
  {
    id: 'acl-change-cuts',
    title: 'ACL: a change cuts',
    claim: 'A deny in a network ACL cuts every connection through it, tracked ones too.',
    world: [
      'acl edge',
      'acl edge ingress 100 allow any from 0.0.0.0/0',
      'acl edge egress 100 allow any to 0.0.0.0/0',
      'subnet front 10.0.0.0/24 acl edge',
      'group web ingress tcp 22 from 203.0.113.0/24 as sgr-1',
      'interface web 10.0.0.10 in web subnet front',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow sgr-1',
        asks: 'A client opens SSH. Does it get in?',
        explains: 'The ACL allows it, and the group tracks it.',
      },
      {
        line: '1s acl edge ingress 90 deny tcp 22 from 203.0.113.0/24',
        explains: 'You add entry 90, which denies SSH.',
      },
      {
        line: '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA deny acl(90)',
        asks: 'The client types on. Does that get in?',
        explains: 'An ACL judges each packet by itself. This is how to throw somebody out at once.',
      },
    ],
  },
  {
    id: 'group-guards-neighbours',
    title: 'Group: neighbours are judged too',
    claim: 'A security group stands at the interface: traffic inside a subnet passes it as well.',
    world: ['group web', 'interface web 10.0.0.10 in web', 'interface neighbour 10.0.0.20'],
    steps: [
      {
        line: '0s web ingress tcp 10.0.0.20:40000 > 10.0.0.10:22 S deny no-rule',
        asks: 'A neighbour in the same subnet tries SSH. The group has no rule. Does it get in?',
        explains: 'The group is asked about every packet of its interface.',
      },
    ],
  },
  {
    id: 'acl-spares-neighbours',
    title: 'ACL: only the edge of the subnet',
    claim: 'A network ACL stands at the edge of its subnet: it is not asked about traffic inside the subnet.',
    world: [
      'acl edge',
      'subnet front 10.0.0.0/24 acl edge',
      ...openGroup,
      'interface web 10.0.0.10 in open subnet front',
      'interface neighbour 10.0.0.20 subnet front',
    ],
    steps: [
      {
        line: '0s web ingress tcp 10.0.0.20:40000 > 10.0.0.10:22 S allow untracked(sgr-1; sgr-2)',
        asks: 'The ACL of the subnet denies everything. A neighbour inside the subnet tries SSH. Does it get in?',
        explains: 'The packet does not cross the edge of the subnet, so the ACL is not asked.',
      },
    ],
  },
  {
    id: 'group-ping',
    title: 'Group: a ping',
    claim: 'A security group that admits a ping lets its reply out.',
    world: guarded('ingress icmp any from 0.0.0.0/0'),
    steps: [
      {
        line: '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 1 allow sgr-1',
        asks: 'ICMP is admitted inbound. Does the ping get in?',
        explains: 'The rule admits it.',
      },
      {
        line: '0s web egress icmp 10.0.0.10 > 203.0.113.5 reply 1 allow connection(sgr-1)',
        asks: 'Does the reply get out?',
        explains: 'By state.',
      },
    ],
  },
  {
    id: 'acl-ping',
    title: 'ACL: a ping',
    claim: 'A network ACL that allows ICMP in only lets the ping in and drops its reply.',
    world: behindAcl('ingress 100 allow icmp any from 0.0.0.0/0'),
    steps: [
      {
        line: '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 1 allow sgr-1',
        asks: 'The ACL allows ICMP inbound; the group admits everything. Does the ping get in?',
        explains: 'Entry 100 allows it. A flow log shows ACCEPT.',
      },
      {
        line: '0s web egress icmp 10.0.0.10 > 203.0.113.5 reply 1 deny acl(*)',
        asks: 'Does the reply get out?',
        explains: 'No outbound entry allows it. A flow log shows REJECT.',
      },
    ],
  },
  {
    id: 'acl-cannot-block-dns',
    title: 'Neither blocks Amazon DNS',
    claim: 'Neither groups nor network ACLs filter traffic to Amazon DNS.',
    world: behindAcl('egress 50 deny udp 53 to 10.0.0.2/32', 'egress 100 allow any to 0.0.0.0/0'),
    steps: [
      {
        line: '0s web egress udp 10.0.0.10:50000 > 10.0.0.2:53 allow exempt',
        asks: 'Entry 50 denies DNS to the resolver of the VPC. The instance asks it. Does the query leave?',
        explains: 'Traffic to Amazon DNS passes neither the group nor the ACL.',
      },
    ],
  },
]
