/** Chapters: tracked and untracked connections, idle timeouts, the tracking allowance. */

import type { Chapter } from '../content.ts'

export const trackedAndUntracked: Chapter = {
  id: 'tracked-and-untracked',
  title: 'Tracked and untracked',
  aim: 'Know before you revoke a rule which connections it cuts.',
  parts: [
    {
      kind: 'claim',
      text: 'A connection is untracked if the rule that admits it is open to all addresses, and the other direction is open to all addresses on all ports. Nothing is remembered of it; each packet passes by the rules alone.',
      scenes: ['command-3-describe', 'untracked-cut-by-revoke'],
    },
    {
      kind: 'claim',
      text: 'Every other connection is tracked. A range of ports is not all ports, and an open IPv6 rule does not pair with an open IPv4 rule.',
      scenes: ['all-ports-make-the-pair', 'families-pair-apart'],
    },
    {
      kind: 'claim',
      text: 'Only TCP and UDP can be untracked. ICMP is tracked even where everything is open.',
      scenes: ['icmp-always-tracked'],
    },
    { kind: 'heading', text: 'What a revoke does' },
    {
      kind: 'claim',
      text: 'A tracked connection goes on when its rule is revoked, until it has been idle for its timeout. New connections are refused.',
      scenes: ['tracked-survives-revoke', 'handshake-completes'],
    },
    {
      kind: 'claim',
      text: 'An untracked connection is cut at once, in both directions. This holds whichever of the two rules you revoke, and also when you replace an open rule by a narrow one.',
      scenes: ['untracked-cut-by-revoke', 'command-4-revoke', 'narrowing-cuts'],
    },
    {
      kind: 'claim',
      text: 'So in the five commands the connection is untracked between the second and the fourth, and its answers leave by the outbound rule. After the fourth, new connections are tracked and their answers leave by state.',
      scenes: ['command-3-describe', 'command-4-revoke', 'command-5-describe-again'],
    },
    {
      kind: 'claim',
      text: 'A cut TCP connection stays cut. A cut UDP flow is opened again by the next datagram that a rule admits.',
      scenes: ['untracked-cut-by-revoke', 'udp-cut-and-reopened'],
    },
  ],
  scenes: [
    'tracked-survives-revoke',
    'untracked-cut-by-revoke',
    'narrowing-cuts',
    'all-ports-make-the-pair',
    'families-pair-apart',
    'handshake-completes',
    'udp-cut-and-reopened',
  ],
  drills: ['revoke-both-ways'],
}

export const idleTimeouts: Chapter = {
  id: 'idle-timeouts',
  title: 'Idle timeouts and the hung connection pool',
  aim: 'Recognise a connection that was forgotten, and prevent it.',
  parts: [
    {
      kind: 'claim',
      text: 'A tracked connection is forgotten when nothing of it has passed, in either direction, for its timeout. Each packet starts the timeout anew.',
      scenes: ['keepalive'],
    },
    {
      kind: 'claim',
      text: 'An established TCP connection may idle for 432000 seconds, five days, unless its interface says otherwise. Newer instance types, Nitro v6, default to 350 seconds, and you can set TcpEstablishedTimeout yourself, from 60 to 432000.',
      scenes: ['five-days', 'hung-pool'],
    },
    {
      kind: 'claim',
      text: 'A UDP question with one answer is remembered for 30 seconds, a stream of several for 180.',
      scenes: ['udp-thirty-seconds'],
    },
    {
      kind: 'claim',
      text: 'Nobody is told when a connection is forgotten. A pool that keeps idle connections sends its next query into nothing and hangs, although a rule matches. The query is the middle of a connection that is not known.',
      scenes: ['hung-pool'],
    },
    {
      kind: 'claim',
      text: 'The cure is traffic: a keepalive more often than the timeout.',
      scenes: ['keepalive'],
    },
    {
      kind: 'claim',
      text: 'A connection that is closed is soon forgotten, whatever its timeout. An untracked connection has no timeout at all.',
      scenes: ['after-the-close', 'command-3-describe'],
    },
  ],
  scenes: ['hung-pool', 'keepalive', 'five-days', 'udp-thirty-seconds', 'after-the-close'],
  drills: ['idle-timeout'],
}

export const trackingAllowance: Chapter = {
  id: 'tracking-allowance',
  title: 'The tracking allowance',
  aim: 'Know the limit that no rule shows.',
  parts: [
    {
      kind: 'claim',
      text: 'An instance may track only so many connections. At the limit the first packets of new connections are dropped, although a rule admits them. Connections that are tracked go on.',
      scenes: ['allowance'],
    },
    {
      kind: 'claim',
      text: 'Untracked connections take no place. Opening a busy port both ways, where that is acceptable, is a way to spare the allowance.',
      scenes: ['untracked-needs-no-allowance'],
    },
    {
      kind: 'claim',
      text: 'A connection between two of your instances takes a place at each end where it is tracked.',
      scenes: ['both-ends-decide', 'untracked-at-one-end'],
    },
  ],
  scenes: ['allowance', 'untracked-needs-no-allowance'],
  drills: [],
}
