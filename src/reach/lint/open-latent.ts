/** Groups that would expose what is not exposed now. */

import type { SecurityGroup } from '../../model/security-group.ts'
import type { Family } from '../../net/address.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import { adminDiagram } from './admin-services.ts'
import { admittingOf, exposures } from './exposure.ts'
import type { Found, LintRule } from './finding.ts'
import { meantForGroup } from './intended.ts'
import { byAddress, families, ofDirection, type Scene } from './scene.ts'
import { heldText, objectsOf, revokeOf, servicesText } from './telling.ts'
import { obstaclesOf, type Witness, witnessOutside } from './witness.ts'
import { onlyServices, worldOpen } from './world-open.ts'

export const openLatent: LintRule = {
  id: 'SG-OPEN-LATENT',
  severity: 'note',
  title: 'A group would open administration or a database to the world',
  explanation:
    'The rules of one group admit a quarter or more of the public addresses of an IP family to a port for ' +
    'administration or a database. Nothing is exposed by it now: no interface carries the group, or none that the ' +
    'internet has a way to. A public address, a route or an instance more would make it SG-OPEN-ADMIN.',
  find: latent,
}

function* latent(scene: Scene): Generator<Found> {
  const admin = adminDiagram(scene.diagrams, scene.settings.adminServices)
  const exposing = new Set(
    Array.from(exposures(scene, admin)).flatMap(({ rules }) => rules.map(({ group }) => group.id)),
  )
  for (const group of scene.groups.filter(({ id }) => !exposing.has(id))) {
    const open = families.map((family) => ({ family, services: opened(scene, group, family, admin) }))
    const own = open.filter(({ services }) => services !== nothing)
    if (own.length > 0) yield found(scene, group, own)
  }
}

interface Opened {
  readonly family: Family
  readonly services: Diagram
}

function opened(scene: Scene, group: SecurityGroup, family: Family, admin: Diagram): Diagram {
  const { diagrams } = scene
  const passage = admittedTo(scene, group, family)
  return diagrams.intersection(worldOpen(scene, passage, family), admin)
}

function admittedTo(scene: Scene, group: SecurityGroup, family: Family): Diagram {
  const admitted = scene.admitted(byAddress(ofDirection(scene.rulesOf(group), 'ingress')), family)
  const { diagrams } = scene
  return diagrams.difference(diagrams.intersection(admitted, scene.public[family]), meantForGroup(scene, group, family))
}

function found(scene: Scene, group: SecurityGroup, opened: readonly Opened[]): Found {
  const ingress = ofDirection(scene.rulesOf(group), 'ingress')
  const rules = opened.flatMap(({ family, services }) => admittingOf(scene, ingress, services, family))
  const held = [...new Set(rules)]
  const what = opened
    .map(({ family, services }) => `${servicesText(scene, services, family)} (IPv${family})`)
    .join(', ')
  const witness = opened.map((each) => refused(scene, group, each)).find((each) => each !== undefined)
  const isCarried = scene.classesOf(group.id).length > 0
  const why = isCarried ? 'the internet has no way to an interface that carries it' : 'no interface carries it'
  return {
    on: group.id,
    objects: [group.id, ...objectsOf(held)],
    message: `${group.name} would open ${what} to the world; now ${why}.`,
    packet: witness?.packet,
    details: [...held.map(heldText), ...(witness ? obstaclesOf(scene, witness).map((each) => `stopped: ${each}`) : [])],
    fix: revokeOf(held),
    isCertain: true,
  }
}

/** A packet that the rules would admit and something else stops. */
function refused(scene: Scene, group: SecurityGroup, { family, services }: Opened): Witness | undefined {
  const of = scene.classesOf(group.id).find((each) => each.family === family)
  if (!of) return undefined
  const passage = onlyServices(scene, admittedTo(scene, group, family), services, family)
  return witnessOutside(scene, { end: of.members[0], family, direction: 'ingress' }, passage)
}
