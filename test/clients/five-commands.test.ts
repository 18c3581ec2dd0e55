import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../server-process.ts'
import { type AwsCli, awsCli, hasAwsCli } from './aws-cli.ts'
import { projected, renumbered } from './output.ts'

/** `GROUP` and `VPC` stand for what the commands before have printed. */
const commands = [
  {
    expected: '1-create',
    line:
      'aws ec2 create-security-group --group-name my-web-sg ' +
      '--description "Security group for web server" --vpc-id VPC',
  },
  {
    expected: '2-authorize',
    line: 'aws ec2 authorize-security-group-ingress --group-id GROUP --protocol tcp --port 80 --cidr 0.0.0.0/0',
  },
  { expected: '3-describe', line: 'aws ec2 describe-security-groups --group-ids GROUP' },
  {
    expected: '4-revoke',
    line: 'aws ec2 revoke-security-group-egress --group-id GROUP --protocol -1 --cidr 0.0.0.0/0',
  },
  { expected: '5-describe', line: 'aws ec2 describe-security-groups --group-ids GROUP' },
]

describe.skipIf(!hasAwsCli)('the five commands of the beginner', () => {
  const ids = new Map<string, string>()
  const known = new Map([
    ['VPC', ''],
    ['GROUP', ''],
  ])
  let server: ServerProcess
  let aws: AwsCli

  beforeAll(async () => {
    server = await startServer()
    aws = awsCli(server.url)
    known.set('VPC', await aws.text('ec2 describe-vpcs --query Vpcs[0].VpcId'))
    renumbered(known.get('VPC') ?? '', ids)
  })

  afterAll(async () => {
    expect(await server.stop()).toBe(0)
  })

  test.each(commands)('$line', async ({ expected, line }) => {
    const commandLine = line.replace(/VPC|GROUP/g, (name) => known.get(name) ?? name)
    const { status, stdout, stderr } = await aws.run(commandLine)
    known.set('GROUP', /sg-[0-9a-f]{17}/.exec(stdout)?.[0] ?? known.get('GROUP') ?? '')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(renumbered(stdout, ids)).toBe(asPrinted(expected, await aws.skeleton(commandLine)))
  })
})

/** The text that the installed CLI makes of AWS's answer: its own members, in its own order. */
function asPrinted(name: string, skeleton: unknown): string {
  const answer = JSON.parse(readFileSync(new URL(`expected/${name}.json`, import.meta.url), 'utf8'))
  return `${JSON.stringify(projected(answer, skeleton), null, 4)}\n`
}
