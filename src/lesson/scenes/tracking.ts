/** Tracked and untracked connections, and what a revoke does to each. */

import type { Scene } from '../content.ts'

export const trackingScenes: readonly Scene[] = [
  {
    id: 'tracked-survives-revoke',
    title: 'A tracked connection outlives its rule',
    claim: 'Revoking a rule does not cut a tracked connection that it admitted; new connections are refused.',
    world: [
      'group web ingress tcp 22 from 203.0.113.5/32 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow sgr-1',
        asks: 'The inbound rule names one address. Does its SSH get in?',
        explains: 'It does, and because the rule is not open to all addresses, the connection is tracked.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'Does the answer get out, and by what?',
        explains: 'By state, though an outbound rule would admit it as well.',
      },
      { line: '1s revoke sgr-1', explains: 'You revoke the rule while the session is open.' },
      {
        line: '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA allow connection(sgr-1, revoked)',
        asks: 'The client types on. Does that still get in?',
        explains:
          'A tracked connection goes on until it has been idle for its timeout. Revoking a rule does not throw anybody out.',
      },
      {
        line: '2s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 PA allow connection(sgr-1, revoked)',
        asks: 'And the output of the session?',
        explains: 'Both directions go on.',
      },
      {
        line: '3s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S deny no-rule',
        asks: 'The client opens a second session. Does it get in?',
        explains: 'A new connection is judged by the rules of now.',
      },
    ],
  },
  {
    id: 'untracked-cut-by-revoke',
    title: 'An untracked connection is cut at once',
    claim: 'Revoking a rule cuts the untracked connections that rested on it, in both directions, at once.',
    world: [
      'group web ingress tcp 22 from 0.0.0.0/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow untracked(sgr-1; sgr-2)',
        asks: 'Inbound SSH is open to everybody and so is everything outbound. Does the packet get in?',
        explains: 'It does, and the two open rules make the connection untracked: nothing is remembered.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 SA allow untracked(sgr-1; sgr-2)',
        asks: 'Does the answer get out, and by what?',
        explains: 'By the outbound rule.',
      },
      { line: '1s revoke sgr-1', explains: 'You revoke the inbound rule while the session is open.' },
      {
        line: '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA deny no-rule',
        asks: 'The client types on. Does that still get in?',
        explains: 'There is no state to fall back on. The session hangs from this moment.',
      },
      {
        line: '2s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 PA deny no-state',
        asks: 'The outbound rule is still there. Does the output of the session get out?',
        explains:
          'An outbound rule opens new connections. This packet is the middle of a connection that nobody remembers.',
      },
    ],
  },
  {
    id: 'narrowing-cuts',
    title: 'An open rule is narrowed',
    claim:
      'Replacing an open rule by a narrow one cuts untracked connections even of clients that the narrow rule still names.',
    world: [
      'group web ingress tcp 22 from 0.0.0.0/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow untracked(sgr-1; sgr-2)',
        asks: 'SSH is open to the world. Does the client get in?',
        explains: 'Untracked, as both directions are open.',
      },
      { line: '1s revoke sgr-1', explains: 'You close SSH to the world …' },
      {
        line: '1s authorize web ingress tcp 22 from 203.0.113.5/32 as sgr-3',
        explains: '… and open it to this client.',
      },
      {
        line: '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA deny no-state',
        asks: 'The new rule names the client. Does its open session go on?',
        explains: 'The session was never remembered, and a narrow rule needs memory. The session is cut.',
      },
      {
        line: '3s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S allow sgr-3',
        asks: 'It connects again. Does that get in?',
        explains: 'A new connection, admitted by the narrow rule, and tracked.',
      },
    ],
  },
  {
    id: 'all-ports-make-the-pair',
    title: 'What makes the pair',
    claim: 'A connection is untracked only if the other direction is open to all addresses on all ports.',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group web egress tcp 1024-65535 to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'Outbound is open for ports 1024 to 65535. A request comes. Does it get in?',
        explains: 'It does. The outbound rule does not hold all ports, so the connection is tracked.',
      },
      { line: '1s revoke sgr-1', explains: 'You revoke the inbound rule.' },
      {
        line: '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA allow connection(sgr-1, revoked)',
        asks: 'Is the open connection cut?',
        explains: 'It is tracked, so it goes on.',
      },
    ],
  },
  {
    id: 'families-pair-apart',
    title: 'IPv4 and IPv6 pair apart',
    claim: 'An open IPv6 rule pairs with an open IPv6 rule only; anywhere is two rules.',
    world: [
      'group web ingress tcp 80 from ::/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 2001:db8::10 in web',
    ],
    steps: [
      {
        line: '0s web ingress tcp [2001:db8:1::5]:40000 > [2001:db8::10]:80 S allow sgr-1',
        asks: 'Inbound 80 is open to ::/0, outbound to 0.0.0.0/0. An IPv6 client connects. Does it get in?',
        explains: 'It does, and it is tracked: no IPv6 rule opens the other direction.',
      },
      {
        line: '0s web egress tcp [2001:db8::10]:80 > [2001:db8:1::5]:40000 SA allow connection(sgr-1)',
        asks: 'Does the answer get out?',
        explains: 'By state.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S deny no-rule',
        asks: 'An IPv4 client connects to the same port. Does it get in?',
        explains: '::/0 is every IPv6 address and no IPv4 address.',
      },
    ],
  },
  {
    id: 'handshake-completes',
    title: 'Revoked in the middle of a handshake',
    claim: 'A tracked connection that was admitted completes its handshake though its rule is revoked meanwhile.',
    world: ['group web ingress tcp 80 from 203.0.113.5/32 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'The first packet of a connection. Does it get in?',
        explains: 'The rule admits it.',
      },
      { line: '1s revoke sgr-1', explains: 'You revoke the rule before the server has answered.' },
      {
        line: '1s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow connection(sgr-1, revoked)',
        asks: 'Does the answer get out?',
        explains: 'The connection was remembered with its first packet.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 A allow connection(sgr-1, revoked)',
        asks: 'Does the third packet of the handshake get in?',
        explains: 'It belongs to the same connection.',
      },
    ],
  },
  {
    id: 'udp-cut-and-reopened',
    title: 'UDP opens itself again',
    claim: 'A cut UDP flow is opened again, tracked, by the next datagram that a rule admits.',
    world: [
      'group dns ingress udp 53 from 0.0.0.0/0 as sgr-1',
      'group dns egress any to 0.0.0.0/0 as sgr-2',
      'interface dns 10.0.0.10 in dns',
    ],
    steps: [
      {
        line: '0s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow untracked(sgr-1; sgr-2)',
        asks: 'A query comes to a DNS server that is open both ways. Does it get in?',
        explains: 'It does, untracked.',
      },
      { line: '1s revoke sgr-1', explains: 'You revoke the inbound rule.' },
      {
        line: '2s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 deny no-rule',
        asks: 'The client asks again from the same port. Does that get in?',
        explains: 'The flow was untracked, so it is cut.',
      },
      {
        line: '3s dns egress udp 10.0.0.10:53 > 203.0.113.5:1000 allow sgr-2',
        asks: 'The server sends its answer late. Does it get out?',
        explains:
          'UDP has no first packet that could be told from the others. The outbound rule admits this one as a new flow, and tracks it.',
      },
      {
        line: '4s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow connection(sgr-2)',
        asks: 'The client asks once more from the same port. Does that get in?',
        explains: 'It answers the flow that the server has just opened.',
      },
    ],
  },
]
