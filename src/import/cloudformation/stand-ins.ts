/**
 * Addresses that stand for those that AWS will choose. A rule for a part of the subnet may hold for the real one:
 * stand-ins lie outside of all parts that are named, and in the possible world such a rule holds for them as well.
 */

import type { GroupId } from '../../model/ids.ts'
import { prefixListCidrs } from '../../model/prefix-list-version.ts'
import { type Rule, ruleKey } from '../../model/rule.ts'
import type { World } from '../../model/world.ts'
import { type Address, formatAddress } from '../../net/address.ts'
import { type Cidr, containsAddress, formatCidr, lastOf, parseCidr } from '../../net/cidr.ts'
import { isPartOf, twinFor } from '../subnet-parts.ts'
import { add, type Builder, doubt } from './builder.ts'
import type { StandIn } from './template.ts'

/** From the fifth address on (VPC guide, subnet sizing), one that is free and in no part that is named, if there is one. */
export function* standInsOf(
  { templates }: Builder,
  block: Cidr,
  isTaken: (text: string) => boolean,
): Generator<string> {
  const named = templates.flatMap(({ blocks }) => blocks)
  const parts = named.filter((each) => isPartOf(each, block))
  const passedOver: string[] = []
  for (let bits = block.first + 4n; bits < lastOf(block); bits++) {
    const address: Address = { family: block.family, bits }
    const text = formatAddress(address)
    if (isTaken(text)) continue
    const part = parts.find((each) => containsAddress(each, address))
    if (part === undefined) {
      yield text
      continue
    }
    if (passedOver.length < mostPassedOver) passedOver.push(text)
    bits = lastOf(part)
  }
  yield* passedOver
}

/** For a subnet all of whose addresses are named. */
const mostPassedOver = 64

/** A block, and the rule that names it. */
interface Named {
  readonly group: GroupId
  readonly rule: Rule
  readonly part: Cidr
}

/** After all rules. */
export function allowParts(builder: Builder): void {
  for (const { id, rules } of builder.world.securityGroup.values()) {
    for (const rule of rules) {
      for (const block of blocksOf(builder.world, rule)) {
        for (const standIn of builder.standIns.filter((each) => isPart(block, each)))
          allowPart(builder, { group: id, rule, part: block }, standIn)
      }
    }
  }
}

function isPart(block: Cidr, standIn: StandIn): boolean {
  return isPartOf(block, standIn.block) && !containsAddress(block, standIn.address)
}

function allowPart(builder: Builder, { group, rule, part }: Named, { address, resource }: StandIn): void {
  const what = `${formatCidr(part)}, which a rule names, is a part of where AWS will put ${resource.id}: whether it is in it is not known.`
  doubt(builder, resource, what)
  const twin = twinFor(rule, address, '')
  const there = builder.world.securityGroup.get(group)?.rules ?? []
  if (builder.bound === 'certain' || there.some((other) => ruleKey(other) === ruleKey(twin))) return
  add(builder, { kind: 'rule-added', group, rule: twin })
}

function blocksOf(world: World, { peer }: Rule): Cidr[] {
  const texts =
    peer.kind === 'group' ? [] : peer.kind === 'prefix-list' ? prefixListCidrs(world, peer.list) : [peer.cidr]
  return texts.flatMap((text) => parseCidr(text)?.cidr ?? [])
}
