/**
 * The story that the project began with, played on real processes and packets: a web server may answer, its
 * outbound rule is taken away, it still answers, and opens nothing new. Every step is held to what it claims.
 */

import type { Direction } from '../../model/rule.ts'
import type { Ended } from '../../terminal/terminal.ts'
import type { HopReport } from '../exchange.ts'
import { pageCommand, timedOut } from './http-client.ts'
import { type Actor, isServedBy, launchCommand } from './launches.ts'
import type { Stand } from './stand.ts'
import type { DemoStep } from './step.ts'

type Told = Omit<DemoStep, 'number' | 'output' | 'isAsClaimed'> & {
  readonly ended: Ended
  /** Whether what was printed is what is claimed. */
  readonly holds: boolean
}

/** Ends with the first step that does not do what it claims. */
export async function* playStory(stand: Stand): AsyncGenerator<DemoStep, void, undefined> {
  let number = 0
  for await (const { claim, command, why, ended, holds } of story(stand)) {
    number += 1
    yield { number, claim, command, output: ended.stdout + ended.stderr, why, isAsClaimed: holds }
    if (!holds) return
  }
}

async function* story(stand: Stand): AsyncGenerator<Told, void, undefined> {
  const vpc = yield* asking(stand, "aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text", {
    claim: 'A region that nobody used has a default VPC',
    why: 'as on AWS',
    holds: /^(vpc-\w+)$/m,
  })
  const group = yield* asking(stand, `${createGroup} --vpc-id ${vpc}`, {
    claim: 'A security group for the web server',
    why: 'a new group lets nothing in and everything out',
    holds: /"GroupId": "(sg-\w+)"/,
  })
  yield* asking(stand, `${authorize} --group-id ${group} --protocol tcp --port 80 --cidr 0.0.0.0/0`, {
    claim: 'Web traffic may come in',
    why: 'the one inbound rule: TCP port 80 from everywhere',
    holds: /"SecurityGroupRuleId": "(sgr-\w+)"/,
  })
  yield* asking(stand, `${describe} --group-ids ${group}`, {
    claim: 'The rules as they stand',
    why: 'the inbound rule is the one just made, the outbound rule the one that every new group begins with',
    holds: /"IpPermissionsEgress": \[\s*\{/,
  })
  const web = yield* launched(stand, 'web', launchCommand('web', group))
  const client = yield* launched(stand, 'client', launchCommand('client'))
  const shared = yield* asking(stand, `${describe} ${defaultGroup}`, {
    claim: 'The client is in the default group',
    why: 'nothing else was asked for',
    holds: /^(sg-\w+)$/m,
  })
  yield* asking(stand, `${authorize} --group-id ${shared} --protocol tcp --port 80 --source-group ${group}`, {
    claim: 'The client serves the web server in turn',
    why: 'a rule may name a group in place of addresses: whoever is in it is let in',
    holds: /"SecurityGroupRuleId": "(sgr-\w+)"/,
  })
  yield await answered(stand, { from: client, to: web }, 'The web server answers')
  yield await answered(stand, { from: web, to: client }, 'It opens a connection of its own')
  yield* asking(stand, `${revoke} --group-id ${group} --protocol -1 --cidr 0.0.0.0/0`, {
    claim: 'Its outbound rule is taken away',
    why: 'from the next packet on, nothing leaves by this rule',
    holds: /"RevokedSecurityGroupRules"/,
  })
  yield* asking(stand, `${describe} --group-ids ${group} --query 'SecurityGroups[0].IpPermissionsEgress'`, {
    claim: 'No outbound rule is left',
    why: 'the list is empty',
    holds: /^\[\]$/m,
  })
  yield await answered(stand, { from: client, to: web }, 'The web server still answers')
  yield await refused(stand, { from: web, to: client }, 'It opens no new connection')
}

const createGroup = 'aws ec2 create-security-group --group-name my-web-sg --description "Security group for web server"'
const authorize = 'aws ec2 authorize-security-group-ingress'
const describe = 'aws ec2 describe-security-groups'
const defaultGroup = "--filters Name=group-name,Values=default --query 'SecurityGroups[].GroupId' --output text"
const revoke = 'aws ec2 revoke-security-group-egress'

interface Expected {
  readonly claim: string
  readonly why: string
  /** What it captures is the line's result. */
  readonly holds: RegExp
}

async function* asking(
  stand: Stand,
  command: string,
  { claim, why, holds }: Expected,
): AsyncGenerator<Told, string, undefined> {
  const ended = await stand.type(command)
  const found = ended.exitCode === 0 ? holds.exec(ended.stdout) : null
  yield { claim, command: command, why: [why], ended, holds: found !== null }
  return found?.[1] ?? ''
}

async function* launched(stand: Stand, name: string, command: string): AsyncGenerator<Told, Actor, undefined> {
  const ended = await stand.type(command)
  const [, id = '', address = ''] = /^(i-\w+)\s+([\d.]+)$/m.exec(ended.stdout) ?? []
  const { exitCode, stderr } = await stand.runUntilWell(id, pageCommand('http://127.0.0.1/').words)
  yield {
    claim: `The instance ${name} runs, and a web server in it`,
    command,
    why: ["it is a network namespace of this machine with the interface's address, and runs its user data"],
    ended: exitCode === 0 ? ended : { ...ended, stderr: ended.stderr + stderr },
    holds: exitCode === 0,
  }
  return { name, id, address }
}

interface Ends {
  readonly from: Actor
  readonly to: Actor
}

async function answered(stand: Stand, ends: Ends, claim: string): Promise<Told> {
  const { command, ended, hops } = await asked(stand, ends)
  const isServed = ended.exitCode === 0 && isServedBy(ends.to.name, ended.stdout)
  const isAllowed = hops.every(({ action }) => action === 'allow')
  return { claim, command, ended, why: whyOf(hops, ends), holds: isServed && isAllowed }
}

async function refused(stand: Stand, ends: Ends, claim: string): Promise<Told> {
  const { command, ended, hops } = await asked(stand, ends)
  const isRefused = hops.some(({ action }) => action === 'deny')
  return { claim, command, ended, why: whyOf(hops, ends), holds: ended.exitCode === timedOut && isRefused }
}

/** A page of the other's, asked for with real packets; and what the engine says of such a connection. */
async function asked(stand: Stand, { from, to }: Ends) {
  const { words, shown } = pageCommand(`http://${to.address}/`)
  const ended = await stand.run(from.id, words)
  const hops = await stand.judged(from.id, to.id, 80)
  return { command: `sallyport exec ${from.name} -- ${shown}`, ended, hops }
}

const ways: Readonly<Record<Direction, string>> = { ingress: 'inbound', egress: 'outbound' }

/** What became of the first packet and of its answer at the web server, whose rules the story is about. */
function whyOf(hops: readonly HopReport[], { from }: Ends): string[] {
  const [atSender, atReceiver] = hops
  const webServer = (from.name === 'web' ? atSender : atReceiver)?.networkInterface
  return hops
    .filter(({ networkInterface }) => networkInterface === webServer)
    .slice(0, 2)
    .map(
      ({ direction, sentence }, index) =>
        `${index === 0 ? 'the first packet' : 'its answer'}, ${ways[direction]} at web: ${sentence}`,
    )
}
