/** The tightest rules for what a flow log saw, as a diff of the live ones, in the sentences of `replay --shrink`. */

import type { World } from '../../model/world.ts'
import type { Replay } from '../../replay/replay.ts'
import type { ReplayResults } from '../../replay/results.ts'
import { type Shrunk, shrinkOf } from '../../replay/shrink.ts'
import {
  closedHeadline,
  riskLines,
  shrinkCommands,
  shrinkHeadline,
  shrinkProof,
} from '../../replay/shrink-sentences.ts'
import type { Background } from '../background/background.ts'
import type { ShrinkView, ShrunkRule } from './checks-api.ts'
import { comparedBeside } from './compared-beside.ts'
import { ruleView } from './reasons.ts'

/** More are no reading matter; the command beside them prints all. */
const mostRules = 100
/** As many rules in place of one as the command makes unasked. */
const mostInPlace = 4

export async function shrinkView(
  world: World,
  replay: Replay,
  results: ReplayResults,
  background: Background,
): Promise<ShrinkView> {
  const shrink = shrinkOf(replay, { certain: world, possible: world }, { mostRules: mostInPlace, claims: [] })
  const { changes: closes, notCompared } = await comparedBeside(background, world, shrink.changed.certain)
  const rules = shrink.rules.slice(0, mostRules)
  return {
    headline: shrinkHeadline(shrink),
    rules: rules.map((each) => shrunkRule(world, each)),
    hiddenRules: shrink.rules.length - rules.length,
    whole: shrink.whole.map(({ group, rule, why }) => ({ rule: ruleView(group, rule), why })),
    commands: shrinkCommands(rules),
    proof: shrinkProof(shrink),
    closedHeadline:
      notCompared.map((why) => `What the tighter rules close was not compared: ${why}`)[0] ??
      closedHeadline(closes.pairs.map(({ change }) => change)),
    closes,
    risks: riskLines(shrink, results),
  }
}

function shrunkRule(world: World, { group, rule, added }: Shrunk): ShrunkRule {
  const changes = added.flatMap((each) => each.changes)
  return {
    rule: ruleView(group, rule),
    groupName: world.securityGroup.get(group)?.name ?? group,
    becomes: changes.flatMap((change) => (change.kind === 'rule-added' ? [ruleView(group, change.rule).text] : [])),
  }
}
