/** How long an idle connection is remembered, and how a pool of them hangs. */

import type { Scene } from '../content.ts'

export const timeoutScenes: readonly Scene[] = [
  {
    id: 'hung-pool',
    title: 'The hung connection pool',
    claim:
      'A connection that idles longer than its timeout is forgotten in silence: the next packet is dropped although a rule matches it.',
    world: [
      'group app egress any to 0.0.0.0/0 as sgr-1',
      'group db ingress tcp 5432 from app as sgr-2',
      'interface app 10.0.0.5 in app',
      'interface db 10.0.1.9 in db idle tcp 350',
    ],
    steps: [
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-2',
        asks: 'A connection pool opens a connection to the database. Does it arrive?',
        explains: "The database's rule admits it, and its interface tracks it.",
      },
      {
        line: '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow connection(sgr-2)',
        asks: 'Does the answer leave?',
        explains: 'By state.',
      },
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow connection(sgr-2)',
        asks: 'The handshake completes. Does this packet arrive?',
        explains:
          'The connection is established. From here it may idle for 350 seconds, the timeout of this interface.',
      },
      {
        line: '351s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 PA deny no-state',
        asks: 'The pool leaves the connection idle for 351 seconds and then sends a query. Does it arrive?',
        explains:
          'The connection has been forgotten. No reset is sent, so the pool waits for an answer that will not come.',
      },
      {
        line: '352s db ingress tcp 10.0.0.5:40001 > 10.0.1.9:5432 S allow sgr-2',
        asks: 'The pool gives up and opens a new connection. Does it arrive?',
        explains: 'The rule is as it was. Only the memory was gone.',
      },
    ],
  },
  {
    id: 'keepalive',
    title: 'Keepalives',
    claim: 'Each packet of a connection, in either direction, starts its idle timeout anew.',
    world: ['group db ingress tcp 5432 from 10.0.0.0/24 as sgr-1', 'interface db 10.0.1.9 in db idle tcp 350'],
    steps: [
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-1',
        asks: 'A client connects. Does it get in?',
        explains: 'The rule names its subnet.',
      },
      {
        line: '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow connection(sgr-1)',
        asks: 'Does the answer get out?',
        explains: 'By state.',
      },
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow connection(sgr-1)',
        asks: 'Does the handshake complete?',
        explains: 'Established: 350 seconds from now.',
      },
      {
        line: '300s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A allow connection(sgr-1)',
        asks: 'After 300 seconds the client sends a keepalive. Does it get in?',
        explains: 'The connection is still known, and its 350 seconds begin again.',
      },
      {
        line: '600s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 A allow connection(sgr-1)',
        asks: '600 seconds after the start the server sends a packet. Does it get out?',
        explains: 'It is 300 seconds since the last packet. What counts is idle time, not age.',
      },
      {
        line: '950s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 A deny no-state',
        asks: 'The next packet comes 350 seconds later. Does it get in?',
        explains: 'Idle for exactly the timeout is too long.',
      },
    ],
  },
  {
    id: 'five-days',
    title: 'Five days',
    claim:
      'Unless the interface says otherwise, an established TCP connection may idle for 432000 seconds, which is five days.',
    world: ['group web ingress tcp 22 from 203.0.113.5/32 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow sgr-1',
        asks: 'A client opens SSH. Does it get in?',
        explains: 'The rule names it.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'Does the answer get out?',
        explains: 'By state.',
      },
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 A allow connection(sgr-1)',
        asks: 'Does the handshake complete?',
        explains: 'The connection is established.',
      },
      {
        line: '4d web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA allow connection(sgr-1)',
        asks: 'Four silent days later the client types. Does that get in?',
        explains: 'Four days are less than five.',
      },
      {
        line: '9d web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 PA deny no-state',
        asks: 'Five more silent days later: does that get in?',
        explains: 'The connection was forgotten at that moment.',
      },
    ],
  },
  {
    id: 'udp-thirty-seconds',
    title: 'UDP is remembered briefly',
    claim: 'A UDP question with one answer is remembered for 30 seconds, a stream of several for 180.',
    world: ['group dns ingress udp 53 from 203.0.113.0/24 as sgr-1', 'interface dns 10.0.0.10 in dns'],
    steps: [
      {
        line: '0s dns ingress udp 203.0.113.5:1000 > 10.0.0.10:53 allow sgr-1',
        asks: 'A client asks. Does the datagram get in?',
        explains: 'The rule names its network.',
      },
      {
        line: '29s dns egress udp 10.0.0.10:53 > 203.0.113.5:1000 allow connection(sgr-1)',
        asks: 'The answer takes 29 seconds. Does it get out?',
        explains: 'It comes one second before the question is forgotten.',
      },
      {
        line: '60s dns egress udp 10.0.0.10:53 > 203.0.113.5:1000 deny no-rule',
        asks: 'The server sends again, 31 seconds later. Does it get out?',
        explains: 'One question and one answer are remembered for 30 seconds.',
      },
      {
        line: '61s dns ingress udp 203.0.113.77:1000 > 10.0.0.10:53 allow sgr-1',
        asks: 'Another client asks. Does the datagram get in?',
        explains: 'A new flow begins.',
      },
      {
        line: '61s dns egress udp 10.0.0.10:53 > 203.0.113.77:1000 allow connection(sgr-1)',
        asks: 'Is it answered?',
        explains: 'One question, one answer.',
      },
      {
        line: '62s dns ingress udp 203.0.113.77:1000 > 10.0.0.10:53 allow connection(sgr-1)',
        asks: 'It asks a second time. Does that get in?',
        explains: 'The flow is known.',
      },
      {
        line: '62s dns egress udp 10.0.0.10:53 > 203.0.113.77:1000 allow connection(sgr-1)',
        asks: 'Is that answered as well?',
        explains: 'With the second answer the flow is a stream, and may idle for 180 seconds.',
      },
      {
        line: '241s dns egress udp 10.0.0.10:53 > 203.0.113.77:1000 allow connection(sgr-1)',
        asks: 'The server sends 179 seconds later. Does it get out?',
        explains: 'A stream is remembered that long.',
      },
    ],
  },
  {
    id: 'after-the-close',
    title: 'After the close',
    claim: 'A connection that was reset is soon forgotten; packets that come after are refused.',
    world: ['group web ingress tcp 80 from 203.0.113.5/32 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'A client connects. Does it get in?',
        explains: 'The rule names it.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'Does the answer get out?',
        explains: 'By state.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 R allow connection(sgr-1)',
        asks: 'The client resets the connection. Does that packet get in?',
        explains: 'It is the last packet of the connection.',
      },
      {
        line: '12s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA deny no-rule',
        asks: 'Eleven seconds later the server sends more. Does it get out?',
        explains: 'A closed connection is no connection. AWS does not say how long it lingers; here it is 10 seconds.',
      },
    ],
  },
]
