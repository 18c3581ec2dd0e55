import { test } from 'vitest'
import { checkPath, instance, type PathRow, twoSubnets } from '../../test/reach-world.ts'

const insideOneVpc: readonly PathRow[] = [
  {
    title: 'rules on both sides and the local route lead to a neighbour subnet',
    question: 'a b tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'a port without a rule is stopped at the receiver alone',
    question: 'a b tcp 22',
    result: 'unreachable',
    obstacles: ['→ rules ingress eni-b'],
  },
  {
    title: 'both groups without rules stop it at both ends, and both are named',
    lines: 'group shut\ninterface a 10.0.0.5 in shut\ninterface b 10.0.1.9 in shut',
    question: 'a b tcp 80',
    result: 'unreachable',
    obstacles: ['→ rules egress eni-a', '→ rules ingress eni-b'],
  },
  {
    title: 'an interface without a group neither sends nor receives',
    lines: 'interface a 10.0.0.5\ninterface b 10.0.0.9',
    question: 'a b tcp 80',
    result: 'unreachable',
    obstacles: ['→ rules egress eni-a', '→ rules ingress eni-b'],
  },
  {
    title: 'an answer needs no egress rule',
    lines:
      'group o egress any to 0.0.0.0/0\ngroup i ingress any from 10.0.0.5\ninterface a 10.0.0.5 in o\ninterface b 10.0.1.9 in i',
    question: 'a b tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'a rule that names a group admits its members',
    lines:
      'group o egress any to 0.0.0.0/0\ngroup i ingress tcp 80 from o\ninterface a 10.0.0.5 in o\ninterface b 10.0.1.9 in i',
    question: 'a b tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'a rule that names a prefix list admits its addresses',
    lines:
      'prefix-list pl-1 10.0.0.0/24\ngroup o egress any to 0.0.0.0/0\ngroup i ingress tcp 80 from pl-1\ninterface a 10.0.0.5 in o\ninterface b 10.0.1.9 in i',
    question: 'a b tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'an ACL that denies is named with its entry, on the way there and on the way back',
    lines: `
      acl n
      acl n ingress 90 deny tcp 80 from 10.0.0.0/16
      acl n ingress 100 allow any from 0.0.0.0/0
      subnet s 10.0.1.0/24 acl n
      group open ingress any from 0.0.0.0/0
      group open egress any to 0.0.0.0/0
      interface a 10.0.0.5 in open
      interface b 10.0.1.9 in open subnet s
    `,
    question: 'a b tcp 80',
    result: 'unreachable',
    obstacles: ['→ acl ingress acl-n 90', '← acl egress acl-n *'],
  },
  {
    title: 'neighbours in a subnet meet neither its ACL nor its routes',
    lines: `
      acl n
      subnet s 10.0.0.0/24 acl n
      group open ingress any from 0.0.0.0/0
      group open egress any to 0.0.0.0/0
      interface a 10.0.0.5 in open subnet s
      interface b 10.0.0.9 in open subnet s
    `,
    question: 'a b tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'an ACL that leaves out some client ports makes it ambiguous',
    lines: `
      acl n
      acl n ingress 100 allow tcp 80 from 0.0.0.0/0
      acl n egress 100 allow tcp 32768-65535 to 0.0.0.0/0
      subnet s 10.0.1.0/24 acl n
      group open ingress any from 0.0.0.0/0
      group open egress any to 0.0.0.0/0
      interface a 10.0.0.5 in open
      interface b 10.0.1.9 in open subnet s
    `,
    question: 'a b tcp 80',
    result: 'ambiguous',
    obstacles: ['← acl egress acl-n *'],
  },
  {
    title: 'a ping passes by an ICMP rule and its reply by an ACL entry for type 0',
    lines: `
      acl n
      acl n ingress 100 allow icmp 8 from 0.0.0.0/0
      acl n egress 100 allow icmp 0 to 0.0.0.0/0
      subnet s 10.0.1.0/24 acl n
      group open ingress icmp 8 from 0.0.0.0/0
      group open egress any to 0.0.0.0/0
      interface a 10.0.0.5 in open
      interface b 10.0.1.9 in open subnet s
    `,
    question: 'a b icmp',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'another protocol is asked about by its number',
    lines:
      'group g ingress 50 from 10.0.0.5\ngroup g egress 50 to 0.0.0.0/0\ninterface a 10.0.0.5 in g\ninterface b 10.0.1.9 in g',
    question: 'a b 50',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'an interface reaches itself whatever its rules say',
    lines: 'group shut\ninterface a 10.0.0.5 in shut',
    question: 'a a tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'the VPC resolver is never filtered',
    lines: 'group shut\ninterface a 10.0.0.5 in shut',
    question: 'a 10.0.0.2 udp 53',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'the instance metadata service is never filtered',
    lines: 'group shut\ninterface a 10.0.0.5 in shut',
    question: 'a 169.254.169.254 tcp 80',
    result: 'reachable',
    obstacles: [],
  },
  {
    title: 'nobody is at an address of the VPC that no interface has',
    question: 'a 10.0.1.77 tcp 80',
    result: 'unreachable',
    obstacles: ['→ delivery 10.0.1.77 in vpc-1: nobody'],
  },
  {
    title: 'nobody sends from an address of the VPC that no interface has',
    question: '10.0.1.77 b tcp 80',
    result: 'unreachable',
    obstacles: ['→ delivery 10.0.1.77 in vpc-1: nobody'],
  },
  {
    title: 'a stopped instance neither sends nor receives',
    lines: twoSubnets
      .replace('in open\n', 'in open instance x\n')
      .replace('10.0.1.9 in open', '10.0.1.9 in open instance y'),
    steps: [instance('i-x', 'stopped'), instance('i-y', 'stopped')],
    question: 'a b tcp 80',
    result: 'unreachable',
    obstacles: ['→ interface-state i-x stopped', '→ interface-state i-y stopped'],
  },
  {
    title: 'a running instance is no obstacle',
    lines: twoSubnets.replace('in open\n', 'in open instance x\n'),
    steps: [instance('i-x', 'running')],
    question: 'a b tcp 80',
    result: 'reachable',
    obstacles: [],
  },
]

test.each(insideOneVpc)('in one VPC, $title', checkPath)
