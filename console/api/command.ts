/** The aws CLI's line for a call, as the terminal's own reader understands it. */

import type { Call } from '../../src/app/console/api.ts'
import type { ActionName } from '../../src/ec2/protocol/types.generated.ts'
import { formatCommand } from '../../src/terminal/format-command.ts'

export function commandOf({ action, input }: Call): string {
  return formatCommand(action as ActionName, input)
}
