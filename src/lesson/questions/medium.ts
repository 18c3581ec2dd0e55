/** Questions of the second level: two packets, or two ends. */

import type { Question } from '../content.ts'

const appAndDb = ['interface app 10.0.0.5 in app', 'interface db 10.0.1.9 in db']

export const mediumQuestions: readonly Question[] = [
  {
    id: 'reference-and-public-address',
    level: 'medium',
    topic: 'group-references',
    scenario:
      "The group db admits TCP 5432 from the group app. The application connects to the database's public address and times out.",
    asks: 'Why?',
    world: ['group app egress any to 0.0.0.0/0 as sgr-1', 'group db ingress tcp 5432 from app as sgr-2', ...appAndDb],
    options: [
      {
        text: 'The database needs an outbound rule.',
        lines: [
          '0s authorize db egress any to 0.0.0.0/0 as sgr-3',
          '0s db ingress tcp 198.51.100.20:40000 > 10.0.1.9:5432 S allow',
        ],
        why: 'It is the request that is dropped, on its way in.',
      },
      {
        text: 'Its packets arrive with its public address, which a group reference does not hold.',
        lines: [
          '0s db ingress tcp 198.51.100.20:40000 > 10.0.1.9:5432 S deny no-rule',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-2',
        ],
        why: 'A reference stands for private addresses. Connect to the private address.',
      },
      {
        text: 'The application needs an inbound rule for port 5432.',
        lines: [
          '0s authorize app ingress tcp 5432 from db as sgr-3',
          '0s db ingress tcp 198.51.100.20:40000 > 10.0.1.9:5432 S allow',
        ],
        why: 'The application opens the connection. Its answers come in by state.',
      },
      {
        text: 'A group reference does not work between two subnets.',
        lines: ['0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S deny'],
        why: 'It does: from its private address the application is admitted, and the two are in different subnets.',
      },
    ],
    hint: 'Which source address does the database see?',
    solution: [
      "To a public address the packet travels over the internet gateway, and arrives with the application's public address.",
      'The rule stands for the private addresses of the members of app.',
      'Connecting to the private address 10.0.1.9 is admitted.',
    ],
  },
  {
    id: 'revoke-a-narrow-rule',
    level: 'medium',
    topic: 'tracked-and-untracked',
    scenario:
      'A group admits TCP 22 from 203.0.113.5/32, and all traffic outbound. That client has an SSH session open. You revoke the inbound rule.',
    asks: 'What happens to the session?',
    world: [
      'group web ingress tcp 22 from 203.0.113.5/32 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    options: [
      {
        text: 'It is cut at once.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA deny',
        ],
        why: 'That happens to untracked connections. A rule for one address makes a tracked one.',
      },
      {
        text: 'The server can still send, the client cannot.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '2s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 PA allow',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA deny',
        ],
        why: 'A tracked connection passes in both directions.',
      },
      {
        text: 'It goes on, and a second session is admitted as well.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA allow',
          '2s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S allow',
        ],
        why: 'The open session goes on, but a new one is judged by the rules of now.',
      },
      {
        text: 'It goes on until it idles out; a second session is refused.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow sgr-1',
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA allow connection(sgr-1, revoked)',
          '2s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S deny no-rule',
        ],
        why: 'It is tracked, because the rule is not open to all addresses.',
      },
    ],
    hint: 'Is the connection tracked? Look at the source of the inbound rule.',
    solution: [
      'The inbound rule is for one address, so the connection is tracked.',
      'A tracked connection is not interrupted when its rule is revoked.',
      'A new connection needs a rule that exists.',
    ],
  },
  {
    id: 'revoke-an-open-rule',
    level: 'medium',
    topic: 'tracked-and-untracked',
    scenario:
      'A group admits TCP 22 from 0.0.0.0/0, and all traffic outbound to 0.0.0.0/0. A client has an SSH session open. You revoke the inbound rule.',
    asks: 'What happens to the session?',
    world: [
      'group web ingress tcp 22 from 0.0.0.0/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    options: [
      {
        text: 'It is cut at once, in both directions.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA deny',
          '2s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 PA deny',
        ],
        why: 'Both directions were open to all, so nothing was remembered.',
      },
      {
        text: 'It goes on until it idles out, because security groups are stateful.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA allow',
        ],
        why: 'Only tracked connections go on. This one is untracked.',
      },
      {
        text: 'The server can still send, because the outbound rule is there.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '2s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 PA allow',
        ],
        why: 'The outbound rule opens new connections. The middle of a connection that nobody remembers opens none.',
      },
      {
        text: 'The session is cut, but the client can connect again.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA deny',
          '3s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S allow',
        ],
        why: 'The rule that would admit a new connection is the one that you revoked.',
      },
    ],
    hint: 'When both directions are open to all addresses, what does the group remember?',
    solution: [
      'Inbound is open to 0.0.0.0/0, outbound is open to 0.0.0.0/0 on all ports: the connection is untracked.',
      'Its packets pass by the rules alone.',
      'With the inbound rule gone the pair is broken, and the session is cut.',
    ],
  },
  {
    id: 'members-of-one-group',
    level: 'medium',
    topic: 'default-group',
    scenario:
      'Two instances, a and b, carry the group web, whose only rule is all traffic outbound. They must reach each other on TCP 8080. Nobody else may.',
    asks: 'Which rule do you add?',
    world: ['group web egress any to 0.0.0.0/0', 'interface a 10.0.0.5 in web', 'interface b 10.0.0.6 in web'],
    promise: [
      '0s b ingress tcp 10.0.0.5:40000 > 10.0.0.6:8080 S allow',
      '0s b ingress tcp 203.0.113.5:40000 > 10.0.0.6:8080 S deny',
    ],
    options: [
      {
        text: 'None: members of one group reach each other anyway.',
        why: 'They do not. The default group has a rule for that, and a group of your own has none.',
      },
      {
        text: 'Outbound TCP 8080 to the group web itself',
        world: ['group web egress tcp 8080 to web'],
        why: 'Everything may leave already. What is missing is an inbound rule at b.',
      },
      {
        text: 'Inbound TCP 8080 from the group web itself',
        world: ['group web ingress tcp 8080 from web'],
        why: 'Its members are the sources that the rule stands for.',
      },
      {
        text: 'Inbound TCP 8080 from 0.0.0.0/0',
        world: ['group web ingress tcp 8080 from 0.0.0.0/0'],
        why: 'That admits everybody.',
      },
    ],
    hint: 'A group may name itself.',
    solution: [
      'The packet leaves a by the outbound rule.',
      'At b an inbound rule must admit it.',
      'A rule whose source is the group itself holds its members and nobody else.',
    ],
  },
  {
    id: 'what-the-acl-lacks',
    level: 'medium',
    topic: 'groups-and-acls',
    scenario:
      'A web server has a group that admits TCP 80. The network ACL of its subnet has one entry besides the final deny: inbound 100, allow TCP 80 from 0.0.0.0/0. No page loads.',
    asks: 'What is missing?',
    world: [
      'acl edge',
      'acl edge ingress 100 allow tcp 80 from 0.0.0.0/0',
      'subnet front 10.0.0.0/24 acl edge',
      'group web ingress tcp 80 from 0.0.0.0/0',
      'interface web 10.0.0.10 in web subnet front',
    ],
    promise: [
      '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
      '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow',
    ],
    options: [
      {
        text: 'An outbound rule in the security group',
        world: ['group web egress any to 0.0.0.0/0'],
        why: 'The group would let the answer out anyway. The ACL still drops it.',
      },
      {
        text: 'An outbound entry of the ACL that allows TCP 80',
        world: ['acl edge egress 100 allow tcp 80 to 0.0.0.0/0'],
        why: "The answer comes from port 80, but it goes to the client's port, here 40000. Entries look at the destination port.",
      },
      {
        text: 'An inbound entry of the ACL that allows TCP 1024 to 65535',
        world: ['acl edge ingress 110 allow tcp 1024-65535 from 0.0.0.0/0'],
        why: 'The answer goes out.',
      },
      {
        text: 'An outbound entry of the ACL that allows TCP 1024 to 65535',
        world: ['acl edge egress 100 allow tcp 1024-65535 to 0.0.0.0/0'],
        why: "It holds the clients' ephemeral ports, which answers go to.",
      },
    ],
    hint: 'An ACL does not remember the request. To which port does the answer go?',
    solution: [
      'The request passes the ACL by entry 100, and the group by its rule.',
      'The answer passes the group by state.',
      'The ACL is stateless: an outbound entry must allow the port of the client.',
    ],
  },
  {
    id: 'ipv6-clients',
    level: 'medium',
    topic: 'what-it-is',
    scenario:
      'A site works for IPv4 clients. Its group admits TCP 443 from 0.0.0.0/0. IPv6 clients time out, though the instance has an IPv6 address.',
    asks: 'What do you change? SSH must stay closed.',
    world: ['group web ingress tcp 443 from 0.0.0.0/0', 'interface web 10.0.0.10 2001:db8::10 in web'],
    promise: [
      '0s web ingress tcp [2001:db8:1::5]:40000 > [2001:db8::10]:443 S allow',
      '0s web ingress tcp [2001:db8:1::5]:40001 > [2001:db8::10]:22 S deny',
    ],
    options: [
      {
        text: 'Add inbound TCP 443 from ::/0.',
        world: ['group web ingress tcp 443 from ::/0'],
        why: '::/0 is every IPv6 address.',
      },
      {
        text: 'Add all traffic inbound from 0.0.0.0/0.',
        world: ['group web ingress any from 0.0.0.0/0'],
        why: '0.0.0.0/0 holds no IPv6 address, whatever the protocol.',
      },
      {
        text: 'Add all traffic outbound to ::/0.',
        world: ['group web egress any to ::/0'],
        why: 'The request is what is dropped.',
      },
      {
        text: 'Add all traffic inbound from ::/0.',
        world: ['group web ingress any from ::/0'],
        why: 'That opens SSH to every IPv6 address as well.',
      },
    ],
    hint: 'Which addresses does 0.0.0.0/0 hold?',
    solution: [
      'IPv4 and IPv6 are matched apart.',
      'Anywhere is two rules: 0.0.0.0/0 and ::/0.',
      'Only port 443 was asked for.',
    ],
  },
  {
    id: 'where-does-it-stop',
    level: 'medium',
    topic: 'two-interfaces',
    scenario:
      'The group db admits TCP 5432 from the group app. You have removed the outbound rule of app, which has no other rule. The application times out.',
    asks: 'Where does the first packet stop?',
    world: ['group app', 'group db ingress tcp 5432 from app as sgr-1', ...appAndDb],
    options: [
      {
        text: 'At the database, on its way in',
        lines: [
          '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S deny',
        ],
        why: 'It never gets there. There it would be admitted.',
      },
      {
        text: 'At the application, on its way out',
        lines: ['0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S deny no-rule'],
        why: 'A new connection needs an outbound rule at its sender.',
      },
      {
        text: 'Nowhere: the answer stops at the database, on its way out',
        lines: [
          '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA deny',
        ],
        why: 'There is no answer, as the request does not leave.',
      },
      {
        text: 'Nowhere: the answer stops at the application, on its way in',
        lines: [
          '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s app ingress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA deny',
        ],
        why: 'The request does not leave.',
      },
    ],
    hint: 'Begin at the sender.',
    solution: [
      'The packet meets the outbound rules of app first.',
      'There are none, so it is dropped there.',
      "The database's rule is right and is never asked.",
    ],
  },
  {
    id: 'https-only-outbound',
    level: 'medium',
    topic: 'key-concept',
    scenario:
      'A worker must fetch data from sites over HTTPS, TCP 443. It must open nothing else, and nobody may open a connection to it. Its group is empty.',
    asks: 'Which rules do you need?',
    world: ['group worker', 'interface worker 10.0.0.10 in worker'],
    promise: [
      '0s worker egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S allow',
      '0s worker ingress tcp 198.51.100.7:443 > 10.0.0.10:50000 SA allow',
      '1s worker ingress tcp 203.0.113.5:40000 > 10.0.0.10:50001 S deny',
      '1s worker ingress tcp 203.0.113.5:40000 > 10.0.0.10:443 S deny',
      '1s worker egress tcp 10.0.0.10:50002 > 198.51.100.7:80 S deny',
    ],
    options: [
      {
        text: 'Outbound TCP 443, and inbound TCP 1024 to 65535 for the answers',
        world: ['group worker egress tcp 443 to 0.0.0.0/0', 'group worker ingress tcp 1024-65535 from 0.0.0.0/0'],
        why: 'Answers come in by state. The inbound rule opens sixty thousand ports to everybody.',
      },
      {
        text: 'Inbound TCP 443',
        world: ['group worker ingress tcp 443 from 0.0.0.0/0'],
        why: 'The worker opens the connections, so the rule must be outbound.',
      },
      {
        text: 'All traffic outbound',
        world: ['group worker egress any to 0.0.0.0/0'],
        why: 'More may leave than was asked for.',
      },
      {
        text: 'Outbound TCP 443 alone',
        world: ['group worker egress tcp 443 to 0.0.0.0/0'],
        why: 'The connections may be opened, and their answers come in by state.',
      },
    ],
    hint: 'State works in both directions.',
    solution: [
      'The worker opens connections to port 443: one outbound rule.',
      'The answers belong to these connections and come in by state.',
      'Nothing else is needed, so nothing else is opened.',
    ],
  },
]
