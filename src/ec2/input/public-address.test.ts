import { expect, test } from 'vitest'
import { emptyWorld, type World } from '../../model/world.ts'
import { freePublicAddress, isPoolAddress } from './public-address.ts'

const empty = emptyWorld({ account: '123456789012', region: 'us-east-1' })

test('addresses come from the documentation blocks first', () => {
  expect(freePublicAddress(empty)).toBe('203.0.113.1')
  expect(isPoolAddress('198.19.255.254')).toBe(true)
  expect(isPoolAddress('8.8.8.8')).toBe(false)
  expect(isPoolAddress('nonsense')).toBe(false)
})

test('a world that has them all gets no more', () => {
  const links = { keysWithPrefix: () => ['taken'].values() }
  const full = { ...empty, links } as unknown as World
  expect(() => freePublicAddress(full)).toThrow('Not enough available addresses to satisfy your request.')
})
