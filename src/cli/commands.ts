/** The program's commands, in the order that help lists them. Each is loaded when it is wanted: a start costs what it uses. */

import type { Command } from 'commander'

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
  explain: async () => (await import('./commands/explain.ts')).explainCommand(),
  reach: async () => (await import('./commands/reach.ts')).reachCommand(),
  diff: async () => (await import('./commands/diff.ts')).diffCommand(),
  test: async () => (await import('./commands/test.ts')).testCommand(),
  lint: async () => (await import('./commands/lint.ts')).lintCommand(),
  replay: async () => (await import('./commands/replay.ts')).replayCommand(),
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  state: async () => (await import('./commands/state.ts')).stateCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  apply: async () => (await import('./commands/apply.ts')).applyCommand(),
  send: async () => (await import('./commands/send.ts')).sendCommand(),
  connections: async () => (await import('./commands/connections.ts')).connectionsCommand(),
  status: async () => (await import('./commands/status.ts')).statusCommand(),
  rules: async () => (await import('./commands/rules.ts')).rulesCommand(),
  enforce: async () => (await import('./commands/enforce.ts')).enforceCommand(),
  agent: async () => (await import('./commands/agent.ts')).agentCommand(),
  ps: async () => (await import('./commands/ps.ts')).psCommand(),
  exec: async () => (await import('./commands/exec.ts')).execCommand(),
  logs: async () => (await import('./commands/logs.ts')).logsCommand(),
  learn: async () => (await import('./commands/learn.ts')).learnCommand(),
}

/** The command that the arguments name, alone; all of them for help, for a name that is none, and without any. */
export async function commandsFor([name = '']: readonly string[]): Promise<Command[]> {
  if (name === '--version' || name === '-V') return []
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  return Promise.all(load ? [load()] : Object.values(commands).map((each) => each()))
}
