/**
 * What the rules of a set of groups admit, as a diagram from addresses outside to services. Rules whose peer is
 * a group are left out: its members are ends inside, and no place outside holds an address of theirs.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { GroupId } from '../../model/ids.ts'
import { type Direction, trafficKey } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import { joined } from '../../net/address-set.ts'
import type { Allow, InterfacePolicy } from '../../policy/policy.ts'
import type { Diagram, Diagrams } from '../packet-set/diagram.ts'
import { addressLines, addressRanges } from '../packet-set/lines.ts'
import { trafficServices } from '../packet-set/services.ts'

/** Each group is looked at once, however many interfaces and sets of groups have it. */
export class RuleDiagrams {
  readonly #diagrams: Diagrams
  readonly #ofGroup = new Map<string, Diagram>()
  readonly #ofGroups = new Map<string, Diagram>()

  constructor(diagrams: Diagrams) {
    this.#diagrams = diagrams
  }

  of({ groups, allows }: Pick<InterfacePolicy, 'groups' | 'allows'>, direction: Direction, family: Family): Diagram {
    const key = `${direction} ${family} ${groups.join()}`
    const known = this.#ofGroups.get(key)
    if (known) return known
    const made = this.#diagrams.unionOf(
      groups.map((group) => this.#group(group, allows[direction], `${direction} ${family} ${group}`, family)),
    )
    this.#ofGroups.set(key, made)
    return made
  }

  #group(group: GroupId, allows: readonly Allow[], key: string, family: Family): Diagram {
    const known = this.#ofGroup.get(key)
    if (known) return known
    const own = allows.filter((allow) => allow.group === group && allow.peerKind !== 'group')
    const made = rulesDiagram(this.#diagrams, own, family)
    this.#ofGroup.set(key, made)
    return made
  }
}

/** Rules of one traffic are one rule for all their peers. */
function rulesDiagram(diagrams: Diagrams, allows: readonly Allow[], family: Family): Diagram {
  const byTraffic = groupedBy(allows, ({ traffic }) => trafficKey(traffic)).values()
  return diagrams.unionOf(
    Array.from(byTraffic, (alike) => {
      const peers = alike.length === 1 ? alike[0].peers : joined(alike.map((each) => each.peers))
      const services = trafficServices(diagrams, alike[0].traffic)
      return diagrams.within(addressLines[family], addressRanges(peers, family), services)
    }),
  )
}
