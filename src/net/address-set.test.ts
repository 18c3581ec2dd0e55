import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Address } from './address.ts'
import { addressSet, hasAddress, withAddress, withoutAddress } from './address-set.ts'
import { blockAround } from './cidr.ts'

const host = (address: Address) => blockAround(address, address.family === 4 ? 32 : 128)
const anyAddress = fc
  .tuple(fc.constantFrom<4 | 6>(4, 6), fc.oneof(fc.bigInt(0n, 12n), fc.bigInt(0xffff_fff8n, 0xffff_ffffn)))
  .map(([family, bits]): Address => ({ family, bits }))

test('a set that addresses come to and go from is the set of those that stayed', () => {
  const anyStep = fc.record({ address: anyAddress, comes: fc.boolean() })
  const property = fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
    const present = new Map<string, Address>()
    let set = addressSet([])
    for (const { address, comes } of steps) {
      const key = `${address.family} ${address.bits}`
      const was = present.has(key)
      expect(hasAddress(set, address)).toBe(was)
      if (comes) present.set(key, address)
      else present.delete(key)
      const after = comes ? withAddress(set, address) : withoutAddress(set, address)
      expect(after === set).toBe(was === comes)
      set = after
      expect(set).toEqual(addressSet(Array.from(present.values(), host)))
    }
  })
  fc.assert(property, { numRuns: 300 })
})
