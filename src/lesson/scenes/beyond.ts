/** ICMP, what is never filtered, and the tracking allowance. */

import type { Scene } from '../content.ts'

export const beyondScenes: readonly Scene[] = [
  {
    id: 'ping-in',
    title: 'A ping and its reply',
    claim: 'A rule for echo requests is enough to be pinged; the reply leaves by state.',
    world: ['group web ingress icmp 8 from 203.0.113.5/32 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow sgr-1',
        asks: 'ICMP has no ports. A rule names a type: 8, the echo request. Does the ping get in?',
        explains: 'Type and source match.',
      },
      {
        line: '0s web egress icmp 10.0.0.10 > 203.0.113.5 reply 7 allow connection(sgr-1)',
        asks: 'There is no outbound rule. Does the reply get out?',
        explains: 'ICMP is tracked. The reply has the identifier of the request.',
      },
      {
        line: '0s web egress icmp 10.0.0.10 > 203.0.113.5 reply 8 deny no-rule',
        asks: 'A reply with another identifier: does it get out?',
        explains: 'It answers no request that was admitted.',
      },
      {
        line: '1s web egress icmp 10.0.0.10 > 203.0.113.5 echo 9 deny no-rule',
        asks: 'The instance pings the client. Does that get out?',
        explains: 'That is a new request, and it needs an outbound rule.',
      },
    ],
  },
  {
    id: 'ping-out',
    title: 'Pinging out',
    claim: 'With outbound traffic open, your pings get their replies, and nobody can ping you.',
    world: ['group web egress any to 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web egress icmp 10.0.0.10 > 198.51.100.7 echo 7 allow sgr-1',
        asks: 'The instance pings a site. Does the request get out?',
        explains: 'All traffic includes ICMP.',
      },
      {
        line: '0s web ingress icmp 198.51.100.7 > 10.0.0.10 reply 7 allow connection(sgr-1)',
        asks: 'No inbound rule exists. Does the reply get in?',
        explains: 'By state.',
      },
      {
        line: '1s web ingress icmp 198.51.100.7 > 10.0.0.10 echo 7 deny no-rule',
        asks: 'The site pings the instance. Does that get in?',
        explains: 'A request is no reply.',
      },
    ],
  },
  {
    id: 'icmp-always-tracked',
    title: 'ICMP is always tracked',
    claim:
      'ICMP is tracked even where both directions are open to everybody, so a ping that is running outlives its rule.',
    world: [
      'group web ingress icmp any from 0.0.0.0/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        line: '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow sgr-1',
        asks: 'Everything is open both ways. A TCP connection would be untracked. Does the ping get in, and how?',
        explains: 'It gets in and is tracked. Only TCP and UDP can be untracked.',
      },
      { line: '1s revoke sgr-1', explains: 'You revoke the inbound rule while the ping is running.' },
      {
        line: '5s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 allow connection(sgr-1, revoked)',
        asks: 'The next echo request of the same ping: does it get in?',
        explains: 'It belongs to what is tracked.',
      },
      {
        line: '36s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 deny no-rule',
        asks: 'The ping pauses for 31 seconds and goes on. Does it get in?',
        explains: 'It has been forgotten. AWS publishes no figure for ICMP; here it is 30 seconds.',
      },
    ],
  },
  {
    id: 'icmp-type-and-code',
    title: 'Type and code',
    claim: 'An ICMP rule compares type and code.',
    world: ['group web ingress icmp 3/4 from 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress icmp 192.0.2.1 > 10.0.0.10 3/4 allow message(sgr-1)',
        asks: 'The rule is for type 3 code 4, fragmentation needed. Such a message arrives. Does it get in?',
        explains: 'Both match. It is no question, so nothing is remembered.',
      },
      {
        line: '0s web ingress icmp 192.0.2.1 > 10.0.0.10 3/1 deny no-rule',
        asks: 'Type 3 code 1, host unreachable: does it get in?',
        explains: 'The code is another.',
      },
      {
        line: '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 1 deny no-rule',
        asks: 'A ping: does it get in?',
        explains: 'The type is another.',
      },
    ],
  },
  {
    id: 'icmp-errors',
    title: 'An error about a connection',
    claim:
      'An ICMP error about a tracked connection passes without a rule; about a connection that is not known it needs one.',
    world: ['group web egress tcp 443 to 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S allow sgr-1',
        asks: 'The instance connects to a site. Does the packet leave?',
        explains: 'Tracked, as nothing is open inbound.',
      },
      {
        line: '1s web ingress icmp 192.0.2.1 > 10.0.0.10 3/4 { tcp 10.0.0.10:50000 > 198.51.100.7:443 A } allow related-error(sgr-1)',
        asks: 'A router on the way says that a packet of this connection is too big. Does the message get in?',
        explains:
          "It quotes a packet of a tracked connection. AWS's pages contradict each other here; Sallyport lets such errors pass.",
      },
      {
        line: '1s web ingress icmp 192.0.2.1 > 10.0.0.10 3/4 { tcp 10.0.0.10:50001 > 198.51.100.7:443 A } deny no-rule',
        asks: 'The same message about a connection that does not exist: does it get in?',
        explains: 'There is nothing for it to be about.',
      },
    ],
  },
  {
    id: 'icmp-errors-untracked',
    title: 'An error about an untracked connection',
    claim: 'Where a connection is untracked there is nothing that an error could belong to: it needs an ICMP rule.',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group web egress any to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-2)',
        asks: 'A client connects, open both ways. Does it get in?',
        explains: 'Untracked.',
      },
      {
        line: '1s web ingress icmp 192.0.2.1 > 10.0.0.10 3/4 { tcp 10.0.0.10:80 > 203.0.113.5:40000 PA } deny no-rule',
        asks: "A router says that the server's answer was too big. Does the message get in?",
        explains: 'Nothing is remembered of the connection, and no rule admits ICMP.',
      },
      { line: '2s authorize web ingress icmp 3/4 from 0.0.0.0/0 as sgr-3', explains: 'You admit type 3 code 4.' },
      {
        line: '3s web ingress icmp 192.0.2.1 > 10.0.0.10 3/4 { tcp 10.0.0.10:80 > 203.0.113.5:40000 PA } allow message(sgr-3)',
        asks: 'And with that rule?',
        explains: 'It is admitted by its type and code.',
      },
    ],
  },
  {
    id: 'icmpv6-is-another-protocol',
    title: 'ICMPv6',
    claim: 'ICMP and ICMPv6 are two protocols: a rule for one admits nothing of the other.',
    world: ['group web ingress icmpv6 128 from ::/0 as sgr-1', 'interface web 10.0.0.10 2001:db8::10 in web'],
    steps: [
      {
        line: '0s web ingress icmpv6 2001:db8:1::5 > 2001:db8::10 echo 7 allow sgr-1',
        asks: 'The rule is for ICMPv6 echo requests. An IPv6 ping arrives. Does it get in?',
        explains: 'Type 128 is the echo request of ICMPv6.',
      },
      {
        line: '0s web ingress icmp 203.0.113.5 > 10.0.0.10 echo 7 deny no-rule',
        asks: 'An IPv4 ping arrives. Does it get in?',
        explains: 'That is ICMP, which no rule names.',
      },
    ],
  },
  {
    id: 'never-filtered',
    title: 'What is never filtered',
    claim: 'Amazon DNS, instance metadata, DHCP and Amazon Time Sync pass though the group has no rule at all.',
    world: ['group none', 'interface web 10.0.0.10 in none'],
    steps: [
      {
        line: '0s web egress udp 10.0.0.10:50000 > 10.0.0.2:53 allow exempt',
        asks: 'The group has no rule in either direction. The instance asks Amazon DNS, at the VPC base plus two. Does the query leave?',
        explains: 'Traffic to and from Amazon DNS is never filtered.',
      },
      {
        line: '0s web ingress udp 10.0.0.2:53 > 10.0.0.10:50000 allow exempt',
        asks: 'Does the answer get in?',
        explains: 'In both directions.',
      },
      {
        line: '1s web egress tcp 10.0.0.10:50001 > 169.254.169.254:80 S allow exempt',
        asks: 'It asks the instance metadata service. Does that leave?',
        explains: 'Never filtered. Guard metadata on the instance, not with a group.',
      },
      {
        line: '2s web egress udp 10.0.0.10:123 > 169.254.169.123:123 allow exempt',
        asks: 'It asks Amazon Time Sync for the time. Does that leave?',
        explains: 'Never filtered.',
      },
      {
        line: '3s web egress udp 10.0.0.10:68 > 10.0.0.1:67 allow exempt',
        asks: 'It renews its DHCP lease. Does that leave?',
        explains: 'Never filtered.',
      },
      {
        line: '4s web egress udp 10.0.0.10:50000 > 198.51.100.7:53 deny no-rule',
        asks: 'It asks a DNS server on the internet. Does that leave?',
        explains: 'Only Amazon DNS is exempt. Another DNS server is filtered like any host.',
      },
    ],
  },
  {
    id: 'allowance',
    title: 'The tracking allowance',
    claim:
      'An instance may track so many connections and no more: at the limit new ones are dropped, and those that are tracked go on.',
    options: ['option allowance 2'],
    world: ['group web ingress tcp 80 from 203.0.113.0/24 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'To be brief, this instance may track two connections. The first comes. Does it get in?',
        explains:
          'One entry. On AWS the allowance depends on the instance type, is not published, and is in the tens of thousands.',
      },
      {
        line: '0s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:80 S allow sgr-1',
        asks: 'The second?',
        explains: 'Two entries.',
      },
      {
        line: '0s web ingress tcp 203.0.113.5:40002 > 10.0.0.10:80 S deny allowance',
        asks: 'The third?',
        explains:
          'A rule admits it, but there is no place to remember it. The driver counts it in conntrack_allowance_exceeded.',
      },
      {
        line: '1s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'The server answers the first. Does that get out?',
        explains: 'Connections that are tracked go on.',
      },
    ],
  },
  {
    id: 'untracked-needs-no-allowance',
    title: 'Untracked connections need no allowance',
    claim: 'Untracked connections take no place in the allowance.',
    options: ['option allowance 1'],
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group web ingress tcp 22 from 203.0.113.5/32 as sgr-2',
      'group web egress any to 0.0.0.0/0 as sgr-3',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:22 S allow sgr-2',
        asks: 'This instance may track one connection. SSH from the administrator: does it get in?',
        explains: 'It is tracked and takes the only place.',
      },
      {
        line: '1s web ingress tcp 203.0.113.77:40002 > 10.0.0.10:80 S allow untracked(sgr-1; sgr-3)',
        asks: 'The place is taken. A request to port 80, which is open both ways: does it get in?',
        explains: 'Untracked, so it needs no place.',
      },
      {
        line: '2s web ingress tcp 203.0.113.5:40003 > 10.0.0.10:22 S deny allowance',
        asks: 'A second SSH session of the administrator: does it get in?',
        explains: 'It would have to be tracked.',
      },
    ],
  },
]
