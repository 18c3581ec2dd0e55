/** Lines to type in the terminal, chapter by chapter, each checked by the packets that it lets pass or stops. */

import type { Drill } from '../content.ts'

const request = '0s probe ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S'
const answer = '0s probe egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA'

export const drills: readonly Drill[] = [
  {
    id: 'five-commands',
    title: 'The five commands',
    says: 'Type the five commands in order, in a Region that nobody has used yet. What each prints gives you the id for the next.',
    steps: [
      {
        says: 'Create a group in the default VPC.',
        line: 'aws ec2 create-security-group --group-name my-web-sg --description "Security group for web server" --vpc-id vpc-default',
        done: {
          text: 'There is a group my-web-sg, which lets everything out and nothing in.',
          probes: 'my-web-sg',
          lines: [`${request} deny`, '0s probe egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S allow'],
        },
        note: 'Older pages show GroupId alone. A current CLI prints SecurityGroupArn as well.',
      },
      {
        says: 'Open TCP port 80 to everybody.',
        line: 'aws ec2 authorize-security-group-ingress --group-id sg-my-web-sg --protocol tcp --port 80 --cidr 0.0.0.0/0',
        done: { text: 'HTTP gets in.', probes: 'my-web-sg', lines: [`${request} allow`] },
        note: 'Older pages show no output. A current CLI prints Return: true and the rule, with its id.',
      },
      {
        says: 'Look at the group: your rule in IpPermissions, and one that you did not write in IpPermissionsEgress.',
        line: 'aws ec2 describe-security-groups --group-ids sg-my-web-sg',
        note: 'A current CLI prints owner, VPC, ARN and the empty lists as well.',
      },
      {
        says: 'Take the outbound rule away.',
        line: 'aws ec2 revoke-security-group-egress --group-id sg-my-web-sg --protocol -1 --cidr 0.0.0.0/0',
        done: {
          text: 'Requests are answered, and nothing new leaves.',
          probes: 'my-web-sg',
          lines: [
            `${request} allow`,
            `${answer} allow`,
            '1s probe egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S deny',
          ],
        },
        note: 'Older pages show no output. A current CLI prints Return: true and the rule that went.',
      },
      {
        says: 'Look again: IpPermissionsEgress is [].',
        line: 'aws ec2 describe-security-groups --group-ids sg-my-web-sg',
      },
    ],
  },
  {
    id: 'revoke-both-ways',
    title: 'Untracked, and tracked again',
    says: 'Two open rules make connections untracked. Break the pair and make it again, and watch what a connection remembers.',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0',
      'group web egress tcp 443 to 0.0.0.0/0',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        says: 'Open everything outbound. Together with inbound port 80 this makes HTTP untracked: an answer may come after any silence.',
        line: 'aws ec2 authorize-security-group-egress --group-id sg-web --protocol -1 --cidr 0.0.0.0/0',
        done: {
          text: 'An answer leaves after six days of silence.',
          lines: [
            '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
            '6d web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA allow',
          ],
        },
      },
      {
        says: 'Break the pair. HTTP is tracked from here on: answers leave by state, and after six days of silence no more.',
        line: 'aws ec2 revoke-security-group-egress --group-id sg-web --protocol -1 --cidr 0.0.0.0/0',
        done: {
          text: 'An answer leaves at once, and not after six days of silence.',
          lines: [
            '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
            '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow',
            '6d web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA deny',
          ],
        },
      },
      {
        says: 'Each rule has an id. List them.',
        line: 'aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-web',
      },
    ],
  },
  {
    id: 'idle-timeout',
    title: 'A timeout of your own',
    says: 'The timeout of idle connections belongs to the network interface.',
    world: ['group db ingress tcp 5432 from 10.0.0.0/24', 'interface db 10.0.1.9 in db'],
    steps: [
      {
        says: 'Shorten the timeout of established TCP connections to 350 seconds, as newer instance types have it.',
        line: 'aws ec2 modify-network-interface-attribute --network-interface-id eni-db --connection-tracking-specification TcpEstablishedTimeout=350',
        done: {
          text: 'A query after 351 idle seconds is dropped.',
          lines: [
            '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
            '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
            '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow',
            '351s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA deny',
          ],
        },
      },
      {
        says: 'See it on the interface.',
        line: 'aws ec2 describe-network-interfaces --network-interface-ids eni-db --query NetworkInterfaces[].ConnectionTrackingConfiguration',
      },
      {
        says: 'Give it an hour.',
        line: 'aws ec2 modify-network-interface-attribute --network-interface-id eni-db --connection-tracking-specification TcpEstablishedTimeout=3600',
        done: {
          text: 'A query after 3599 idle seconds gets in.',
          lines: [
            '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
            '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow',
            '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow',
            '3599s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA allow',
            '7198s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA allow',
            '10798s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA deny',
          ],
        },
      },
    ],
  },
  {
    id: 'group-reference',
    title: 'A group as the source',
    says: 'Let the database admit a group instead of addresses, and see membership decide.',
    world: [
      'group app',
      'group other',
      'group db',
      'interface app 10.0.0.5 in app',
      'interface other 10.0.0.30 in other',
      'interface db 10.0.1.9 in db',
    ],
    steps: [
      {
        says: 'Admit the group app at the database, on TCP 5432.',
        line: 'aws ec2 authorize-security-group-ingress --group-id sg-db --protocol tcp --port 5432 --source-group sg-app',
        done: {
          text: 'A member gets in, and the other instance does not.',
          lines: [
            '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow',
            '0s db ingress tcp 10.0.0.30:40000 > 10.0.1.9:5432 S deny',
          ],
        },
      },
      {
        says: 'Give the other instance both groups.',
        line: 'aws ec2 modify-network-interface-attribute --network-interface-id eni-other --groups sg-other sg-app',
        done: {
          text: 'The other instance gets in as well. No rule has changed.',
          lines: ['0s db ingress tcp 10.0.0.30:40000 > 10.0.1.9:5432 S allow'],
        },
      },
      {
        says: 'Try to delete the group that a rule names.',
        line: 'aws ec2 delete-security-group --group-id sg-app',
        refusedWith: 'DependencyViolation',
        note: 'AWS refuses while interfaces carry the group or rules name it.',
      },
    ],
  },
  {
    id: 'acl-deny',
    title: 'A deny at the edge',
    says: 'Keep one client out with a network ACL, which a group cannot do.',
    world: [
      'acl edge',
      'acl edge ingress 100 allow any from 0.0.0.0/0',
      'acl edge egress 100 allow any to 0.0.0.0/0',
      'subnet front 10.0.0.0/24 acl edge',
      'group web ingress tcp 80 from 0.0.0.0/0',
      'interface web 10.0.0.10 in web subnet front',
    ],
    steps: [
      {
        says: 'Deny the client before entry 100 allows everybody.',
        line: 'aws ec2 create-network-acl-entry --network-acl-id acl-edge --rule-number 90 --ingress --protocol -1 --cidr-block 203.0.113.77/32 --rule-action deny',
        done: {
          text: 'The client stays out, and others get in.',
          lines: [
            '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S deny',
            '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow',
          ],
        },
      },
      {
        says: 'Let it in again.',
        line: 'aws ec2 delete-network-acl-entry --network-acl-id acl-edge --rule-number 90 --ingress',
        done: {
          text: 'The client gets in.',
          lines: ['0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S allow'],
        },
      },
    ],
  },
  {
    id: 'default-group',
    title: 'The default group',
    says: 'The default group is a group with a rule that names itself. Its rules can go; the group cannot.',
    world: [
      'group default ingress any from default',
      'group default egress any to 0.0.0.0/0',
      'interface a 10.0.0.5 in default',
      'interface b 10.0.0.6 in default',
    ],
    steps: [
      {
        says: 'Look at it. The source of its inbound rule is the group itself.',
        line: 'aws ec2 describe-security-groups --group-ids sg-default',
      },
      {
        says: 'Take that rule away.',
        line: 'aws ec2 revoke-security-group-ingress --group-id sg-default --protocol -1 --source-group sg-default',
        done: {
          text: 'Members no longer reach each other.',
          lines: ['0s b ingress tcp 10.0.0.5:40000 > 10.0.0.6:22 S deny'],
        },
      },
      {
        says: 'Try to delete the group.',
        line: 'aws ec2 delete-security-group --group-id sg-default',
        refusedWith: 'CannotDelete',
        note: 'The default group of a VPC stays as long as the VPC.',
      },
    ],
  },
]
