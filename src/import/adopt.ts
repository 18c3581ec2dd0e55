/**
 * A World as an endpoint may take it in: of its account, with ids as AWS spells them, and with what every VPC
 * has. Worlds that people write in a few lines leave all that out.
 */

import { type Change, put } from '../model/change.ts'
import { companionsOf } from '../model/default-network.ts'
import { isMainTable } from '../model/routing.ts'
import { isDefaultGroup } from '../model/security-group.ts'
import { stateOf, worldFromState } from '../model/state.ts'
import type { Vpc } from '../model/vpc.ts'
import { apply, type World } from '../model/world.ts'
import { digitsOf, entropyFrom } from './stable-id.ts'

/** The Region stays: zones are named after it. */
export function adopted(world: World, account: string): World {
  const state = stateOf(world)
  const renamed = renamedIn(
    { ...state, scope: { ...state.scope, account } },
    { from: world.scope.account, to: account },
  )
  const made = worldFromState(renamed)
  return apply(made, [...attachmentsOf(made), ...Array.from(made.vpc.values()).flatMap((vpc) => missingOf(made, vpc))])
}

/** What people wrote, which is never an id. */
const words = new Set(['name', 'description', 'key', 'value', 'message', 'stateReason', 'userData', 'keyName'])

interface Accounts {
  readonly from: string
  readonly to: string
}

function renamedIn(value: unknown, accounts: Accounts, name = ''): unknown {
  if (typeof value === 'string') {
    if (words.has(name)) return value
    return name === 'owner' && value === accounts.from ? accounts.to : value.split('/').map(wellFormed).join('/')
  }
  if (Array.isArray(value)) return value.map((each) => renamedIn(each, accounts, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamedIn(each, accounts, key)]))
}

const ids = new RegExp(
  `^(${[
    ...[
      'vpc-cidr-assoc',
      'subnet-cidr-assoc',
      'eni-attach',
      'vpc',
      'subnet',
      'rtbassoc',
      'rtb',
      'igw',
      'aclassoc',
      'acl',
    ],
    ...['sgr', 'sg', 'pl', 'eni', 'eipalloc', 'eipassoc', 'pcx', 'fl', 'dopt', 'ami', 'i', 'r'],
  ].join('|')})-(.+)$`,
)

const digits = /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/

/** `sg-web` is `sg-` and 17 digits, the same each time. */
function wellFormed(text: string): string {
  const [, prefix, rest = ''] = ids.exec(text) ?? []
  return prefix === undefined || digits.test(rest) ? text : `${prefix}-${digitsOf(text)}`
}

/** An interface is attached to an instance that is there, and no two have the same hardware address. */
function attachmentsOf(world: World): Change[] {
  const taken = new Set<string>()
  return Array.from(world.networkInterface.values()).flatMap((card) => {
    const { attachment, ...detached } = card
    const isLost = attachment !== undefined && !world.instance.has(attachment.instance)
    const isTaken = taken.has(card.macAddress)
    taken.add(card.macAddress)
    if (!isLost && !isTaken) return []
    const macAddress = isTaken ? `02:${(digitsOf(card.id, 10).match(/../g) ?? []).join(':')}` : card.macAddress
    return [put('networkInterface', { ...(isLost ? detached : card), macAddress })]
  })
}

function missingOf(world: World, vpc: Vpc): Change[] {
  const companions = companionsOf(vpc, world.scope, entropyFrom(`companions of ${vpc.id}`))
  const isOf = (each: { readonly vpc: string }) => each.vpc === vpc.id
  const groups = Array.from(world.securityGroup.values()).filter(isOf)
  const acls = Array.from(world.networkAcl.values()).filter(isOf)
  const tables = Array.from(world.routeTable.values()).filter(isOf)
  return [
    ...(groups.some(isDefaultGroup) ? [] : [put('securityGroup', companions.group)]),
    ...(acls.some(({ isDefault }) => isDefault) ? [] : [put('networkAcl', companions.acl)]),
    ...(tables.some(isMainTable) ? [] : [put('routeTable', companions.table)]),
  ]
}
