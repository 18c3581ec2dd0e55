/** Sequences that random scenes never have, as netfilter takes them otherwise than the engine; docs/gaps.md lists them. */

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
