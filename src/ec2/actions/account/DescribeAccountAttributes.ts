/** DescribeAccountAttributes (spec 8.7): what the account may have, as far as its quotas say. */

import type { QuotaName, Quotas } from '../../../model/quota.ts'
import type { World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { choice } from '../../input/choice.ts'
import { findDefaultVpc } from '../../input/group.ts'

export const run: Run<'DescribeAccountAttributes'> = (input, { world, quotas }) => {
  const asked = input.AttributeNames?.map((name) => choice(name, attributeNames, 'attributeName')) ?? attributeNames
  return answer({
    AccountAttributes: attributeNames
      .filter((name) => asked.includes(name))
      .map((name) => ({
        AttributeName: name,
        AttributeValues: [{ AttributeValue: attributes[name](world, quotas) }],
      })),
  })
}

const attributes = {
  'supported-platforms': () => 'VPC',
  'default-vpc': (world: World) => findDefaultVpc(world)?.id ?? 'none',
  /** Of EC2-Classic's time; AWS still answers it. */
  'max-instances': () => '20',
  'vpc-max-security-groups-per-interface': (_world: World, quotas: Quotas) =>
    limit(quotas, 'security-groups-per-interface'),
  'max-elastic-ips': (_world: World, quotas: Quotas) => limit(quotas, 'elastic-addresses-per-region'),
  'vpc-max-elastic-ips': (_world: World, quotas: Quotas) => limit(quotas, 'elastic-addresses-per-region'),
} as const

const attributeNames = Object.keys(attributes) as (keyof typeof attributes)[]

const noLimit = 2 ** 31 - 1

/** Clients read a number, so a quota that is switched off is a large one. */
function limit(quotas: Quotas, name: QuotaName): string {
  return String(Math.min(quotas[name], noLimit))
}
