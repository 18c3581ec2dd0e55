import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sallyport, startSallyport } from '../../src/index.ts'
import { formatCommand } from '../../src/terminal/format-command.ts'
import { comparable, hasCli, inShell, inTerminal, isVersion2, skeletonOf, type Variables } from './beside-cli.ts'
import { projected } from './output.ts'

/** What the lines before these have made; a line of these is run by the real shell alone. */
const before = {
  VPC: 'aws ec2 describe-vpcs --query Vpcs[0].VpcId --output text',
  SUBNET: 'aws ec2 describe-subnets --query Subnets[0].SubnetId --output text',
  ACL: 'aws ec2 describe-network-acls --query NetworkAcls[0].NetworkAclId --output text',
  SG: 'aws ec2 create-security-group --group-name web --description web --query GroupId --output text',
}

const answers = [
  'aws ec2 describe-vpcs --output text',
  'aws ec2 describe-vpcs --output table',
  "aws ec2 describe-subnets --output text --query 'Subnets[].[SubnetId,CidrBlock]'",
  "aws ec2 describe-subnets --output table --query 'Subnets[].[SubnetId,CidrBlock]'",
  "aws ec2 describe-subnets --output table --query 'Subnets[].{Id:SubnetId,Block:CidrBlock,Zone:AvailabilityZone}'",
  "aws ec2 describe-subnets --query 'sort_by(Subnets,&AvailabilityZone)[].[AvailabilityZone,CidrBlock]' --output text",
  'aws ec2 describe-subnets --query "Subnets[?AvailabilityZone==\'us-east-1a\'].SubnetId | [0]" --output text',
  "aws ec2 describe-subnets --query 'Subnets[0].{a:Tags,b:Ipv6CidrBlockAssociationSet}' --output table",
  "aws ec2 describe-subnets --query 'Subnets[0].{a:nope,b:DefaultForAz}' --output text",
  "aws ec2 describe-subnets --query 'Subnets[:2].[CidrBlock,MapPublicIpOnLaunch]' --output table",
  "aws ec2 describe-subnets --query 'join(`,`,Subnets[:2].CidrBlock)'",
  "aws ec2 describe-subnets --query 'Subnets[0].CidrBlock' --output table",
  "aws ec2 describe-subnets --max-items 2 --query 'Subnets[].CidrBlock' --output text",
  "aws ec2 describe-subnets --max-items 2 --query '{s:Subnets[].SubnetId,n:NextToken}'",
  "aws ec2 describe-subnets --page-size 5 --query 'Subnets[].CidrBlock' --output text",
  `T=$(aws ec2 describe-subnets --max-items 2 --query NextToken --output json)
   aws ec2 describe-subnets --starting-token $T --query 'length(Subnets)'`,
  "aws ec2 describe-vpcs --filters Name=vpc-id,Values=$VPC Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text",
  `aws ec2 describe-vpcs --filters '[{"Name":"vpc-id","Values":["'$VPC'"]}]' --query 'Vpcs[0].VpcId'`,
  `aws ec2 describe-vpcs --filters '{"Name":"state","Values":["available"]}' --query Vpcs[0].State`,
  `aws ec2 describe-vpcs --cli-input-json '{"VpcIds":["'$VPC'"]}' --query Vpcs[0].State`,
  'aws ec2 describe-vpcs --vpc-ids=$VPC --output=text --query Vpcs[0].State',
  'aws --output text ec2 describe-vpcs --vpc $VPC --query Vpcs[0].State',
  "aws ec2 describe-vpcs --filters 'Name=state, Values=[available,\"pending\"]' --query 'length(Vpcs)'",
  'aws ec2 describe-security-groups --query nothing',
  'aws ec2 describe-security-groups --query nothing --output text',
  "aws ec2 describe-security-groups --query 'SecurityGroups[].[GroupName,IpPermissionsEgress[].IpProtocol]' --output text",
  "aws ec2 describe-security-groups --query 'SecurityGroups[].[GroupName,IpPermissionsEgress[].IpProtocol]' --output table",
  "aws ec2 describe-security-groups --group-ids $SG --query 'SecurityGroups[0].IpPermissionsEgress' --output table",
  "aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 0.0.0.0/0 --query 'SecurityGroupRules[].{P:IpProtocol,F:FromPort,C:CidrIpv4}' --output table",
  "aws ec2 authorize-security-group-ingress --group-id $SG --ip-permissions 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=10.0.0.0/8,Description=\"to us, all\"}]' --query 'SecurityGroupRules[].[IpProtocol,Description]'",
  "aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 22 --source-group $SG --query 'SecurityGroupRules[0].ReferencedGroupInfo'",
  "aws ec2 describe-security-group-rules --filters Name=group-id,Values=$SG --query 'SecurityGroupRules[].[IsEgress,IpProtocol,FromPort,ToPort,CidrIpv4]' --output text",
  'aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 110 --protocol tcp --rule-action deny --ingress --cidr-block 10.0.0.0/8 --port-range From=22,To=22',
  "aws ec2 create-tags --resources $SG $VPC --tags Key=Name,Value=x 'Key=With space,Value=a b'",
  'aws ec2 describe-tags --output text',
  'aws ec2 describe-tags --output table',
  'aws ec2 modify-vpc-attribute --vpc-id $VPC --no-enable-dns-support',
  'aws ec2 describe-vpc-attribute --vpc-id $VPC --attribute enableDnsSupport --query EnableDnsSupport.Value',
  "aws ec2 run-instances --image-id ami-0123456789abcdef0 --count 2 --associate-public-ip-address --security-group-ids $SG --subnet-id $SUBNET --query 'Instances[].[State.Name,InstanceType,LaunchTime,ClientToken]'",
  'aws ec2 wait vpc-available --vpc-ids $VPC',
  'aws ec2 describe-regions --region-names us-east-1 --output text --query Regions[].[RegionName,Endpoint]',
  'aws sts get-caller-identity',
  'aws sts get-caller-identity --output text',
  `A="x  y" # a comment
   aws ec2 describe-vpcs \\
     --query 'length(Vpcs)'; echo $A "$A" \${A}z '$A' a\\ b "q\\"q" '' end`,
]

const refusals = [
  'aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 0.0.0.0/0',
  'aws ec2 create-security-group --group-name web --description web',
  'aws ec2 delete-security-group --group-id sg-1234',
  'aws ec2 delete-vpc --vpc-id $VPC --dry-run',
  'aws ec2 describe-vpcs --starting-token abc',
  'aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 22 --cidr 1.2.3.4',
  'aws ec2 describe-vpcs --filters Name=state,Values=a Name=nope,Values=b',
]

/** Wrong on the line itself: what version 2 says of it. */
const mistakes = [
  'aws ec2 describe-vpcs --foo bar baz',
  'aws ec2 describe-vpcs -x',
  'aws ec2 create-security-group',
  'aws ec2 create-security-group --group-name a --description "my group" extra',
  'aws ec2 describe-vpcs --vpc-ids x --region',
  'aws ec2 describe-vpcs --output jsn',
  'aws ec2 describe-vpcs --max-items x',
  'aws ec2 describe-vpcs --no-paginate --max-items 3',
  'aws ec2 delete-vpc --dry-run=true --vpc-id x',
  'aws ec2 describe-security-groups --group',
  'aws ec2 describe-vpcs --filters x',
  'aws ec2 describe-vpcs --filters name=x,Values=3',
  'aws ec2 describe-vpcs --filters Name=a,Name=b',
  "aws ec2 describe-vpcs --filters 'Name=a,Values=[b'",
  "aws ec2 describe-vpcs --filters 'Name={a=b},Values=x'",
  'aws ec2 describe-vpcs --filters [1',
  'aws ec2 describe-vpcs --filters [1]',
  `aws ec2 describe-vpcs --filters '[{"Name":"x",}]'`,
  'aws ec2 describe-vpcs --cli-input-json {x',
  'aws ec2 describe-vpcs --cli-input-json []',
  'aws ec2 modify-vpc-attribute --vpc-id v --enable-dns-support --no-enable-dns-support',
  'aws ec2 authorize-security-group-ingress --group-id x --protocol foo',
  'aws ec2 authorize-security-group-ingress --group-id x --protocol tcp --port a',
  'aws ec2 authorize-security-group-ingress --group-id x --ip-permissions [] --protocol tcp --port 1',
  'aws ec2 authorize-security-group-ingress --group-id x --ip-permissions IpProtocol=tcp,FromPort=a',
  'aws ec2 create-network-acl-entry --network-acl-id a --rule-number x --protocol tcp --rule-action allow',
  'aws ec2 create-network-acl-entry --network-acl-id a --rule-number 1 --protocol tcp --rule-action allow',
  'aws ec2 wait',
]

/** Whole answers in JSON: their members and the order of these are the model's, which each CLI has its own of. */
const whole = [
  'aws ec2 describe-vpcs --vpc-ids $VPC',
  'aws ec2 create-security-group --group-name other --description other --vpc-id $VPC',
  'aws ec2 authorize-security-group-ingress --group-id $SG --protocol udp --port 53 --cidr 0.0.0.0/0',
  'aws ec2 describe-security-groups --group-ids $SG',
  'aws ec2 revoke-security-group-egress --group-id $SG --protocol -1 --cidr 0.0.0.0/0',
  'aws ec2 describe-network-acls --network-acl-ids $ACL',
]

/** What the console shows beside a change means the same to the real CLI. */
const shown = [
  formatCommand('CreateTags', { Resources: ['vpc-1'], Tags: [{ Key: 'say "it"', Value: "isn't, is it" }] }),
  formatCommand('DescribeVpcs', { Filters: [{ Name: 'tag:a b', Values: ['x,y', '', '[z]'] }], MaxResults: 5 }),
  formatCommand('DeleteSecurityGroup', { GroupName: '--x' }),
  formatCommand('AuthorizeSecurityGroupIngress', {
    GroupId: 'sg-1',
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 2, IpRanges: [{ CidrIp: '1.2.3.4/32', Description: 'a' }] },
    ],
  }),
]

describe.skipIf(!hasCli)('a line in the terminal prints what the real CLI prints', () => {
  let server: Sallyport
  const variables: Record<string, string> = {}

  beforeAll(async () => {
    server = await startSallyport()
    for (const [name, line] of Object.entries(before)) {
      variables[name] = (await inShell(server.url, line, variables)).stdout.trim()
    }
  })

  afterAll(() => server.stop())

  async function expectAlike(line: string, known: Variables = variables): Promise<void> {
    const ours = comparable(await inTerminal(server.url, line, known), known)
    const real = comparable(await inShell(server.url, line, known), known)
    expect(ours).toEqual(isVersion2 || real.exitCode !== 255 ? real : { ...real, exitCode: 254 })
  }

  test.each(answers)('%s', (line) => expectAlike(line))
  test.each(refusals)('%s', (line) => expectAlike(line))
  test.skipIf(!isVersion2).each(mistakes)('%s', (line) => expectAlike(line))
  test.each(shown)('%s', (line) => expectAlike(line))

  test.each(whole)('%s', async (line) => {
    const ours = await inTerminal(server.url, line, variables)
    const skeleton = await skeletonOf(server.url, line, variables)
    const real = await inShell(server.url, line, variables)
    const stdout = `${JSON.stringify(projected(JSON.parse(ours.stdout), skeleton), undefined, 4)}\n`
    expect(comparable({ ...ours, stdout }, variables)).toEqual(comparable(real, variables))
  })

  test('an unknown operation is answered with the likely ones', async () => {
    const line = 'aws ec2 create-security-grop'
    const suggestions = ({ stderr }: { readonly stderr: string }) =>
      stderr.slice(stderr.indexOf('Invalid choice: ')).trimEnd()
    const real = await inShell(server.url, line, {})
    expect(suggestions(await inTerminal(server.url, line, {}))).toBe(suggestions(real))
  })
})
