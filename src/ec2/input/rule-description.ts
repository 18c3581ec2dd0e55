/** A rule's description (spec 2.7). */

import { reject } from '../../model/rejection.ts'

const allowed = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/

/** As a field to spread into a rule: absent and empty stay apart. */
export function describedBy(text: string | undefined): { description?: string } {
  if (text === undefined) return {}
  if (!allowed.test(text)) reject('RuleDescriptionInvalid')
  return { description: text }
}
