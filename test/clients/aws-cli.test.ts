import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../server-process.ts'
import { type AwsCli, awsCli, hasAwsCli } from './aws-cli.ts'
import { account } from './surroundings.ts'

/** Version 2 of the CLI ends with 254 when the service refuses, version 1 with 255. */
const refused = [254, 255]

describe.skipIf(!hasAwsCli)('the aws CLI walks the life of', () => {
  let server: ServerProcess
  let aws: AwsCli
  let vpc = ''

  beforeAll(async () => {
    server = await startServer()
    aws = awsCli(server.url)
    vpc = await aws.text('ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId')
    await aws.text(`ec2 wait vpc-available --vpc-ids ${vpc}`)
  })

  afterAll(async () => {
    expect(await server.stop()).toBe(0)
  })

  const createGroup = (name: string) =>
    aws.text(`ec2 create-security-group --group-name ${name} --description ${name} --vpc-id ${vpc} --query GroupId`)

  async function expectRefusal(commandLine: string, text: string): Promise<void> {
    const { status, stdout, stderr } = await aws.run(commandLine)
    expect(refused).toContain(status)
    expect(stdout).toBe('')
    expect(stderr.trim()).toContain(text)
  }

  describe('a group and its rules', () => {
    let web = ''
    let bastion = ''

    beforeAll(async () => {
      web = await createGroup('web')
      bastion = await createGroup('bastion')
      await aws.text(`ec2 wait security-group-exists --group-ids ${web} ${bastion}`)
    })

    test.each([
      ['--protocol tcp --port 22 --cidr 10.1.0.0/16', ['tcp', 22, 22, '10.1.0.0/16', null]],
      ['--protocol udp --port 8000-8080 --cidr 10.2.3.4/16', ['udp', 8000, 8080, '10.2.0.0/16', null]],
      ['--protocol icmp --port -1 --cidr 10.1.0.0/16', ['icmp', -1, -1, '10.1.0.0/16', null]],
      ['--protocol all --source-group BASTION', ['-1', -1, -1, null, 'BASTION']],
      ['--protocol -1 --cidr 192.0.2.0/24', ['-1', -1, -1, '192.0.2.0/24', null]],
      ['--protocol 47 --cidr 192.0.2.0/24', ['47', -1, -1, '192.0.2.0/24', null]],
      [`--protocol tcp --port 443 --source-group BASTION --group-owner ${account}`, ['tcp', 443, 443, null, 'BASTION']],
    ])('the shortcut %s makes one rule', async (options, rule) => {
      const line = `ec2 authorize-security-group-ingress --group-id ${web} ${options.replace('BASTION', bastion)}`
      const members = '[IpProtocol,FromPort,ToPort,CidrIpv4,ReferencedGroupInfo.GroupId]'
      const made = await aws.json(`${line} --query SecurityGroupRules[].${members}`)
      expect(made).toEqual([rule.map((member) => (member === 'BASTION' ? bastion : member))])
    })

    test('a shortcut with all ports or none is refused, whatever the help promises', async () => {
      const line = `ec2 authorize-security-group-ingress --group-id ${web} --cidr 10.1.0.0/16 --protocol tcp`
      await expectRefusal(
        `${line} --port all`,
        'An error occurred (InvalidParameterValue) when calling the AuthorizeSecurityGroupIngress operation: TCP/UDP (from) port (-1) out of range',
      )
      await expectRefusal(line, 'Invalid value for portRange. Must specify both from and to ports with TCP/UDP.')
    })

    test('permissions written as JSON make a rule a peer', async () => {
      const permissions = [
        {
          IpProtocol: 'tcp',
          FromPort: 5432,
          ToPort: 5432,
          IpRanges: [{ CidrIp: '10.3.0.0/16', Description: 'office' }, { CidrIp: '10.4.0.0/16' }],
          Ipv6Ranges: [{ CidrIpv6: '2001:DB8:0::1/64' }],
          UserIdGroupPairs: [{ GroupId: bastion, Description: 'from the bastion' }],
        },
      ]
      const line = `ec2 authorize-security-group-ingress --group-id ${web} --ip-permissions '${JSON.stringify(permissions)}'`
      const members = '[CidrIpv4,CidrIpv6,ReferencedGroupInfo.GroupId,Description]'
      expect(await aws.json(`${line} --query SecurityGroupRules[].${members}`)).toEqual([
        ['10.3.0.0/16', null, null, 'office'],
        ['10.4.0.0/16', null, null, null],
        [null, '2001:db8::/64', null, null],
        [null, null, bastion, 'from the bastion'],
      ])
    })

    test('permissions written in shorthand make a tagged egress rule', async () => {
      const line =
        `ec2 authorize-security-group-egress --group-id ${web} ` +
        '--ip-permissions IpProtocol=tcp,FromPort=3389,ToPort=3389,IpRanges=[{CidrIp=203.0.113.0/24,Description=RDP}] ' +
        '--tag-specifications ResourceType=security-group-rule,Tags=[{Key=team,Value=net}]'
      expect(await aws.json(line)).toMatchObject({
        Return: true,
        SecurityGroupRules: [
          {
            GroupId: web,
            GroupOwnerId: account,
            IsEgress: true,
            IpProtocol: 'tcp',
            FromPort: 3389,
            ToPort: 3389,
            CidrIpv4: '203.0.113.0/24',
            Description: 'RDP',
            Tags: [{ Key: 'team', Value: 'net' }],
          },
        ],
      })
    })

    test('describing merges rules of one protocol and port range, and a filter finds the group by any of them', async () => {
      const line =
        'ec2 describe-security-groups --filters Name=ip-permission.protocol,Values=47 ' +
        'Name=ip-permission.cidr,Values=10.3.*'
      const [group] = (await aws.json(`${line} --query SecurityGroups[]`)) as [Record<string, unknown>]
      expect(group).toMatchObject({ GroupId: web, GroupName: 'web', Description: 'web', VpcId: vpc, OwnerId: account })
      expect(group['IpPermissions']).toHaveLength(7)
      expect(group['IpPermissions']).toContainEqual({
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '192.0.2.0/24' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [{ UserId: account, GroupId: bastion }],
      })
    })

    test('pages of five hold every rule once, and a token goes on where --max-items stopped', async () => {
      const line = `ec2 describe-security-group-rules --filters Name=group-id,Values=${web}`
      const paged = await aws.json(`${line} --page-size 5 --query SecurityGroupRules[].SecurityGroupRuleId`)
      expect(new Set(paged as string[]).size).toBe(13)
      expect(paged).toHaveLength(13)
      const first = (await aws.json(`${line} --max-items 8`)) as { SecurityGroupRules: unknown[]; NextToken: string }
      expect(first.SecurityGroupRules).toHaveLength(8)
      const rest = `${line} --max-items 8 --starting-token ${first.NextToken}`
      expect(await aws.json(`${rest} --query length(SecurityGroupRules)`)).toBe(5)
    })

    test('a rule is changed, described, tagged and revoked by its id', async () => {
      const rules = `ec2 describe-security-group-rules --filters Name=group-id,Values=${web}`
      const id = await aws.text(
        `${rules} --query "SecurityGroupRules[?CidrIpv4=='10.1.0.0/16' && FromPort==\`22\`].SecurityGroupRuleId"`,
      )
      expect(id).toMatch(/^sgr-[0-9a-f]{17}$/)
      const modified = 'SecurityGroupRule={IpProtocol=tcp,FromPort=2222,ToPort=2222,CidrIpv4=10.1.0.0/16}'
      const modify = `ec2 modify-security-group-rules --group-id ${web} --security-group-rules`
      expect(await aws.json(`${modify} SecurityGroupRuleId=${id},${modified}`)).toEqual({ Return: true })
      const describe = 'ec2 update-security-group-rule-descriptions-ingress --security-group-rule-descriptions'
      const described = await aws.json(`${describe} SecurityGroupRuleId=${id},Description=SSH --group-id ${web}`)
      expect(described).toEqual({ Return: true })
      await aws.text(`ec2 create-tags --resources ${id} --tags Key=team,Value=net`)
      const one = `ec2 describe-security-group-rules --security-group-rule-ids ${id} --query SecurityGroupRules[]`
      expect(await aws.json(one)).toMatchObject([
        { FromPort: 2222, ToPort: 2222, Description: 'SSH', Tags: [{ Key: 'team', Value: 'net' }] },
      ])
      const revoke = `ec2 revoke-security-group-ingress --group-id ${web} --security-group-rule-ids ${id}`
      expect(await aws.json(revoke)).toMatchObject({ Return: true })
      await expectRefusal(
        one,
        `An error occurred (InvalidSecurityGroupRuleId.NotFound) when calling the DescribeSecurityGroupRules operation: The security group rule ID '${id}' does not exist`,
      )
    })
  })

  describe('a refusal', () => {
    test.each([
      [
        'ec2 delete-security-group --group-id sg-0123456789abcdef0',
        "An error occurred (InvalidGroup.NotFound) when calling the DeleteSecurityGroup operation: The security group 'sg-0123456789abcdef0' does not exist",
      ],
      [
        'ec2 describe-security-groups --group-ids web',
        'An error occurred (InvalidGroupId.Malformed) when calling the DescribeSecurityGroups operation: Invalid id: "web" (expecting "sg-...")',
      ],
      [
        'ec2 describe-security-groups --filters Name=colour,Values=red',
        "An error occurred (InvalidParameterValue) when calling the DescribeSecurityGroups operation: The filter 'colour' is invalid",
      ],
      [
        'ec2 create-security-group --group-name dry --description dry --dry-run',
        'An error occurred (DryRunOperation) when calling the CreateSecurityGroup operation: Request would have succeeded, but DryRun flag is set.',
      ],
      [
        'ec2 describe-key-pairs',
        'An error occurred (InvalidAction) when calling the DescribeKeyPairs operation: The action DescribeKeyPairs is not valid for this web service.',
      ],
    ])('of %s is printed as AWS words it', expectRefusal)
  })

  describe('tags', () => {
    test('are made, listed and deleted', async () => {
      const group = await createGroup('tagged')
      await aws.text(`ec2 create-tags --resources ${group} --tags Key=env,Value=test 'Key=note,Value=two words'`)
      const list = `ec2 describe-tags --filters Name=resource-id,Values=${group} --query Tags[]`
      expect(await aws.json(list)).toEqual([
        { Key: 'env', Value: 'test', ResourceId: group, ResourceType: 'security-group' },
        { Key: 'note', Value: 'two words', ResourceId: group, ResourceType: 'security-group' },
      ])
      await aws.text(`ec2 delete-tags --resources ${group} --tags Key=env`)
      const found = `ec2 describe-security-groups --filters Name=tag-key,Values=env,note --query SecurityGroups[].Tags`
      expect(await aws.json(found)).toEqual([[{ Key: 'note', Value: 'two words' }]])
    })
  })

  describe('a prefix list', () => {
    const entries = (list: string) => `ec2 get-managed-prefix-list-entries --prefix-list-id ${list} --query Entries[]`

    test('is made, referenced, changed, restored and deleted', async () => {
      const list = await aws.text(
        'ec2 create-managed-prefix-list --prefix-list-name offices --address-family IPv4 --max-entries 5 ' +
          '--entries Cidr=10.1.0.0/16,Description=one Cidr=10.2.0.0/16 --query PrefixList.PrefixListId',
      )
      expect(await aws.json(entries(list))).toEqual([
        { Cidr: '10.1.0.0/16', Description: 'one' },
        { Cidr: '10.2.0.0/16' },
      ])
      const group = await createGroup('listed')
      const permission = `IpProtocol=tcp,FromPort=443,ToPort=443,PrefixListIds=[{PrefixListId=${list}}]`
      const authorize = `ec2 authorize-security-group-ingress --group-id ${group} --ip-permissions ${permission}`
      expect(await aws.text(`${authorize} --query SecurityGroupRules[].PrefixListId`)).toBe(list)
      const associations = `ec2 get-managed-prefix-list-associations --prefix-list-id ${list}`
      expect(await aws.json(`${associations} --query PrefixListAssociations[]`)).toEqual([
        { ResourceId: group, ResourceOwner: account },
      ])
      const modified = await aws.json(
        `ec2 modify-managed-prefix-list --prefix-list-id ${list} --current-version 1 ` +
          '--add-entries Cidr=10.3.0.0/16 --remove-entries Cidr=10.1.0.0/16 --query PrefixList.State',
      )
      expect(modified).toBe('modify-in-progress')
      const restore = `ec2 restore-managed-prefix-list-version --prefix-list-id ${list}`
      await aws.text(`${restore} --previous-version 1 --current-version 2`)
      expect(await aws.json(`${entries(list)} --target-version 3`)).toHaveLength(2)
      await aws.text(`ec2 delete-security-group --group-id ${group}`)
      await aws.text(`ec2 delete-managed-prefix-list --prefix-list-id ${list}`)
      await expectRefusal(
        `ec2 describe-managed-prefix-lists --prefix-list-ids ${list}`,
        `An error occurred (InvalidPrefixListID.NotFound) when calling the DescribeManagedPrefixLists operation: The prefix list ID '${list}' does not exist`,
      )
    })
  })

  describe('a network interface', () => {
    test('carries groups, which cannot be deleted until it is gone', async () => {
      const [one, two] = [await createGroup('first'), await createGroup('second')]
      const subnet = await aws.text(
        `ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.0.1.0/24 --query Subnet.SubnetId`,
      )
      await aws.text(`ec2 wait subnet-available --subnet-ids ${subnet}`)
      const create = `ec2 create-network-interface --subnet-id ${subnet} --groups ${one} --private-ip-address 10.0.1.10`
      const [id, status] = (await aws.json(`${create} --query NetworkInterface.[NetworkInterfaceId,Status]`)) as [
        string,
        string,
      ]
      expect(status).toBe('pending')
      await aws.text(`ec2 wait network-interface-available --network-interface-ids ${id}`)
      await aws.text(`ec2 modify-network-interface-attribute --network-interface-id ${id} --groups ${one} ${two}`)
      const found =
        `ec2 describe-network-interfaces --filters Name=group-id,Values=${two} ` +
        'Name=private-ip-address,Values=10.0.1.10 --query NetworkInterfaces[].Groups[]'
      expect(await aws.json(found)).toEqual([
        { GroupId: one, GroupName: 'first' },
        { GroupId: two, GroupName: 'second' },
      ])
      await expectRefusal(
        `ec2 delete-security-group --group-id ${two}`,
        `An error occurred (DependencyViolation) when calling the DeleteSecurityGroup operation: resource ${two} has a dependent object`,
      )
      await aws.text(`ec2 delete-network-interface --network-interface-id ${id}`)
      await aws.text(`ec2 delete-security-group --group-id ${two}`)
      await aws.text(`ec2 delete-subnet --subnet-id ${subnet}`)
    })
  })

  test('STS and IAM answer at the same address', async () => {
    const arn = `arn:aws:iam::${account}:root`
    expect(await aws.json('sts get-caller-identity')).toEqual({ UserId: account, Account: account, Arn: arn })
    expect(await aws.json('iam get-user')).toMatchObject({ User: { UserId: account, Arn: arn } })
  })
})
