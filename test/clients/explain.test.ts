/** The fixes that `sallyport explain` prints, run as they stand by a shell with the aws CLI. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram, type ServerProcess, startServer } from '../server-process.ts'
import { findTool } from '../tools.ts'
import { type AwsCli, awsCli, hasAwsCli } from './aws-cli.ts'
import { surroundings } from './surroundings.ts'

const image = '--image-id ami-0abcdef1234567890 --instance-type t3.micro'

describe.skipIf(!hasAwsCli)('a printed fix makes the answer yes', () => {
  let server: ServerProcess
  let aws: AwsCli
  let vpc = ''
  let subnet = ''
  let prefix = ''
  let group = ''

  beforeAll(async () => {
    server = await startServer()
    aws = awsCli(server.url)
    vpc = await aws.text('ec2 create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId')
    const block = `--vpc-ids ${vpc} --query Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock`
    prefix = (await aws.text(`ec2 describe-vpcs ${block}`)).replace(/00::\/56$/, '')
    subnet = await createSubnet(0)
    group = await createGroup('shut')
  })

  afterAll(async () => {
    expect(await server.stop()).toBe(0)
  })

  const createSubnet = (number: number) =>
    aws.text(
      `ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.0.${number}.0/24 ` +
        `--ipv6-cidr-block ${prefix}0${number}::/64 --query Subnet.SubnetId`,
    )

  const createGroup = (name: string) =>
    aws.text(`ec2 create-security-group --group-name ${name} --description ${name} --vpc-id ${vpc} --query GroupId`)

  const createCard = (place: string, ...groups: string[]) =>
    aws.text(
      `ec2 create-network-interface --subnet-id ${place} --groups ${groups.join(' ')} --ipv6-address-count 1 ` +
        '--query NetworkInterface.NetworkInterfaceId',
    )

  async function explained(question: readonly string[]) {
    const { stdout, stderr } = await runProgram([
      'explain',
      ...question,
      '--output',
      'json',
      '--endpoint-url',
      server.url,
    ])
    expect(stderr).toBe('')
    return JSON.parse(stdout) as { result: string; fixes: { command: string | null }[] }
  }

  /** A CLI older than July 2023 does not read AWS_ENDPOINT_URL. */
  async function inShell(command: string): Promise<void> {
    const named = `aws() { "$SALLYPORT_TEST_AWS" "$@" --endpoint-url "$AWS_ENDPOINT_URL"; }\n${command}`
    const env = { ...surroundings(server.url), SALLYPORT_TEST_AWS: findTool('aws').path }
    await promisify(execFile)('sh', ['-c', named], { env })
  }

  /** Runs all fixes of a no, after which the answer is yes; returns their commands without the ids. */
  async function mend(question: readonly string[]): Promise<string[]> {
    const { result, fixes } = await explained(question)
    expect(result).not.toBe('reachable')
    const commands: string[] = []
    for (const { command } of fixes) {
      commands.push(command?.replace(/(--[-a-z]+-id) \S+/g, '$1 ID') ?? 'no command')
      if (command) await inShell(command)
    }
    expect((await explained(question)).result).toBe('reachable')
    return commands
  }

  test('by security-group rules at both ends, of both IP families', async () => {
    await aws.text(`ec2 revoke-security-group-egress --group-id ${group} --protocol -1 --cidr 0.0.0.0/0`)
    const [from, to] = [await createCard(subnet, group), await createCard(subnet, await createGroup('inner'))]
    const commands = await mend([from, to, 'tcp', '5432'])
    expect(commands.map((command) => command.replace(/'.*'/, 'RULE'))).toEqual([
      'aws ec2 authorize-security-group-egress --group-id ID --ip-permissions RULE',
      'aws ec2 authorize-security-group-ingress --group-id ID --ip-permissions RULE',
      'aws ec2 authorize-security-group-ingress --group-id ID --ip-permissions RULE',
    ])
  })

  test.each(['icmp', '50'])('by security-group rules for %s', async (protocol) => {
    const from = await createCard(subnet, await createGroup(`from-${protocol}`))
    const to = await createCard(subnet, await createGroup(`to-${protocol}`))
    expect(await mend([from, to, protocol])).not.toHaveLength(0)
  })

  test('by entries of the ACL that both subnets have', async () => {
    const acl = await aws.text(`ec2 create-network-acl --vpc-id ${vpc} --query NetworkAcl.NetworkAclId`)
    const open = await createGroup('open')
    await aws.text(`ec2 authorize-security-group-ingress --group-id ${open} --protocol -1 --cidr 0.0.0.0/0`)
    await aws.text(
      `ec2 authorize-security-group-ingress --group-id ${open} --ip-permissions IpProtocol=-1,Ipv6Ranges=[{CidrIpv6=::/0}]`,
    )
    const cards: string[] = []
    for (const number of [1, 2]) {
      const place = await createSubnet(number)
      const query = `--filters Name=association.subnet-id,Values=${place} --query NetworkAcls[0].Associations`
      const associations = (await aws.json(`ec2 describe-network-acls ${query}`)) as Record<string, string>[]
      const own = associations.find((each) => each['SubnetId'] === place)?.['NetworkAclAssociationId']
      await aws.text(`ec2 replace-network-acl-association --association-id ${own} --network-acl-id ${acl}`)
      cards.push(await createCard(place, open))
    }
    const commands = await mend([...cards, 'tcp', '80'])
    expect(commands).toHaveLength(8)
    for (const command of commands) expect(command).toMatch(/^aws ec2 create-network-acl-entry /)
    await mend([...cards, 'icmpv6'])
  })

  test('by a route, a public address, a start and a rule for the internet', async () => {
    const gateway = await aws.text('ec2 create-internet-gateway --query InternetGateway.InternetGatewayId')
    await aws.text(`ec2 attach-internet-gateway --internet-gateway-id ${gateway} --vpc-id ${vpc}`)
    const place = await aws.text(`ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.0.9.0/24 --query Subnet.SubnetId`)
    const launch = `ec2 run-instances ${image} --subnet-id ${place} --security-group-ids ${await createGroup('public')}`
    const instance = await aws.text(`${launch} --query Instances[0].InstanceId`)
    await aws.text(`ec2 stop-instances --instance-ids ${instance}`)
    const commands = await mend(['internet', instance, 'tcp', '443'])
    expect(commands.map((command) => command.replace(/'.*'|-ids? \S+|igw-\S+/g, ''))).toEqual([
      expect.stringMatching(/^aws ec2 associate-address /),
      expect.stringMatching(/^aws ec2 start-instances /),
      expect.stringMatching(/^aws ec2 authorize-security-group-ingress /),
      expect.stringMatching(/^aws ec2 create-route /),
    ])
  })
})
