/** The resources that CreateTags and DeleteTags name: any type that has tags, and each must exist (spec 5). */

import { findAwsPrefixList } from '../../model/aws-prefix-lists.ts'
import { dhcpOptionsIn } from '../../model/dhcp-options.ts'
import { type ResourceType, type RuleId, resourceTypeOf, type TaggableId } from '../../model/ids.ts'
import { reject } from '../../model/rejection.ts'
import { findRule, type World } from '../../model/world.ts'
import { find } from './lookup.ts'

const mostResources = 1000

/** Each id once. Rejects with InvalidID for what is no id, and else as that type of id is refused. */
export function taggableIds(world: World, ids: readonly string[]): TaggableId[] {
  if (ids.length > mostResources) {
    const reason = `Expecting at most ${mostResources} resources.`
    reject('InvalidParameterValue', { value: String(ids.length), name: 'resourceIdSet', reason })
  }
  return [...new Set(ids)].map((id) => {
    const type = resourceTypeOf(id) ?? reject('ResourceIdInvalid', { id })
    expectResource[type](world, id)
    return id as TaggableId
  })
}

const expectResource: Readonly<Record<ResourceType, (world: World, id: string) => void>> = {
  vpc: (world, id) => find(world, 'vpc', id),
  subnet: (world, id) => find(world, 'subnet', id),
  'route-table': (world, id) => find(world, 'routeTable', id),
  'internet-gateway': (world, id) => find(world, 'internetGateway', id),
  'network-acl': (world, id) => find(world, 'networkAcl', id),
  'security-group': (world, id) => find(world, 'securityGroup', id),
  'security-group-rule': (world, id) => findRule(world, id as RuleId) ?? reject('RuleNotFound', { id }),
  'prefix-list': (world, id) => findAwsPrefixList(world.scope.region, id) ?? find(world, 'prefixList', id),
  'network-interface': (world, id) => find(world, 'networkInterface', id),
  instance: (world, id) => find(world, 'instance', id),
  'elastic-ip': (world, id) => find(world, 'elasticAddress', id),
  'vpc-peering-connection': (world, id) => find(world, 'peering', id),
  'vpc-flow-log': (world, id) => find(world, 'flowLog', id),
  'network-insights-path': (world, id) => find(world, 'networkInsightsPath', id),
  'network-insights-analysis': (world, id) => find(world, 'networkInsightsAnalysis', id),
  'network-insights-access-scope': (world, id) => find(world, 'accessScope', id),
  'network-insights-access-scope-analysis': (world, id) => find(world, 'accessScopeAnalysis', id),
  'dhcp-options': (world, id) =>
    dhcpOptionsIn(world).some((each) => each === id) || reject('DhcpOptionsNotFound', { id }),
}
