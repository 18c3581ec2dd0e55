/**
 * Grades a world by packets: each goal's packets are sent through the world as it is, and a goal is met
 * if each meets the fate that the goal asks for. No set of rules is compared with a model answer.
 */

import { NotationError } from '../../base/words.ts'
import { TimelineError } from '../../engine/timeline.ts'
import { put } from '../../model/change.ts'
import type { GroupId, SubnetId } from '../../model/ids.ts'
import { apply, linked, type World } from '../../model/world.ts'
import { formatAddress } from '../../net/address.ts'
import { parseCidr } from '../../net/cidr.ts'
import type { Exercise, Goal } from '../content.ts'
import { type PlayedPacket, play } from '../play.ts'
import { idNamed } from './exercise-world.ts'

export interface GradedGoal {
  readonly text: string
  readonly ok: boolean
  /** The packet that decided: the first that met another fate, or the last. */
  readonly packet: string | null
  readonly action: 'allow' | 'deny' | null
  /** The engine's reason, or what the world lacks. */
  readonly sentence: string
}

export interface Grade {
  readonly goals: readonly GradedGoal[]
  /** Goals met, out of all. */
  readonly score: number
  readonly isComplete: boolean
}

export function gradeExercise({ goals }: Pick<Exercise, 'goals'>, world: World): Grade {
  const graded = goals.map((goal) => gradeGoal(goal, world))
  const met = graded.filter(({ ok }) => ok).length
  return { goals: graded, score: met / graded.length, isComplete: met === graded.length }
}

export function gradeGoal(goal: Goal, world: World): GradedGoal {
  try {
    const packets = played(goal, world)
    const decisive = packets.find(({ isAsExpected }) => !isAsExpected) ?? packets.at(-1)
    return {
      text: goal.text,
      ok: packets.length > 0 && packets.every(({ isAsExpected }) => isAsExpected),
      packet: decisive?.packet ?? null,
      action: decisive?.action ?? null,
      sentence: decisive?.sentence ?? '',
    }
  } catch (thrown) {
    if (!(thrown instanceof NotationError || thrown instanceof TimelineError)) throw thrown
    const lack = thrown instanceof TimelineError ? (thrown.cause as Error) : thrown
    return { text: goal.text, ok: false, packet: null, action: null, sentence: lack.message }
  }
}

function played({ probes, lines }: Goal, world: World): PlayedPacket[] {
  const probed = probes === undefined ? world : withProbe(probes, world)
  const own = probes === undefined ? lines : lines.map((line) => toProbe(line, probed))
  const found = own.map((line) =>
    line.replace(/^(\S+ )(\S+)/, (_, time: string, name: string) => time + at(name, probed)),
  )
  return play({ world: [], lines: found, onto: probed }).lines.filter((line) => line.kind === 'packet')
}

/** The id of the interface of that name. Throws NotationError. */
function at(name: string, world: World): string {
  if (world.networkInterface.has(name)) return name
  const id = idNamed('eni', name, world)
  if (id === undefined) throw new NotationError(`there is no interface ${name}`)
  return id
}

const probe = 'eni-00000000000000000'

/** The group on an interface of its own, at the eleventh address of its VPC's first subnet. */
function withProbe(name: string, world: World): World {
  const id = idNamed('sg', name, world) as GroupId | undefined
  const group = id && world.securityGroup.get(id)
  if (!group) throw new NotationError(`there is no group ${name}`)
  const [first] = linked(world, 'subnets in vpc', group.vpc)
  const subnet = world.subnet.get(first ?? ('' as SubnetId))
  const block = parseCidr(subnet?.cidr ?? '')?.cidr
  if (!subnet || !block) throw new NotationError(`the VPC of ${name} has no subnet`)
  const address = formatAddress({ family: 4, bits: block.first + 10n })
  return apply(world, [
    put('networkInterface', {
      id: probe,
      subnet: subnet.id,
      vpc: group.vpc,
      zone: subnet.zone,
      description: name,
      macAddress: '02:00:00:00:00:02',
      privateAddresses: [{ address, isPrimary: true }],
      ipv6Addresses: [],
      groups: [group.id],
      sourceDestCheck: true,
      interfaceType: 'interface',
      tracking: {},
    }),
  ])
}

/** `probe` in a goal's line is the interface, and 10.0.0.10 its address. */
function toProbe(line: string, world: World): string {
  const [own] = world.networkInterface.get(probe)?.privateAddresses ?? []
  return line.replace(/^(\S+ )probe/, `$1${probe}`).replaceAll('10.0.0.10', own?.address ?? '')
}
