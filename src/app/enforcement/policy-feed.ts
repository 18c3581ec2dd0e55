/**
 * What agents ask: the policy of their interface, and the next one when it changes. A request waits until then, so
 * that a rule change reaches a host as soon as it is made.
 */

import type { NetworkInterfaceId } from '../../model/ids.ts'
import type { Scope } from '../../model/world.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { type PolicyJson, policyJson } from '../../policy/policy-json.ts'
import type { LivePolicies } from './live-policies.ts'

export interface PolicyAnswer {
  /** Names this policy; asked for as `after`, the answer waits for another one. */
  readonly tag: string
  /** Absent where the interface does not exist. */
  readonly policy?: PolicyJson
  readonly isRecording: boolean
}

export interface PolicyQuestion {
  readonly scope: Scope
  readonly networkInterface: NetworkInterfaceId
  readonly after: string | undefined
  /** Milliseconds to wait for another policy than `after`. */
  readonly patience: number
}

export interface FeedParts {
  readonly policies: LivePolicies
  readonly isRecorded: (scope: Scope, networkInterface: NetworkInterfaceId) => boolean
}

export class PolicyFeed {
  readonly #parts: FeedParts
  readonly #tags = new WeakMap<InterfacePolicy, number>()
  readonly #start: string
  #count = 0
  readonly #waiting = new Set<() => void>()

  /** `start` tells this process's tags from another's. */
  constructor(parts: FeedParts, start: string) {
    this.#parts = parts
    this.#start = start
  }

  async answer(question: PolicyQuestion): Promise<PolicyAnswer> {
    const now = this.#current(question)
    if (now.tag !== question.after || question.patience === 0) return now
    await this.#change(question)
    return this.#current(question)
  }

  #current(question: PolicyQuestion): PolicyAnswer {
    const { scope, networkInterface } = question
    const policy = this.#parts.policies.get(scope, networkInterface)
    const isRecording = policy !== undefined && this.#parts.isRecorded(scope, networkInterface)
    return { tag: this.#tagOf(question), isRecording, ...(policy && { policy: policyJson(policy) }) }
  }

  #numberOf(policy: InterfacePolicy): number {
    const known = this.#tags.get(policy)
    if (known !== undefined) return known
    this.#count += 1
    this.#tags.set(policy, this.#count)
    return this.#count
  }

  /** Nobody waits any longer. */
  stop(): void {
    for (const end of this.#waiting) end()
  }

  /** Settles when the answer may be another one, or patience is at an end. */
  #change(question: PolicyQuestion): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        stop()
        this.#waiting.delete(end)
        resolve()
      }
      this.#waiting.add(end)
      const timer = setTimeout(end, question.patience)
      const stop = this.#parts.policies.follow((scope) => {
        if (scope.account !== question.scope.account || scope.region !== question.scope.region) return
        if (this.#tagOf(question) !== question.after) end()
      })
    })
  }

  #tagOf({ scope, networkInterface }: PolicyQuestion): string {
    const policy = this.#parts.policies.get(scope, networkInterface)
    if (policy === undefined) return `${this.#start}-none`
    const isRecording = this.#parts.isRecorded(scope, networkInterface)
    return `${this.#start}-${this.#numberOf(policy)}${isRecording ? 'r' : ''}`
  }
}
