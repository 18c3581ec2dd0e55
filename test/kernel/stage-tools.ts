/** Whether this machine has the programs that a stage needs. */

import { findTool } from '../tools.ts'

const needed = ['nft', 'ip', 'nsenter', 'conntrack', 'python3'] as const

export const hasStageTools = needed.every((name) => findTool(name).path !== undefined)
