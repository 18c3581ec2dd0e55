/** A packet of a set between two ends, walked; and how much of the set goes the same way. */

import { at, type Diagram, intervalsOf, type Line } from '../packet-set/diagram.ts'
import { addressAt, addressLines, clientLine, serviceLine } from '../packet-set/lines.ts'
import { samplePayload, servicePoint } from '../packet-set/packet-set.ts'
import type { Part } from '../parts.ts'
import type { OutsidePlace } from '../place.ts'
import { type End, placeOf } from '../reachability/end.ts'
import type { Reachability } from '../reachability/reachability.ts'
import { journeyOf, type Pair } from '../reachability/way.ts'
import type { Trial } from '../trial.ts'
import { walk } from '../walk.ts'

export interface SamplePair {
  readonly sender: End | OutsidePlace
  readonly receiver: End | OutsidePlace
}

/** Of a set that is not empty: services between two ends inside, else from outer addresses to services. */
export function sampleTrial({ terrain }: Reachability, { sender, receiver }: SamplePair, set: Diagram): Trial {
  const isInside = 'card' in sender && 'card' in receiver
  const [block] = isInside ? [] : intervalsOf(set, addressLines[4])
  const services = block?.below ?? set
  const payload = samplePayload(services)
  const [protocol, service] = servicePoint(payload)
  const below = at(services, protocol)
  const clients = at(below, service)
  const outer = block && addressAt(4, block.first)
  const addressOf = (end: End | OutsidePlace) => ('card' in end ? end.address : (outer ?? addressAt(4, 0)))
  const pair: Pair = {
    from: 'card' in sender ? placeOf(sender) : sender,
    to: 'card' in receiver ? placeOf(receiver) : receiver,
    source: addressOf(sender),
    destination: addressOf(receiver),
  }
  const journey = journeyOf(pair, payload)
  const ports = Array.from(intervalsOf(below, serviceLine)).filter((interval) => interval.below === clients)
  return {
    result: 'reachable',
    probe: {
      journey,
      addresses: block ? partOf([block]) : [],
      ports: partOf(ports),
      clientPorts: partOf(Array.from(intervalsOf(clients, clientLine))),
    },
    hops: walk(terrain, journey),
  }
}

function partOf(lines: readonly Line[]): Part {
  return lines.map(({ first, last }) => ({ first: BigInt(first), last: BigInt(last) }))
}
