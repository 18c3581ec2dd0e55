/** What is not compared between the engine and the kernel, in the words of docs/gaps.md. */

interface Unplayable {
  readonly what: string
  readonly sign: RegExp
}

const byOption = {
  what: 'vectors that choose an engine option: the kernel does what is chosen by default',
  sign: /^\s*option\s/m,
} as const

/** Vectors that a kernel cannot play. */
export const unplayable: readonly Unplayable[] = [
  byOption,
  {
    what: 'tracking allowances: netfilter has no limit of connections for one interface that costs the same however many there are',
    sign: /^\s+path\s+\S+\s+allowance/m,
  },
]

/** Why the kernel plays nothing of a vector; undefined: it plays it. */
export function whyUnplayed(text: string, isOptionChosen = false): string | undefined {
  return isOptionChosen ? byOption.what : unplayable.find(({ sign }) => sign.test(text))?.what
}

/** Packets that are not sent: the stage forwards, and Linux does not forward these. */
export const unsent = {
  toItself:
    'what an interface sends to itself: it never leaves a host, and the kernel under test has no host behind it',
  onLink: 'link-local and multicast addresses: no router forwards them',
} as const
