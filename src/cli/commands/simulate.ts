/** `sallyport simulate`: plays vector timelines through the engine. */

import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { NotationError } from '../../base/words.ts'
import { type EngineDefaults, engineDefaults } from '../../engine/defaults.ts'
import { type PacketResult, playTimeline, TimelineError } from '../../engine/timeline.ts'
import { optionTable } from '../../engine/timeline-options.ts'
import { CommandFailure, isSystemError } from '../command-failure.ts'
import { engineOptionFrom } from '../engine-option.ts'

interface SimulateOptions {
  readonly output: 'text' | 'json'
  readonly option?: EngineDefaults
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .summary('play packets through security groups, from a file')
    .description(
      'Plays timelines of packets, waits and rule changes through the engine and prints what becomes of each packet. ' +
        'docs/vectors.md has the notation.',
    )
    .argument('<file...>', 'timelines to play; - is standard input')
    .addOption(
      new Option('-o, --output <form>', 'text, or json: one object a packet').choices(['text', 'json']).default('text'),
    )
    .option('--option <name=value>', 'what holds where a file says nothing; may be repeated', engineOptionFrom)
    .addHelpText('after', `\nOptions, where AWS says nothing, and their defaults:\n${optionTable()}`)
    .addHelpText(
      'after',
      '\nExit code: 0 all as expected, 1 a packet met another fate than its line expects, 2 a file makes no sense.',
    )
    .action(simulate)
}

function simulate(files: readonly string[], { output, option }: SimulateOptions): void {
  let failed = 0
  for (const file of files) {
    if (output === 'text' && files.length > 1) write(`${file}\n`)
    for (const result of resultsOf(file, option)) {
      if (!result.isAsExpected) failed++
      write(output === 'json' ? json(file, result) : text(result))
    }
  }
  if (failed > 0)
    throw new CommandFailure(1, `${failed} ${failed === 1 ? 'packet' : 'packets'} met another fate than expected.`)
}

function* resultsOf(file: string, defaults: EngineDefaults = engineDefaults): Generator<PacketResult> {
  try {
    yield* playTimeline(readFileSync(file === '-' ? 0 : file, 'utf8'), { defaults })
  } catch (thrown) {
    if (thrown instanceof TimelineError || thrown instanceof NotationError || isSystemError(thrown)) {
      throw new CommandFailure(2, `${file}: ${thrown.message}`)
    }
    throw thrown
  }
}

function json(file: string, { verdict, expected, ...result }: PacketResult): string {
  return `${JSON.stringify({ file, ...result, ...verdict, expected })}\n`
}

function text({
  at,
  networkInterface,
  direction,
  packet,
  verdict,
  reason,
  sentence,
  expected,
  isAsExpected,
}: PacketResult): string {
  const where = `${at / 1000}s`.padEnd(8) + `${networkInterface.replace(/^eni-/, '')} ${direction}`.padEnd(12)
  const lines = [`${where} ${packet.padEnd(52)} ${verdict.action}`, `${' '.repeat(21)}${sentence}`]
  if (!isAsExpected && expected) {
    lines.push(
      `MISMATCH  expected  ${expected.action} ${expected.reason ?? ''}`,
      `          got       ${verdict.action} ${reason}`,
    )
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function write(text: string): void {
  process.stdout.write(text)
}
