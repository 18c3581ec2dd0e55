/** Questions for beginners: one packet, one rule. */

import type { Question } from '../content.ts'

export const easyQuestions: readonly Question[] = [
  {
    id: 'a-new-group',
    level: 'easy',
    topic: 'five-commands',
    scenario: 'You run create-security-group and put the new group on an instance, without any further command.',
    asks: 'What can pass?',
    world: ['group web egress any to 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in web'],
    options: [
      {
        text: 'Nothing, in either direction.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S deny',
          '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S deny',
        ],
        why: 'A new group starts with an outbound rule for all traffic.',
      },
      {
        text: 'Connections that the instance opens, and their answers.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S deny',
          '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S allow',
          '0s web ingress tcp 198.51.100.7:443 > 10.0.0.10:50000 SA allow',
        ],
        why: 'The outbound rule lets everything out, answers come back by state, and there is no inbound rule.',
      },
      {
        text: 'Everything, in both directions.',
        lines: ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow'],
        why: 'There is no inbound rule.',
      },
      {
        text: 'Connections that the instance opens, but no answers.',
        lines: [
          '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S allow',
          '0s web ingress tcp 198.51.100.7:443 > 10.0.0.10:50000 SA deny',
        ],
        why: 'The answer belongs to a connection that the group remembers.',
      },
    ],
    hint: 'describe-security-groups shows one rule in a new group. In which list?',
    solution: [
      'IpPermissions, the inbound list, is empty: strangers get nothing in.',
      'IpPermissionsEgress has one rule for all traffic: everything may leave.',
      'Answers to what left come back by state.',
    ],
  },
  {
    id: 'let-a-ping-in',
    level: 'easy',
    topic: 'icmp',
    scenario: 'A monitoring host at 203.0.113.5 should be able to ping your instance. The group has no rule.',
    asks: 'Which rule do you add?',
    world: ['group web', 'interface web 10.0.0.10 in web'],
    promise: [
      '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 1 allow',
      '0s web egress icmp 10.0.0.10 > 203.0.113.5 reply 1 allow',
    ],
    options: [
      {
        text: 'Inbound TCP 7 from 203.0.113.5/32',
        world: ['group web ingress tcp 7 from 203.0.113.5/32'],
        why: 'A ping is ICMP, which has no ports.',
      },
      {
        text: 'Inbound ICMP type 0, echo reply, from 203.0.113.5/32',
        world: ['group web ingress icmp 0 from 203.0.113.5/32'],
        why: 'What arrives is the request, type 8. The reply leaves.',
      },
      {
        text: 'Outbound ICMP type 8, echo request, to 203.0.113.5/32',
        world: ['group web egress icmp 8 to 203.0.113.5/32'],
        why: 'That lets your instance ping the host, not the other way round.',
      },
      {
        text: 'Inbound ICMP type 8, echo request, from 203.0.113.5/32',
        world: ['group web ingress icmp 8 from 203.0.113.5/32'],
        why: 'The request is admitted, and the reply leaves by state.',
      },
    ],
    hint: 'Which message arrives first, and what does it expect?',
    solution: [
      'The echo request, ICMP type 8, arrives: an inbound rule must admit it.',
      'The echo reply leaves. ICMP is tracked, so it needs no rule.',
    ],
  },
  {
    id: 'two-groups-on-one-interface',
    level: 'easy',
    topic: 'what-it-is',
    scenario:
      'An interface carries two groups. web admits TCP 80 from 0.0.0.0/0; admin admits TCP 22 from 203.0.113.5/32. There are no other rules.',
    asks: 'What is admitted?',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group admin ingress tcp 22 from 203.0.113.5/32 as sgr-2',
      'interface web 10.0.0.10 in web admin',
    ],
    options: [
      {
        text: 'Whatever a rule of either group admits.',
        lines: [
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S allow',
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
        ],
        why: 'The rules of all groups are one set.',
      },
      {
        text: 'Only what both groups admit.',
        lines: ['0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S deny'],
        why: 'A packet needs one rule, not one in each group.',
      },
      {
        text: 'Only what the first group admits.',
        lines: [
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S allow',
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S deny',
        ],
        why: 'Groups have no order. The rule of admin counts as well.',
      },
      {
        text: 'Port 22 for 203.0.113.5 only, as the strictest rule wins.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S deny',
        ],
        why: 'Rules only allow. A strict rule takes nothing away from an open one.',
      },
    ],
    hint: 'Can a rule of a security group deny?',
    solution: [
      'All rules of all groups are put together.',
      'A packet passes if any of them matches.',
      'So port 80 is open to all, and port 22 to one address.',
    ],
  },
  {
    id: 'ssh-from-the-office',
    level: 'easy',
    topic: 'what-it-is',
    scenario:
      'Your office has the addresses 203.0.113.0 to 203.0.113.255. SSH must be open to the office and to nobody else.',
    asks: 'Which rule do you add?',
    world: ['group web', 'interface web 10.0.0.10 in web'],
    promise: [
      '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
      '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S allow',
      '0s web ingress tcp 198.51.100.7:40000 > 10.0.0.10:22 S deny',
    ],
    options: [
      {
        text: 'Inbound TCP 22 from 0.0.0.0/0',
        world: ['group web ingress tcp 22 from 0.0.0.0/0'],
        why: 'That is everybody.',
      },
      {
        text: 'Inbound TCP 22 from 203.0.113.0/32',
        world: ['group web ingress tcp 22 from 203.0.113.0/32'],
        why: '/32 is the single address 203.0.113.0.',
      },
      {
        text: 'Inbound TCP 22 from 203.0.113.0/24',
        world: ['group web ingress tcp 22 from 203.0.113.0/24'],
        why: '/24 is all addresses that begin with 203.0.113.',
      },
      {
        text: 'Outbound TCP 22 to 203.0.113.0/24',
        world: ['group web egress tcp 22 to 203.0.113.0/24'],
        why: 'The office opens the connections, so the rule must be inbound.',
      },
    ],
    hint: 'How many addresses does a /24 hold?',
    solution: [
      'The connections come in: an inbound rule.',
      'SSH is TCP port 22.',
      '256 addresses that share their first 24 bits are written 203.0.113.0/24.',
    ],
  },
  {
    id: 'a-group-without-rules',
    level: 'easy',
    topic: 'never-filtered',
    scenario: 'You have removed every rule of a group, inbound and outbound. An instance carries this group alone.',
    asks: 'Which of these packets still leaves?',
    world: ['group none', 'interface web 10.0.0.10 in none'],
    options: [
      {
        text: 'An HTTPS request to a site',
        lines: ['0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S allow'],
        why: 'A new outbound connection needs an outbound rule.',
      },
      {
        text: 'A DNS query to a DNS server on the internet',
        lines: ['0s web egress udp 10.0.0.10:50000 > 198.51.100.7:53 allow'],
        why: 'Only Amazon DNS is exempt.',
      },
      {
        text: 'A ping to a neighbour in the same subnet',
        lines: ['0s web egress icmp 10.0.0.10 > 10.0.0.20 echo 1 allow'],
        why: 'Groups judge traffic inside a subnet as well.',
      },
      {
        text: 'A DNS query to Amazon DNS at 10.0.0.2',
        lines: ['0s web egress udp 10.0.0.10:50000 > 10.0.0.2:53 allow exempt'],
        why: 'Traffic to Amazon DNS is never filtered.',
      },
    ],
    hint: 'Some services of AWS stand beside the rules.',
    solution: [
      'Without rules nothing new leaves.',
      'Amazon DNS, instance metadata, DHCP and Amazon Time Sync are never filtered.',
      '10.0.0.2 is the address of Amazon DNS in a VPC that begins at 10.0.0.0.',
    ],
  },
  {
    id: 'a-game-server',
    level: 'easy',
    topic: 'what-it-is',
    scenario: 'A game server listens on UDP port 27015. Players come from anywhere. The group has no rule.',
    asks: 'Which rule do you add?',
    world: ['group game', 'interface game 10.0.0.10 in game'],
    promise: [
      '0s game ingress udp 203.0.113.5:50000 > 10.0.0.10:27015 allow',
      '0s game egress udp 10.0.0.10:27015 > 203.0.113.5:50000 allow',
    ],
    options: [
      {
        text: 'Inbound TCP 27015 from 0.0.0.0/0',
        world: ['group game ingress tcp 27015 from 0.0.0.0/0'],
        why: 'The game speaks UDP.',
      },
      {
        text: 'Inbound UDP 27015 from 0.0.0.0/0',
        world: ['group game ingress udp 27015 from 0.0.0.0/0'],
        why: "The players' datagrams are admitted, and the answers leave by state: UDP is tracked too.",
      },
      {
        text: 'Outbound UDP 27015 to 0.0.0.0/0',
        world: ['group game egress udp 27015 to 0.0.0.0/0'],
        why: 'The players send first.',
      },
      {
        text: 'Inbound UDP 50000 to 60000 from 0.0.0.0/0, the ports of the players',
        world: ['group game ingress udp 50000-60000 from 0.0.0.0/0'],
        why: 'A rule looks at the destination port. The source port is never compared.',
      },
    ],
    hint: 'Which port does a rule look at, that of the sender or that of the receiver?',
    solution: [
      'Datagrams arrive for UDP port 27015: an inbound rule for that port.',
      'The answers go back to the same address and port, and leave by state.',
    ],
  },
]
