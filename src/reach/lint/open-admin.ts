/** Administration and databases that the world can reach. */

import { nothing } from '../packet-set/diagram.ts'
import { servicesNamed } from '../packet-set/service-name.ts'
import { adminDiagram, adminServices } from './admin-services.ts'
import type { Exposure } from './exposure.ts'
import { exposures } from './exposure.ts'
import type { Found, LintRule } from './finding.ts'
import type { Scene } from './scene.ts'
import { countedText, heldText, objectsOf, revokeOf, servicesText, subjectOf } from './telling.ts'
import { witnessOutside } from './witness.ts'
import { onlyServices, shareText } from './world-open.ts'

export const openAdmin: LintRule = {
  id: 'SG-OPEN-ADMIN',
  severity: 'error',
  title: 'The world can reach a port for administration or a database',
  explanation:
    'An interface can be reached on a port such as SSH, Remote Desktop or PostgreSQL from a quarter or more of the ' +
    'public addresses of an IP family. That is judged by what passes: routes, public addresses, network ACLs and all ' +
    'rules of all its groups together, so 0.0.0.0/1 and 128.0.0.0/1 are the world, and a group that nothing ' +
    'exposed carries is no such finding. Ports 80 and 443 are not asked about. Asked are ' +
    `${adminServices.map(([service, what]) => `${service} (${what})`).join(', ')}, and those of the configuration.`,
  find: (scene) => openTo(scene),
}

function* openTo(scene: Scene): Generator<Found> {
  const { diagrams, settings } = scene
  const admin = adminDiagram(diagrams, settings.adminServices)
  for (const each of exposures(scene, admin)) {
    const found = exposureFound(scene, each)
    const wider = each.rules.filter(
      ({ allow }) => diagrams.difference(scene.services(allow, each.family), admin) !== nothing,
    )
    const remark = wider.map(({ rule }) => `to revoke ${rule.id} closes other ports as well`)
    yield { ...found, details: [...found.details, ...remark] }
  }
}

/** What is reached, from where, by which rules. */
export function exposureFound(scene: Scene, { rules, family, services, passage, ends, isCertain }: Exposure): Found {
  const cards = [...new Map(ends.map(({ card }) => [card.id, card])).values()]
  const names = countedText(cards.map(scene.nameOf))
  const verb = isCertain ? 'can be reached' : 'can perhaps be reached'
  const from = shareText(scene, passage, family)
  const together = rules.length > 1 ? ', by several rules together' : ''
  return {
    on: subjectOf(rules, cards[0]?.id ?? ''),
    objects: [...objectsOf(rules), ...cards.map(({ id }) => id)],
    message: `${servicesText(scene, services, family)} of ${names} ${verb} from ${from}${together}.`,
    packet: witnessOutside(scene, { end: ends[0], family, direction: 'ingress' }, wellKnown(scene, passage, family))
      ?.packet,
    details: rules.map(heldText),
    fix: revokeOf(rules),
    isCertain,
  }
}

/** Everybody knows what SSH is. */
function wellKnown(scene: Scene, passage: Exposure['passage'], family: Exposure['family']): Exposure['passage'] {
  const ssh = onlyServices(scene, passage, servicesNamed(scene.diagrams, 'tcp/22'), family)
  return ssh === nothing ? passage : ssh
}
