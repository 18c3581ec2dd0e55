/** Describe output read back: our own is the world that it was printed of, and a real account's has gaps. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BadImport } from '../../src/import/bad-import.ts'
import type { SourceFile } from '../../src/import/describe/output.ts'
import { describedWorld } from '../../src/import/describe/read-describe.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { ruleKey } from '../../src/model/rule.ts'
import type { World } from '../../src/model/world.ts'
import { compile } from '../../src/policy/compile.ts'
import { policyJson } from '../../src/policy/policy-json.ts'
import { compareWorlds } from '../../src/reach/compare.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { randomEstate } from '../proof/estate.ts'
import { describeFiles, file } from './describe-files.ts'
import { doubtsTold, interfacesTold, rulesTold } from './told.ts'

function read(files: readonly SourceFile[]) {
  return describedWorld('dump', files)
}

/** What each interface allows, with rules by what they are: a permission lists the same rule once. */
function policiesOf(world: World) {
  return Array.from(world.networkInterface.values(), (card) => {
    const { allows, ...policy } = policyJson(compile(world, card))
    const texts = [...allows.ingress, ...allows.egress].map(({ rule: _, ...allow }) => JSON.stringify(allow))
    return { ...policy, allows: [...new Set(texts)].sort() }
  })
}

function rulesByGroup(world: World) {
  return Array.from(world.securityGroup.values(), ({ id, rules }) => [id, [...new Set(rules.map(ruleKey))].sort()])
}

describe('over random worlds, describing and reading is the identity', () => {
  test('on what interfaces allow and who reaches whom', () => {
    const property = fc.property(fc.integer(), (seed) => {
      const world = randomEstate(seed)
      const { certain } = read(describeFiles(world))
      expect(rulesByGroup(certain)).toEqual(rulesByGroup(world))
      expect(policiesOf(certain)).toEqual(policiesOf(world))
      expect(compareWorlds(world, certain, 'interface').rows).toEqual([])
    })
    fc.assert(property, { numRuns: 40 })
  }, 60_000)

  test('in whichever order the files come, and without the rules’ own file but for their ids', () => {
    const property = fc.property(fc.integer(), (seed) => {
      const world = randomEstate(seed)
      const files = describeFiles(world).filter(({ path }) => path !== 'dump/rules.json')
      const { certain } = read(files.reverse())
      expect(rulesByGroup(certain)).toEqual(rulesByGroup(world))
      expect(compareWorlds(world, certain, 'interface').rows).toEqual([])
    })
    fc.assert(property, { numRuns: 15 })
  }, 60_000)
})

const world = worldFromLines(`
  prefix-list pl-1a 198.51.100.0/24
  group web  ingress tcp 443  from 0.0.0.0/0 as sgr-a1
  group web  ingress tcp 80   from pl-1a     as sgr-a2
  group web  egress  any      to 0.0.0.0/0   as sgr-a3
  group db   ingress tcp 5432 from web       as sgr-a4
  interface web 10.0.0.5 in web public 203.0.113.80
  interface db  10.0.1.9 in db
`)
const files = describeFiles(world)

function without(...names: readonly string[]): SourceFile[] {
  return files.filter(({ path }) => !names.some((name) => path.startsWith(`dump/${name}`)))
}

/** A file with one object's members changed. */
function changed(name: string, list: string, change: (value: Record<string, unknown>) => object): SourceFile[] {
  return files.map((each) => {
    if (each.path !== `dump/${name}.json`) return each
    const { [list]: objects } = each.value as Record<string, Record<string, unknown>[]>
    return file(name, { [list]: objects?.map((object) => ({ ...object, ...change(object) })) })
  })
}

test('rules keep their ids, and everything is found again where it is written', () => {
  const imported = read(files)
  expect(imported.possible).toBe(imported.certain)
  expect(doubtsTold(imported)).toEqual([])
  expect([...imported.certain.groupOfRule.keys()]).toEqual([...world.groupOfRule.keys()])
  expect(imported.origins.get('sgr-a4')).toEqual({ file: 'dump/rules.json', line: expect.any(Number), name: 'sgr-a4' })
  const { line = 0 } = imported.origins.get('eni-web') ?? {}
  expect(files.find(({ path }) => path === 'dump/interfaces.json')?.text.split('\n')[line - 1]).toContain('eni-web')
})

describe('what is missing bounds the answer', () => {
  test.each<[string, SourceFile[], string[], string[]]>([
    [
      'a prefix list without its entries is perhaps everybody',
      without('entries'),
      ['dump/lists.json pl-1a: The entries of pl-1a are not known.'],
      ['opens internet > web tcp 80'],
    ],
    [
      'subnets without ACLs and tables are perhaps open',
      without('acls', 'tables'),
      [
        'dump/subnets.json subnet-10-0-0-0-24: The network ACL of subnet-10-0-0-0-24 is not known.',
        'dump/subnets.json subnet-10-0-0-0-24: The route table of subnet-10-0-0-0-24 is not known.',
        'dump/subnets.json subnet-10-0-1-0-24: The network ACL of subnet-10-0-1-0-24 is not known.',
        'dump/subnets.json subnet-10-0-1-0-24: The route table of subnet-10-0-1-0-24 is not known.',
      ],
      [
        'may open internet > web tcp 443',
        'may open internet > web tcp 80, 443',
        'may open web > internet all traffic',
        'opens web > db tcp 5432',
      ],
    ],
    [
      'a group that is carried and not told may hold any rule',
      changed('interfaces', 'NetworkInterfaces', ({ NetworkInterfaceId: id }) =>
        id === 'eni-db' ? { Groups: [{ GroupId: 'sg-0f' }] } : {},
      ),
      ['dump/interfaces.json db: Nothing tells of sg-0f, which eni-db carries: its rules are not known.'],
      ['opens db > web tcp 443', 'opens web > db all traffic'],
    ],
    [
      'another account’s group has members that nobody knows',
      files
        .map((each) => (each.path === 'dump/rules.json' ? { ...each, value: {} } : each))
        .map((each) => (each.path === 'dump/security-groups.json' ? withForeignPeer(each) : each)),
      ['dump/security-groups.json sgr-'],
      ['opens web > db tcp 5432'],
    ],
    [
      'a network load balancer without groups passes what it likes',
      changed('interfaces', 'NetworkInterfaces', ({ NetworkInterfaceId: id }) =>
        id === 'eni-db' ? { Groups: [], InterfaceType: 'network_load_balancer' } : {},
      ),
      [
        'dump/interfaces.json db: eni-db is a network_load_balancer without security groups: what passes it is decided elsewhere.',
      ],
      ['opens db > web tcp 443', 'opens web > db all traffic'],
    ],
  ])('%s', (_, given, doubts, differences) => {
    const imported = read(given)
    const where = imported.doubts.map(({ what, origin }) => `${origin.file} ${origin.name}: ${what}`)
    expect(where).toEqual(doubts.map((each) => expect.stringContaining(each)))
    const { rows } = compareWorlds(imported.certain, imported.possible, 'interface')
    const told = rows.map(({ result, from, to, services }) => {
      return `${result} ${from.name} > ${to.name} ${services.map(ruleText).join('; ')}`
    })
    expect(told).toEqual(differences)
  })
})

function withForeignPeer(each: SourceFile): SourceFile {
  return file(
    'security-groups',
    JSON.parse(
      each.text.replaceAll(
        '"GroupId": "sg-web",\n                            "UserId"',
        '"GroupId": "sg-0e",\n                            "UserId"',
      ),
    ),
  )
}

describe('files that say more or less than one call each', () => {
  test.each<[string, SourceFile[], string[]]>([
    ['two pages of a call', [...files, file('more', { SecurityGroups: [] })], []],
    ['the same call twice', [...files, ...files.slice(0, 1)], []],
    [
      'instances stand for interfaces that were not asked for',
      without('interfaces'),
      ['There is no output of describe-network-interfaces'],
    ],
    ['what no packet meets is listed', [...files, file('volumes', { Volumes: [] })], ['Volumes is not read.']],
    ['gateways that routes name say nothing more', [...files, file('nat', { NatGateways: [{}] })], []],
  ])('%s', (_, given, doubts) => {
    expect(read(given).doubts.map(({ what }) => what)).toEqual(doubts.map((each) => expect.stringContaining(each)))
  })

  test('rules alone are groups, of which only the rules are known', () => {
    const only = files.filter(({ path }) => path === 'dump/rules.json')
    expect(rulesTold(read(only))).toContain('sg-db ingress tcp 5432-5432 from sg-web')
  })

  test('an interface’s own description tells its elastic address too', () => {
    const [one] = interfacesTold(read(without('addresses'))).filter((each) => each.startsWith('web'))
    expect(one).toBe('web 10.0.0.5 in web at 203.0.113.80')
  })
})

describe('what cannot be is refused', () => {
  test.each<[string, SourceFile[], string]>([
    ['no groups', [file('vpcs', { Vpcs: [] })], 'No file is the output of describe-security-groups'],
    ['entries of nobody’s', [...files, file('list', { Entries: [] })], 'name the file after the list'],
    [
      'a CIDR that is none',
      [
        file('g', {
          SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1', GroupId: 'sg-1', IpProtocol: '-1', CidrIpv4: '10/8' }],
        }),
      ],
      'sgr-1: "10/8" is no CIDR.',
    ],
    [
      'a protocol that is none',
      [
        file('g', {
          SecurityGroupRules: [
            { SecurityGroupRuleId: 'sgr-1', GroupId: 'sg-1', IpProtocol: 'tpc', CidrIpv4: '10.0.0.0/8' },
          ],
        }),
      ],
      'sgr-1: "tpc" is no protocol.',
    ],
    [
      'a group without rules of any kind',
      [file('g', { SecurityGroups: [{ GroupId: 'sg-1' }] })],
      'sg-1 has neither IpPermissions nor rules of its own.',
    ],
  ])('%s', (_, given, message) => {
    expect(() => read(given)).toThrow(BadImport)
    expect(() => read(given)).toThrow(message)
  })
})
