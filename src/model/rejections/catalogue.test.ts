import { expect, test } from 'vitest'
import { catalogue, families } from './catalogue.ts'

test('no two families word a refusal under the same name', () => {
  const names = families.flatMap((family) => Object.keys(family))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(Object.keys(catalogue).sort()).toEqual([...names].sort())
})
