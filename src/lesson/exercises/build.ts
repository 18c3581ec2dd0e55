/** Requirements to build from nothing, or nearly so. */

import type { Exercise } from '../content.ts'

export const buildExercises: readonly Exercise[] = [
  {
    id: 'build-web-server',
    kind: 'build',
    level: 'easy',
    title: 'A web server',
    scenario:
      'Make a group my-web-sg in the VPC lesson. An instance that carries it answers HTTP and HTTPS from everywhere, and opens no connection of its own.',
    world: ['subnet front 10.0.0.0/24'],
    goals: [
      {
        text: 'HTTP gets in.',
        probes: 'my-web-sg',
        lines: ['0s probe ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow'],
      },
      {
        text: 'HTTPS gets in, and its answers get out.',
        probes: 'my-web-sg',
        lines: [
          '0s probe ingress tcp 203.0.113.5:40000 > 10.0.0.10:443 S allow',
          '0s probe egress tcp 10.0.0.10:443 > 203.0.113.5:40000 SA allow',
        ],
      },
      {
        text: 'The instance opens nothing.',
        probes: 'my-web-sg',
        lines: [
          '0s probe egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S deny',
          '0s probe egress udp 10.0.0.10:50000 > 198.51.100.7:53 deny',
        ],
      },
      {
        text: 'Nothing more is open.',
        probes: 'my-web-sg',
        lines: [
          '0s probe ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S deny',
          '0s probe ingress tcp 203.0.113.5:40000 > 10.0.0.10:81 S deny',
          '0s probe ingress tcp 203.0.113.5:40000 > 10.0.0.10:442 S deny',
        ],
      },
    ],
    hint: 'What does a new group have that you do not want?',
    solution: [
      'aws ec2 create-security-group --group-name my-web-sg --description "Security group for web server" --vpc-id vpc-lesson',
      'aws ec2 authorize-security-group-ingress --group-id sg-my-web-sg --protocol tcp --port 80 --cidr 0.0.0.0/0',
      'aws ec2 authorize-security-group-ingress --group-id sg-my-web-sg --protocol tcp --port 443 --cidr 0.0.0.0/0',
      'aws ec2 revoke-security-group-egress --group-id sg-my-web-sg --protocol -1 --cidr 0.0.0.0/0',
    ],
    explains: 'Two inbound rules for two ports, and the outbound rule that every new group starts with taken away.',
  },
  {
    id: 'build-administration',
    kind: 'build',
    level: 'easy',
    title: 'SSH and pings from the office',
    scenario:
      'The group web has no rule. The office, 203.0.113.0/24, must reach SSH and be able to ping. The instance opens nothing.',
    world: ['group web', 'interface web 10.0.0.10 in web'],
    goals: [
      { text: 'SSH from the office gets in.', lines: ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow'] },
      {
        text: 'Pings from the office get in and are answered.',
        lines: [
          '0s web ingress icmp 203.0.113.77 > 10.0.0.10 echo 1 allow',
          '0s web egress icmp 10.0.0.10 > 203.0.113.77 reply 1 allow',
        ],
      },
      {
        text: 'Nobody else gets in.',
        lines: [
          '0s web ingress tcp 198.51.100.7:40000 > 10.0.0.10:22 S deny',
          '0s web ingress icmp 198.51.100.7 > 10.0.0.10 echo 1 deny',
        ],
      },
      {
        text: 'Nothing more is open to the office.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S deny',
          '0s web ingress icmp 203.0.113.5 > 10.0.0.10 13/0 id=5 deny',
        ],
      },
      { text: 'The instance opens nothing.', lines: ['0s web egress icmp 10.0.0.10 > 203.0.113.5 echo 2 deny'] },
    ],
    hint: 'ICMP has a type in place of ports: 8 is the echo request.',
    solution: [
      'aws ec2 authorize-security-group-ingress --group-id sg-web --protocol tcp --port 22 --cidr 203.0.113.0/24',
      "aws ec2 authorize-security-group-ingress --group-id sg-web --ip-permissions 'IpProtocol=icmp,FromPort=8,ToPort=-1,IpRanges=[{CidrIp=203.0.113.0/24}]'",
    ],
    explains: 'Two rules for two kinds of beginnings. The replies leave by state.',
  },
  {
    id: 'build-three-tiers',
    kind: 'build',
    level: 'medium',
    title: 'Three tiers',
    scenario:
      'Clients reach web on TCP 443. web reaches app on TCP 8080. app reaches db on TCP 5432. Nothing else passes. All three groups are empty. Name groups, not addresses, between the tiers.',
    world: [
      'group web',
      'group app',
      'group db',
      'interface web 10.0.0.10 in web',
      'interface app 10.0.1.10 in app',
      'interface db 10.0.2.10 in db',
      'interface other 10.0.1.99',
    ],
    goals: [
      { text: 'Clients reach web.', lines: ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:443 S allow'] },
      {
        text: 'web reaches app.',
        lines: [
          '0s web egress tcp 10.0.0.10:40000 > 10.0.1.10:8080 S allow',
          '0s app ingress tcp 10.0.0.10:40000 > 10.0.1.10:8080 S allow',
        ],
      },
      {
        text: 'app reaches db, and the result comes back.',
        lines: [
          '0s app egress tcp 10.0.1.10:40000 > 10.0.2.10:5432 S allow',
          '0s db ingress tcp 10.0.1.10:40000 > 10.0.2.10:5432 S allow',
          '0s db egress tcp 10.0.2.10:5432 > 10.0.1.10:40000 SA allow',
          '0s app ingress tcp 10.0.2.10:5432 > 10.0.1.10:40000 SA allow',
        ],
      },
      { text: 'web does not reach db.', lines: ['0s db ingress tcp 10.0.0.10:40000 > 10.0.2.10:5432 S deny'] },
      {
        text: 'A stranger in the subnet of app reaches neither app nor db.',
        lines: [
          '0s app ingress tcp 10.0.1.99:40000 > 10.0.1.10:8080 S deny',
          '0s db ingress tcp 10.0.1.99:40000 > 10.0.2.10:5432 S deny',
        ],
      },
      {
        text: 'No tier opens anything else.',
        lines: [
          '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S deny',
          '0s app egress tcp 10.0.1.10:50000 > 198.51.100.7:443 S deny',
          '0s db egress tcp 10.0.2.10:50000 > 10.0.1.10:8080 S deny',
          '0s app egress tcp 10.0.1.10:50001 > 10.0.0.10:443 S deny',
        ],
      },
    ],
    hint: 'Each arrow between two tiers is one outbound rule and one inbound rule.',
    solution: [
      'aws ec2 authorize-security-group-ingress --group-id sg-web --protocol tcp --port 443 --cidr 0.0.0.0/0',
      'aws ec2 authorize-security-group-egress --group-id sg-web --protocol tcp --port 8080 --source-group sg-app',
      'aws ec2 authorize-security-group-ingress --group-id sg-app --protocol tcp --port 8080 --source-group sg-web',
      'aws ec2 authorize-security-group-egress --group-id sg-app --protocol tcp --port 5432 --source-group sg-db',
      'aws ec2 authorize-security-group-ingress --group-id sg-db --protocol tcp --port 5432 --source-group sg-app',
    ],
    explains: 'Five rules for three arrows: the first arrow begins outside.',
  },
  {
    id: 'build-cluster',
    kind: 'build',
    level: 'medium',
    title: 'A cluster among itself',
    scenario:
      'Instances that carry cluster exchange data on TCP 7000 to 7010 with each other, and with nobody else. Today there are two of them, tomorrow there may be ten. The group is empty.',
    world: [
      'group cluster',
      'interface one 10.0.0.5 in cluster',
      'interface two 10.0.0.6 in cluster',
      'interface other 10.0.0.30',
    ],
    goals: [
      {
        text: 'One member reaches the other on port 7000.',
        lines: [
          '0s one egress tcp 10.0.0.5:40000 > 10.0.0.6:7000 S allow',
          '0s two ingress tcp 10.0.0.5:40000 > 10.0.0.6:7000 S allow',
        ],
      },
      {
        text: 'And back on port 7010.',
        lines: [
          '0s two egress tcp 10.0.0.6:40000 > 10.0.0.5:7010 S allow',
          '0s one ingress tcp 10.0.0.6:40000 > 10.0.0.5:7010 S allow',
        ],
      },
      {
        text: 'A neighbour stays out.',
        lines: ['0s two ingress tcp 10.0.0.30:40000 > 10.0.0.6:7000 S deny'],
      },
      {
        text: 'Members reach nobody else, and no other port.',
        lines: [
          '0s one egress tcp 10.0.0.5:40000 > 10.0.0.30:7000 S deny',
          '0s two ingress tcp 10.0.0.5:40000 > 10.0.0.6:7011 S deny',
          '0s two ingress tcp 10.0.0.5:40000 > 10.0.0.6:6999 S deny',
        ],
      },
    ],
    hint: 'A group may name itself, inbound and outbound.',
    solution: [
      'aws ec2 authorize-security-group-ingress --group-id sg-cluster --protocol tcp --port 7000-7010 --source-group sg-cluster',
      'aws ec2 authorize-security-group-egress --group-id sg-cluster --protocol tcp --port 7000-7010 --source-group sg-cluster',
    ],
    explains: 'Two rules that name the group itself. A new member needs no new rule.',
  },
  {
    id: 'build-acl',
    kind: 'build',
    level: 'hard',
    title: 'A stateless edge',
    scenario:
      'The ACL edge of the subnet front has no entry. The group web admits everything. By the ACL alone: clients reach TCP 443, except 203.0.113.77; answers reach clients on any port from 1024 on; nothing else crosses the edge.',
    world: [
      'acl edge',
      'subnet front 10.0.0.0/24 acl edge',
      'group web ingress any from 0.0.0.0/0',
      'group web egress any to 0.0.0.0/0',
      'interface web 10.0.0.10 in web subnet front',
    ],
    goals: [
      {
        text: 'A client gets in and is answered.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:443 S allow',
          '0s web egress tcp 10.0.0.10:443 > 203.0.113.5:40000 SA allow',
        ],
      },
      {
        text: 'A client on port 1024 is answered too.',
        lines: [
          '0s web ingress tcp 203.0.113.5:1024 > 10.0.0.10:443 S allow',
          '0s web egress tcp 10.0.0.10:443 > 203.0.113.5:1024 SA allow',
        ],
      },
      { text: 'The one client stays out.', lines: ['0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:443 S deny'] },
      {
        text: 'Nothing else gets in.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S deny',
          '0s web ingress udp 203.0.113.5:40000 > 10.0.0.10:443 deny',
        ],
      },
      {
        text: 'Nothing leaves to ports below 1024.',
        lines: [
          '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S deny',
          '0s web egress udp 10.0.0.10:50000 > 198.51.100.7:5000 deny',
        ],
      },
    ],
    hint: 'Two entries inbound, the deny first, and one outbound for the answers.',
    solution: [
      'aws ec2 create-network-acl-entry --network-acl-id acl-edge --rule-number 90 --ingress --protocol tcp --port-range From=443,To=443 --cidr-block 203.0.113.77/32 --rule-action deny',
      'aws ec2 create-network-acl-entry --network-acl-id acl-edge --rule-number 100 --ingress --protocol tcp --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow',
      'aws ec2 create-network-acl-entry --network-acl-id acl-edge --rule-number 100 --egress --protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow',
    ],
    explains: 'What a group does with one rule takes an ACL two, because it does not remember the request.',
  },
  {
    id: 'build-untracked',
    kind: 'build',
    level: 'hard',
    title: 'A busy port without memory',
    scenario:
      'A busy web server on TCP 80 runs into its tracking allowance. Make its connections untracked. SSH from 203.0.113.5 alone. The group busy is empty; opening all outbound traffic is acceptable here.',
    world: ['group busy', 'interface web 10.0.0.10 in busy'],
    goals: [
      {
        text: 'HTTP is untracked: it gets in from everywhere, and an answer passes after any silence.',
        lines: [
          '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
          '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow',
          '6d web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA allow',
        ],
      },
      { text: 'SSH gets in from 203.0.113.5.', lines: ['0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow'] },
      { text: 'SSH from others stays out.', lines: ['0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S deny'] },
      {
        text: 'No other port is open.',
        lines: [
          '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:443 S deny',
          '0s web ingress udp 203.0.113.77:40000 > 10.0.0.10:80 deny',
        ],
      },
    ],
    hint: 'Which two rules make a connection untracked?',
    solution: [
      'aws ec2 authorize-security-group-ingress --group-id sg-busy --protocol tcp --port 80 --cidr 0.0.0.0/0',
      'aws ec2 authorize-security-group-ingress --group-id sg-busy --protocol tcp --port 22 --cidr 203.0.113.5/32',
      'aws ec2 authorize-security-group-egress --group-id sg-busy --protocol -1 --cidr 0.0.0.0/0',
    ],
    explains:
      'Port 80 is open to all addresses, and outbound is open to all addresses on all ports: nothing is remembered.',
  },
]
