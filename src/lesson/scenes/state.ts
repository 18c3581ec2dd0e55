/** What a security group remembers, and the two mistakes that come from not knowing it. */

import type { Scene } from '../content.ts'

export const stateScenes: readonly Scene[] = [
  {
    id: 'answers-by-state',
    title: 'An answer needs no rule',
    claim: 'A security group remembers the connections it admitted and lets their answers pass the other way.',
    world: ['group web ingress tcp 22 from 203.0.113.5/32 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:22 S allow sgr-1',
        asks: 'The client whose address the rule names opens SSH. Does it get in?',
        explains: 'Protocol, port and source address all match the rule. The group now remembers the connection.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:22 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'There is no outbound rule. Does the answer get out?',
        explains:
          'It is the other half of the remembered connection: the same two addresses, the same two ports, swapped.',
      },
      {
        line: '1s web ingress tcp 203.0.113.77:40000 > 10.0.0.10:22 S deny no-rule',
        asks: 'Another client tries the same port. Does it get in?',
        explains: 'The rule names one address, and what is remembered is a connection, not a port that was opened.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:23 S deny no-rule',
        asks: 'The first client, which is connected already, tries port 23. Does it get in?',
        explains: 'A person or an address is not remembered. Only the connection is.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:40009 > 10.0.0.10:22 PA deny no-state',
        asks: 'The first client sends data from a port that never opened a connection. Does it get in?',
        explains: 'The rule matches, but this packet is the middle of a connection that nobody opened.',
      },
    ],
  },
  {
    id: 'answers-need-a-request',
    title: 'No answer without a request',
    claim: 'A packet that looks like an answer is let out only if its request was admitted.',
    world: ['group web ingress tcp 80 from 203.0.113.5/32 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA deny no-rule',
        asks: 'The server sends what looks like an answer, but nobody asked. Does it get out?',
        explains: 'Nothing is remembered and no outbound rule exists. The look of a packet earns it nothing.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'The client asks. Does the request get in?',
        explains: 'The inbound rule admits it.',
      },
      {
        line: '1s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'The same answer once more. Does it get out?',
        explains: 'There is a connection that it answers.',
      },
      {
        line: '2s web egress tcp 10.0.0.10:80 > 198.51.100.7:40000 PA deny no-rule',
        asks: 'The server sends the same data to somebody else. Does that get out?',
        explains: 'The connection is with the client. Nobody else gains anything from it.',
      },
    ],
  },
  {
    id: 'one-rule-serves-http',
    title: 'One rule serves HTTP',
    claim: 'One inbound rule for TCP port 80 serves a web site, answers included, and opens nothing else.',
    world: ['group web ingress tcp 80 from 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'A request to port 80: does it get in?',
        explains: 'The rule is for TCP port 80 from all addresses.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'And its answer: does it get out?',
        explains: 'By state. No outbound rule is there or needed.',
      },
      {
        line: '1s web ingress tcp 203.0.113.5:40001 > 10.0.0.10:443 S deny no-rule',
        asks: 'A request to port 443: does it get in?',
        explains: 'The rule names port 80 alone.',
      },
      {
        line: '1s web ingress udp 203.0.113.5:40001 > 10.0.0.10:80 deny no-rule',
        asks: 'A UDP datagram to port 80: does it get in?',
        explains: 'TCP and UDP are two protocols. A rule is for the one it names.',
      },
      {
        line: '2s web egress tcp 10.0.0.10:50000 > 198.51.100.7:80 S deny no-rule',
        asks: 'The server itself fetches a page from a site: does that get out?',
        explains: 'A new outbound connection needs an outbound rule.',
      },
    ],
  },
  {
    id: 'database-results-return',
    title: 'A database and its results',
    claim:
      'A database that admits the application sends its results back without an outbound rule, and cannot open connections of its own.',
    world: [
      'group app egress tcp 5432 to db as sgr-1',
      'group db ingress tcp 5432 from app as sgr-2',
      'interface app 10.0.0.5 in app',
      'interface db 10.0.1.9 in db',
    ],
    steps: [
      {
        line: '0s app egress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-1',
        asks: 'The application opens a connection to the database. Does it leave?',
        explains: "The application's outbound rule names the database's group and its port.",
      },
      {
        line: '0s db ingress tcp 10.0.0.5:40000 > 10.0.1.9:5432 S allow sgr-2',
        asks: 'Does it arrive?',
        explains: "The database's inbound rule names the application's group.",
      },
      {
        line: '0s db egress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow connection(sgr-2)',
        asks: 'The database has no outbound rule. Does its answer leave?',
        explains: "It answers a connection that the database's interface remembers.",
      },
      {
        line: '0s app ingress tcp 10.0.1.9:5432 > 10.0.0.5:40000 SA allow connection(sgr-1)',
        asks: 'The application has no inbound rule. Does the answer arrive?',
        explains: "It answers a connection that the application's own interface remembers.",
      },
      {
        line: '1s db egress tcp 10.0.1.9:50000 > 10.0.0.5:22 S deny no-rule',
        asks: 'Somebody on the database opens SSH to the application. Does that leave?',
        explains: 'Being allowed to answer is not being allowed to begin.',
      },
    ],
  },
  {
    id: 'mistake-1-outbound-rule-for-answers',
    title: 'Mistake 1: an outbound rule for answers',
    claim: 'An outbound rule for port 80 lets no answer out; it opens new connections of the instance.',
    world: [
      'group web ingress tcp 80 from 0.0.0.0/0 as sgr-1',
      'group web egress tcp 80 to 0.0.0.0/0 as sgr-2',
      'interface web 10.0.0.10 in web',
    ],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'Someone added an outbound rule for port 80 "for the answers". A request comes. Does it get in?',
        explains: 'The inbound rule admits it.',
      },
      { line: '1s revoke sgr-2', explains: 'You take the outbound rule away, before the server has answered.' },
      {
        line: '1s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 SA allow connection(sgr-1)',
        asks: 'Does the answer get out without it?',
        explains: 'It leaves by state, as it would have done with the rule.',
      },
      { line: '2s authorize web egress tcp 80 to 0.0.0.0/0 as sgr-3', explains: 'You put the outbound rule back.' },
      {
        line: '2s web egress tcp 10.0.0.10:80 > 203.0.113.77:40001 SA deny no-rule',
        asks: 'Does the rule let out an answer that nobody asked for?',
        explains:
          "An outbound rule looks at the destination port. An answer goes to the client's port, here 40001, not to port 80.",
      },
      {
        line: '2s web egress tcp 10.0.0.10:50000 > 198.51.100.7:80 S allow sgr-3',
        asks: 'What does the rule do, then? The instance opens a connection to port 80 of a site.',
        explains: 'This is what the rule is for: connections that the instance itself opens.',
      },
    ],
  },
  {
    id: 'mistake-2-removing-every-outbound-rule',
    title: 'Mistake 2: no outbound rule, and silence expected',
    claim: 'Removing every outbound rule silences no answer; it stops new outbound connections only.',
    world: ['group web ingress tcp 80 from 0.0.0.0/0 as sgr-1', 'interface web 10.0.0.10 in web'],
    steps: [
      {
        line: '0s web ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S allow sgr-1',
        asks: 'All outbound rules are gone, to isolate the instance. A request comes. Does it get in?',
        explains: 'Inbound rules have not changed.',
      },
      {
        line: '0s web egress tcp 10.0.0.10:80 > 203.0.113.5:40000 PA allow connection(sgr-1)',
        asks: 'Is the instance silent now, or does its answer get out?',
        explains: 'Answers leave. To silence the instance you would have to stop admitting requests.',
      },
      {
        line: '1s web egress tcp 10.0.0.10:50000 > 198.51.100.7:443 S deny no-rule',
        asks: 'The instance opens an HTTPS connection. Does it get out?',
        explains: 'New outbound connections are what the missing rules stop.',
      },
      {
        line: '1s web egress udp 10.0.0.10:50001 > 198.51.100.7:53 deny no-rule',
        asks: 'It asks a DNS server on the internet. Does the datagram get out?',
        explains: 'UDP that nobody asked for is as new as a TCP connection.',
      },
      {
        line: '1s web egress icmp 10.0.0.10 > 198.51.100.7 echo 1 deny no-rule',
        asks: 'It pings the site. Does the ping get out?',
        explains: 'So is a ping.',
      },
    ],
  },
]
