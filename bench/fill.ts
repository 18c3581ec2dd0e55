/** A data directory with many groups, written through the store itself: quicker than by request. */

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedger } from '../src/app/ledger.ts'
import { instant } from '../src/base/clock.ts'
import { seededEntropy } from '../src/base/entropy.ts'
import { type Change, put } from '../src/model/change.ts'
import { defaultNetwork } from '../src/model/default-network.ts'
import { type GroupId, newId, type VpcId } from '../src/model/ids.ts'
import type { Rule } from '../src/model/rule.ts'
import { openStore } from '../src/store/open-store.ts'

export interface Filled {
  readonly directory: string
  readonly groups: readonly GroupId[]
}

const scope = { account: '123456789012', region: 'us-east-1' }
const groupsPerCommit = 200

/** Groups of `rules` rules each, five to a permission, every other rule with a description. */
export async function fill({ groups, rules }: { groups: number; rules: number }): Promise<Filled> {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))
  const clock = () => instant(Date.UTC(2026, 10, 22))
  const entropy = seededEntropy(groups + rules)
  const store = await openStore({ directory })
  const ledger = await openLedger({ store, clock, onStore: () => undefined })
  const { vpc, changes } = defaultNetwork(scope, entropy)
  await ledger.commit(scope, [put('regionUse', { id: scope.region, firstUsedAt: clock() }), ...changes])
  const ids: GroupId[] = []
  for (let start = 0; start < groups; start += groupsPerCommit) {
    const count = Math.min(groupsPerCommit, groups - start)
    const made = Array.from({ length: count }, (_, n) => group(start + n, vpc.id, rules))
    ids.push(...made.map(({ id }) => id))
    await ledger.commit(scope, made.map(putGroup))
  }
  await ledger.close()
  return { directory, groups: ids }

  function group(number: number, vpcId: VpcId, count: number) {
    const made = Array.from({ length: count }, (_, n) => rule(number, n))
    return { id: newId(entropy, 'sg'), vpc: vpcId, name: `group-${number}`, rules: made }
  }

  function rule(group: number, number: number): Rule {
    const port = 1000 + Math.floor(number / 5)
    const cidr = `10.${group % 256}.${(group >> 8) % 256}.${number}/32`
    return {
      id: newId(entropy, 'sgr'),
      direction: number % 10 < 5 ? 'ingress' : 'egress',
      traffic: { protocol: 'tcp', from: port, to: port },
      peer: { kind: 'ipv4', cidr },
      ...(number % 2 === 0 ? { description: `office ${number}` } : {}),
    }
  }
}

function putGroup(group: { id: GroupId; vpc: VpcId; name: string; rules: readonly Rule[] }): Change {
  return put('securityGroup', { ...group, description: 'one of many', hasOriginalEgress: false })
}
