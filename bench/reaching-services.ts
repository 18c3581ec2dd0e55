/**
 * An estate as people keep one, made from a fixed seed: services with a group each, which name the groups of those
 * that call them, and a group that every interface has, with the rules of administration.
 */

import type { Change } from '../src/model/change.ts'
import type { GroupId } from '../src/model/ids.ts'
import type { Peer, Rule, Traffic } from '../src/model/rule.ts'
import { apply, type World } from '../src/model/world.ts'
import { Dice } from './dice.ts'
import { bareEstate, cardChanges, subnets } from './reaching-ground.ts'

export interface Services {
  readonly interfaces: number
  readonly services: number
}

const account = '123456789012'
const ports = [8080, 8443, 5432, 3306, 6379, 9092, 9200, 11_211]

const shared = ['base', 'bastion', 'monitor', 'public']

export function servicesWorld({ interfaces, services }: Services): World {
  const dice = new Dice(`services ${interfaces} ${services}`)
  const ids = Array.from({ length: services }, (_, index): GroupId => `sg-service-${index}`)
  const bare = bareEstate([...shared, ...ids])
  const rules = [...sharedRules(), ...ids.flatMap((id) => serviceRules(id, ids, dice))]
  const added = rules.map(([group, rule], index): Change => {
    return { kind: 'rule-added', group, rule: { ...rule, id: `sgr-${index}` } }
  })
  return apply(bare, [...added, ...cardChanges(bare, interfaces, (index) => groupsAt(index, ids))])
}

type GroupRule = readonly [GroupId, Omit<Rule, 'id'>]

function sharedRules(): GroupRule[] {
  const all: Peer = { kind: 'ipv4', cidr: '0.0.0.0/0' }
  return [
    ['sg-base', { direction: 'egress', traffic: { protocol: 'all' }, peer: all }],
    ['sg-base', { direction: 'ingress', traffic: tcp(22), peer: groupPeer('sg-bastion') }],
    ['sg-base', { direction: 'ingress', traffic: tcp(9100), peer: groupPeer('sg-monitor') }],
    [
      'sg-base',
      {
        direction: 'ingress',
        traffic: { protocol: 'icmp', type: 8, code: -1 },
        peer: { kind: 'ipv4', cidr: '10.0.0.0/16' },
      },
    ],
    ['sg-bastion', { direction: 'ingress', traffic: tcp(22), peer: { kind: 'ipv4', cidr: '203.0.113.0/24' } }],
    ['sg-public', { direction: 'ingress', traffic: tcp(443), peer: all }],
  ]
}

/** One to six others call a service, some a subnet too; its own interfaces talk as they like. */
function serviceRules(id: GroupId, ids: readonly GroupId[], dice: Dice): GroupRule[] {
  const traffic = tcp(ports[dice.below(ports.length)] as number)
  const callers = Array.from({ length: 1 + dice.below(6) }, () => groupPeer(ids[dice.below(ids.length)] as GroupId))
  const cidr = `10.0.${dice.below(subnets)}.0/24`
  const blocks: Peer[] = dice.below(4) === 0 ? [{ kind: 'ipv4', cidr }] : []
  return [
    ...[...callers, ...blocks].map((peer): GroupRule => [id, { direction: 'ingress', traffic, peer }]),
    [id, { direction: 'ingress', traffic: { protocol: 'all' }, peer: groupPeer(id) }],
  ]
}

function tcp(port: number): Traffic {
  return { protocol: 'tcp', from: port, to: port }
}

function groupPeer(group: GroupId): Peer {
  return { kind: 'group', group, owner: account }
}

function groupsAt(index: number, ids: readonly GroupId[]): GroupId[] {
  const isPublic = index % ids.length < ids.length / 10
  return ['sg-base', ownGroup(index, ids), ...(isPublic ? ['sg-public' as const] : [])]
}

/** A few administer all others. */
function ownGroup(index: number, ids: readonly GroupId[]): GroupId {
  if (index < 6) return 'sg-bastion'
  return index < 20 ? 'sg-monitor' : (ids[index % ids.length] as GroupId)
}
