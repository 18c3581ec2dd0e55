/** Whether this machine has the programs that a stage needs, and a stage with one filtered interface. */

import type { KernelInterface } from '../../src/app/stage/kernel-interface.ts'
import { openStage, type Stage } from '../../src/app/stage/stage.ts'
import { findTool } from '../tools.ts'

const needed = ['nft', 'ip', 'nsenter', 'conntrack', 'python3'] as const

export const hasStageTools = needed.every((name) => findTool(name).path !== undefined)

/** The interface `e` behind a program written by hand. */
export async function openFilteredStage(program: string): Promise<{ stage: Stage; card: KernelInterface }> {
  const stage = await openStage()
  const card = await stage.addInterface('e')
  await card.sysctl('net.netfilter.nf_conntrack_tcp_loose', 0)
  await card.run(['nft', '-f', '-'], program)
  return { stage, card }
}
