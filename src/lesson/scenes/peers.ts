/** Groups as peers, two interfaces with two trackers, and the default group. */

import type { Scene } from '../content.ts'

export const peerScenes: readonly Scene[] = [
  {
    id: 'reference-is-private-addresses',
    title: 'A group as the source',
    claim:
      'A rule that names a group stands for the private addresses of the interfaces that carry it, never for public addresses.',
    world: [
      'group app',
      'group db ingress tcp 5432 from app as sgr-1',
      'interface app 10.0.0.5 in app',
      'interface other 10.0.0.30',
      'interface db 10.0.1.9 in db',
    ],
    steps: [
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-1',
        asks: 'The application, which carries the group app, connects from its private address. Does it get in?',
        explains: 'Its private address is one of those that the rule stands for.',
      },
      {
        line: '1s db ingress tcp 10.0.0.30:40000 > 10.0.1.9:5432 S deny no-rule',
        asks: 'A neighbour of the application in the same subnet connects. Does it get in?',
        explains: 'It does not carry the group. Being near does not count.',
      },
      {
        line: '2s db ingress tcp 198.51.100.20:40000 > 10.0.1.9:5432 S deny no-rule',
        asks: "The application connects to the database's public address, so its packet comes from the application's own public address. Does it get in?",
        explains: 'Public and Elastic addresses are not part of a reference. Use private addresses inside a VPC.',
      },
    ],
  },
  {
    id: 'reference-follows-members',
    title: 'Members come and go',
    claim:
      'A reference holds whoever carries the group at that moment; a connection that is tracked outlives the membership.',
    world: [
      'group app',
      'group db ingress tcp 5432 from app as sgr-1',
      'interface app 10.0.0.5 in app',
      'interface db 10.0.1.9 in db',
    ],
    steps: [
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-1',
        asks: 'A member connects. Does it get in?',
        explains: 'The rule names its group.',
      },
      { line: '1s detach app from app', explains: 'You take the group off the application.' },
      {
        line: '2s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow connection(sgr-1, revoked)',
        asks: 'It sends on the connection that is open. Does that get in?',
        explains:
          'A rule with a group as its source is not open to all addresses, so the connection is tracked and goes on.',
      },
      {
        line: '2s db ingress tcp 10.0.0.5:40001 > 10.0.1.9:5432 S deny no-rule',
        asks: 'It opens a second connection. Does that get in?',
        explains: 'It is no member any more.',
      },
      { line: '3s attach app to app', explains: 'You put the group back.' },
      {
        line: '4s db ingress tcp 10.0.0.5:40001 > 10.0.1.9:5432 S allow sgr-1',
        asks: 'It tries again. Does that get in?',
        explains: 'Membership counts from the next packet on. No rule has changed.',
      },
    ],
  },
  {
    id: 'reference-imports-no-rules',
    title: 'A reference imports no rules',
    claim: "Naming a group as a source brings none of that group's rules along.",
    world: [
      'group app ingress tcp 22 from 0.0.0.0/0 as sgr-1',
      'group db ingress tcp 5432 from app as sgr-2',
      'interface app 10.0.0.5 in app',
      'interface db 10.0.1.9 in db',
    ],
    steps: [
      {
        line: '0s app ingress tcp 203.0.113.5:40000 > 10.0.0.5:22 S allow sgr-1',
        asks: 'The group app opens SSH to the world. Does a client reach the application?',
        explains: 'By the rule of app.',
      },
      {
        line: '1s db ingress tcp 203.0.113.5:40000 > 10.0.1.9:22 S deny no-rule',
        asks: 'The group db names app in a rule. Does the client reach SSH on the database?',
        explains: 'The reference says who may come. It does not say that the rules of app hold here.',
      },
    ],
  },
  {
    id: 'stale-reference',
    title: 'A reference to nobody',
    claim: 'A stale rule, whose group no longer exists, admits nobody.',
    world: ['group db ingress tcp 5432 from gone as sgr-1', 'interface db 10.0.1.9 in db'],
    steps: [
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S deny no-rule',
        asks: 'The rule names a group that was deleted in a peered VPC. A client of old connects. Does it get in?',
        explains: 'No interface carries a group that does not exist.',
      },
    ],
  },
  {
    id: 'all-groups-are-one-set',
    title: 'Several groups on one interface',
    claim: 'The rules of all groups of an interface are one set: a packet passes if any rule of any group admits it.',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group admin ingress tcp 22 from 203.0.113.5/32 as sgr-2',
      'interface web 10.0.0.10 in web admin',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'The interface carries web and admin. A stranger asks for port 80. Does it get in?',
        explains: 'A rule of web admits it. That admin has no such rule does not matter.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S allow sgr-2',
        asks: 'The administrator opens SSH. Does it get in?',
        explains: 'A rule of admin admits it.',
      },
      {
        line: '2s web ingress tcp 203.0.113.77:40001 > 10.0.0.10:22 S deny no-rule',
        asks: 'The stranger tries SSH. Does it get in?',
        explains: 'No rule of either group admits it. There is no rule that denies; what nothing admits is dropped.',
      },
    ],
  },
  {
    id: 'both-ends-decide',
    title: 'Two interfaces, two trackers',
    claim:
      'A packet between two interfaces must pass the outbound rules of one and the inbound rules of the other, and each keeps state of its own.',
    world: [
      'group app egress tcp 5432 to 10.0.1.0/24 as sgr-1',
      'group db ingress tcp 5432 from 10.0.0.0/24 as sgr-2',
      'interface app 10.0.0.5 in app',
      'interface db 10.0.1.9 in db',
    ],
    steps: [
      {
        line: '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-1',
        asks: 'The application connects to the database. Does the packet leave the first interface?',
        explains: "By the application's outbound rule. Its interface remembers the connection as one that it opened.",
      },
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-2',
        asks: 'Does it enter the second interface?',
        explains:
          "By the database's inbound rule. Its interface remembers the same connection for itself: two entries for one connection.",
      },
      { line: '1s revoke sgr-2', explains: "You revoke the database's inbound rule." },
      {
        line: '1s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow connection(sgr-2, revoked)',
        asks: 'Does the answer leave the database?',
        explains: 'Its interface still remembers.',
      },
      {
        line: '1s app ingress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow connection(sgr-1)',
        asks: 'Does it enter the application?',
        explains: "This interface's memory rests on its own outbound rule, which nobody touched.",
      },
      {
        line: '2s app egress tcp 10.0.0.5:40001 > 10.0.1.9:5432 S allow sgr-1',
        asks: 'The application opens a second connection. Does it leave?',
        explains: "The application's rules have not changed.",
      },
      {
        line: '2s db ingress tcp 10.0.0.5:40001 > 10.0.1.9:5432 S deny no-rule',
        asks: 'Does it enter the database?',
        explains: 'Here it stops. The application sees a timeout, and its own rules are not to blame.',
      },
    ],
  },
  {
    id: 'receiver-rule-is-not-enough',
    title: 'The other end has rules too',
    claim: 'An inbound rule at the database does not help an application that has no outbound rule.',
    world: [
      'group app',
      'group db ingress tcp 5432 from app as sgr-1',
      'interface app 10.0.0.5 in app',
      'interface db 10.0.1.9 in db',
    ],
    steps: [
      {
        line: '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S deny no-rule',
        asks: 'The database admits the group app. The group app itself has no rules. Does the packet leave the application?',
        explains: "It is dropped at the sender. The database's rule is never asked.",
      },
    ],
  },
  {
    id: 'untracked-at-one-end',
    title: 'Tracked here, untracked there',
    claim: 'Whether a connection is tracked is decided at each interface by its own rules.',
    world: [
      'group client egress any to 0.0.0.0/0 as sgr-1',
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-2',
      'group web egress any to 0.0.0.0/0 as sgr-3',
      'interface client 10.0.0.5 in client',
      'interface web 10.0.1.9 in web',
    ],
    steps: [
      {
        line: '0s client egress tcp 10.0.0.5:40000 > 10.0.1.9:80 S allow sgr-1',
        asks: 'One instance asks another for a page. Does the request leave the first?',
        explains: 'Tracked here: this interface has no inbound rule that could carry the answer.',
      },
      {
        line: '0s web ingress tcp 10.0.0.5:40000 > 10.0.1.9:80 S allow untracked(sgr-2; sgr-3)',
        asks: 'Does it enter the second?',
        explains: 'Untracked here: both directions are open to all addresses.',
      },
      {
        line: '0s web egress tcp 10.0.1.9:80 > 10.0.0.5:40000 SA allow untracked(sgr-2; sgr-3)',
        asks: 'Does the answer leave the second?',
        explains: 'By the outbound rule.',
      },
      {
        line: '0s client ingress tcp 10.0.1.9:80 > 10.0.0.5:40000 SA allow connection(sgr-1)',
        asks: 'Does it enter the first?',
        explains: 'By state.',
      },
    ],
  },
  {
    id: 'answer-on-another-interface',
    title: 'An answer at the wrong door',
    claim:
      'An answer that arrives at another interface than its request left by is refused there, even if both belong to one instance.',
    world: [
      'group out egress any to 0.0.0.0/0 as sgr-1',
      'interface first 10.0.0.10 in out instance one',
      'interface second 10.0.0.11 in out instance one unchecked',
    ],
    steps: [
      {
        line: '0s first egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S allow sgr-1',
        asks: 'An instance with two interfaces connects to a site through the first. Does the packet leave?',
        explains: 'The first interface now remembers the connection. The second does not.',
      },
      {
        line: '0s second ingress tcp 198.51.100.7:443 > 10.0.0.10:50000 SA deny no-rule',
        asks: 'The answer is routed to the second interface. Does it get in there?',
        explains: 'State belongs to an interface, not to an instance.',
      },
      {
        line: '0s first ingress tcp 198.51.100.7:443 > 10.0.0.10:50000 SA allow connection(sgr-1)',
        asks: 'And at the first interface?',
        explains: 'There the connection is known.',
      },
    ],
  },
  {
    id: 'default-group',
    title: 'The default group',
    claim: 'The default group admits everything from its own members and nothing from others, and lets everything out.',
    world: [
      'group default ingress any from default as sgr-1',
      'group default egress any to 0.0.0.0/0 as sgr-2',
      'interface a 10.0.0.5 in default',
      'interface b 10.0.0.6 in default',
      'interface stranger 10.0.0.30',
    ],
    steps: [
      {
        line: '0s b ingress tcp 10.0.0.5:40000 > 10.0.0.6:22 S allow sgr-1',
        asks: 'Two instances carry the default group. Does SSH from one reach the other?',
        explains: 'The inbound rule of the default group names the group itself: all its members, all traffic.',
      },
      {
        line: '0s b ingress icmp 10.0.0.5 > 10.0.0.6 echo 1 allow sgr-1',
        asks: 'And a ping?',
        explains: 'All traffic means every protocol.',
      },
      {
        line: '1s b ingress tcp 203.0.113.5:40000 > 10.0.0.6:22 S deny no-rule',
        asks: 'A client on the internet tries SSH. Does it get in?',
        explains: 'It is no member.',
      },
      {
        line: '1s b ingress tcp 10.0.0.30:40000 > 10.0.0.6:22 S deny no-rule',
        asks: 'An instance in the same subnet without the group tries. Does it get in?',
        explains: 'The subnet does not matter. Membership does.',
      },
      {
        line: '2s b egress tcp 10.0.0.6:50000 > 198.51.100.7:443 S allow sgr-2',
        asks: 'A member opens a connection to the internet. Does it leave?',
        explains: 'The outbound rule lets everything out.',
      },
    ],
  },
  {
    id: 'members-need-a-self-reference',
    title: 'Members of a group of your own',
    claim: 'Members of a group reach each other only if a rule of the group names the group itself.',
    world: ['group web egress any to 0.0.0.0/0 as sgr-1', 'interface a 10.0.0.5 in web', 'interface b 10.0.0.6 in web'],
    steps: [
      {
        line: '0s b ingress tcp 10.0.0.5:40000 > 10.0.0.6:8080 S deny no-rule',
        asks: 'Two instances carry the group web, which has no inbound rule. Does one reach the other?',
        explains: 'Carrying the same group gives nothing by itself.',
      },
      {
        line: '1s authorize web ingress tcp 8080 from web as sgr-2',
        explains: 'You add a rule with the group itself as its source.',
      },
      {
        line: '2s b ingress tcp 10.0.0.5:40000 > 10.0.0.6:8080 S allow sgr-2',
        asks: 'And with that?',
        explains: 'The members are the sources that the rule stands for.',
      },
    ],
  },
]
