/**
 * A cloud of one account and region in memory, with a clock that moves only when told: learners and
 * tracers try things in it. It costs nothing to open one on a World, as Worlds share what stays.
 */

import { after, type Instant, type Milliseconds } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import { invariant } from '../base/invariant.ts'
import { callAction, type EndpointParts } from '../ec2/endpoint.ts'
import type { Ledger } from '../ec2/ledger.ts'
import { defaultQuotas, type Quotas } from '../model/quota.ts'
import { apply, emptyWorld, type Scope, type World } from '../model/world.ts'
import { insights } from '../reach/insights/insights.ts'
import { LiveEngine, type Witness } from './live-engines.ts'
import { systemEntropy } from './random.ts'

export interface SandboxOptions {
  readonly scope: Scope
  readonly now: Instant
  /** What it holds at first, of the same scope; AWS's default network if absent. */
  readonly world?: World | undefined
  /** Where its ids come from; seeded entropy makes them repeatable. */
  readonly entropy?: Entropy | undefined
  /** AWS's defaults if absent. */
  readonly quotas?: Quotas | undefined
  /** Told of each verdict of its engine. */
  readonly witness?: Witness | undefined
}

export class Sandbox {
  readonly scope: Scope
  readonly live: LiveEngine
  readonly #parts: EndpointParts
  #now: Instant
  #world: World | undefined

  private constructor(options: SandboxOptions) {
    const { scope, now, world, entropy = systemEntropy(), quotas = defaultQuotas, witness = () => undefined } = options
    invariant(!world || sameScope(scope, world.scope), 'the world of a sandbox is of its scope')
    this.scope = scope
    this.#now = now
    this.#world = world
    this.live = new LiveEngine(() => this.world, witness)
    this.#parts = {
      ledger: this.#ledger(),
      clock: () => this.#now,
      entropy,
      quotas,
      authentication: { defaultAccount: scope.account },
      insights,
      onAnswer: () => undefined,
    }
  }

  static async open(options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(options)
    // The first question to a region makes its default network.
    if (!options.world) await sandbox.call('DescribeVpcs')
    return sandbox
  }

  get now(): Instant {
    return this.#now
  }

  /** The newest world: hold on to it, and a sandbox opened on it is back there. */
  get world(): World {
    return this.#world ?? emptyWorld(this.scope)
  }

  wait(span: Milliseconds): void {
    this.#now = after(this.#now, span)
  }

  /** An EC2 action, its input and output under the SDK's member names. Rejects with a Rejection. */
  call(action: string, input: object = {}): Promise<object> {
    return callAction(action, input, { parts: this.#parts, scope: this.scope })
  }

  #ledger(): Ledger {
    return {
      find: () => this.#world,
      commit: async (_, changes) => {
        this.#world = apply(this.world, changes)
      },
      settled: () => Promise.resolve(),
    }
  }
}

function sameScope(one: Scope, other: Scope): boolean {
  return one.account === other.account && one.region === other.region
}
