/** What is not compared between the engine and the kernel, in the words of docs/gaps.md. */

/** Vectors that a kernel cannot play. */
export const unplayable: readonly { readonly what: string; readonly sign: RegExp }[] = [
  {
    what: 'vectors that choose an engine option: the kernel does what is chosen by default',
    sign: /^\s*option\s/m,
  },
  {
    what: 'tracking allowances: netfilter has no limit of connections for one interface that costs the same however many there are',
    sign: /^\s+path \S+ allowance/m,
  },
]

/** Packets that are not sent: the stage forwards, and Linux does not forward these. */
export const unsent = {
  toItself:
    'what an interface sends to itself: it never leaves a host, and the kernel under test has no host behind it',
  onLink: 'link-local and multicast addresses: no router forwards them',
} as const

/** Sequences that random scenes never have, as netfilter takes them otherwise than the engine. */
export const avoided: readonly string[] = [
  'a SYN of the answering side of a flow: invalid to netfilter, to the engine part of the flow',
  'an ACK, a FIN or a SYN-ACK of the opener before the SYN-ACK: invalid to netfilter, likewise',
  'flags that no TCP sends, such as FIN alone or SYN with RST, within a flow: invalid to netfilter, likewise',
  'anything but a SYN after a reset that ended a flow before its first answer, errors about it too: netfilter has deleted its entry, the engine keeps it for 10 s',
  'a SYN after a reset by the answering side alone: to netfilter part of the old connection, to the engine a new one',
  'ICMP questions whose code is not zero: netfilter holds the code against the answer, AWS documents none of it',
  'errors and redirects about flows without ports or identifier: conntrack is not what tracks those',
  'redirects about flows: to netfilter related, to the engine messages like any other',
  'IPv6 extension headers as protocols: the kernel reads on behind them',
]
