/** Groups that no interface carries and that no group in use names. */

import { isDefaultGroup, type SecurityGroup } from '../../model/security-group.ts'
import { linked } from '../../model/world.ts'
import type { Found, LintRule } from './finding.ts'
import type { HeldRule, Scene } from './scene.ts'
import { revokeOf } from './telling.ts'

export const unattachedGroup: LintRule = {
  id: 'SG-GROUP-UNATTACHED',
  severity: 'warning',
  title: 'Nothing carries the group and nothing in use names it',
  explanation:
    'No network interface carries the group, whoever made the interface: an instance, a load balancer, a Lambda ' +
    'function, a container task. A group that is named by a rule of a group in use is in use. Default groups cannot be ' +
    'deleted and are not asked about. Groups that only name each other are found, and the fix takes their rules first.',
  find: unattached,
}

function* unattached(scene: Scene): Generator<Found> {
  const used = usedGroups(scene)
  for (const group of scene.groups.filter((each) => !used.has(each.id) && !isDefaultGroup(each))) {
    const naming = linked(scene.world, 'groups referencing group', group.id)
    const others = naming.length > 0 ? `; ${naming.join(' and ')}, which nothing carries either, names it` : ''
    yield {
      on: group.id,
      objects: [group.id],
      message: `No interface carries ${group.name}, and no group in use names it${others}.`,
      packet: undefined,
      details: [],
      fix: [
        ...revokeOf(rulesNaming(scene, group)),
        ...disassociations(scene, group),
        `aws ec2 delete-security-group --group-id ${group.id}`,
      ],
      isCertain: true,
    }
  }
}

/** Carried, or named by one that is used. */
function usedGroups(scene: Scene): ReadonlySet<string> {
  const carried = scene.groups.filter(({ id }) => scene.classesOf(id).length > 0).map(({ id }) => id)
  const used = new Set<string>(carried)
  // A set goes on to what is added to it meanwhile.
  for (const id of used) {
    for (const { peer } of scene.world.securityGroup.get(id)?.rules ?? [])
      if (peer.kind === 'group') used.add(peer.group)
  }
  return used
}

function rulesNaming(scene: Scene, group: SecurityGroup): HeldRule[] {
  return linked(scene.world, 'groups referencing group', group.id)
    .flatMap((id) => scene.world.securityGroup.get(id) ?? [])
    .flatMap((each) => scene.rulesOf(each))
    .filter(({ rule }) => rule.peer.kind === 'group' && rule.peer.group === group.id)
}

function disassociations({ world }: Scene, group: SecurityGroup): string[] {
  const vpcs = linked(world, 'associations of group', group.id).flatMap((id) => world.vpcAssociation.get(id)?.vpc ?? [])
  return vpcs.map((vpc) => `aws ec2 disassociate-security-group-vpc --group-id ${group.id} --vpc-id ${vpc}`)
}
