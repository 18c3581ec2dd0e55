/** `sallyport rules`: the rules of all groups, and how often real traffic used each. */

import { Command, Option } from 'commander'
import type { RuleListing, RuleUse } from '../../app/enforcement/shown.ts'
import { ask } from '../../app/remote.ts'
import { columns } from '../columns.ts'
import { addEndpointOptions, type EndpointOptions, fromEndpoint } from '../world-options.ts'

interface RulesOptions extends EndpointOptions {
  readonly hits?: boolean
  readonly unused?: boolean
  readonly groupId?: string
  readonly output: 'text' | 'json'
}

export function rulesCommand(): Command {
  return addEndpointOptions(new Command('rules'))
    .summary('rules, and how often each was used')
    .description(
      'Lists the rules of security groups. With --hits it says how many packets each let through on the interfaces ' +
        'that are enforced: those that opened a tracked flow, and all of untracked ones.',
    )
    .option('--hits', 'most used first, with packets, bytes and when it was used last')
    .option('--unused', 'only rules that let nothing through on an enforced interface')
    .option('--group-id <id>', 'of one group only')
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .action(run)
}

async function run(options: RulesOptions): Promise<void> {
  const target = '/_sallyport/rules'
  const listing = (await fromEndpoint(options, (remote) => ask(remote, { method: 'GET', target }))) as RuleListing
  const { groupId, unused, hits } = options
  const rules = listing.rules
    .filter(({ group }) => groupId === undefined || group === groupId)
    .filter(({ packets, interfaces }) => !unused || (packets === 0 && interfaces > 0))
  const ordered = hits ? rules.toSorted((a, b) => b.packets - a.packets) : rules
  process.stdout.write(
    options.output === 'json'
      ? `${JSON.stringify({ at: listing.at, rules: ordered }, null, 2)}\n`
      : text(ordered, hits === true),
  )
}

function text(rules: readonly RuleUse[], hasHits: boolean): string {
  if (rules.length === 0) return 'no rules\n'
  const head = ['RULE', 'GROUP', 'DIRECTION', 'ALLOWS', ...(hasHits ? ['PACKETS', 'BYTES', 'LAST USED'] : [])]
  return columns([head, ...rules.map((each) => row(each, hasHits))])
}

function row(
  { rule, group, direction, allows, packets, bytes, lastUsed, interfaces }: RuleUse,
  hasHits: boolean,
): string[] {
  const used = interfaces === 0 ? ['-', '-', 'not enforced'] : [String(packets), String(bytes), lastUsed ?? 'never']
  return [rule, group, direction, allows, ...(hasHits ? used : [])]
}
