/** A World from what `aws ec2 describe-*` printed of a real account: one file or many, in any order. */

import { findAwsPrefixList } from '../../model/aws-prefix-lists.ts'
import type { Scope } from '../../model/world.ts'
import { BadImport } from '../bad-import.ts'
import { Draft } from '../draft.ts'
import { fillGaps } from '../gaps.ts'
import type { Imported, Origin } from '../imported.ts'
import { text } from '../json-value.ts'
import { readGroups, unreachableGroups } from './groups.ts'
import { readInterfaces } from './interfaces.ts'
import { readNetwork } from './network.ts'
import { type ListName, type Output, outputOf, type SourceFile } from './output.ts'
import { readPrefixLists } from './prefix-lists.ts'
import { readRouteTables } from './routes.ts'

/** `path` is the folder or the file. Throws BadImport. */
export function describedWorld(path: string, files: readonly SourceFile[]): Imported {
  const output = outputOf(files)
  if (!output.has('SecurityGroups') && !output.has('SecurityGroupRules')) {
    throw new BadImport('No file is the output of describe-security-groups or describe-security-group-rules.')
  }
  const source: Origin = { file: path, line: 1, name: path }
  const scope = scopeOf(output)
  const draft = new Draft()
  readNetwork(output, draft)
  readGroups(output, draft)
  readInterfaces(output, draft)
  readRouteTables(output, draft)
  readPrefixLists(output, draft)
  for (const { name, calls, why } of wanted) {
    if (!output.has(name)) draft.doubt(`There is no output of ${calls}: ${why}`, source)
  }
  for (const { name, file } of output.notRead) {
    draft.doubt(`${name} is not read.`, { file: file.path, line: 1, name })
  }
  const isKnownList = (id: string) => findAwsPrefixList(scope.region, id) !== undefined
  fillGaps(draft, { source, isKnownList, unreachable: unreachableGroups(output) })
  return draft.imported(scope)
}

const wanted: readonly { readonly name: ListName; readonly calls: string; readonly why: string }[] = [
  {
    name: 'NetworkInterfaces',
    calls: 'describe-network-interfaces',
    why: 'interfaces other than those of instances (load balancers, databases, endpoints) are not known.',
  },
  { name: 'Reservations', calls: 'describe-instances', why: 'every instance is taken to be running.' },
  {
    name: 'VpcPeeringConnections',
    calls: 'describe-vpc-peering-connections',
    why: 'where routes to a peering connection lead is not known.',
  },
]

/** Of the account that most groups are of; the region as zones and ARNs name it. */
function scopeOf(output: Output): Scope {
  const owners = (['SecurityGroups', 'SecurityGroupRules', 'Vpcs'] as const).flatMap((name) =>
    output.items(name).flatMap(({ value }) => text(value['OwnerId'] ?? value['GroupOwnerId']) ?? []),
  )
  const counts = new Map<string, number>()
  for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  const [account] = Array.from(counts).sort(([, a], [, b]) => b - a)[0] ?? ['000000000000']
  const places = (['Subnets', 'NetworkInterfaces', 'SecurityGroups', 'SecurityGroupRules'] as const).flatMap((name) =>
    output
      .items(name)
      .flatMap(
        ({ value }) =>
          text(value['AvailabilityZone'] ?? value['SecurityGroupArn'] ?? value['SecurityGroupRuleArn']) ?? [],
      ),
  )
  const region =
    places.flatMap((place) => /[a-z]{2,5}(?:-[a-z]+){1,3}-\d{1,2}/.exec(place)?.[0] ?? [])[0] ?? 'us-east-1'
  return { account, region }
}
