/** The five questions that every course on security groups asks. */

import type { Question } from '../content.ts'

const request = '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S'
const answer = '0s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 SA'
const sshFromOne = ['group web ingress tcp 22 from 203.0.113.5/32 as sgr-1', 'interface web 10.0.0.10 in web']

export const firstFive: readonly Question[] = [
  {
    id: 'what-stateful-means',
    level: 'easy',
    topic: 'key-concept',
    scenario: 'Your instance has one security group with one rule: inbound TCP 22 from 203.0.113.5/32.',
    asks: 'Security groups are called stateful. What does that mean here?',
    world: sshFromOne,
    options: [
      {
        text: 'The answers to an admitted connection leave by themselves, without an outbound rule.',
        lines: [`${request} allow sgr-1`, `${answer} allow connection(sgr-1)`],
        why: 'The group remembers the connection that it admitted, and an answer belongs to it.',
      },
      {
        text: 'Each direction of the connection needs a rule of its own.',
        lines: [`${request} allow`, `${answer} deny`],
        why: 'That would be stateless, as network ACLs are. Here the answer leaves although no outbound rule exists.',
      },
      {
        text: 'The group remembers who has logged in, and lets everything of that user pass.',
        lines: [`${request} allow`, '1s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:23 S allow'],
        why: 'A connection is remembered, not a person. Another port of the same client is refused.',
      },
      {
        text: 'The group blocks all traffic, whatever its rules.',
        lines: [`${request} deny`],
        why: 'It blocks what no rule admits. This request is admitted.',
      },
    ],
    hint: 'Think of the second packet of the connection. Which rule would it need?',
    solution: [
      'The request matches the inbound rule: TCP, port 22, source 203.0.113.5.',
      'The group now remembers the connection.',
      'The answer has the same addresses and ports, swapped. It belongs to the connection and leaves.',
    ],
  },
  {
    id: 'let-http-in',
    level: 'easy',
    topic: 'what-it-is',
    scenario: 'A web server listens on TCP port 80. Its security group has no rule yet.',
    asks: 'Which rule lets clients reach it over HTTP?',
    world: ['group web', 'interface web 10.0.0.10 in web'],
    promise: ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow'],
    options: [
      {
        text: 'Inbound TCP 22 from 0.0.0.0/0',
        world: ['group web ingress tcp 22 from 0.0.0.0/0'],
        why: 'Port 22 is SSH. The request is for port 80.',
      },
      {
        text: 'Outbound TCP 80 to 0.0.0.0/0',
        world: ['group web egress tcp 80 to 0.0.0.0/0'],
        why: 'An outbound rule is for connections that the instance opens. The request arrives.',
      },
      {
        text: 'Inbound UDP 80 from 0.0.0.0/0',
        world: ['group web ingress udp 80 from 0.0.0.0/0'],
        why: 'HTTP runs over TCP here. A rule for UDP does not match TCP.',
      },
      {
        text: 'Inbound TCP 80 from 0.0.0.0/0',
        world: ['group web ingress tcp 80 from 0.0.0.0/0'],
        why: 'Direction, protocol, port and source all match the request.',
      },
    ],
    hint: 'Four things must match: direction, protocol, port and source.',
    solution: [
      'The first packet of a client arrives: the direction is inbound.',
      'HTTP uses TCP, and the packet is for port 80.',
      'The clients may be anywhere: 0.0.0.0/0.',
    ],
  },
  {
    id: 'answer-to-ssh',
    level: 'medium',
    topic: 'key-concept',
    scenario: 'The only rule of a group is inbound TCP 22 from 203.0.113.5/32. That client opens SSH.',
    asks: "What happens to the instance's answer?",
    world: sshFromOne,
    options: [
      {
        text: 'It is blocked until you add an outbound rule for port 22.',
        lines: [`${request} allow`, `${answer} deny`],
        why: "It leaves without one. A rule for outbound port 22 would not even match: the answer goes to the client's port 40000.",
      },
      {
        text: 'It leaves, because it belongs to a connection that the group admitted.',
        lines: [`${request} allow sgr-1`, `${answer} allow connection(sgr-1)`],
        why: 'Security groups are stateful.',
      },
      {
        text: 'It is blocked until you add a second inbound rule.',
        lines: [`${request} allow`, `${answer} deny`],
        why: 'Inbound rules do not judge what leaves, and the answer leaves already.',
      },
      {
        text: 'It can leave only through a NAT gateway.',
        lines: [`${request} allow`, `${answer} deny`],
        why: 'A NAT gateway is for connections that instances in private subnets open. The answer leaves the interface without one.',
      },
    ],
    hint: 'The group has seen the request. What does it do with what it has seen?',
    solution: [
      'The request matches the rule and is remembered.',
      'The answer is the same connection, the other way.',
      'It leaves by state. No rule and no gateway is asked.',
    ],
  },
  {
    id: 'why-ssh-fails',
    level: 'medium',
    topic: 'what-it-is',
    scenario:
      'A group has one rule: all traffic outbound to 0.0.0.0/0. A client on the internet tries SSH and times out.',
    asks: 'Why?',
    world: ['group web egress any to 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in web'],
    options: [
      {
        text: 'No inbound rule admits port 22.',
        lines: [
          `${request} deny no-rule`,
          '1s authorize web ingress tcp 22 from 203.0.113.5/32 as sgr-2',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
        ],
        why: 'The first packet is dropped on its way in. With an inbound rule it is admitted.',
      },
      {
        text: 'The request gets in, but the outbound rule blocks the answer.',
        lines: [`${request} allow`, `${answer} deny`],
        why: 'It never comes to an answer: the request itself is dropped. And an outbound rule allows, it never blocks.',
      },
      {
        text: 'An inbound rule alone would not do: both directions always need a rule.',
        lines: [
          '0s revoke sgr-1',
          '0s authorize web ingress tcp 22 from 203.0.113.5/32 as sgr-2',
          `${request} allow`,
          `${answer} deny`,
        ],
        why: 'With the inbound rule alone, and no outbound rule at all, the request gets in and its answer leaves.',
      },
      {
        text: 'The rules admit it; only a public address is missing.',
        lines: [`${request} allow`],
        why: 'An address brings the packet to the interface. There the group drops it, as no inbound rule admits it.',
      },
    ],
    hint: 'Follow the first packet. Where does it stop?',
    solution: [
      'The first packet arrives: inbound rules judge it.',
      'The group has none, so the packet is dropped, and the client times out.',
      'One inbound rule for TCP 22 mends it. The answer needs nothing more.',
    ],
  },
  {
    id: 'http-with-fewest-rules',
    level: 'hard',
    topic: 'mistakes',
    scenario:
      'A web server must answer HTTP requests from anywhere. Nothing else may be opened, in either direction. The group starts empty, without the outbound rule that AWS adds.',
    asks: 'Which rules do you need?',
    world: ['group web', 'interface web 10.0.0.10 in web'],
    promise: [
      '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
      '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow',
      '1s web egress tcp 10.0.0.10:50000 > 198.51.100.7:80 S deny',
      '1s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S deny',
      '1s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S deny',
    ],
    options: [
      {
        text: 'Inbound TCP 80 and outbound TCP 80',
        world: ['group web ingress tcp 80 from 0.0.0.0/0', 'group web egress tcp 80 to 0.0.0.0/0'],
        why: 'The outbound rule does nothing for answers. It lets the server open HTTP connections of its own.',
      },
      {
        text: 'Inbound TCP 80 and all traffic outbound',
        world: ['group web ingress tcp 80 from 0.0.0.0/0', 'group web egress any to 0.0.0.0/0'],
        why: 'The server may then open any connection outbound.',
      },
      {
        text: 'Inbound TCP 80 alone',
        world: ['group web ingress tcp 80 from 0.0.0.0/0'],
        why: 'The request is admitted, the answer leaves by state, and nothing else passes.',
      },
      {
        text: 'All traffic inbound and outbound',
        world: ['group web ingress any from 0.0.0.0/0', 'group web egress any to 0.0.0.0/0'],
        why: 'Every port is open to everybody.',
      },
    ],
    hint: 'Count what each rule opens besides what was asked for.',
    solution: [
      'The request needs an inbound rule: TCP 80 from 0.0.0.0/0.',
      'The answer leaves by state and needs no rule.',
      'Every further rule opens something that nobody asked for.',
    ],
  },
]
