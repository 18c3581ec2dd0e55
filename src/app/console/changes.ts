/** What a change of the world opens, closes, turns tracked and untracked, as the rule editor shows it. */

import { groupedBy } from '../../base/grouped.ts'
import type { World } from '../../model/world.ts'
import { compareWithKnown, type DifferenceRow } from '../../reach/compare.ts'
import { labelsBy } from '../../reach/reachability/labels.ts'
import { endText, firstFew, onText, servicesText } from '../../reach/reachability/row-text.ts'
import { type TrackingChange, trackingChanges } from '../../reach/tracking-changes.ts'
import type { PairChange, TrackingView, WorldChanges } from './api.ts'
import { reachabilityOf } from './known-reachability.ts'
import { rulesNamed } from './reasons.ts'
import { questionOf } from './witness.ts'

/** With more interfaces a list by interface is no reading matter. */
const mostByInterface = 40
/** More lines are not read before a click; the command beside them prints all. */
const mostRows = 100

export const noChanges: WorldChanges = { by: 'interface', pairs: [], tracking: [], hidden: 0, undetermined: 0, ends: 0 }

export function changesBetween(before: World, after: World): WorldChanges {
  const by = after.networkInterface.size > mostByInterface ? 'group' : 'interface'
  const { rows, undetermined, ends } = compareWithKnown(reachabilityOf(before), { certain: after, possible: after }, by)
  const hasBoth = new Set(rows.flatMap(({ families }) => families)).size > 1
  const tracking = trackingChanges(before, after)
  const labels = labelsBy(after, by)
  const nameOf = (change: TrackingChange) => namesOf(after, labels, change)
  return {
    by,
    pairs: rows.slice(0, mostRows).map((row) => pairChange({ before, after }, row, hasBoth)),
    tracking: tracking.slice(0, mostRows).map((change) => trackingView(change, nameOf(change))),
    hidden: Math.max(0, rows.length - mostRows) + Math.max(0, tracking.length - mostRows),
    undetermined: undetermined.length,
    ends,
  }
}

interface Worlds {
  readonly before: World
  readonly after: World
}

function pairChange({ before, after }: Worlds, row: DifferenceRow, hasBoth: boolean): PairChange {
  const { result, from, to, packet, by } = row
  const isOpening = result === 'opens' || result === 'may open'
  const rules = rulesNamed(isOpening ? after : before, by)
  return {
    ...{ change: result, packet, question: questionOf(packet) },
    from: endText(from),
    to: endText(to),
    on: onText({ ...row, result: 'reachable' }, hasBoth),
    rules: rules.map((rule) => ({ ...rule, isNew: !before.groupOfRule.has(rule.rule) })),
  }
}

function trackingView(change: TrackingChange, names: string): TrackingView {
  const { direction, was, is, families, services, addresses, packet } = change
  return {
    ...{ names, direction, was, is, families, packet },
    interfaces: change.cards.length,
    on: servicesText(services),
    peers: addresses.length === 0 ? 'anywhere' : firstFew(addresses),
  }
}

/** What the interfaces are called together: each name once. */
function namesOf(world: World, labels: ReturnType<typeof labelsBy>, { cards }: TrackingChange): string {
  const known = cards.flatMap((id) => world.networkInterface.get(id) ?? [])
  const names = [...groupedBy(known, labels).keys()]
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
