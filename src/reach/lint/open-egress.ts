/** Groups by which everything may leave to everybody. */

import type { SecurityGroup } from '../../model/security-group.ts'
import type { Family } from '../../net/address.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import { addressLines } from '../packet-set/lines.ts'
import { openings } from '../packet-set/services.ts'
import type { EndClass } from '../reachability/end.ts'
import type { Found, LintRule } from './finding.ts'
import { byAddress, families, type HeldRule, ofDirection, type Scene } from './scene.ts'
import { heldText, objectsOf, revokeOf } from './telling.ts'
import { type Witness, witnessOutside } from './witness.ts'

export const openEgress: LintRule = {
  id: 'SG-EGRESS-OPEN',
  severity: 'note',
  title: 'Everything may leave to every address',
  explanation:
    'The egress rules of one group together admit all traffic to every public address of an IP family, as AWS’s default ' +
    'rule does, and an interface that carries it has a way out. Whoever gets in can send out what they like. A note, for ' +
    'it is the default: the fix takes the rules away, after those were added that are needed.',
  find: open,
}

function* open(scene: Scene): Generator<Found> {
  for (const group of scene.groups) {
    const egress = ofDirection(scene.rulesOf(group), 'egress')
    const own = families.flatMap((family) => {
      const witness = isOpen(scene, egress, family) ? wayOut(scene, group, family) : undefined
      return witness ? [{ family, witness }] : []
    })
    const [first] = own
    if (!first) continue
    const rules = egress.filter(({ allow }) => own.some(({ family }) => admitsOutside(scene, allow, family)))
    yield {
      on: group.id,
      objects: objectsOf(rules),
      message: `${group.name} lets everything out to every public ${own.map(({ family }) => `IPv${family}`).join(' and ')} address.`,
      packet: first.witness.packet,
      details: rules.map(heldText),
      fix: revokeOf(rules),
      isCertain: true,
    }
  }
}

function isOpen(scene: Scene, egress: readonly HeldRule[], family: Family): boolean {
  const { diagrams } = scene
  const line = addressLines[family]
  const all = diagrams.intersection(scene.public[family], diagrams.within(line, [line], openings(diagrams, family)))
  return diagrams.difference(all, scene.admitted(byAddress(egress), family)) === nothing
}

function admitsOutside(scene: Scene, allow: HeldRule['allow'], family: Family): boolean {
  if (allow.peerKind === 'group') return false
  return scene.diagrams.intersection(scene.admitted([allow], family), scene.public[family]) !== nothing
}

/** From an interface that carries the group; through what this program does not run where that is the only way. */
function wayOut(scene: Scene, group: SecurityGroup, family: Family): Witness | undefined {
  const classes = scene.classesOf(group.id).filter((each) => each.family === family)
  const passages = classes.map((of) => ({
    of,
    passage: scene.reachability.beyond(of, scene.internet[family], 'egress'),
  }))
  const sure = passages.find(({ passage }) => passage.reachable !== nothing)
  if (sure) return leaving(scene, sure.of, sure.passage.reachable)
  const perhaps = passages.find(({ passage }) => passage.undetermined !== nothing)
  return perhaps && leaving(scene, perhaps.of, perhaps.passage.undetermined)
}

function leaving(scene: Scene, { family, members: [end] }: EndClass, set: Diagram): Witness | undefined {
  return witnessOutside(scene, { end, family, direction: 'egress' }, set)
}
