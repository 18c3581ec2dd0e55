/** `sallyport explain`: can A reach B, why, and if not, what is in the way and what would change it. */

import { Command, Option } from 'commander'
import type { Imported } from '../../import/imported.ts'
import { type Explanation, explainWithin } from '../../reach/explain.ts'
import type { Traffic } from '../../reach/probes.ts'
import { CommandFailure } from '../command-failure.ts'
import { doubtsTold, tellDoubts } from '../doubts.ts'
import { explanationText } from '../explanation-text.ts'
import { type Origins, originText } from '../rule-origin.ts'
import { UsageError } from '../usage-error.ts'
import { verify } from '../verify-answer.ts'
import { addWorldOptions, answeredFrom, loadImported, type WorldOptions } from '../world-options.ts'

interface ExplainOptions extends WorldOptions {
  readonly output: 'text' | 'json'
  readonly verify?: boolean
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
    .addOption(
      new Option('--verify', 'send real packets as well, and show what the kernel does with them').conflicts('state'),
    )
    .addHelpText('after', verifyHelp)
    .addHelpText(
      'after',
      '\nExit code: 0 reachable, 1 unreachable, ambiguous or undetermined, 2 usage or error, or nothing could be ' +
        'verified, 3 engine and kernel disagree.',
    )
    .action(run)
}

const verifyHelp = `
--verify needs an endpoint that runs instances (serve --data-plane namespaces). For each part of the answer one packet is
sent from the sender's namespace, with a port of its own: a TCP connection without data, a UDP datagram, a ping, or a
datagram under another protocol's number. Behind all rules of the receiver it is taken to a program of Sallyport's that
answers it, so nothing that listens there sees it, and the answer goes back through the same rules.`

type Given = [from: string, to: string, protocol: string, port: string | undefined, options: ExplainOptions]

async function run(...[from, to, protocol, port, options]: Given) {
  const traffic = trafficFrom(protocol, port)
  const question = `${from} to ${to}, ${protocol}${port === undefined ? '' : ` ${port}`}`
  if (options.verify) return verify({ from, to, traffic }, question, options)
  const source = await loadImported(options)
  const explanation = answeredFrom(options.state, () => explainWithin(source, { from, to, traffic }))
  process.stdout.write(options.output === 'json' ? json(explanation, source) : explanationText(question, explanation))
  if (options.output !== 'json') {
    process.stdout.write(writtenText(explanation, source.origins))
    tellDoubts(source)
  }
  if (explanation.result !== 'reachable') throw new CommandFailure(1, '')
}

/** Where the rules are written that its hops tell of, and the ACLs. */
function writtenText({ findings }: Explanation, origins: Origins): string {
  const hops = findings.flatMap((finding) => finding.hops)
  const ids = hops.flatMap((hop): readonly string[] => {
    if (hop.kind === 'acl') return [hop.acl]
    return hop.kind === 'rules' ? (hop.rules.length > 0 ? hop.rules.map(({ rule }) => rule) : hop.groups) : []
  })
  const lines = [...new Set(ids)].filter((id) => origins.has(id)).map((id) => `  ${id}${originText(id, origins)}\n`)
  return lines.length === 0 ? '' : `\nwritten in:\n${lines.join('')}`
}

/** What a fix changes inside is nobody's business: its command does it. */
function json({ result, findings, fixes }: Explanation, source: Imported): string {
  const told = fixes.map(({ why, command = null }) => ({ why, command }))
  return `${JSON.stringify({ result, findings, fixes: told, ...doubtsTold(source) }, null, 2)}\n`
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
