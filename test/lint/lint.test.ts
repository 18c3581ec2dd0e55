/** What the corpus's notation has no words for: two bounds of one world, other VPCs and accounts, what findings say. */

import { describe, expect, test } from 'vitest'
import { worldFromLines } from '../../src/import/world-lines.ts'
import type { Change } from '../../src/model/change.ts'
import { apply, type World } from '../../src/model/world.ts'
import type { Finding } from '../../src/reach/lint/finding.ts'
import { lint } from '../../src/reach/lint/lint.ts'
import { type LintSettings, plainSettings } from '../../src/reach/lint/settings.ts'
import { change, elastic, gateway, otherVpc, peering, reachWorld, route } from '../reach-world.ts'
import { foundText } from './corpus.ts'

function findings(world: World, settings: LintSettings = plainSettings): readonly Finding[] {
  return lint({ certain: world, possible: world, settings }).findings
}

function texts(world: World): string[] {
  return findings(world).map(foundText).sort()
}

describe('two bounds of one world', () => {
  const certain = worldFromLines(`
    group web ingress tcp 443 from 0.0.0.0/0
    group old ingress tcp 443 from 10.0.0.0/8
    interface web 10.0.0.5 in web public 203.0.113.80
  `)
  const rule = { id: 'sgr-unknown', direction: 'ingress', traffic: { protocol: 'tcp', from: 22, to: 22 } } as const
  const added: Change = {
    kind: 'rule-added',
    group: 'sg-web',
    rule: { ...rule, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } },
  }

  test('what is found in both is a finding; what is found in one is a note that says so', () => {
    const possible = apply(certain, [added])
    const { findings: found } = lint({ certain, possible, settings: plainSettings })
    expect(found.map((each) => `${each.severity} ${foundText(each)}`)).toEqual([
      'warning SG-GROUP-UNATTACHED sg-old',
      'note SG-OPEN-ADMIN sgr-unknown undetermined',
    ])
  })

  test('a group that may be carried is not surely unattached', () => {
    const card = certain.networkInterface.get('eni-web')
    if (!card) throw new Error('there is no eni-web')
    const possible = apply(certain, [
      { kind: 'put', of: 'networkInterface', object: { ...card, groups: ['sg-web', 'sg-old'] } },
    ])
    const { findings: found } = lint({ certain, possible, settings: plainSettings })
    expect(found.map((each) => `${each.severity} ${foundText(each)}`)).toContain(
      'note SG-GROUP-UNATTACHED sg-old undetermined',
    )
  })
})

describe('groups of other VPCs and accounts', () => {
  const lines = `
    group web ingress tcp 443 from 198.51.100.0/24
    group app
    interface web 10.0.0.5 in web
    interface app 10.1.0.5 in app
  `
  const apart = (): World => {
    const world = change(reachWorld(lines), otherVpc(['10.1.0.0/16'], 'app'))
    const app = world.securityGroup.get('sg-app')
    if (!app) throw new Error('there is no sg-app')
    const rule = { id: 'sgr-app', direction: 'ingress', traffic: { protocol: 'tcp', from: 80, to: 80 } } as const
    const peer = { kind: 'group', group: 'sg-app', owner: world.scope.account } as const
    return apply(world, [
      { kind: 'put', of: 'securityGroup', object: { ...app, vpc: 'vpc-2' } },
      { kind: 'rule-added', group: 'sg-web', rule: { ...rule, peer } },
    ])
  }

  test('a rule for a group of a peered VPC is stale once the peering is gone', () => {
    expect(texts(change(apart(), peering()))).toEqual([])
    expect(texts(change(apart(), peering('deleted')))).toEqual(['SG-RULE-STALE sgr-app'])
    expect(texts(apart())).toEqual(['SG-RULE-STALE sgr-app'])
  })

  test('where a transit gateway may join the VPCs that is not certain', () => {
    expect(texts(change(apart(), route('10.1.0.0/16', 'tgw-1')))).toEqual(['SG-RULE-STALE sgr-app undetermined'])
  })

  test('a group of another account is not known here, and stale only if its peering is', () => {
    const world = apart()
    const rule = { id: 'sgr-app', direction: 'ingress', traffic: { protocol: 'tcp', from: 80, to: 80 } } as const
    const foreign = { kind: 'group', group: 'sg-theirs', owner: '999999999999' } as const
    const replaced = (peer: typeof foreign & { peered?: { vpc: 'vpc-9'; peering: 'pcx-1' } }): Change => {
      return { kind: 'rule-replaced', group: 'sg-web', rule: { ...rule, peer } }
    }
    const peered = { vpc: 'vpc-9', peering: 'pcx-1' } as const
    expect(texts(apply(world, [replaced(foreign)]))).toEqual([])
    expect(texts(apply(change(world, peering()), [replaced({ ...foreign, peered })]))).toEqual([])
    expect(texts(apply(change(world, peering('deleted')), [replaced({ ...foreign, peered })]))).toEqual([
      'SG-RULE-STALE sgr-app',
    ])
  })
})

test('an exposure that depends on a hop that is not run here is a note', () => {
  const lines = 'group web ingress tcp 22 from 0.0.0.0/0\ninterface web 10.0.0.5 in web'
  const way = (target: string) => [gateway(), route('0.0.0.0/0', target), elastic('web', '203.0.113.80')]
  const through = (target: string) =>
    findings(change(reachWorld(lines.replace('\n', '\n  ')), ...way(target))).map(
      (each) => `${each.severity} ${foundText(each)}`,
    )
  expect(through('igw-1')).toEqual(['error SG-OPEN-ADMIN sgr-1'])
  expect(through('vpce-1')).toEqual(['note SG-OPEN-ADMIN sgr-1 undetermined'])
})

test('of two rules that differ in their description alone the later one adds nothing', () => {
  const world = worldFromLines('group web ingress tcp 443 from 10.0.0.0/8\ninterface web 10.0.0.5 in web')
  const [first] = world.securityGroup.get('sg-web')?.rules ?? []
  if (!first) throw new Error('there is no rule')
  const second = { ...first, id: 'sgr-again', description: 'again' } as const
  expect(texts(apply(world, [{ kind: 'rule-added', group: 'sg-web', rule: second }]))).toEqual([
    'SG-RULE-IMPLIED sgr-again',
  ])
})

describe('what a finding says', () => {
  const only = (lines: string, id: string): Finding => {
    const found = findings(worldFromLines(lines)).find((each) => each.id === id)
    if (!found) throw new Error(`nothing of ${id}`)
    return found
  }

  test('the share of the internet, the rules, and a packet', () => {
    const found = only(
      `group web ingress tcp 20-30 from 128.0.0.0/1
       interface web 10.0.0.5 in web public 203.0.113.80
       interface two 10.0.0.6 in web public 203.0.113.81`,
      'SG-OPEN-ADMIN',
    )
    expect(found).toMatchObject({
      message: 'tcp 20-23 of two and 1 more can be reached from 43.4 % of the public IPv4 addresses.',
      packet: 'tcp 128.0.0.0:40000 > 10.0.0.6:22 S',
      details: ['sgr-1 of web: ingress tcp 20-30 from 128.0.0.0/1', 'to revoke sgr-1 closes other ports as well'],
      objects: ['sgr-1', 'sg-web', 'eni-two', 'eni-web'],
    })
  })

  test('what stands between the world and a group that would open', () => {
    const found = only('group db ingress tcp 5432 from 0.0.0.0/0\ninterface db 10.0.0.5 in db', 'SG-OPEN-LATENT')
    expect(found.packet).toBe('tcp 1.0.0.0:40000 > 10.0.0.5:5432 S')
    expect(found.details).toContain('stopped: public address of eni-db: none')
  })

  test('that an implied rule is what leaves flows untracked', () => {
    const halves = `group web ingress tcp 443-444 from 0.0.0.0/1
      group web ingress tcp 443-444 from 128.0.0.0/1
      group web ingress tcp 443 from 0.0.0.0/0
      interface web 10.0.0.5 in web public 203.0.113.80`
    const remark = expect.stringContaining('tracked that are untracked now')
    expect(only(`group web egress any to 0.0.0.0/0\n${halves}`, 'SG-RULE-IMPLIED').details).toContainEqual(remark)
    expect(only(halves, 'SG-RULE-IMPLIED').details).not.toContainEqual(remark)
  })

  test('the answer that leaves without the rule', () => {
    const found = only(
      `group web ingress tcp 80 from 0.0.0.0/0
       group web egress tcp 1024-65535 to 0.0.0.0/0
       interface web 10.0.0.5 in web public 203.0.113.80`,
      'SG-EGRESS-ANSWERS',
    )
    expect(found.packet).toBe('tcp 10.0.0.5:80 > 203.0.113.10:40000 SA')
  })

  test('a fix for each interface of a default group, to its other groups where it has any', () => {
    const found = only(
      `group default ingress any from default
       group default egress any to 10.0.0.0/16
       group web ingress tcp 443 from 0.0.0.0/0
       interface one 10.0.0.5 in default web
       interface two 10.0.0.6 in default`,
      'SG-GROUP-DEFAULT',
    )
    expect(found.packet).toMatch(/^tcp 10\.0\.0\.[56]:40000 > 10\.0\.0\.[56]:443 S$/)
    expect(found.fix).toEqual([
      'aws ec2 modify-network-interface-attribute --network-interface-id eni-one --groups sg-web',
      "aws ec2 modify-network-interface-attribute --network-interface-id eni-two --groups $(aws ec2 create-security-group --group-name own-eni-two --description 'Of eni-two' --vpc-id vpc-1 --query GroupId --output text)",
    ])
  })
})

test('the register: an end that nobody knows is told, and a source may be a block', () => {
  const world = worldFromLines(
    'group web ingress tcp 22 from 0.0.0.0/0\ninterface web 10.0.0.5 in web public 203.0.113.80',
  )
  const entry = (to: string, from?: string) => ({ to, from, services: ['tcp/22'], reason: 'meant' })
  const settings = { ...plainSettings, intended: [entry('web', '0.0.0.0/1'), entry('nobody')] }
  const { findings: found, unknown } = lint({ certain: world, possible: world, settings })
  expect(unknown.map(({ to }) => to)).toEqual(['nobody'])
  expect(found.map(({ message }) => message)).toEqual([
    'tcp 22 of web can be reached from 43.4 % of the public IPv4 addresses.',
  ])
  const both = { ...settings, intended: [entry('web', '0.0.0.0/1'), entry('sg-web', '128.0.0.0/2')] }
  expect(lint({ certain: world, possible: world, settings: both }).findings).toEqual([])
})
