/** `sallyport simulate`: plays vector timelines through the engine, and through the kernel as well if asked. */

import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { whyUnplayed } from '../../app/stage/exceptions.ts'
import { disagrees, type KernelWord } from '../../app/stage/kernel-timeline.ts'
import type { Witness } from '../../app/stage/witness.ts'
import { NotationError } from '../../base/words.ts'
import { type EngineDefaults, engineDefaults } from '../../engine/defaults.ts'
import { type PacketResult, playTimeline, TimelineError } from '../../engine/timeline.ts'
import { optionTable } from '../../engine/timeline-options.ts'
import { CommandFailure, isSystemError } from '../command-failure.ts'
import { engineOptionFrom } from '../engine-option.ts'
import { disagreement, unplayedText, withWitness } from '../kernel-witness.ts'
import { packetJson, packetText } from '../simulated-packet.ts'

interface SimulateOptions {
  readonly output: 'text' | 'json'
  readonly option?: EngineDefaults
  readonly kernel?: true
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
    .option('--kernel', 'send every packet through this machine’s kernel as well, and hold it against the engine')
    .addHelpText('after', `\nOptions, where AWS says nothing, and their defaults:\n${optionTable()}`)
    .addHelpText(
      'after',
      '\nExit code: 0 all as expected, 1 a packet met another fate than its line expects, 2 a file makes no sense ' +
        'or the kernel cannot be asked here, 3 engine and kernel disagree.',
    )
    .action(simulate)
}

/** What became of a packet, and what the kernel says if it was to be asked. */
interface Played {
  readonly result: PacketResult
  readonly kernel?: KernelWord
}

async function simulate(files: readonly string[], options: SimulateOptions): Promise<void> {
  const { failed, disagreed } = options.kernel
    ? await withWitness((witness) => playFiles(files, options, witness))
    : await playFiles(files, options)
  if (disagreed > 0) throw disagreement(disagreed)
  if (failed > 0)
    throw new CommandFailure(1, `${failed} ${failed === 1 ? 'packet' : 'packets'} met another fate than expected.`)
}

async function playFiles(files: readonly string[], { output, option }: SimulateOptions, witness?: Witness) {
  const counts = { failed: 0, disagreed: 0 }
  for (const file of files) {
    if (output === 'text' && files.length > 1) process.stdout.write(`${file}\n`)
    try {
      const timeline = readFileSync(file === '-' ? 0 : file, 'utf8')
      const notAsked = witness && whyUnplayed(timeline, option !== undefined)
      if (notAsked !== undefined && output === 'text') process.stdout.write(`${unplayedText(notAsked)}\n`)
      const isWitnessed = witness !== undefined && notAsked === undefined
      const played = isWitnessed ? await witness.play(timeline) : playedAlone(timeline, { option, notAsked })
      for (const { result, kernel } of played) {
        if (!result.isAsExpected) counts.failed++
        if (kernel && disagrees({ kernel })) counts.disagreed++
        const isTold = isWitnessed ? kernel : undefined
        process.stdout.write(output === 'json' ? packetJson(file, result, kernel) : packetText(result, isTold))
      }
    } catch (thrown) {
      throw named(file, thrown)
    }
  }
  return counts
}

interface Alone {
  readonly option: EngineDefaults | undefined
  /** Why the kernel plays nothing of the timeline, if it was to. */
  readonly notAsked: string | undefined
}

function* playedAlone(timeline: string, { option: defaults = engineDefaults, notAsked }: Alone): Generator<Played> {
  for (const result of playTimeline(timeline, { defaults })) {
    yield notAsked === undefined ? { result } : { result, kernel: { notAsked } }
  }
}

/** A file that makes no sense is named. */
function named(file: string, thrown: unknown): unknown {
  const isOfFile = thrown instanceof TimelineError || thrown instanceof NotationError || isSystemError(thrown)
  return isOfFile ? new CommandFailure(2, `${file}: ${thrown.message}`) : thrown
}
