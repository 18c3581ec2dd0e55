/** Configurations that are wrong, and what they should do. */

import type { Exercise } from '../content.ts'

const web = 'interface web 10.0.0.10 in web'

export const fixExercises: readonly Exercise[] = [
  {
    id: 'fix-wrong-direction',
    kind: 'fix',
    level: 'easy',
    title: 'The rule in the wrong list',
    scenario:
      'A colleague opened port 80 for a web server, but no page loads. The group web should admit HTTP from everywhere, and the server should open nothing itself.',
    world: ['group web egress tcp 80 to 0.0.0.0/0', web],
    goals: [
      { text: 'HTTP requests get in.', lines: ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow'] },
      {
        text: 'Answers get out.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
          '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow',
        ],
      },
      {
        text: 'The server opens no connections.',
        lines: [
          '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:80 S deny',
          '0s web egress tcp 10.0.0.10:50001 > 198.51.100.7:443 S deny',
        ],
      },
      {
        text: 'Nothing more is open.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S deny',
          '0s web ingress udp 203.0.113.5:40001 > 10.0.0.10:80 deny',
        ],
      },
    ],
    hint: 'In which direction does the first packet of a visitor travel?',
    solution: [
      'aws ec2 revoke-security-group-egress --group-id sg-web --protocol tcp --port 80 --cidr 0.0.0.0/0',
      'aws ec2 authorize-security-group-ingress --group-id sg-web --protocol tcp --port 80 --cidr 0.0.0.0/0',
    ],
    explains:
      'The visitor opens the connection, so the rule is inbound. The outbound rule did nothing for answers and let the server open connections.',
  },
  {
    id: 'fix-too-wide-ssh',
    kind: 'fix',
    level: 'easy',
    title: 'SSH for the whole world',
    scenario:
      'An audit found SSH open to everybody. Only the office, 203.0.113.0/24, should reach it. HTTPS stays open to all.',
    world: [
      'group web ingress tcp 22 from 0.0.0.0/0',
      'group web ingress tcp 443 from 0.0.0.0/0',
      'group web egress any to 0.0.0.0/0',
      web,
    ],
    goals: [
      { text: 'The office reaches SSH.', lines: ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow'] },
      { text: 'Nobody else does.', lines: ['0s web ingress tcp 198.51.100.7:40000 > 10.0.0.10:22 S deny'] },
      { text: 'HTTPS is open to all.', lines: ['0s web ingress tcp 198.51.100.7:40000 > 10.0.0.10:443 S allow'] },
      {
        text: 'Nothing more is open to the office.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:23 S deny',
          '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 1 deny',
        ],
      },
    ],
    hint: 'Rules only allow. A narrow rule beside an open one takes nothing away.',
    solution: [
      'aws ec2 authorize-security-group-ingress --group-id sg-web --protocol tcp --port 22 --cidr 203.0.113.0/24',
      'aws ec2 revoke-security-group-ingress --group-id sg-web --protocol tcp --port 22 --cidr 0.0.0.0/0',
    ],
    explains:
      'The open rule has to go. Sessions that were open under it are cut, because with all traffic outbound they were untracked.',
  },
  {
    id: 'fix-database-reference',
    kind: 'fix',
    level: 'medium',
    title: 'The database that times out',
    scenario:
      "The application must reach the database on TCP 5432. The database's rule names the application's public address. The application connects to 10.0.1.9. Admit the group app, so that instances added later need no new rule.",
    world: [
      'group app egress tcp 5432 to 10.0.1.0/24',
      'group db ingress tcp 5432 from 198.51.100.20',
      'interface app 10.0.0.5 in app',
      'interface app2 10.0.0.6 in app',
      'interface other 10.0.0.30',
      'interface db 10.0.1.9 in db',
    ],
    goals: [
      {
        text: 'The application reaches the database.',
        lines: ['0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow'],
      },
      {
        text: 'So does a second instance of it.',
        lines: ['0s db ingress tcp 10.0.0.6:40000 > 10.0.1.9:5432 S allow'],
      },
      {
        text: 'A neighbour that is not in the group does not.',
        lines: ['0s db ingress tcp 10.0.0.30:40000 > 10.0.1.9:5432 S deny'],
      },
      {
        text: 'Nobody reaches it from a public address.',
        lines: ['0s db ingress tcp 198.51.100.20:40000 > 10.0.1.9:5432 S deny'],
      },
      { text: 'No other port is open.', lines: ['0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:22 S deny'] },
    ],
    hint: 'Inside a VPC packets come from private addresses. Name the group instead of addresses.',
    solution: [
      'aws ec2 revoke-security-group-ingress --group-id sg-db --protocol tcp --port 5432 --cidr 198.51.100.20/32',
      'aws ec2 authorize-security-group-ingress --group-id sg-db --protocol tcp --port 5432 --source-group sg-app',
    ],
    explains: 'A group as the source stands for the private addresses of its members, of today and of tomorrow.',
  },
  {
    id: 'fix-acl-without-answers',
    kind: 'fix',
    level: 'medium',
    title: 'An ACL that forgets the answers',
    scenario:
      "A web server's group is right. Since its subnet got the network ACL edge, no page loads. Make the ACL let answers out to clients of any kind, and nothing to ports below 1024.",
    world: [
      'acl edge',
      'acl edge ingress 100 allow tcp 80 from 0.0.0.0/0',
      'acl edge egress 100 allow tcp 80 to 0.0.0.0/0',
      'subnet front 10.0.0.0/24 acl edge',
      'group web ingress tcp 80 from 0.0.0.0/0',
      'group web egress any to 0.0.0.0/0',
      'interface web 10.0.0.10 in web subnet front',
    ],
    goals: [
      {
        text: 'A client on Linux gets its answer.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
          '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow',
        ],
      },
      {
        text: 'A client behind a NAT gateway, which uses ports from 1024 on, gets its answer.',
        lines: [
          '0s web ingress tcp 203.0.113.5:1024 > 10.0.0.10:80 S allow',
          '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:1024 SA allow',
        ],
      },
      {
        text: 'Nothing leaves to ports below 1024.',
        lines: [
          '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:80 S deny',
          '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:25 S deny',
        ],
      },
    ],
    hint: "An answer goes to the client's port. Which ports can that be?",
    solution: [
      'aws ec2 replace-network-acl-entry --network-acl-id acl-edge --rule-number 100 --egress --protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow',
    ],
    explains: "The ACL compared the destination port of the answer, which is the client's ephemeral port, with 80.",
  },
  {
    id: 'fix-acl-order',
    kind: 'fix',
    level: 'medium',
    title: 'A deny that is never read',
    scenario:
      'To keep the client 203.0.113.77 out, somebody added entry 200 to the ACL edge. The client still gets in. Everybody else should.',
    world: [
      'acl edge',
      'acl edge ingress 100 allow any from 0.0.0.0/0',
      'acl edge ingress 200 deny any from 203.0.113.77/32',
      'acl edge egress 100 allow any to 0.0.0.0/0',
      'subnet front 10.0.0.0/24 acl edge',
      'group web ingress tcp 80 from 0.0.0.0/0',
      'group web egress any to 0.0.0.0/0',
      'interface web 10.0.0.10 in web subnet front',
    ],
    goals: [
      { text: 'The client stays out.', lines: ['0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S deny'] },
      { text: 'Others get in.', lines: ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow'] },
      {
        text: 'Their answers get out.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
          '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow',
        ],
      },
    ],
    hint: 'The lowest number that matches decides.',
    solution: [
      'aws ec2 create-network-acl-entry --network-acl-id acl-edge --rule-number 90 --ingress --protocol -1 --cidr-block 203.0.113.77/32 --rule-action deny',
    ],
    explains: 'Entry 100 allows everybody and was read first. The deny needs a lower number.',
  },
  {
    id: 'fix-hung-pool',
    kind: 'fix',
    level: 'hard',
    title: 'The pool that hangs',
    scenario:
      'A connection pool leaves connections to the database idle for ten minutes at most. Its queries hang. The interface db has a short TcpEstablishedTimeout. Let connections idle for at least an hour, and no longer than two.',
    world: [
      'group app egress tcp 5432 to db',
      'group db ingress tcp 5432 from app',
      'interface app 10.0.0.5 in app',
      'interface db 10.0.1.9 in db idle tcp 350',
    ],
    goals: [
      {
        text: 'After an hour of silence the query gets in.',
        lines: [
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow',
          '3599s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA allow',
        ],
      },
      {
        text: 'After two hours the connection is forgotten.',
        lines: [
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow',
          '7200s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA deny',
        ],
      },
      { text: 'Nothing more is open.', lines: ['0s db ingress tcp 203.0.113.5:40000 > 10.0.1.9:5432 S deny'] },
    ],
    hint: 'The timeout belongs to the network interface, not to the group.',
    solution: [
      'aws ec2 modify-network-interface-attribute --network-interface-id eni-db --connection-tracking-specification TcpEstablishedTimeout=3600',
    ],
    explains:
      'The rules were right all along. The connection was forgotten after 350 idle seconds, and a query in the middle of a connection that is not known is dropped.',
  },
  {
    id: 'fix-missing-sender-rule',
    kind: 'fix',
    level: 'hard',
    title: 'Right at one end only',
    scenario:
      "The database admits the group app on TCP 5432, and still the application times out. Its own group was tightened last week. Mend it so that the application reaches the database and nothing else, and remove what is superfluous at the database's end.",
    world: [
      'group app egress tcp 443 to 0.0.0.0/0',
      'group db ingress tcp 5432 from app',
      'group db egress tcp 5432 to app',
      'interface app 10.0.0.5 in app',
      'interface db 10.0.1.9 in db',
    ],
    goals: [
      {
        text: 'The query leaves the application and reaches the database.',
        lines: [
          '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
        ],
      },
      {
        text: 'The result comes back.',
        lines: [
          '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
          '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
          '0s app ingress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
        ],
      },
      {
        text: 'The application opens nothing else.',
        lines: ['0s app egress tcp 10.0.0.5:40001 > 198.51.100.7:443 S deny'],
      },
      { text: 'The database opens nothing.', lines: ['0s db egress tcp 10.0.1.9:50000 > 10.0.0.5:5432 S deny'] },
    ],
    hint: 'Follow the first packet from its sender. Then ask of each rule which beginning it is for.',
    solution: [
      'aws ec2 authorize-security-group-egress --group-id sg-app --protocol tcp --port 5432 --source-group sg-db',
      'aws ec2 revoke-security-group-egress --group-id sg-app --protocol tcp --port 443 --cidr 0.0.0.0/0',
      'aws ec2 revoke-security-group-egress --group-id sg-db --protocol tcp --port 5432 --source-group sg-app',
    ],
    explains:
      'The first packet needs an outbound rule at its sender and an inbound rule at its receiver. The result needs neither.',
  },
]
