/** What a real Terraform printed of a real configuration: the plan, the state after it, what the account then says. */

import { describe, expect, test } from 'vitest'
import { readPlan, readSource } from '../../src/app/source.ts'
import { compareWorlds } from '../../src/reach/compare.ts'
import { meanwhile } from '../../src/reach/meanwhile.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { doubtsTold, interfacesTold, rulesTold } from './told.ts'

const shop = 'test/fixtures/terraform/shop'
const planned = readSource(`${shop}/create.plan.json`)
const applied = readSource(`${shop}/state.json`)
const described = readSource('test/fixtures/describe/shop')

test('plan, state and describe output are known in all their parts', () => {
  for (const each of [planned, applied, described]) {
    expect(doubtsTold(each)).toEqual([])
    expect(each.possible).toBe(each.certain)
  }
})

test('the state is what the account says', () => {
  expect(compareWorlds(applied.certain, described.certain, 'interface').rows).toEqual([])
  expect(rulesTold(applied)).toEqual(rulesTold(described).filter((each) => !isOfDefaultVpc(each)))
})

/** Terraform does not know of the default VPC, which the account has. */
function isOfDefaultVpc(rule: string): boolean {
  return rule.startsWith('default ')
}

test('the plan had foretold it: the same rules, the same interfaces but for addresses that AWS chose', () => {
  expect(rulesTold(planned)).toEqual(rulesTold(applied))
  const facts = (each: string) => each.replace(/ at .*/, '')
  expect(interfacesTold(planned).map(facts)).toEqual(interfacesTold(applied).map(facts))
})

test('each rule is found on its line', () => {
  const lines = Array.from(planned.certain.groupOfRule.keys(), (id) => planned.origins.get(id))
  expect(lines.every((origin) => origin?.file.endsWith('.tf') && origin.line > 1)).toBe(true)
  expect(lines.map((origin) => origin?.name)).toContain('module.db.aws_vpc_security_group_ingress_rule.client["app"]')
})

test('services in a network of others: what is known of it is used, what is not is told', () => {
  const imported = readSource('test/fixtures/terraform/services/plan.json')
  expect(new Set(imported.doubts.map(({ what }) => what.replace(/ of subnet-\w+/, '')))).toEqual(
    new Set(['The network ACL is not known.', 'The route table is not known.']),
  )
  // Through a local, which plans do not show and the file beside does.
  expect(rulesTold(imported)).toContain('db ingress tcp 5432-5432 from service')
  expect(interfacesTold(imported).filter((each) => each.startsWith('aws_lambda_function.job'))).toEqual([
    'aws_lambda_function.job 172.31.0.6 in service',
  ])
})

describe('a plan of changes', () => {
  const worlds = readPlan(`${shop}/change.plan.json`)

  test('starts from what is there', () => {
    expect(compareWorlds(worlds.before.certain, applied.certain, 'interface').rows).toEqual([])
  })

  test('closes for a while what is open before and after: rules that are replaced, one that moves to another kind', () => {
    const told = meanwhile(worlds, 'group').map(
      ({ result, from, to, services }) => `${result}: ${from.name} > ${to.name} ${services.map(ruleText).join('; ')}`,
    )
    expect(told).toEqual([
      'closed meanwhile: app > db tcp 5432',
      'closed meanwhile: app > internet all traffic',
      'closed meanwhile: app > web tcp 443',
      'closed meanwhile: internet > app tcp 22',
      'closed meanwhile: web > app tcp 8000-8100',
      'closed meanwhile: web > app tcp 8000-8100, 9100',
    ])
  })

  test('stops at a group that is deleted while interfaces carry it', () => {
    expect(worlds.stuck.map(({ origin, carriedBy }) => [origin.name, carriedBy.length])).toEqual([
      ['aws_security_group.app', 2],
    ])
  })
})
