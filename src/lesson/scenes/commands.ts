/** The five commands, one scene each: what a packet meets before and after. */

import type { Scene } from '../content.ts'

export const commandScenes: readonly Scene[] = [
  {
    id: 'command-1-create',
    title: 'A new group',
    claim: 'A new security group has no inbound rule and one outbound rule, which lets everything out.',
    world: ['group my-web-sg egress any to 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in my-web-sg'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S deny no-rule',
        asks: 'A client opens a connection to port 80. Does its first packet get in?',
        explains:
          'The group has no inbound rule, so nothing that a stranger starts is admitted. The packet is dropped without a word: the client waits and times out.',
      },
      {
        line: '1s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S allow sgr-1',
        asks: 'The instance opens a connection of its own to a site. Does the packet get out?',
        explains:
          'The outbound rule that every new group starts with admits it. The group also remembers the connection from here on.',
      },
      {
        line: '1s web ingress tcp 198.51.100.7:443 > 10.0.0.10:50000 SA allow connection(sgr-1)',
        asks: 'The site answers. There is still no inbound rule. Does the answer get in?',
        explains: 'It belongs to a connection that the group remembers. An answer needs no rule of its own.',
      },
    ],
  },
  {
    id: 'command-2-authorize',
    title: 'Port 80 is opened',
    claim: 'A new rule holds from the next packet on, for its own port alone.',
    world: ['group my-web-sg egress any to 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in my-web-sg'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S deny no-rule',
        asks: 'Before the rule: does the first packet of a client get in?',
        explains: 'No inbound rule exists yet.',
      },
      {
        line: '1s authorize my-web-sg ingress tcp 80 from 0.0.0.0/0 as sgr-2',
        explains: 'You authorize TCP port 80 from everywhere.',
      },
      {
        line: '3s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow untracked(sgr-2; sgr-1)',
        asks: 'The client did not give up and sends the same packet again. Does it get in?',
        explains: 'The rule holds from the next packet on; nothing has to be restarted.',
      },
      {
        line: '3s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:443 S deny no-rule',
        asks: 'The same client tries port 443. Does that get in?',
        explains: 'The rule is for port 80. A security group admits what a rule names and nothing else.',
      },
    ],
  },
  {
    id: 'command-3-describe',
    title: 'Two open rules, and no memory',
    claim:
      'While inbound port 80 and all outbound traffic are open to the world, the connection is untracked: each packet passes by the rules alone.',
    world: [
      'group my-web-sg ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group my-web-sg egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in my-web-sg',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-2)',
        asks: 'With the two rules that describe shows, does the request get in?',
        explains:
          'The inbound rule is open to all addresses, and the outbound rule opens all ports to all addresses. AWS then keeps no state for the connection.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow untracked(sgr-1; sgr-2)',
        asks: 'The server answers. Does the answer get out, and by what?',
        explains:
          'It leaves by the outbound rule, because nothing was remembered. This is the one case in which the outbound rule carries the answer.',
      },
      {
        line: '5d web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA allow untracked(sgr-1; sgr-2)',
        asks: 'Nobody says a word for five days. Then the server sends again. Does it pass?',
        explains: 'Where nothing is remembered, nothing expires. An untracked connection has no idle timeout.',
      },
    ],
  },
  {
    id: 'command-4-revoke',
    title: 'The outbound rule goes',
    claim:
      'Revoking the outbound rule cuts the untracked connection at once; the next connection is tracked, and its answers leave.',
    world: [
      'group my-web-sg ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group my-web-sg egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in my-web-sg',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-2)',
        asks: 'A client connects while both rules are there. Does it get in?',
        explains: 'It does, and the connection is untracked.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow untracked(sgr-1; sgr-2)',
        asks: 'Does the answer get out?',
        explains: 'The outbound rule carries it.',
      },
      { line: '1s revoke sgr-2', explains: 'You revoke the outbound rule.' },
      {
        line: '2s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA deny no-rule',
        asks: 'The server sends more on the connection that is already open. Does it get out?',
        explains:
          'Nothing was remembered of this connection, and the rule that carried its answers is gone. It is cut.',
      },
      {
        line: '2s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 PA deny no-state',
        asks: 'The client sends more on the same connection. The inbound rule is still there. Does it get in?',
        explains: 'The rule would admit a beginning, but this is the middle of a connection that nobody knows.',
      },
      {
        line: '3s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:80 S allow sgr-1',
        asks: 'The client connects anew. Does that get in?',
        explains: 'The inbound rule admits it. With no outbound rule to pair with, this connection is tracked.',
      },
      {
        line: '3s web egress tcp 10.0.0.10:80 > 203.0.113.5:40001 SA allow connection(sgr-1)',
        asks: 'There is no outbound rule at all. Does the answer get out?',
        explains: 'It belongs to a connection that the group remembers, so it needs no rule.',
      },
    ],
  },
  {
    id: 'command-5-describe-again',
    title: 'An empty list of outbound rules',
    claim: 'With no outbound rule, answers to admitted requests leave and new outbound connections do not.',
    world: ['group my-web-sg ingress tcp 80 from 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in my-web-sg'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'A client connects to port 80. Does it get in?',
        explains: 'The inbound rule admits it, and a connection is remembered.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'IpPermissionsEgress is []. Does the answer get out?',
        explains: 'It leaves by the state of the connection.',
      },
      {
        line: '1s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S deny no-rule',
        asks: 'The instance looks for updates at a site of its own choice. Does that get out?',
        explains: 'This is a new connection, not an answer. New outbound connections need an outbound rule.',
      },
    ],
  },
]
