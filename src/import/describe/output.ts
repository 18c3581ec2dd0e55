/** What `aws ec2 describe-*` printed, of any number of calls, pages and accounts, by the name of its list. */

import type { Origin } from '../imported.ts'
import { isMembers, type Members, members, objects, text } from '../json-value.ts'

export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly value: unknown
}

export interface Item {
  readonly value: Members
  readonly file: SourceFile
}

/** Lists that are read, and those that say nothing that routes and interfaces do not say as well. */
const read = [
  ...['SecurityGroups', 'SecurityGroupRules', 'SecurityGroupVpcAssociations', 'NetworkInterfaces', 'Reservations'],
  ...['Subnets', 'Vpcs', 'RouteTables', 'InternetGateways', 'NetworkAcls', 'PrefixLists', 'Entries', 'Addresses'],
  'VpcPeeringConnections',
] as const
const toldElsewhere = [
  ...['NatGateways', 'EgressOnlyInternetGateways', 'VpcEndpoints', 'TransitGateways', 'TransitGatewayAttachments'],
  ...['TransitGatewayVpcAttachments', 'VpnGateways', 'VpnConnections', 'CustomerGateways', 'CarrierGateways'],
  ...['TransitGatewayRouteTables', 'DhcpOptions', 'NextToken', 'ResponseMetadata'],
]

export type ListName = (typeof read)[number]

export interface Output {
  readonly items: (name: ListName) => readonly Item[]
  readonly has: (name: ListName) => boolean
  /** Lists of other names, with the file they are in. */
  readonly notRead: readonly { readonly name: string; readonly file: SourceFile }[]
  readonly files: readonly SourceFile[]
}

/** Whether a JSON value is what a describe call prints, with at least one list that is read. */
export function isDescribeOutput(value: unknown): boolean {
  return isMembers(value) && read.some((name) => Array.isArray(value[name]))
}

export function outputOf(files: readonly SourceFile[]): Output {
  const lists = files.flatMap((file) =>
    Object.entries(members(file.value)).map(([name, value]) => ({ name, file, items: objects(value) })),
  )
  const items = (name: ListName) =>
    lists.filter((each) => each.name === name).flatMap(({ items, file }) => items.map((value) => ({ value, file })))
  return {
    items,
    has: (name) => lists.some((each) => each.name === name),
    notRead: lists.filter(({ name }) => ![...read, ...toldElsewhere].includes(name)),
    files,
  }
}

/** Called after its Name tag, or what else names it. */
export function originOf({ value, file }: Item, id: string, name?: string): Origin {
  return { file: file.path, line: lineOf(file, id), name: nameTag(value) ?? name ?? id }
}

function nameTag(value: Members): string | undefined {
  const tags = objects(value['Tags'] ?? value['TagSet'])
  return text(tags.find((tag) => tag['Key'] === 'Name')?.['Value'])
}

const lines = new WeakMap<SourceFile, ReadonlyMap<string, number>>()

/** An object's own id stands further left than where others name it. */
function lineOf(file: SourceFile, id: string): number {
  const known = lines.get(file) ?? linesOfIds(file.text)
  lines.set(file, known)
  return known.get(id) ?? 1
}

function linesOfIds(source: string): ReadonlyMap<string, number> {
  const found = new Map<string, { line: number; indent: number }>()
  for (const [index, line] of source.split('\n').entries()) {
    const [, indent = '', id] = /^(\s*)"\w+Id": "([a-z]+-[0-9a-z]+)"/.exec(line) ?? []
    if (id === undefined || (found.get(id)?.indent ?? Number.POSITIVE_INFINITY) <= indent.length) continue
    found.set(id, { line: index + 1, indent: indent.length })
  }
  return new Map(Array.from(found, ([id, { line }]) => [id, line]))
}
