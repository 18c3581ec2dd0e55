/** Chapters: what a security group is, the key concept, the two common mistakes. */

import type { Chapter } from '../content.ts'

export const whatItIs: Chapter = {
  id: 'what-it-is',
  title: 'What a security group is',
  aim: 'Know what a security group judges, and when you need one.',
  parts: [
    {
      kind: 'claim',
      text: 'A security group is a set of rules around a network interface. A packet passes if a rule admits it. Nothing else passes, and nothing is said to the sender: the packet is dropped.',
      scenes: ['one-rule-serves-http'],
    },
    {
      kind: 'claim',
      text: 'Inbound rules judge what arrives, by its source and by the port it is for. Outbound rules judge what leaves, by its destination and by the port it goes to.',
      scenes: ['mistake-1-outbound-rule-for-answers', 'database-results-return'],
    },
    {
      kind: 'claim',
      text: 'A new group has no inbound rule and one outbound rule, which lets everything out.',
      scenes: ['command-1-create'],
    },
    {
      kind: 'claim',
      text: 'Rules only allow. They have no order, and an interface may carry several groups: the rules of all of them are one set.',
      scenes: ['all-groups-are-one-set', 'group-cannot-deny'],
    },
    { kind: 'heading', text: 'When you need one' },
    {
      kind: 'list',
      claims: [
        {
          text: 'You serve a web site from an instance, and its answers should leave without further rules.',
          scenes: ['one-rule-serves-http'],
        },
        {
          text: 'Clients should reach a database and get their results.',
          scenes: ['database-results-return'],
        },
        {
          text: 'You do not want to write two rules, one for each direction, for one connection.',
          scenes: ['answers-by-state'],
        },
        {
          text: 'You want to control traffic with a few rules that can be read.',
          scenes: ['all-groups-are-one-set'],
        },
        {
          text: 'Answers should leave only if their request was permitted.',
          scenes: ['answers-need-a-request'],
        },
      ],
    },
  ],
  scenes: ['one-rule-serves-http', 'database-results-return', 'all-groups-are-one-set'],
  drills: [],
}

export const keyConcept: Chapter = {
  id: 'key-concept',
  title: 'The key concept: state',
  aim: 'Tell an answer from a beginning, as a security group does.',
  parts: [
    {
      kind: 'claim',
      text: 'A security group remembers the connections it admitted, and lets the matching answers pass the other way without a rule of their own. This is what stateful means.',
      scenes: ['answers-by-state'],
    },
    {
      kind: 'claim',
      text: 'It works in both directions: the answer to what your instance asked comes in without an inbound rule.',
      scenes: ['command-1-create', 'ping-out'],
    },
    {
      kind: 'claim',
      text: 'What is remembered is the connection: two addresses, two ports and the protocol. Not the user, not the address alone, not the port alone.',
      scenes: ['answers-by-state'],
    },
    {
      kind: 'claim',
      text: 'A packet that looks like an answer gets no favour. It needs a connection that it answers, or a rule.',
      scenes: ['answers-need-a-request'],
    },
    {
      kind: 'claim',
      text: 'Being allowed to answer is not being allowed to begin.',
      scenes: ['database-results-return', 'command-5-describe-again'],
    },
  ],
  scenes: ['answers-by-state', 'answers-need-a-request'],
  drills: [],
}

export const mistakes: Chapter = {
  id: 'mistakes',
  title: 'Two common mistakes',
  aim: 'See why outbound rules are not for answers.',
  parts: [
    { kind: 'heading', text: 'Mistake 1: adding an outbound rule so that answers can leave' },
    {
      kind: 'claim',
      text: 'Answers leave without one. Outbound rules are for connections that the instance itself opens.',
      scenes: ['mistake-1-outbound-rule-for-answers'],
    },
    {
      kind: 'claim',
      text: "An outbound rule for port 80 does not even match an answer from port 80, because a rule looks at the destination port and an answer goes to the client's port.",
      scenes: ['mistake-1-outbound-rule-for-answers'],
    },
    { kind: 'heading', text: 'Mistake 2: removing all outbound rules and expecting silence' },
    {
      kind: 'claim',
      text: 'Answers to admitted requests still leave. Only new outbound connections stop.',
      scenes: ['mistake-2-removing-every-outbound-rule'],
    },
  ],
  scenes: ['mistake-1-outbound-rule-for-answers', 'mistake-2-removing-every-outbound-rule'],
  drills: [],
}
