/** Engines over a ledger: its steps reach their policies, and a world that was read again is compiled again. */

import { expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { instant } from '../base/clock.ts'
import { type Change, put } from '../model/change.ts'
import { type Kind, kinds, type Objects } from '../model/objects.ts'
import { apply, type World } from '../model/world.ts'
import { parsePacket } from '../packet/notation.ts'
import type { Packet } from '../packet/packet.ts'
import { MemoryStore } from '../store/memory-store.ts'
import { StoreFailure } from '../store/store.ts'
import { openLedger, type StepListener } from './ledger.ts'
import { type LiveEngine, LiveEngines } from './live-engines.ts'

const start = worldLines(['group e', 'group p', 'interface e 10.0.0.10 in e', 'interface p 10.0.0.20 in p'])
const { scope } = start
const objects = kinds.flatMap((kind) =>
  Array.from<Objects[Kind], Change>(start[kind].values(), (object) => put(kind, object)),
)
const now = instant(0)

/** Lets SSH in from members of group p. */
const rule: Change = {
  kind: 'rule-added',
  group: 'sg-e',
  rule: {
    id: 'sgr-1',
    direction: 'ingress',
    traffic: { protocol: 'tcp', from: 22, to: 22 },
    peer: { kind: 'group', group: 'sg-p', owner: scope.account },
  },
}

class FailingStore extends MemoryStore {
  isBroken = false

  override async append(...args: Parameters<MemoryStore['append']>): Promise<void> {
    if (this.isBroken) throw new StoreFailure('the disk is gone')
    await super.append(...args)
  }
}

function actionOn(engine: LiveEngine, world: World | undefined, packet: Packet): string {
  const card = world?.networkInterface.get('eni-e')
  if (!card) throw new Error('eni-e is of the world')
  return engine.meet({ card, direction: 'ingress', packet, now }).action
}

async function running() {
  const store = new FailingStore()
  const ledger = await openLedger({ store, clock: () => now, onStore: () => undefined })
  await ledger.commit(scope, objects)
  const engine = new LiveEngines(ledger, { clock: () => now, witness: () => undefined }).of(scope)
  let port = 40_000
  const action = (source: string) => {
    port += 1
    return actionOn(engine, ledger.find(scope), parsePacket(`tcp ${source}:${port} > 10.0.0.10:22 S`))
  }
  return { store, ledger, action }
}

test('a change holds from the next packet on, and several between two packets hold together', async () => {
  const { ledger, action } = await running()
  expect(action('10.0.0.20')).toBe('deny')
  await ledger.commit(scope, [rule])
  expect([action('10.0.0.20'), action('10.0.0.21')]).toEqual(['allow', 'deny'])
  const card = ledger.find(scope)?.networkInterface.get('eni-p')
  if (!card) throw new Error('eni-p is of the world')
  await ledger.commit(scope, [put('networkInterface', { ...card, groups: ['sg-e'] })])
  const moved = { ...card, privateAddresses: [{ address: '10.0.0.21', isPrimary: true }] }
  await ledger.commit(scope, [put('networkInterface', moved)])
  expect([action('10.0.0.20'), action('10.0.0.21')]).toEqual(['deny', 'allow'])
})

test('a change that the store lost holds no longer once its worlds are read again', async () => {
  const { store, ledger, action } = await running()
  expect(action('10.0.0.20')).toBe('deny')
  store.isBroken = true
  const lost = ledger.commit(scope, [rule]).catch((cause: unknown) => cause)
  expect(action('10.0.0.20')).toBe('allow')
  await lost
  store.isBroken = false
  while (ledger.state === 'recovering') await new Promise((resolve) => setTimeout(resolve, 5))
  expect(action('10.0.0.20')).toBe('deny')
  await ledger.commit(scope, [rule])
  expect(action('10.0.0.20')).toBe('allow')
})

test('policies follow the steps that they are told, and a world that nobody told of is compiled', () => {
  let world = start
  let tell: StepListener = () => undefined
  const ledger = {
    find: () => world,
    follow(listener: StepListener) {
      tell = listener
    },
  }
  const engine = new LiveEngines(ledger, { clock: () => now, witness: () => undefined }).of(scope)
  const packet = parsePacket('tcp 10.0.0.20:40000 > 10.0.0.10:22 S')
  expect(actionOn(engine, world, packet)).toBe('deny')
  // A step that conceals what it changed shows that policies rest on what steps say.
  const before = world
  world = apply(before, [rule])
  tell({ before, after: world, changes: [] })
  expect(actionOn(engine, world, packet)).toBe('deny')
  world = apply(world, [])
  expect(actionOn(engine, world, packet)).toBe('allow')
})
