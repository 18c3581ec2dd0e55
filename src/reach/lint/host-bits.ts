/** CIDRs whose address is not the first of their block: of rules, of ACL entries, of prefix lists. */

import { aclEntryName, type NetworkAcl, type NetworkAclEntry } from '../../model/network-acl.ts'
import { listEntryName, type PrefixList, prefixListVersionId } from '../../model/prefix-list.ts'
import { ruleKey } from '../../model/rule.ts'
import { addressLength, formatAddress, parseAddress } from '../../net/address.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { modifyCommand, replaceEntryCommand, swapListEntryCommand } from '../fix-command.ts'
import type { Found, LintRule } from './finding.ts'
import { witnessThrough } from './passing.ts'
import type { HeldRule, Scene } from './scene.ts'
import { objectsOf, revokeOf } from './telling.ts'

export const hostBits: LintRule = {
  id: 'SG-RULE-HOST-BITS',
  severity: 'warning',
  title: 'A CIDR has host bits, which AWS drops',
  explanation:
    'The source of a rule, an entry of a network ACL or of a prefix list is written as 67.221.169.243/0 or 10.0.0.5/24: AWS ' +
    'masks it, and it is for the whole block. If one host is meant, write /32 or /128; if the block is, write its first ' +
    'address. Only a source that keeps what was written can show it: an endpoint has masked it already.',
  find: written,
}

function* written(scene: Scene): Generator<Found> {
  const { world } = scene
  for (const held of scene.groups.flatMap((group) => scene.rulesOf(group))) yield* ofRule(scene, held)
  for (const acl of world.networkAcl.values()) for (const entry of acl.entries) yield* ofAclEntry(scene, acl, entry)
  for (const list of world.prefixList.values()) yield* ofList(scene, list)
}

function* ofRule(scene: Scene, held: HeldRule): Generator<Found> {
  const { id, peer } = held.rule
  if (peer.kind !== 'ipv4' && peer.kind !== 'ipv6') return
  const found = spelledIn(scene, id, peer.cidr)
  if (!found) return
  const packet = witnessThrough(scene, held)?.packet
  yield { ...told(found), on: id, objects: objectsOf([held]), packet, fix: mended(held, found.host) }
}

/** For the host alone; the rule goes if its group has one for the host. */
function mended(held: HeldRule, host: string): string[] {
  const { group, rule } = held
  const kind = rule.peer.kind === 'ipv6' ? 'ipv6' : 'ipv4'
  const key = ruleKey({ ...rule, peer: { kind, cidr: host } })
  if (group.rules.some((each) => ruleKey(each) === key)) return revokeOf([held])
  return [modifyCommand(group.id, rule, host)]
}

function* ofAclEntry(scene: Scene, { id }: NetworkAcl, entry: NetworkAclEntry): Generator<Found> {
  const on = aclEntryName(id, entry)
  const found = spelledIn(scene, on, entry.cidr)
  if (!found) return
  const fix = [replaceEntryCommand(id, { ...entry, cidr: found.host })]
  yield { ...told(found), on, objects: [on, id], packet: undefined, fix }
}

function* ofList(scene: Scene, { id, version }: PrefixList): Generator<Found> {
  const entries = scene.world.prefixListVersion.get(prefixListVersionId(id, version))?.entries ?? []
  for (const { cidr, description } of entries) {
    const on = listEntryName(id, cidr)
    const found = spelledIn(scene, on, cidr)
    if (!found) continue
    const hasHost = entries.some((each) => each.cidr === found.host)
    const added = hasHost ? undefined : { cidr: found.host, description }
    const fix = [swapListEntryCommand({ id, version }, cidr, added)]
    yield { ...told(found), on, objects: [on, id], packet: undefined, fix }
  }
}

function told({ text, block, host }: Spelled): Pick<Found, 'message' | 'details' | 'isCertain'> {
  return {
    message: `${text} is ${block} to AWS, not ${host}.`,
    details: [`write ${block} if the block is meant`],
    isCertain: true,
  }
}

interface Spelled {
  readonly text: string
  readonly block: string
  readonly host: string
}

function spelledIn({ settings }: Scene, name: string, cidr: string): Spelled | undefined {
  const text = settings.written.get(name) ?? cidr
  const block = parseCidr(text)?.cidr
  const address = parseAddress(text.split('/')[0] ?? '')
  if (!block || !address || address.bits === block.first) return undefined
  return { text, block: formatCidr(block), host: `${formatAddress(address)}/${addressLength[address.family]}` }
}
