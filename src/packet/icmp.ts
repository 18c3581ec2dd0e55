/** ICMP messages by what they are to a connection tracker: a question, its answer, or an error. */

interface Message {
  readonly protocol: 'icmp' | 'icmpv6'
  readonly type: number
}

/** Query type → reply type (data-plane 7.1 step 6). */
const replies = {
  icmp: new Map([
    [8, 0],
    [13, 14],
    [15, 16],
    [17, 18],
  ]),
  icmpv6: new Map([[128, 129]]),
} as const

const queries = {
  icmp: new Map(Array.from(replies.icmp, ([query, reply]) => [reply, query])),
  icmpv6: new Map(Array.from(replies.icmpv6, ([query, reply]) => [reply, query])),
} as const

const errors = { icmp: new Set([3, 4, 11, 12]), icmpv6: new Set([1, 2, 3, 4]) } as const

export type IcmpRole = 'query' | 'reply' | 'error' | 'neither'

export function icmpRole({ protocol, type }: Message): IcmpRole {
  if (replies[protocol].has(type)) return 'query'
  if (queries[protocol].has(type)) return 'reply'
  return errors[protocol].has(type) ? 'error' : 'neither'
}

/** The type of the answer to a query, and of the query to an answer; any other type stays. */
export function counterpart({ protocol, type }: Message): number {
  return replies[protocol].get(type) ?? queries[protocol].get(type) ?? type
}
