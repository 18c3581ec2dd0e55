import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readSource } from '../../src/app/source.ts'
import { inventoryOf } from '../../src/export/inventory.ts'
import { terraformOf } from '../../src/export/terraform.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import type { World } from '../../src/model/world.ts'
import { servicesNamed } from '../../src/reach/packet-set/service-name.ts'
import { labelsBy } from '../../src/reach/reachability/labels.ts'
import { listReachability } from '../../src/reach/reachability/listing.ts'
import { Reachability } from '../../src/reach/reachability/reachability.ts'
import { selectionOf } from '../../src/reach/reachability/selection.ts'

const world = worldFromLines(`
  prefix-list pl-offices 203.0.113.0/24
  group web ingress tcp 443 from 0.0.0.0/0
  group web ingress tcp 22 from pl-offices
  group web ingress icmp 8 from web
  group db ingress udp any from gone
  acl edge ingress 100 allow tcp 443 from 0.0.0.0/0
  subnet front 10.0.0.0/24 2001:db8:0:1::/64 acl edge
  interface a 10.0.0.5 10.0.0.6 2001:db8:0:1::5 in web subnet front public 203.0.113.80`)

test('a world as Terraform: what is in a VPC follows it, and what cannot be said is', () => {
  const { text, unsaid } = terraformOf(inventoryOf(world))
  expect(unsaid).toMatchInlineSnapshot(`
    [
      "The rule sgr-4 of sg-db is left out: its peer sg-gone is not of this world.",
      "the IPv6 block of vpc-1: AWS gives it another, which all that is in it follows.",
      "the address 203.0.113.80: AWS gives another.",
    ]
  `)
  const written = readFileSync(new URL('../fixtures/export/front.tf', import.meta.url), 'utf8')
  expect(text.slice(text.indexOf('resource'))).toBe(written)
})

describe('there and back, by a plan that Terraform made of it', () => {
  const folder = new URL('../fixtures/export/', import.meta.url).pathname
  const { certain: given } = readSource(`${folder}three-tiers.txt`)

  test('what is planned is what is exported', () => {
    expect(terraformOf(inventoryOf(given)).text).toBe(readFileSync(`${folder}three-tiers.tf`, 'utf8'))
  })

  test('everybody reaches whom they reached', () => {
    const { certain, possible, doubts } = readSource(`${folder}three-tiers.plan.json`)
    expect([possible === certain, doubts]).toEqual([true, []])
    expect(rowsOf(certain)).toEqual(rowsOf(given))
  })
})

function rowsOf(of: World): unknown[] {
  const reachability = new Reachability(of)
  const all = selectionOf(reachability, undefined)
  const on = servicesNamed(reachability.diagrams, undefined)
  return listReachability(reachability, { from: all, to: all, labels: labelsBy(of, 'interface'), on }).map(
    ({ packet: _, ...row }) => row,
  )
}
