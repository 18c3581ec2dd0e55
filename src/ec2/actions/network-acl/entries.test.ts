import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, type CloudOptions, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createVpc, filters } from '../../../../test/groups.ts'

async function scene(options: CloudOptions = {}) {
  const aws = await cloud(options)
  const { networkAcl } = await aws.call('CreateNetworkAcl', { VpcId: await createVpc(aws) })
  return { aws, acl: networkAcl.networkAclId as string }
}

/** An inbound entry 100 that allows everything from everywhere, unless told otherwise. */
function entry(acl: string, parameters: WireParameters = {}): WireParameters {
  const family = 'Ipv6CidrBlock' in parameters ? {} : { CidrBlock: '0.0.0.0/0' }
  return {
    NetworkAclId: acl,
    RuleNumber: 100,
    Protocol: '-1',
    RuleAction: 'allow',
    Egress: false,
    ...family,
    ...parameters,
  }
}

/** The entries that somebody made. */
async function entriesOf(aws: Cloud, acl: string): Promise<Body[]> {
  const { networkAclSet } = await aws.call('DescribeNetworkAcls', { 'NetworkAclId.1': acl })
  return networkAclSet.item[0].entrySet.item.filter((each: Body) => Number(each.ruleNumber) < 32767)
}

describe('an entry', () => {
  test.each<[what: string, given: WireParameters, shown: Body]>([
    [
      'for tcp has ports',
      { Protocol: '6', 'PortRange.From': 443, 'PortRange.To': 445 },
      { protocol: '6', cidrBlock: '0.0.0.0/0', portRange: { from: '443', to: '445' } },
    ],
    [
      'for udp has ports',
      { Protocol: '17', 'PortRange.From': 0, 'PortRange.To': 65535 },
      { protocol: '17', cidrBlock: '0.0.0.0/0', portRange: { from: '0', to: '65535' } },
    ],
    [
      'for icmp has a type and a code',
      { Protocol: '1', 'Icmp.Type': 8, 'Icmp.Code': -1 },
      { protocol: '1', cidrBlock: '0.0.0.0/0', icmpTypeCode: { type: '8', code: '-1' } },
    ],
    [
      'for icmpv6 and an IPv6 block has a type and a code',
      { Protocol: '58', Ipv6CidrBlock: '::/0', 'Icmp.Type': 128, 'Icmp.Code': 0 },
      { protocol: '58', ipv6CidrBlock: '::/0', icmpTypeCode: { type: '128', code: '0' } },
    ],
    [
      'for icmpv6 and an IPv4 block means all types',
      { Protocol: '58', 'Icmp.Type': 128, 'Icmp.Code': 0 },
      { protocol: '58', cidrBlock: '0.0.0.0/0', icmpTypeCode: { type: '-1', code: '-1' } },
    ],
    [
      'for all protocols ignores ports, which Terraform sends as 0',
      { 'PortRange.From': 0, 'PortRange.To': 0 },
      { protocol: '-1', cidrBlock: '0.0.0.0/0' },
    ],
    [
      'for any other protocol ignores ports',
      { Protocol: '50', 'PortRange.From': 1, 'PortRange.To': 2 },
      { protocol: '50', cidrBlock: '0.0.0.0/0' },
    ],
    [
      'has the block without its host bits',
      { CidrBlock: '100.68.0.18/18' },
      { protocol: '-1', cidrBlock: '100.68.0.0/18' },
    ],
    [
      'has an IPv6 block in canonical form',
      { Ipv6CidrBlock: '2001:DB8:0:0::1/64' },
      { protocol: '-1', ipv6CidrBlock: '2001:db8::/64' },
    ],
  ])('%s', async (_, given, shown) => {
    const { aws, acl } = await scene()
    expect((await aws.call('CreateNetworkAclEntry', entry(acl, given))).return).toBe('true')
    expect(await entriesOf(aws, acl)).toEqual([{ ruleNumber: '100', ruleAction: 'allow', egress: 'false', ...shown }])
  })

  test('has its number in each direction by itself, and entries are listed by number', async () => {
    const { aws, acl } = await scene()
    for (const number of [200, 100, 32766, 1]) {
      await aws.call('CreateNetworkAclEntry', entry(acl, { RuleNumber: number }))
    }
    await aws.call('CreateNetworkAclEntry', entry(acl, { Egress: true, RuleAction: 'deny' }))
    expect((await entriesOf(aws, acl)).map((each) => [each.egress, each.ruleNumber, each.ruleAction])).toEqual([
      ['true', '100', 'deny'],
      ['false', '1', 'allow'],
      ['false', '100', 'allow'],
      ['false', '200', 'allow'],
      ['false', '32766', 'allow'],
    ])
  })

  test('is replaced as a whole, and deleted', async () => {
    const { aws, acl } = await scene()
    await aws.call('CreateNetworkAclEntry', entry(acl, { Protocol: '6', 'PortRange.From': 1, 'PortRange.To': 2 }))
    const replacement = entry(acl, { Protocol: '17', CidrBlock: '192.0.2.0/24', RuleAction: 'deny' })
    const ports = { 'PortRange.From': 53, 'PortRange.To': 53 }
    expect((await aws.call('ReplaceNetworkAclEntry', { ...replacement, ...ports })).return).toBe('true')
    expect(await entriesOf(aws, acl)).toEqual([
      {
        ruleNumber: '100',
        protocol: '17',
        ruleAction: 'deny',
        egress: 'false',
        cidrBlock: '192.0.2.0/24',
        portRange: { from: '53', to: '53' },
      },
    ])
    const place = { NetworkAclId: acl, RuleNumber: 100, Egress: false }
    expect((await aws.call('DeleteNetworkAclEntry', place)).return).toBe('true')
    expect(await entriesOf(aws, acl)).toEqual([])
  })

  test('of the default ACL can be taken away like any other', async () => {
    const aws = await cloud()
    const { networkAclSet } = await aws.call('DescribeNetworkAcls', filters(['default', 'true']))
    const acl = networkAclSet.item[0].networkAclId
    await aws.call('DeleteNetworkAclEntry', { NetworkAclId: acl, RuleNumber: 100, Egress: true })
    expect(await entriesOf(aws, acl)).toMatchObject([{ ruleNumber: '100', egress: 'false' }])
  })
})

describe.each(['CreateNetworkAclEntry', 'ReplaceNetworkAclEntry'])('%s is refused', (action) => {
  test.each<[what: string, given: WireParameters, code: string, message: string]>([
    [
      'for a protocol by its name',
      { Protocol: 'tcp' },
      'InvalidParameterValue',
      "Invalid value 'tcp' for IP protocol. Unknown protocol.",
    ],
    [
      'for a protocol out of range',
      { Protocol: '256' },
      'InvalidParameterValue',
      "Invalid value '256' for IP protocol. Unknown protocol.",
    ],
    [
      'for an action that is none',
      { RuleAction: 'drop' },
      'InvalidParameterValue',
      'Value (drop) for parameter ruleAction is invalid. Valid values: allow, deny.',
    ],
    [
      'for the number of the final deny',
      { RuleNumber: 32767 },
      'InvalidParameterValue',
      'Value (32767) for parameter ruleNumber is invalid. Rule numbers must be between 1 and 32766.',
    ],
    [
      'for the number 0',
      { RuleNumber: 0 },
      'InvalidParameterValue',
      'Value (0) for parameter ruleNumber is invalid. Rule numbers must be between 1 and 32766.',
    ],
    [
      'without a block',
      { CidrBlock: '' },
      'MissingParameter',
      'The request must contain the parameter cidrBlock or ipv6CidrBlock',
    ],
    [
      'with a block of each family',
      { CidrBlock: '0.0.0.0/0', Ipv6CidrBlock: '::/0' },
      'InvalidParameterCombination',
      'The parameter cidrBlock cannot be used with the parameter ipv6CidrBlock',
    ],
    [
      'with a block that is none',
      { CidrBlock: '10.0.0.0/33' },
      'InvalidParameterValue',
      'Value (10.0.0.0/33) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
    ],
    [
      'with a block of the wrong family',
      { Ipv6CidrBlock: '10.0.0.0/8' },
      'InvalidParameterValue',
      'Value (10.0.0.0/8) for parameter ipv6CidrBlock is invalid. This is not a valid CIDR block.',
    ],
    [
      'for tcp without ports',
      { Protocol: '6' },
      'MissingParameter',
      'The request must contain the parameter portRange',
    ],
    [
      'for udp without the last port',
      { Protocol: '17', 'PortRange.From': 53 },
      'MissingParameter',
      'The request must contain the parameter portRange.to',
    ],
    [
      'with ports reversed',
      { Protocol: '6', 'PortRange.From': 90, 'PortRange.To': 80 },
      'InvalidParameterValue',
      'Invalid TCP/UDP port range (90:80)',
    ],
    [
      'with a port that is none',
      { Protocol: '6', 'PortRange.From': 80, 'PortRange.To': 65536 },
      'InvalidParameterValue',
      'TCP/UDP (to) port (65536) out of range',
    ],
    [
      'for icmp without a type',
      { Protocol: '1' },
      'MissingParameter',
      'The request must contain the parameter icmpTypeCode.type',
    ],
    [
      'for icmp without a code',
      { Protocol: '1', 'Icmp.Type': 8 },
      'MissingParameter',
      'The request must contain the parameter icmpTypeCode.code',
    ],
    [
      'for icmp with a type that is none',
      { Protocol: '1', 'Icmp.Type': 256, 'Icmp.Code': 0 },
      'InvalidParameterValue',
      'ICMP type (256) out of range',
    ],
    [
      'for icmp with a code of all types',
      { Protocol: '1', 'Icmp.Type': -1, 'Icmp.Code': 3 },
      'InvalidParameterValue',
      'ICMP code (3) may not be specified for all ICMP types',
    ],
    [
      'for an ACL that does not exist',
      { NetworkAclId: 'acl-00000000' },
      'InvalidNetworkAclID.NotFound',
      "The networkAcl ID 'acl-00000000' does not exist",
    ],
  ])('%s', async (_, given, code, message) => {
    const { aws, acl } = await scene()
    expect(await aws.refusal(action, entry(acl, given))).toEqual({ status: 400, code, message })
  })

  test.each(['NetworkAclId', 'RuleNumber', 'Protocol', 'RuleAction', 'Egress'])('without %s', async (name) => {
    const { aws, acl } = await scene()
    const { [name]: _, ...rest } = entry(acl)
    expect(await aws.refusal(action, rest)).toEqual({
      status: 400,
      code: 'MissingParameter',
      message: `The request must contain the parameter ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    })
  })
})

describe('a refusal', () => {
  test('meets a number that is taken', async () => {
    const { aws, acl } = await scene()
    await aws.call('CreateNetworkAclEntry', entry(acl))
    expect(await aws.refusal('CreateNetworkAclEntry', entry(acl, { Ipv6CidrBlock: '::/0' }))).toEqual({
      status: 400,
      code: 'NetworkAclEntryAlreadyExists',
      message: 'The network acl entry identified by 100 already exists.',
    })
  })

  test.each([
    [false, 'ingress'],
    [true, 'egress'],
  ])('meets a number that is not there (egress %s)', async (Egress, direction) => {
    const { aws, acl } = await scene()
    await aws.call('CreateNetworkAclEntry', entry(acl, { Egress: !Egress }))
    const refusal = {
      status: 400,
      code: 'InvalidNetworkAclEntry.NotFound',
      message: `no ${direction} entry with number 100 in network acl ${acl}`,
    }
    expect(await aws.refusal('ReplaceNetworkAclEntry', entry(acl, { Egress }))).toEqual(refusal)
    expect(await aws.refusal('DeleteNetworkAclEntry', { NetworkAclId: acl, RuleNumber: 100, Egress })).toEqual(refusal)
  })

  test('meets whoever would take the final deny away', async () => {
    const { aws, acl } = await scene()
    const place = { NetworkAclId: acl, RuleNumber: 32767, Egress: false }
    expect(await aws.refusal('DeleteNetworkAclEntry', place)).toMatchObject({
      message: 'Value (32767) for parameter ruleNumber is invalid. Rule numbers must be between 1 and 32766.',
    })
  })

  test('meets one entry more than fit beside the final deny, by direction and family', async () => {
    const { aws, acl } = await scene({ quotas: { 'rules-per-network-acl': 2 } })
    const refusal = {
      status: 400,
      code: 'NetworkAclEntryLimitExceeded',
      message: 'The maximum number of network acl entries has been reached.',
    }
    await aws.call('CreateNetworkAclEntry', entry(acl))
    expect(await aws.refusal('CreateNetworkAclEntry', entry(acl, { RuleNumber: 200 }))).toEqual(refusal)
    await aws.call('CreateNetworkAclEntry', entry(acl, { Egress: true }))
    await aws.call('CreateNetworkAclEntry', entry(acl, { RuleNumber: 200, Ipv6CidrBlock: '::/0' }))
    await aws.call('ReplaceNetworkAclEntry', entry(acl, { Protocol: '50' }))
    expect(await aws.refusal('ReplaceNetworkAclEntry', entry(acl, { Ipv6CidrBlock: '::/0' }))).toEqual(refusal)
  })
})
