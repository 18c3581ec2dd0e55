/** Default groups that interfaces carry. */

import type { NetworkInterface } from '../../model/network-interface.ts'
import { isDefaultGroup, type SecurityGroup } from '../../model/security-group.ts'
import type { Found, LintRule } from './finding.ts'
import { witnessThrough } from './passing.ts'
import { ofDirection, type Scene } from './scene.ts'
import { countedText } from './telling.ts'

export const defaultGroup: LintRule = {
  id: 'SG-GROUP-DEFAULT',
  severity: 'warning',
  title: 'Interfaces carry the default group of their VPC',
  explanation:
    'AWS gives the default group to whatever is launched without another, and its first rules let all of its members ' +
    'at each other. What it carries was seldom decided. A default group that nobody carries is left in peace: it cannot ' +
    'be deleted. The fix moves each interface to a group of its own, which admits nothing until it is told to.',
  find: carried,
}

function* carried(scene: Scene): Generator<Found> {
  for (const group of scene.groups.filter(isDefaultGroup)) {
    const cards = scene.cardsOf(group.id)
    if (cards.length === 0) continue
    const ingress = ofDirection(scene.rulesOf(group), 'ingress')
    yield {
      on: group.id,
      objects: [group.id, ...cards.map(({ id }) => id)],
      message: `${countedText(cards.map(scene.nameOf))} ${cards.length === 1 ? 'carries' : 'carry'} the default group of ${group.vpc}.`,
      packet: ingress.map((held) => witnessThrough(scene, held)?.packet).find((packet) => packet !== undefined),
      details: [],
      fix: cards.map((card) => moved(card, group)),
      isCertain: true,
    }
  }
}

/** To the other groups that it has, or to one that is made. */
function moved({ id, groups, vpc }: NetworkInterface, group: SecurityGroup): string {
  const others = groups.filter((each) => each !== group.id)
  const own = `aws ec2 create-security-group --group-name own-${id} --description 'Of ${id}' --vpc-id ${vpc} --query GroupId --output text`
  const target = others.length > 0 ? others.join(' ') : `$(${own})`
  return `aws ec2 modify-network-interface-attribute --network-interface-id ${id} --groups ${target}`
}
