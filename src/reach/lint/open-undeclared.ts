/** Beside a register of what is meant to be public: what else is. */

import { everything } from '../packet-set/diagram.ts'
import { adminDiagram } from './admin-services.ts'
import { exposures } from './exposure.ts'
import type { Found, LintRule } from './finding.ts'
import { exposureFound } from './open-admin.ts'
import type { Scene } from './scene.ts'

export const openUndeclared: LintRule = {
  id: 'SG-OPEN-UNDECLARED',
  severity: 'warning',
  title: 'The world can reach what the register does not mean to be public',
  explanation:
    'Asked only where the configuration has `intended-public`. A service that a quarter or more of the public ' +
    'addresses of an IP family can reach is in the register, or found here. Ports for administration are ' +
    'SG-OPEN-ADMIN’s.',
  find: (scene) => (scene.settings.intended === undefined ? [] : undeclared(scene)),
}

function* undeclared(scene: Scene): Generator<Found> {
  const { diagrams, settings } = scene
  const others = diagrams.difference(everything, adminDiagram(diagrams, settings.adminServices))
  for (const each of exposures(scene, others)) yield exposureFound(scene, each)
}
