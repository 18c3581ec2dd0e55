import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { Sandbox } from '../src/app/sandbox.ts'
import { instant, seconds } from '../src/base/clock.ts'
import { seededEntropy } from '../src/base/entropy.ts'
import { actionShapes } from '../src/ec2/protocol/shapes.generated.ts'
import { operationNames } from '../src/terminal/input/operation.ts'
import { Terminal } from '../src/terminal/terminal.ts'

const start = { scope: { account: '123456789012', region: 'us-east-1' }, now: instant(Date.UTC(2026, 10, 22, 10)) }

let cloud: Sandbox
let terminal: Terminal

beforeEach(async () => {
  cloud = await Sandbox.open({ ...start, entropy: seededEntropy(1) })
  terminal = new Terminal({ cloud, entropy: seededEntropy(2) })
})

async function printed(text: string): Promise<string> {
  const { stdout, stderr, exitCode } = await terminal.run(text)
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  return stdout
}

/** The last line of what went wrong, with its exit code. */
async function failure(text: string): Promise<string> {
  const { stdout, stderr, exitCode } = await terminal.run(text)
  expect(stdout).toBe('')
  return `${exitCode} ${stderr.trim().split('\n').at(-1)}`
}

describe('a session', () => {
  test('walks through a paste of several lines with variables', async () => {
    const stdout = await printed(`
      # a group for the web
      VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
      SG=$(aws ec2 create-security-group --group-name web --description "web servers" \\
        --vpc-id "$VPC" --query GroupId --output text)
      aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return
      aws ec2 describe-security-groups --group-ids $SG --query 'SecurityGroups[0].IpPermissions[0].ToPort'
      echo "$SG in $VPC"`)
    expect(stdout).toMatch(/^true\n80\nsg-[0-9a-f]{17} in vpc-[0-9a-f]{17}\n$/)
    expect([...cloud.world.securityGroup.values()].map(({ name }) => name).toSorted()).toEqual(['default', 'web'])
  })

  test('keeps its variables and its exit code from one line to the next', async () => {
    await printed('A="b  c"')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell.
    expect(await printed('echo $A "$A" ${A}d $NOTHING-')).toBe('b c b  c b cd -\n')
    expect(await printed('export B=1; echo $B')).toBe('1\n')
    await terminal.run('aws ec2 delete-vpc --vpc-id vpc-0123456789abcdef0')
    expect(await printed('echo $?')).toBe('254\n')
    expect(await terminal.run('C=$(aws ec3)')).toMatchObject({ exitCode: 252 })
  })

  test('splits an unquoted output into words and leaves a quoted one whole', async () => {
    const query = `aws ec2 describe-subnets --query 'Subnets[:2].SubnetId' --output text`
    const list = `aws ec2 describe-subnets --query 'length(Subnets)' --subnet-ids`
    expect(await printed(`${list} $(${query})`)).toBe('2\n')
    expect(await failure(`${list} "$(${query})"`)).toMatch(/^254 An error occurred \(InvalidSubnetI/)
  })

  test('goes on after a command that failed and ends with the exit code of the last', async () => {
    const { stdout, stderr, exitCode } = await terminal.run('aws ec2 delete-vpc\necho on')
    expect({ stdout, exitCode }).toEqual({ stdout: 'on\n', exitCode: 0 })
    expect(stderr).toContain('the following arguments are required: --vpc-id')
  })

  test('takes Region and output format from the environment', async () => {
    expect(await printed('AWS_DEFAULT_OUTPUT=text aws ec2 describe-vpcs --query Vpcs[0].IsDefault')).toBe('True\n')
    await printed('export AWS_DEFAULT_OUTPUT=text')
    expect(await printed('aws ec2 describe-vpcs --query Vpcs[0].IsDefault')).toBe('True\n')
    expect(await failure('AWS_REGION=eu-west-1 aws ec2 describe-vpcs')).toBe(
      '255 This terminal\'s cloud is in us-east-1, and nothing answers for "eu-west-1".',
    )
  })

  test('waits for a state as long as the cloud takes', async () => {
    const id = (
      await printed(`aws ec2 run-instances --image-id ami-0123456789abcdef0 --query Instances[0].InstanceId`)
    ).trim()
    expect(await failure(`aws ec2 wait instance-terminated --instance-ids ${id}`)).toMatch(
      /^255 Waiter InstanceTerminated failed: /,
    )
    cloud.wait(seconds(60))
    await printed(`aws ec2 wait instance-running --instance-ids ${id}`)
    expect(await failure('aws ec2 wait vpc-exists --vpc-ids vpc-0123456789abcdef0')).toBe(
      '255 Waiter VpcExists failed: Max attempts exceeded',
    )
  })

  test.each([
    ['ls -l', '127 ls: command not found; this terminal has aws, echo and export'],
    ['export 1=2', '2 export: 1=2: bad variable name'],
    ['aws ec2 describe-vpcs | cat', '2 sh: this terminal has no pipes (`|`); use --query to pick from an answer'],
    ['aws s3 ls', '252 help'],
    [
      "aws ec2 describe-vpcs --query '='",
      '252 Bad value for --query =: Invalid jmespath expression: the expression makes no sense',
    ],
    ['aws ec2 describe-vpcs --output yaml', '252 Unknown output type: yaml; this terminal prints json, text and table'],
    ['aws ec2 run-instances --count 2:x', '252 count parameter should be of form min[:max] (e.g. 1 or 1:10)'],
    [
      'aws ec2 run-instances --user-data file://boot.sh',
      "252 Error parsing parameter '--user-data': Unable to load paramfile file://boot.sh: this terminal has no files; write the value itself",
    ],
    [
      'aws ec2 describe-vpcs --cli-input-json file://x',
      "252 Error parsing parameter '--cli-input-json': Unable to load paramfile file://x: this terminal has no files; write the value itself",
    ],
    [
      'aws ec2 describe-vpcs --query "length(nothing)"',
      '255 length() expected argument 1 to be type string,array,object but received type null instead.',
    ],
  ])('%s says plainly what is wrong', async (line, message) => {
    expect(await failure(line)).toBe(message)
  })

  test('prints text and tables as the CLI does', async () => {
    const query = `--query 'Subnets[:2].{Block:CidrBlock,Default:DefaultForAz,Tags:Tags[].Key,Place:{Zone:AvailabilityZone}}'`
    const subnets = `aws ec2 describe-subnets --filters Name=cidr-block,Values=172.31.0.0/20,172.31.16.0/20 ${query}`
    expect((await printed(`${subnets} --output text`)).split('\n').toSorted()).toEqual([
      '',
      '172.31.0.0/20\tTrue',
      '172.31.16.0/20\tTrue',
      'PLACE\tus-east-1a',
      'PLACE\tus-east-1b',
    ])
    const zones = `aws ec2 describe-availability-zones --query 'AvailabilityZones[:2].{Zone:ZoneName,Opt:OptInStatus}'`
    expect(await printed(`${zones} --output table`)).toBe(
      `
---------------------------------------
|      DescribeAvailabilityZones      |
+----------------------+--------------+
|          Opt         |    Zone      |
+----------------------+--------------+
|  opt-in-not-required |  us-east-1a  |
|  opt-in-not-required |  us-east-1b  |
+----------------------+--------------+
`.trimStart(),
    )
  })

  test('has help in a screenful', async () => {
    expect(await printed('aws help')).toContain('aws ec2 OPERATION')
    expect(await printed('aws ec2 help')).toContain('describe-security-groups')
    expect(await printed('aws ec2 create-security-group help')).toContain(
      '--description  STRING  (required)'.slice(0, 13),
    )
  })

  test('has every action as an operation, and a skeleton of its input', async () => {
    expect(operationNames).toHaveLength(Object.keys(actionShapes).length)
    const skeleton = await printed('aws ec2 create-tags --generate-cli-skeleton')
    expect(JSON.parse(skeleton)).toEqual({ DryRun: true, Resources: [''], Tags: [{ Key: '', Value: '' }] })
    for (const name of operationNames) JSON.parse(await printed(`aws ec2 ${name} --generate-cli-skeleton output`))
  })
})

describe('what is hostile', () => {
  test.each([
    ['a query that doubles', `aws ec2 describe-vpcs --query '${Array(40).fill('[@,@][]').join('|')}'`, 252],
    [
      'a query that doubles by literals',
      `aws ec2 describe-vpcs --query '${Array(40).fill('map(&`[1,1]`,@)[]').join('|')}'`,
      252,
    ],
    ['a query of many joins', `aws ec2 describe-vpcs --query '${'join(to_string(@),Vpcs[].VpcId)|'.repeat(9)}@'`, 252],
    ['a query deeper than the stack', `aws ec2 describe-vpcs --query '${'['.repeat(30_000)}'`, 252],
    ['JSON deeper than the stack', `aws ec2 describe-vpcs --filters '${'['.repeat(30_000)}'`, 252],
    ['shorthand deeper than the stack', `aws ec2 describe-vpcs --filters 'Name=${'['.repeat(30_000)}'`, 252],
    ['a variable that doubles', `A=xxxxxxxxxxxxxxxx\n${'A=$A$A\n'.repeat(40)}`, 2],
    ['an echo that doubles', `A=xxxxxxxxxxxxxxxx\n${'A="$(echo $A $A)"\n'.repeat(40)}`, 2],
    ['a line too long', 'a'.repeat(100_000), 2],
  ])('%s ends in an error', async (_, text, exitCode) => {
    expect((await terminal.run(text)).exitCode).toBe(exitCode)
  })

  test.each([
    'constructor',
    '__proto__',
    'Vpcs[0].constructor',
    '{a:@}.__proto__',
    '{a:@}.constructor',
    'Vpcs[0].toString',
  ])('the query %s finds data only', async (query) => {
    for (const format of ['json', 'text', 'table']) {
      expect(await printed(`aws ec2 describe-vpcs --query '${query}' --output ${format}`)).toMatch(/^(null|None|)\n?$/)
    }
  })
})

/** What lines are made of, and what breaks them. */
const pieces = `aws ec2 describe-vpcs run-instances authorize-security-group-ingress create-tags wait help
  --filters --group-id --ip-permissions --count --port --protocol --query --output --max-items --tags --vpc
  --cli-input-json --generate-cli-skeleton --starting-token --dry-run -- - -1 --x=y $A $( ) \\ ' ""
  Name=a,Values=b {"a":1} [{"Name":[]}] [ { = , Key=__proto__ IpProtocol={},FromPort=[] null ${'9'.repeat(40)}
  Vpcs[].VpcId length(@) @ * text table eyJ9`.split(/\s+/)

describe('what is typed at random', () => {
  test('has an end and an exit code', async () => {
    const word = fc.constantFrom(...pieces, '\n', '')
    const line = fc.oneof(
      fc.array(word, { maxLength: 9 }).map((words) => words.join(' ')),
      fc.array(word, { maxLength: 6 }).map((words) => `aws ec2 describe-vpcs ${words.join(' ')}`),
      fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `aws ec2 ${text}`),
    )
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        const { stdout, stderr, exitCode } = await terminal.run(text)
        expect([0, 2, 127, 252, 254, 255]).toContain(exitCode)
        if (stderr === '') return
        expect(stdout + stderr).not.toMatch(/undefined|\[object |TypeError|RangeError|BrokenInvariant/)
      }),
      { numRuns: 600 },
    )
  })
})
