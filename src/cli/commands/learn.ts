/** `sallyport learn`: the lesson in the terminal, the same content as in the console. */

import { Command, InvalidArgumentError, Option } from 'commander'
import type { Level } from '../../lesson/content.ts'
import { CommandFailure } from '../command-failure.ts'
import { type Dialogue, openDialogue } from '../learn/dialogue.ts'
import type { LearnMode, Session, Work } from '../learn/mode.ts'
import { modeNamed } from '../learn/modes.ts'
import { Notebook, notebookPath } from '../learn/notebook.ts'
import { overviewText, progressText, topicsText } from '../learn/overview.ts'
import { UsageError } from '../usage-error.ts'

interface LearnOptions {
  readonly answer?: readonly string[]
  readonly seed?: number
  readonly level?: Level
  readonly kernel?: true
  readonly output: 'text' | 'json'
}

export function learnCommand(): Command {
  return new Command('learn')
    .summary('learn how security groups work')
    .description(
      'The lesson: read, watch, do, predict, fix, build, compare, flashcards, practice and exam, over the same ' +
        'content. Every packet is decided by the engine. `progress` shows what you have done, `reset` forgets it.',
    )
    .argument('[mode]', 'one of the ten, or progress or reset')
    .argument('[topic]', 'what about; a mode alone lists its topics or goes over everything')
    .option(
      '--answer <answer...>',
      'answers in place of a conversation: allow or deny for each packet, a to d, aws lines',
    )
    .addOption(new Option('--seed <number>', 'what exams and new questions are drawn by').argParser(seedFrom))
    .addOption(new Option('--level <level>', 'of new questions').choices(['easy', 'medium', 'hard']))
    .addOption(
      new Option('-o, --output <form>', 'text, or json: the content or the judged answers')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--kernel', 'watch: send every packet through this machine’s kernel as well')
    .addHelpText(
      'after',
      '\nExit code: 0 done, or all answers right; 1 an answer is wrong or a goal not met; 2 usage, or the kernel ' +
        'cannot be asked here; 3 engine and kernel disagree.',
    )
    .action(learn)
}

const largestSeed = 999_999_999

function seedFrom(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${largestSeed}.`)
}

async function learn(name: string | undefined, topic: string | undefined, options: LearnOptions): Promise<void> {
  const warn = (text: string) => void process.stderr.write(`sallyport: ${text}\n`)
  const notebook = new Notebook(notebookPath(process.env), warn)
  if (name === undefined || name === 'progress' || name === 'reset') {
    if (topic !== undefined) throw new UsageError(`'${name}' has no topics.`)
    return show(name, notebook, options)
  }
  const mode = modeNamed(name)
  if (!mode) throw new UsageError(`There is no mode '${name}': sallyport learn lists them.`)
  const work = workOf(mode, topic)
  if (options.kernel && !(mode.hasWitness && work)) throw new UsageError('--kernel is for learn watch SCENE.')
  if (!work) return print(mode.topics, topicsText(mode, notebook.progress), options)
  const given = { notebook, seed: options.seed, level: options.level, kernel: options.kernel }
  await carryOut(work, given, options)
}

function show(name: 'progress' | 'reset' | undefined, notebook: Notebook, options: LearnOptions): void {
  if (name === 'reset') notebook.note({ kind: 'reset' })
  const { progress, path } = notebook
  print(progress, name === undefined ? overviewText(progress) : progressText(progress, path), options)
}

function print(value: unknown, text: string, { output }: LearnOptions): void {
  process.stdout.write(output === 'json' ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`)
}

/** Undefined when the topics are to be listed. */
function workOf(mode: LearnMode, topic: string | undefined): Work | undefined {
  if (topic === undefined) return mode.everything
  if (mode.topics.some(({ id }) => id === topic)) return mode.about(topic)
  throw new UsageError(`There is no '${topic}' to ${mode.id}: sallyport learn ${mode.id} lists what there is.`)
}

async function carryOut(work: Work, given: Omit<Session, 'dialogue'>, options: LearnOptions): Promise<void> {
  const session = (dialogue: Dialogue): Session => ({ ...given, dialogue })
  if (options.answer) {
    if (!work.answer) throw new UsageError('There is nothing to answer here.')
    const { isRight, report, text } = await work.answer(options.answer, session(silent))
    print(report, text, options)
    if (!isRight) throw new CommandFailure(1, '')
    return
  }
  if (options.output === 'json') return print(await work.content(session(silent)), '', options)
  const dialogue = openDialogue({ input: process.stdin, output: process.stdout })
  await work.run(session(dialogue))
  dialogue.close()
}

/** For answers that are there already. */
const silent: Dialogue = {
  width: 80,
  say: () => undefined,
  ask: () => Promise.resolve(undefined),
  close: () => undefined,
}
