/** The guard where no other is given: nothing passes but what stays inside. Never open by default. */

import type { Guard, Seat } from './seat.ts'
import { runTool } from './tool.ts'

const hooks = ['input', 'output', 'forward'] as const

export const closedGuard: Guard = {
  async attach({ enter, device, slot }: Seat) {
    await runTool([...enter, 'nft', '-f', '-'], closedTable(`inet sallyport-closed-${slot}`, device))
  },
  // The table goes with the namespace; until then it stays in force.
  detach: () => Promise.resolve(),
}

function closedTable(name: string, device: string): string {
  const chains = hooks.map((hook) => {
    const matches = hook === 'input' ? ['iifname'] : hook === 'output' ? ['oifname'] : ['iifname', 'oifname']
    const drops = matches.map((match) => `${match} "${device}" drop\n`).join('')
    return `chain ${hook} {\ntype filter hook ${hook} priority filter; policy accept;\n${drops}}`
  })
  return `add table ${name}\ndelete table ${name}\ntable ${name} {\n${chains.join('\n')}\n}\n`
}
