import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inventoryOf } from '../../src/export/inventory.ts'
import { terraformOf } from '../../src/export/terraform.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'

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
