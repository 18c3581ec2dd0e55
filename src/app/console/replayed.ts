/** A flow log that a page sends, judged under the live world by the code that `sallyport replay` runs. */

import { setImmediate as othersFirst } from 'node:timers/promises'
import { whollyKnown } from '../../import/imported.ts'
import type { World } from '../../model/world.ts'
import { labelsBy } from '../../reach/reachability/labels.ts'
import type { Cause } from '../../replay/judgement.ts'
import { type Repair, repairOf } from '../../replay/repair.ts'
import { Replay } from '../../replay/replay.ts'
import { type CauseGroup, type OutcomeResult, type ReplayResults, resultsOf } from '../../replay/results.ts'
import { causeText, notesOf, proofNotes, repairCounts, timeText, weightText } from '../../replay/sentences.ts'
import type { Background } from '../background/background.ts'
import { readUpload, type Upload } from '../replay/read-upload.ts'
import type { Problem } from './api.ts'
import type { CauseView, OutcomeView, RepairView, ReplayView } from './checks-api.ts'
import { comparedBeside } from './compared-beside.ts'
import { rulesNamed } from './reasons.ts'
import { shrinkView } from './shrink-view.ts'

export interface LogUpload extends Upload {
  /** Guess nothing. */
  readonly isStrict: boolean
  /** Also the tightest rules. */
  readonly isShrunk: boolean
}

/** More are no reading matter; the command beside them prints all. */
const mostCauses = 50
const mostPairs = 50
const mostLines = 100
/** As many wider CIDRs in place of more sources as the command proposes unasked. */
const mostBlocks = 8
/** An eighth of the command's: who asks the endpoint meanwhile waits while they are gone through. */
const mostFlows = { accepted: 2 ** 15, rejected: 2 ** 13 }

export async function replayView(
  world: World,
  { isStrict, isShrunk, ...upload }: LogUpload,
  background: Background,
): Promise<ReplayView | Problem> {
  const source = whollyKnown(world)
  const replay = new Replay(source, { isStrict, mostFlows })
  const why = await readUpload(replay, upload)
  await othersFirst()
  const results = resultsOf(replay, { labels: labelsBy(world, 'interface'), by: 'bytes' })
  const nothing = results.records + results.noData + results.skipData === 0
  if (why !== undefined && nothing) return { problem: `This log cannot be read: ${why}` }
  await othersFirst()
  const repair = repairOf(replay, source, mostBlocks)
  await othersFirst()
  const shrink = isShrunk ? await shrinkView(world, replay, results, background) : null
  await othersFirst()
  return {
    records: results.records,
    span: spanOf(results),
    outcomes: results.outcomes.map((each) => outcomeView(world, each)),
    notes: notesOf(results, why === undefined ? [] : [{ path: upload.name, why }]),
    repair: repair ? await repairView(world, repair, results, background) : null,
    shrink,
  }
}

function spanOf({ first, last }: ReplayResults): string | null {
  return first === undefined || last === undefined ? null : `${timeText(first)} to ${timeText(last)} UTC`
}

function outcomeView(world: World, { outcome, records, bytes, guessed, groups }: OutcomeResult): OutcomeView {
  return {
    ...{ outcome, records, bytes, guessed },
    causes: groups.slice(0, mostCauses).map((group) => causeView(world, group)),
    hiddenCauses: Math.max(0, groups.length - mostCauses),
  }
}

function causeView(world: World, { cause, pairs, others, records, bytes }: CauseGroup): CauseView {
  const groups = cause.kind === 'no-rule' ? cause.groups : []
  return {
    text: causeText(cause),
    rules: cause.kind === 'rules' ? rulesNamed(world, cause.rules) : [],
    groups: groups.map((id) => ({ id, name: world.securityGroup.get(id)?.name ?? id })),
    direction: directionOf(cause),
    ...{ records, bytes },
    pairs: pairs.slice(0, mostPairs),
    hiddenPairs: Math.max(0, pairs.length - mostPairs),
    others: others.records,
  }
}

function directionOf(cause: Cause): CauseView['direction'] {
  return 'direction' in cause ? cause.direction : null
}

async function repairView(
  world: World,
  repair: Repair,
  { beyond }: ReplayResults,
  background: Background,
): Promise<RepairView> {
  const additions = [...repair.rules, ...repair.entries]
  const { changes, notCompared } = await comparedBeside(background, world, repair.changed.certain)
  return {
    counts: repairCounts(repair),
    lines: additions.slice(0, mostLines).map(({ command, ...weight }) => ({ command, use: weightText(weight) })),
    hiddenLines: Math.max(0, additions.length - mostLines),
    proof: [
      ...proofNotes(repair.proof, beyond),
      ...notCompared.map((why) => `What the lines open besides was not compared: ${why}`),
    ],
    opens: changes,
  }
}
