/** CIDRs whose address is not the first of their block. */

import { ruleKey } from '../../model/rule.ts'
import { addressLength, formatAddress, parseAddress } from '../../net/address.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import { modifyCommand } from '../fix-command.ts'
import type { Found, LintRule } from './finding.ts'
import { witnessThrough } from './passing.ts'
import type { HeldRule, Scene } from './scene.ts'
import { objectsOf, revokeOf } from './telling.ts'

export const hostBits: LintRule = {
  id: 'SG-RULE-HOST-BITS',
  severity: 'warning',
  title: 'A CIDR has host bits, which AWS drops',
  explanation:
    'The source of the rule is written as 67.221.169.243/0 or 10.0.0.5/24: AWS masks it, and the rule is for the whole ' +
    'block. If one host is meant, write /32 or /128; if the block is, write its first address. Only a source that keeps ' +
    'what was written can show it: an endpoint has masked it already.',
  find: written,
}

function* written(scene: Scene): Generator<Found> {
  for (const held of scene.groups.flatMap((group) => scene.rulesOf(group))) {
    const found = hostOf(scene, held)
    if (!found) continue
    const { text, block, host } = found
    yield {
      on: held.rule.id,
      objects: objectsOf([held]),
      message: `${text} is ${block} to AWS, not ${host}.`,
      packet: witnessThrough(scene, held)?.packet,
      details: [`write ${block} if the block is meant`],
      fix: mended(held, host),
      isCertain: true,
    }
  }
}

/** For the host alone; the rule goes if its group has one for the host. */
function mended(held: HeldRule, host: string): string[] {
  const { group, rule } = held
  const kind = rule.peer.kind === 'ipv6' ? 'ipv6' : 'ipv4'
  const key = ruleKey({ ...rule, peer: { kind, cidr: host } })
  if (group.rules.some((each) => ruleKey(each) === key)) return revokeOf([held])
  return [modifyCommand(group.id, rule, host)]
}

interface Spelled {
  readonly text: string
  readonly block: string
  readonly host: string
}

function hostOf({ settings }: Scene, { rule: { id, peer } }: HeldRule): Spelled | undefined {
  if (peer.kind !== 'ipv4' && peer.kind !== 'ipv6') return undefined
  const text = settings.written.get(id) ?? peer.cidr
  const block = parseCidr(text)?.cidr
  const address = parseAddress(text.split('/')[0] ?? '')
  if (!block || !address || address.bits === block.first) return undefined
  return { text, block: formatCidr(block), host: `${formatAddress(address)}/${addressLength[address.family]}` }
}
