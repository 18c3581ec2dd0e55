/** Findings that people live with, each for a reason that they wrote down. */

import type { TaggableId } from '../../model/ids.ts'
import { tagsOf, type World } from '../../model/world.ts'
import type { Finding } from './finding.ts'

export interface Suppression {
  readonly id: string
  /** An object of the finding: its id, a group's name, a Name tag, what its source calls it; `*` is any. */
  readonly on: string
  readonly reason: string
  /** The last day that it holds, `2027-03-31`. */
  readonly until: string | undefined
  /** Where it is written. */
  readonly line: number
}

export interface Suppressed {
  readonly finding: Finding
  readonly reason: string
}

export interface Judged {
  readonly findings: readonly Finding[]
  readonly suppressed: readonly Suppressed[]
  /** They name nothing that is found. */
  readonly unused: readonly Suppression[]
  /** Their day has passed; what they were for is found again. */
  readonly ended: readonly Suppression[]
}

export interface SuppressionQuestion {
  readonly world: World
  readonly suppressions: readonly Suppression[]
  /** What a source calls an object, by its id. */
  readonly sourceName: (id: string) => string | undefined
  /** `2026-11-30` */
  readonly today: string
}

export function judged(findings: readonly Finding[], question: SuppressionQuestion): Judged {
  const { suppressions, today } = question
  const used = new Set<Suppression>()
  const suppressed: Suppressed[] = []
  const left = findings.filter((finding) => {
    const own = suppressions.filter((each) => each.id === finding.id && isAbout(question, each.on, finding))
    for (const each of own) used.add(each)
    const valid = own.find(({ until }) => until === undefined || today <= until)
    const reason = valid?.reason ?? taggedReason(question.world, finding)
    if (reason !== undefined) suppressed.push({ finding, reason })
    return reason === undefined
  })
  return {
    findings: left,
    suppressed,
    unused: suppressions.filter((each) => !used.has(each)),
    ended: [...used].filter(({ until }) => until !== undefined && until < today),
  }
}

function isAbout({ world, sourceName }: SuppressionQuestion, name: string, { objects }: Finding): boolean {
  return (
    name === '*' || objects.some((id) => id === name || namesOf(world, id).includes(name) || sourceName(id) === name)
  )
}

function namesOf(world: World, id: string): string[] {
  const group = world.securityGroup.get(id)?.name
  const tag = tagsOf(world, id as TaggableId).find(({ key }) => key === 'Name')?.value
  return [group, tag].filter((name) => name !== undefined)
}

/** Of a rule or a group, beside it: `SG-OPEN-ADMIN: the reason`. */
const suppressionTag = 'lint-suppress'

function taggedReason(world: World, { id, objects }: Finding): string | undefined {
  for (const object of objects) {
    for (const { key, value } of tagsOf(world, object as TaggableId)) {
      if (key !== suppressionTag) continue
      const [, ids = '', reason] = /^([A-Z -]+):\s*(\S.*)$/.exec(value) ?? []
      if (reason !== undefined && ids.split(/\s+/).includes(id)) return reason
    }
  }
  return undefined
}
