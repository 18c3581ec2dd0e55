/** No answer leaves before everything it rests on is durable, whoever made it. */

import { expect, test } from 'vitest'
import { openLedger } from '../../src/app/ledger.ts'
import { instant } from '../../src/base/clock.ts'
import { seededEntropy } from '../../src/base/entropy.ts'
import { type EndpointParts, handle } from '../../src/ec2/endpoint.ts'
import { defaultQuotas } from '../../src/model/quota.ts'
import { insights } from '../../src/reach/insights/insights.ts'
import { MemoryStore } from '../../src/store/memory-store.ts'
import { StoreFailure } from '../../src/store/store.ts'
import { codeOf, form, signed } from '../server/http.ts'

/** Appends wait for the test, which lets them go or fail. */
class HeldStore extends MemoryStore {
  isHeld = false
  release: (failure?: StoreFailure) => void = () => {}

  override async append(...args: Parameters<MemoryStore['append']>): Promise<void> {
    if (this.isHeld) {
      const failure = await new Promise<StoreFailure | undefined>((resolve) => {
        this.release = resolve
      })
      this.isHeld = false
      if (failure) throw failure
    }
    return super.append(...args)
  }
}

interface Scene {
  readonly store: HeldStore
  call(action: string, parameters?: Readonly<Record<string, string>>): Promise<string>
}

async function scene(): Promise<Scene> {
  const store = new HeldStore()
  const clock = () => instant(Date.UTC(2026, 10, 22, 10))
  const parts: EndpointParts = {
    ledger: await openLedger({ store, clock, onStore: () => undefined }),
    clock,
    entropy: seededEntropy(1),
    quotas: defaultQuotas,
    authentication: { defaultAccount: '123456789012' },
    insights,
    onAnswer: () => undefined,
  }
  const headers = new Map([['host', 'localhost'], ...Object.entries(signed)])
  const call = async (action: string, parameters = {}) => {
    const { status, body } = await handle(
      { method: 'POST', target: '/', headers, body: form({ Action: action, ...parameters }) },
      parts,
    )
    return status === 200 ? 'done' : `${status} ${codeOf({ status, headers: {}, body })}`
  }
  await call('DescribeVpcs')
  return { store, call }
}

const web = { GroupName: 'web', GroupDescription: 'd' }
const dryRun = { ...web, GroupName: 'other', DryRun: 'true' }

/** A change, and four requests that see it. */
function requests({ call }: Scene): Promise<string>[] {
  return [
    call('CreateSecurityGroup', web),
    call('CreateSecurityGroup', web),
    call('DescribeSecurityGroups'),
    call('CreateSecurityGroup', dryRun),
    call('GetCallerIdentity', { Version: '2011-06-15' }),
  ]
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

test('a success, a refusal and a description wait for the change they show', async () => {
  const { store, call } = await scene()
  store.isHeld = true
  const answers: string[] = []
  const all = requests({ store, call }).map((answer) => answer.then((text) => answers.push(text)))
  await turns()
  // Who the caller is rests on no change.
  expect(answers).toEqual(['done'])
  store.release()
  await Promise.all(all)
  expect(answers.sort()).toEqual(['400 InvalidGroup.Duplicate', '412 DryRunOperation', 'done', 'done', 'done'])
})

test('when the change is lost, nobody is told of it', async () => {
  const { store, call } = await scene()
  store.isHeld = true
  const all = requests({ store, call })
  await turns()
  store.release(new StoreFailure('the disk is gone'))
  const unavailable = '503 Unavailable'
  expect(await Promise.all(all)).toEqual([unavailable, unavailable, unavailable, unavailable, 'done'])
  await turns()
  expect(await call('CreateSecurityGroup', web)).toBe('done')
})
