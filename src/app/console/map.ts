/** The map: interfaces, groups, subnets and the internet, and an arrow for each two of which one can open a connection to the other. */

import { tagsOf, type World } from '../../model/world.ts'
import type { RuleRef } from '../../policy/policy.ts'
import { noteExercised } from '../../reach/exercised-rules.ts'
import { type Diagram, everything, nothing } from '../../reach/packet-set/diagram.ts'
import { servicesNamed, UnknownServices } from '../../reach/packet-set/service-name.ts'
import { labelKinds } from '../../reach/reachability/labels.ts'
import { listReachability, type ReachFacts, type ReachRow, reachabilityRows } from '../../reach/reachability/listing.ts'
import { addressParts } from '../../reach/reachability/outer-parts.ts'
import type { Reachability } from '../../reach/reachability/reachability.ts'
import { endText, onText, servicesText } from '../../reach/reachability/row-text.ts'
import { type Selection, selectionOf } from '../../reach/reachability/selection.ts'
import { BadInput } from '../bad-input.ts'
import type { ArrowView, MapArrow, MapRow, MapView, Problem, RuleView } from './api.ts'
import { type Members, textOf, textsOf } from './input.ts'
import { reachabilityOf } from './known-reachability.ts'
import { type Detail, mapParts, usualKind } from './map-parts.ts'
import { rulesNamed } from './reasons.ts'
import { questionOf } from './witness.ts'

/** Every pair of them may have an arrow. */
const mostAlone = 200
/** More cannot be told apart, nor drawn while somebody waits. */
const mostArrows = 5000

/** The key of the world outside. */
const internet = 'internet'

interface Question {
  readonly detail: Detail
  readonly on: Diagram
}

/** Throws BadInput. */
export function mapView(world: World, body: Members): MapView | Problem {
  try {
    return mapOf(world, body)
  } catch (thrown) {
    if (thrown instanceof UnknownServices) return { problem: thrown.message }
    throw thrown
  }
}

/** Throws BadInput, UnknownServices. */
function mapOf(world: World, body: Members): MapView | Problem {
  const reachability = reachabilityOf(world)
  const { detail, on } = questionIn(reachability, body)
  const { size } = world.networkInterface
  if (detail.by === 'interface' && size > mostAlone) {
    return {
      problem: `${size} interfaces one by one are no picture: show security groups or subnets, and find some by name.`,
    }
  }
  const parts = mapParts(world, detail)
  const all = selectionOf(reachability, undefined)
  const rows = reachabilityRows(reachability, { from: all, to: all, labels: parts.keyOf, on }).facts()
  const found = new Set(parts.nodes.filter(({ isFound }) => isFound).map(({ key }) => key))
  if (detail.find !== '' && internet.includes(detail.find)) found.add(internet)
  const isWanted = ({ from, to }: ReachFacts) => detail.find === '' || found.has(from.name) || found.has(to.name)
  const arrows = arrowsOf(rows, isWanted)
  if (arrows.length > mostArrows) {
    const advice = detail.by === 'subnet' ? 'ask for one port' : 'show subnets, ask for one port'
    return { problem: `More than ${mostArrows} arrows are no picture: ${advice}, or find some by name.` }
  }
  const shown = new Set([...found, ...arrows.flatMap(({ from, to }) => [from, to])])
  const nodes = detail.find === '' ? parts.nodes : parts.nodes.filter(({ key }) => shown.has(key))
  const boxed = new Set(nodes.map(({ box }) => box))
  return {
    by: detail.by,
    interfaces: world.networkInterface.size,
    vpcs: vpcsOf(world, new Set(nodes.map(({ vpc }) => vpc))),
    boxes: parts.boxes.filter(({ key }) => boxed.has(key)),
    nodes: nodes.toSorted((a, b) => compare(a.name, b.name)),
    arrows,
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function questionIn(reachability: Reachability, body: Members): Question {
  const by = body['by'] ?? usualKind(reachability.world)
  const kind = labelKinds.find((each) => each === by)
  if (!kind) throw new BadInput(`by must be one of ${labelKinds.join(', ')}.`)
  const text = (name: string) => (body[name] === undefined || body[name] === '' ? undefined : textOf(body, name))
  const detail = { by: kind, opened: new Set(textsOf(body, 'opened')), find: (text('find') ?? '').trim().toLowerCase() }
  return { detail, on: servicesNamed(reachability.diagrams, text('on')) }
}

function vpcsOf(world: World, ids: ReadonlySet<string>): MapView['vpcs'] {
  return Array.from(world.vpc.values())
    .filter(({ id }) => ids.has(id))
    .map(({ id, cidrBlocks, ipv6CidrBlocks }) => ({
      id,
      name: tagsOf(world, id).find(({ key }) => key === 'Name')?.value ?? '',
      cidrs: [...cidrBlocks, ...ipv6CidrBlocks].map(({ cidr }) => cidr),
    }))
}

/** The first of them, and one more than a picture may have if there are more. */
function arrowsOf(rows: Iterable<ReachFacts>, isWanted: (row: ReachFacts) => boolean): MapArrow[] {
  const arrows = new Map<string, [ReachFacts, ...ReachFacts[]]>()
  for (const row of rows) {
    if (!isWanted(row)) continue
    const key = `${row.from.name}\n${row.to.name}`
    const own = arrows.get(key)
    if (own) own.push(row)
    else arrows.set(key, [row])
    if (arrows.size > mostArrows) break
  }
  return Array.from(arrows.values(), (own) => ({
    from: own[0].from.name,
    to: own[0].to.name,
    on: [...new Set(own.map(({ services }) => servicesText(services)))].join('; '),
    isKnown: own.some(({ result }) => result === 'reachable'),
    families: [...new Set(own.flatMap(({ families }) => families))].sort(),
  }))
}

function rowView(row: ReachRow, hasBoth: boolean): MapRow {
  const outside = [row.from, row.to].find(({ addresses }) => addresses.length > 0)
  return {
    on: onText(row, hasBoth),
    families: row.families,
    addresses: outside ? endText({ name: '', addresses: outside.addresses }).trim() : '',
    packet: row.packet,
    question: questionOf(row.packet),
  }
}

/** What one arrow stands for. Throws BadInput. */
export function arrowView(world: World, body: Members): ArrowView | Problem {
  try {
    return arrowOf(world, body)
  } catch (thrown) {
    if (thrown instanceof UnknownServices) return { problem: thrown.message }
    throw thrown
  }
}

function arrowOf(world: World, body: Members): ArrowView {
  const reachability = reachabilityOf(world)
  const { detail, on } = questionIn(reachability, body)
  const { keyOf } = mapParts(world, detail)
  const [from, to] = [endOf(reachability, keyOf, textOf(body, 'from')), endOf(reachability, keyOf, textOf(body, 'to'))]
  const open = reachability.diagrams.intersection(on, openBetween(reachability, from, to))
  const egress = new Map<string, RuleRef>()
  const ingress = new Map<string, RuleRef>()
  if (open !== nothing) {
    noteExercised(reachability, { own: from, other: to, on: open, direction: 'egress' }, egress)
    noteExercised(reachability, { own: to, other: from, on: open, direction: 'ingress' }, ingress)
  }
  const views = (rules: Map<string, RuleRef>): RuleView[] => rulesNamed(world, [...rules.values()])
  const rows = listReachability(reachability, { from, to, labels: keyOf, on })
  const hasBoth = new Set(rows.flatMap(({ families }) => families)).size > 1
  return { rows: rows.map((row) => rowView(row, hasBoth)), egress: views(egress), ingress: views(ingress) }
}

function endOf(reachability: Reachability, keyOf: ReturnType<typeof mapParts>['keyOf'], key: string): Selection {
  const all = selectionOf(reachability, undefined)
  if (key === internet) return { inside: [], outside: all.outside }
  const inside = all.inside.flatMap(({ of, members }) => {
    const [first, ...more] = members.filter(({ card }) => keyOf(card) === key)
    return first ? [{ of, members: [first, ...more] as const }] : []
  })
  return { inside, outside: [] }
}

/** All services on which something passes, known or not. */
function openBetween(reachability: Reachability, from: Selection, to: Selection): Diagram {
  const { diagrams } = reachability
  const inside = from.inside.flatMap((sender) =>
    to.inside.map((receiver) => reachability.between(sender.of, receiver.of)),
  )
  const outer = (places: Selection['outside'], portions: Selection['inside'], direction: 'ingress' | 'egress') =>
    places.flatMap((place) =>
      portions
        .map(({ of }) => reachability.beyond(of, place, direction))
        .flatMap(({ reachable, undetermined }) => [reachable, undetermined])
        .flatMap((set) => addressParts(diagrams, set, { place, on: everything }).map(({ services }) => services)),
    )
  return diagrams.unionOf([
    ...inside.flatMap(({ reachable, undetermined }) => [reachable, undetermined]),
    ...outer(from.outside, to.inside, 'ingress'),
    ...outer(to.outside, from.inside, 'egress'),
  ])
}
