/** All lint rules, in the order that they are told in. */

import { answerEgress } from './answer-egress.ts'
import { deadRule } from './dead-rule.ts'
import { defaultGroup } from './default-group.ts'
import type { LintRule } from './finding.ts'
import { hostBits } from './host-bits.ts'
import { idleRule } from './idle-rule.ts'
import { impliedRule } from './implied-rule.ts'
import { openAdmin } from './open-admin.ts'
import { openEgress } from './open-egress.ts'
import { openLatent } from './open-latent.ts'
import { openUndeclared } from './open-undeclared.ts'
import { staleReference } from './stale-reference.ts'
import { unattachedGroup } from './unattached-group.ts'
import { untrackedFlows } from './untracked-flows.ts'

export const lintRules: readonly LintRule[] = [
  openAdmin,
  openUndeclared,
  openLatent,
  answerEgress,
  openEgress,
  impliedRule,
  staleReference,
  deadRule,
  idleRule,
  hostBits,
  untrackedFlows,
  defaultGroup,
  unattachedGroup,
]
