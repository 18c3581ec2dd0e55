/** Questions of the third level: what time and changes do to connections that exist. */

import type { Question } from '../content.ts'

const open = ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow']
const ssh = '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow'
const typed = '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA'

export const hardQuestions: readonly Question[] = [
  {
    id: 'after-command-4',
    level: 'hard',
    topic: 'five-commands',
    scenario:
      'A group admits TCP 80 from 0.0.0.0/0 and has the outbound rule that it started with. A client has a connection open. You run revoke-security-group-egress on that outbound rule.',
    asks: 'What is true afterwards?',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    options: [
      {
        text: 'The open connection goes on, as its answers leave by state.',
        lines: [...open, '1s revoke sgr-2', '2s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA allow'],
        why: 'It has no state. Until the revoke it was untracked, and its answers left by the outbound rule.',
      },
      {
        text: 'Nothing is answered any more.',
        lines: [
          '1s revoke sgr-2',
          '3s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:80 S allow',
          '3s web egress tcp 10.0.0.10:80 > 203.0.113.5:40001 SA deny',
        ],
        why: 'A new connection is tracked, and its answers leave by state.',
      },
      {
        text: 'The open connection is cut; new ones are admitted and answered.',
        lines: [
          ...open,
          '1s revoke sgr-2',
          '2s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA deny',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA deny',
          '3s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:80 S allow',
          '3s web egress tcp 10.0.0.10:80 > 203.0.113.5:40001 SA allow',
        ],
        why: 'Untracked before the revoke, tracked after it.',
      },
      {
        text: 'The client can still send on the open connection, but gets no answer.',
        lines: [...open, '1s revoke sgr-2', '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA allow'],
        why: 'The inbound rule admits beginnings. The middle of a connection that nobody remembers is dropped.',
      },
    ],
    hint: 'What made the connection pass before the revoke, state or rules?',
    solution: [
      'Before: inbound 80 is open to all and outbound is open to all on all ports. The connection is untracked.',
      'The revoke breaks the pair. Nothing is remembered, so the connection is cut.',
      'A new connection has no pair, so it is tracked, and its answers leave without an outbound rule.',
    ],
  },
  {
    id: 'the-pool-that-hangs',
    level: 'hard',
    topic: 'idle-timeouts',
    scenario:
      "A database's interface has a TcpEstablishedTimeout of 350 seconds. Its group admits TCP 5432 from the application's subnet. A pooled connection is established and then idle for six minutes. The pool sends a query on it.",
    asks: 'What happens?',
    world: ['group db ingress tcp 5432 from 10.0.0.0/24 as sgr-1', 'interface db 10.0.1.9 in db idle tcp 350'],
    options: [
      {
        text: 'The query gets in, because the inbound rule matches it.',
        lines: [
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow',
          '360s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA allow',
        ],
        why: 'A rule admits the first packet of a TCP connection. The query is in the middle of one that was forgotten.',
      },
      {
        text: 'The query gets in, because an established connection never expires.',
        lines: [
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow',
          '360s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA allow connection(sgr-1)',
        ],
        why: 'A tracked connection expires when it idles for its timeout.',
      },
      {
        text: 'The query is dropped, and so is every new connection.',
        lines: [
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow',
          '360s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA deny',
          '361s db ingress tcp 10.0.0.5:40001 > 10.0.1.9:5432 S deny',
        ],
        why: 'The rule is as it was, so a new connection is admitted.',
      },
      {
        text: 'The query is dropped; a new connection is admitted.',
        lines: [
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow',
          '360s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA deny no-state',
          '361s db ingress tcp 10.0.0.5:40001 > 10.0.1.9:5432 S allow sgr-1',
        ],
        why: 'The connection was forgotten in silence. This is the hung connection pool.',
      },
    ],
    hint: 'Six minutes are 360 seconds.',
    solution: [
      'A tracked connection is forgotten when it idles for its timeout, here 350 seconds.',
      'After 360 seconds the query is the middle of an unknown connection and is dropped. Nobody is told.',
      'A fresh SYN is a beginning, which the rule admits. A keepalive every few minutes would have prevented it.',
    ],
  },
  {
    id: 'a-running-ping',
    level: 'hard',
    topic: 'icmp',
    scenario:
      'A group admits all ICMP from 0.0.0.0/0, and all traffic outbound to 0.0.0.0/0. A host pings your instance every second. You revoke the inbound rule.',
    asks: 'What happens to the running ping?',
    world: [
      'group web ingress icmp any from 0.0.0.0/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    options: [
      {
        text: 'It goes on, as ICMP is tracked, until it pauses for longer than its idle timeout.',
        lines: [
          '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow sgr-1',
          '1s revoke sgr-1',
          '2s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow connection(sgr-1, revoked)',
          '2s web egress icmp 10.0.0.10 > 203.0.113.5 reply 7 allow connection(sgr-1, revoked)',
          '62s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 deny',
        ],
        why: 'Only TCP and UDP can be untracked.',
      },
      {
        text: 'It is cut at once, as both directions were open to all.',
        lines: [
          '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow',
          '1s revoke sgr-1',
          '2s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 deny',
        ],
        why: 'That is so for TCP and UDP. ICMP is tracked even where everything is open.',
      },
      {
        text: 'It goes on, and other hosts can start pinging as well.',
        lines: [
          '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow',
          '1s revoke sgr-1',
          '2s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow',
          '2s web ingress icmp 203.0.113.77 > 10.0.0.10 echo 1 allow',
        ],
        why: 'A new ping is judged by the rules of now.',
      },
      {
        text: 'Requests still get in, but replies no longer leave.',
        lines: [
          '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow',
          '1s revoke sgr-1',
          '2s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow',
          '2s web egress icmp 10.0.0.10 > 203.0.113.5 reply 7 deny',
        ],
        why: 'What is tracked passes in both directions.',
      },
    ],
    hint: 'Which protocols can be untracked?',
    solution: [
      'TCP and UDP can be untracked; ICMP is always tracked.',
      'So the revoke does not interrupt the running ping.',
      'A pause longer than the idle timeout ends it. AWS does not publish that timeout.',
    ],
  },
  {
    id: 'a-range-is-not-all-ports',
    level: 'hard',
    topic: 'tracked-and-untracked',
    scenario:
      'A group admits TCP 80 from 0.0.0.0/0 inbound and TCP 1024 to 65535 to 0.0.0.0/0 outbound. A client has a connection open. You revoke the inbound rule.',
    asks: 'What happens to the connection?',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group web egress tcp 1024-65535 to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    options: [
      {
        text: 'It is cut at once: both directions were open to all addresses, so it was untracked.',
        lines: [...open, '1s revoke sgr-1', '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA deny'],
        why: 'The other direction must be open on all ports. 1024 to 65535 is not all.',
      },
      {
        text: 'It goes on: it is tracked, because the outbound rule does not hold all ports.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA allow connection(sgr-1, revoked)',
        ],
        why: 'Only 0 to 65535, or all traffic, makes the pair.',
      },
      {
        text: 'The server can go on sending by the outbound rule; the client is cut off.',
        lines: [
          ...open,
          '1s revoke sgr-1',
          '2s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA allow',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA deny',
        ],
        why: 'The connection is tracked, so both directions pass.',
      },
      {
        text: 'It goes on, and new connections are admitted by the outbound rule.',
        lines: [
          ...open,
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA allow',
          '2s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:80 S allow',
        ],
        why: 'An outbound rule admits nothing that arrives.',
      },
    ],
    hint: 'Untracked needs the other direction open to all addresses on all ports.',
    solution: [
      'The inbound rule is open to all addresses.',
      'The outbound rule lacks ports 0 to 1023, so it does not make the pair.',
      'The connection is tracked, and a revoke does not interrupt it.',
    ],
  },
  {
    id: 'narrowing-an-open-rule',
    level: 'hard',
    topic: 'tracked-and-untracked',
    scenario:
      'SSH is open to 0.0.0.0/0, and so is everything outbound. You have a session open from 203.0.113.5. You replace the inbound rule by one for 203.0.113.5/32.',
    asks: 'What happens to you?',
    world: [
      'group web ingress tcp 22 from 0.0.0.0/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    options: [
      {
        text: 'The session goes on, because the new rule names your address.',
        lines: [
          ssh,
          '1s revoke sgr-1',
          '1s authorize web ingress tcp 22 from 203.0.113.5/32 as sgr-3',
          `${typed} allow`,
        ],
        why: 'A narrow rule tracks, and your session was never remembered.',
      },
      {
        text: 'The session is cut, and you cannot connect again until it has timed out.',
        lines: [
          ssh,
          '1s revoke sgr-1',
          '1s authorize web ingress tcp 22 from 203.0.113.5/32 as sgr-3',
          `${typed} deny`,
          '3s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S deny',
        ],
        why: 'A new connection is admitted at once.',
      },
      {
        text: 'The session is cut, and you can connect again at once.',
        lines: [
          ssh,
          '1s revoke sgr-1',
          '1s authorize web ingress tcp 22 from 203.0.113.5/32 as sgr-3',
          `${typed} deny`,
          '3s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S allow',
        ],
        why: 'The old session was untracked and has nothing to fall back on. The new one is tracked.',
      },
      {
        text: 'Nothing: sessions of everybody go on, because security groups are stateful.',
        lines: [
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '1s authorize web ingress tcp 22 from 203.0.113.5/32 as sgr-3',
          '2s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 PA allow',
        ],
        why: 'They were untracked.',
      },
    ],
    hint: 'Was your session remembered under the open rule?',
    solution: [
      'Under two open rules your session was untracked.',
      'The narrow rule does not make an untracked connection. Your next packet is the middle of a connection that nobody knows.',
      'A new connection is admitted by the narrow rule and is tracked.',
    ],
  },
  {
    id: 'throw-somebody-out',
    level: 'hard',
    topic: 'groups-and-acls',
    scenario:
      'An intruder at 203.0.113.77 has an SSH session on your instance. The group admits TCP 22 from 203.0.113.0/24 and has no outbound rule. The network ACL allows everything, by entry 100.',
    asks: 'Which change cuts the session at once?',
    world: [
      'acl edge',
      'acl edge ingress 100 allow any from 0.0.0.0/0',
      'acl edge egress 100 allow any to 0.0.0.0/0',
      'subnet front 10.0.0.0/24 acl edge',
      'group web ingress tcp 22 from 203.0.113.0/24 as sgr-1',
      'group quarantine',
      'interface web 10.0.0.10 in web subnet front',
    ],
    options: [
      {
        text: 'Revoke the inbound rule.',
        lines: [
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S allow',
          '1s revoke sgr-1',
          '2s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 PA deny',
        ],
        why: 'The session is tracked and goes on.',
      },
      {
        text: 'Add an inbound ACL entry 90 that denies 203.0.113.77/32.',
        lines: [
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S allow',
          '1s acl edge ingress 90 deny any from 203.0.113.77/32',
          '2s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 PA deny acl(90)',
        ],
        why: 'An ACL judges every packet by itself, tracked or not.',
      },
      {
        text: 'Put the interface into a group without rules, and take it out of the other.',
        lines: [
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S allow',
          '1s attach quarantine to web',
          '1s detach web from web',
          '2s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 PA deny',
        ],
        why: 'Detaching a group acts as revoking its rules: tracked connections go on. Many first-response guides forget this.',
      },
      {
        text: 'Add an inbound ACL entry 110 that denies 203.0.113.77/32.',
        lines: [
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S allow',
          '1s acl edge ingress 110 deny any from 203.0.113.77/32',
          '2s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 PA deny',
        ],
        why: 'Entry 100 matches first and allows. Entry 110 is never read.',
      },
    ],
    hint: 'What is stateless?',
    solution: [
      'The session came by a narrow rule, so it is tracked: no change of rules or groups cuts it.',
      'A network ACL remembers nothing and judges each packet.',
      'The deny must have a lower number than the entry that allows.',
    ],
  },
  {
    id: 'database-with-fewest-rules',
    level: 'hard',
    topic: 'two-interfaces',
    scenario:
      'An application must reach its database on TCP 5432. Neither may do anything else. Both groups start empty.',
    asks: 'Which rules do you need?',
    world: ['group app', 'group db', 'interface app 10.0.0.5 in app', 'interface db 10.0.1.9 in db'],
    promise: [
      '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
      '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
      '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
      '0s app ingress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
      '1s app egress tcp 10.0.0.5:40001 > 198.51.100.7:443 S deny',
      '1s db egress tcp 10.0.1.9:50000 > 10.0.0.5:5432 S deny',
    ],
    options: [
      {
        text: 'At db: inbound TCP 5432 from app',
        world: ['group db ingress tcp 5432 from app'],
        why: 'The packet does not leave the application.',
      },
      {
        text: 'At app: outbound TCP 5432 to db. At db: inbound TCP 5432 from app, and outbound TCP 5432 to app for the results',
        world: [
          'group app egress tcp 5432 to db',
          'group db ingress tcp 5432 from app',
          'group db egress tcp 5432 to app',
        ],
        why: 'The results leave by state. The third rule lets the database open connections to the application.',
      },
      {
        text: 'At app: all traffic outbound. At db: inbound TCP 5432 from app',
        world: ['group app egress any to 0.0.0.0/0', 'group db ingress tcp 5432 from app'],
        why: 'The application may then open anything.',
      },
      {
        text: 'At app: outbound TCP 5432 to db. At db: inbound TCP 5432 from app',
        world: ['group app egress tcp 5432 to db', 'group db ingress tcp 5432 from app'],
        why: 'One rule for the beginning at each end. The answers pass both ends by state.',
      },
    ],
    hint: 'Two interfaces judge the first packet. Who judges the answer?',
    solution: [
      'The first packet leaves the application: an outbound rule there.',
      'It arrives at the database: an inbound rule there.',
      'The answer belongs to a connection that both ends remember.',
    ],
  },
  {
    id: 'a-late-datagram',
    level: 'hard',
    topic: 'tracked-and-untracked',
    scenario:
      'A DNS server admits UDP 53 from 0.0.0.0/0, and all traffic outbound to 0.0.0.0/0. A client has asked. You revoke the inbound rule. Then the server sends its answer, and then the client asks again from the same port.',
    asks: 'What becomes of the two datagrams?',
    world: [
      'group dns ingress udp 53 from 0.0.0.0/0 as sgr-1',
      'group dns egress any to 0.0.0.0/0 as sgr-2',
      'interface dns 10.0.0.10 in dns',
    ],
    options: [
      {
        text: 'Both are dropped: the flow was untracked and is cut.',
        lines: [
          '0s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow',
          '1s revoke sgr-1',
          '2s dns egress udp 10.0.0.10:53 > 203.0.113.5:1000 deny',
        ],
        why: 'A TCP connection would be cut. A datagram has no mark that says it is the middle of something.',
      },
      {
        text: 'The answer leaves; the second question is dropped, as there is no inbound rule.',
        lines: [
          '0s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow',
          '1s revoke sgr-1',
          '2s dns egress udp 10.0.0.10:53 > 203.0.113.5:1000 allow',
          '3s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 deny',
        ],
        why: 'The answer opened a flow of its own, and the second question fits as its answer.',
      },
      {
        text: 'The answer leaves by the outbound rule and opens a flow, by which the second question gets in.',
        lines: [
          '0s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow',
          '1s revoke sgr-1',
          '2s dns egress udp 10.0.0.10:53 > 203.0.113.5:1000 allow sgr-2',
          '3s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow connection(sgr-2)',
        ],
        why: 'Any datagram that a rule admits opens a flow.',
      },
      {
        text: 'The answer is dropped; the second question gets in by state.',
        lines: [
          '0s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow',
          '1s revoke sgr-1',
          '2s dns egress udp 10.0.0.10:53 > 203.0.113.5:1000 deny',
          '3s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow',
        ],
        why: 'The outbound rule admits the answer as a new flow.',
      },
    ],
    hint: 'UDP has no SYN. How could a group tell a beginning from the rest?',
    solution: [
      'The flow was untracked, so nothing is remembered of the first question.',
      'The late answer is a datagram that the outbound rule admits: a new flow, tracked.',
      'The second question has the same addresses and ports, swapped: it answers that flow.',
    ],
  },
  {
    id: 'at-the-allowance',
    level: 'hard',
    topic: 'tracking-allowance',
    scenario:
      'An instance has reached its tracking allowance. Its group admits TCP 80 from 0.0.0.0/0, TCP 22 and ICMP echo requests from 203.0.113.5/32, and all traffic outbound to 0.0.0.0/0. For this question the allowance is one connection, an SSH session that is open.',
    asks: 'Which new packet is still admitted?',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group web ingress tcp 22 from 203.0.113.5/32 as sgr-2',
      'group web ingress icmp 8 from 203.0.113.5/32 as sgr-3',
      'group web egress any to 0.0.0.0/0 as sgr-4',
      'interface web 10.0.0.10 in web',
      'path web allowance 1',
    ],
    options: [
      {
        text: 'A second SSH session of 203.0.113.5',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S allow',
        ],
        why: 'It would have to be tracked, and there is no place.',
      },
      {
        text: 'A ping from 203.0.113.5',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 1 allow',
        ],
        why: 'ICMP is tracked.',
      },
      {
        text: 'A DNS query of the instance to 198.51.100.7, which no inbound rule is open for',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s web egress udp 10.0.0.10:50000 > 198.51.100.7:53 allow',
        ],
        why: 'Inbound is not open on all ports of UDP, so the query would have to be tracked.',
      },
      {
        text: 'An HTTP request from any client',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow',
          '1s web ingress tcp 203.0.113.77:40002 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-4)',
        ],
        why: 'It is untracked, and untracked connections take no place.',
      },
    ],
    hint: 'Which of the four needs no memory?',
    solution: [
      'The allowance counts tracked connections.',
      'TCP 80 is open to all, and so is everything outbound on all ports: untracked.',
      'The other three would be tracked, and are dropped.',
    ],
  },
]
