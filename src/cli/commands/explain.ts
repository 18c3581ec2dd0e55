/** `sallyport explain`: can A reach B, why, and if not, what is in the way and what would change it. */

import { Command, Option } from 'commander'
import { type Explanation, explain, type Finding, type Result } from '../../reach/explain.ts'
import type { Hop, Leg } from '../../reach/hop.ts'
import { hopSentence } from '../../reach/hop-sentence.ts'
import type { Traffic } from '../../reach/probes.ts'
import { CommandFailure } from '../command-failure.ts'
import { UsageError } from '../usage-error.ts'
import { addWorldOptions, answeredFrom, loadWorld, type WorldOptions } from '../world-options.ts'

interface ExplainOptions extends WorldOptions {
  readonly output: 'text' | 'json'
}

export function explainCommand(): Command {
  return addWorldOptions(new Command('explain'))
    .summary('can A reach B, and why')
    .description(
      'Walks a packet from one end to the other and the answer back: rules, network ACLs, routes. ' +
        'An end is eni-…, i-…, a Name tag, an address, a CIDR or internet.',
    )
    .argument('<from>', 'who opens the connection')
    .argument('<to>', 'whom they want to reach')
    .argument('[protocol]', 'tcp, udp, icmp, icmpv6 or a protocol number', 'tcp')
    .argument('[port]', 'destination port; without one every port is asked about')
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit code: 0 reachable, 1 unreachable, ambiguous or undetermined, 2 usage or error.')
    .action(run)
}

type Given = [from: string, to: string, protocol: string, port: string | undefined, options: ExplainOptions]

async function run(...[from, to, protocol, port, options]: Given) {
  const traffic = trafficFrom(protocol, port)
  const world = await loadWorld(options)
  const explanation = answeredFrom(options.state, () => explain(world, { from, to, traffic }))
  const question = `${from} to ${to}, ${protocol}${port === undefined ? '' : ` ${port}`}`
  process.stdout.write(options.output === 'json' ? json(explanation) : text(question, explanation))
  if (explanation.result !== 'reachable') throw new CommandFailure(1, '')
}

/** What a fix changes inside is nobody's business: its command does it. */
function json({ result, findings, fixes }: Explanation): string {
  const told = fixes.map(({ why, command = null }) => ({ why, command }))
  return `${JSON.stringify({ result, findings, fixes: told }, null, 2)}\n`
}

const protocolNumbers: ReadonlyMap<string, Traffic['protocol']> = new Map([
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
])

function trafficFrom(text: string, port: string | undefined): Traffic {
  const protocol = protocolFrom(text)
  if (port === undefined) return { protocol }
  if (protocol !== 'tcp' && protocol !== 'udp') throw new UsageError(`${text} has no ports.`)
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`'${port}' is no port.`)
  return { protocol, port: Number(port) }
}

function protocolFrom(text: string): Traffic['protocol'] {
  const named = (['tcp', 'udp', 'icmp', 'icmpv6'] as const).find((each) => each === text) ?? protocolNumbers.get(text)
  if (named !== undefined) return named
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text)
  throw new UsageError(`'${text}' is no protocol: use tcp, udp, icmp, icmpv6 or a number up to 255.`)
}

const meaning: Readonly<Record<Result, string>> = {
  reachable: 'every packet asked about passes, and its answer',
  unreachable: 'no packet asked about passes',
  ambiguous: 'some packets asked about pass and some do not',
  undetermined: 'it depends on something that this program does not run',
}

/** More are no reading matter. */
const mostShown = 20

function text(question: string, { result, findings, fixes }: Explanation): string {
  const lines = [
    `${result}: ${question}`,
    `  ${meaning[result]}`,
    ...findings.slice(0, mostShown).flatMap(findingLines),
  ]
  const hidden = findings.length - mostShown
  if (hidden > 0) lines.push('', `… and ${hidden} more parts of the question, which --output json tells`)
  if (fixes.length > 0) lines.push('', 'in the way, and what would change it:')
  for (const { why, command } of fixes) lines.push(`  - ${why}`, ...(command === undefined ? [] : [`      ${command}`]))
  return `${lines.join('\n')}\n`
}

function findingLines(finding: Finding): string[] {
  const { result, from, to, packet, hops, standsOn } = finding
  const part = partText(finding)
  const lines = ['', `${result}: ${from} > ${to}${part === '' ? '' : `, ${part}`}`, `  ${packet}`]
  for (const leg of ['forward', 'return'] as const) lines.push(...legLines(leg, hops))
  if (standsOn.length > 0) {
    lines.push(`  stands on ${standsOn.map(({ rule }) => rule).join(', ')}: revoke any of these and it stops`)
  }
  return lines
}

function partText({ addresses, ports, clientPorts }: Finding): string {
  const parts = [
    ['address', 'addresses', addresses],
    ['port', 'ports', ports],
    ['client port', 'client ports', clientPorts],
  ] as const
  return parts
    .filter(([, , ranges]) => ranges.length > 0)
    .map(([one, several, ranges]) => `${isOne(ranges) ? one : several} ${firstFew(ranges)}`)
    .join('; ')
}

function isOne(ranges: readonly string[]): boolean {
  return ranges.length === 1 && !ranges[0]?.includes('-')
}

/** All of them are in the JSON. */
function firstFew(ranges: readonly string[]): string {
  const more = ranges.length > 3 ? ` and ${ranges.length - 3} more ranges` : ''
  return `${ranges.slice(0, 3).join(', ')}${more}`
}

const marks = { passes: '✓', stops: '✗', unknown: '?' } as const

function legLines(leg: Leg, hops: readonly Hop[]): string[] {
  const own = hops.filter((hop) => hop.leg === leg)
  const title = leg === 'forward' ? 'there' : 'and back, where an answer needs no rule'
  return own.length === 0 ? [] : [`  ${title}`, ...own.map((hop) => `    ${marks[hop.outcome]} ${hopSentence(hop)}`)]
}
