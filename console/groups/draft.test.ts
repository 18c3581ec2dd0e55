import { describe, expect, test } from 'vitest'
import type { Call } from '../../src/app/console/api.ts'
import { callsFor, copyOf, type Draft, draftOf, isFlawless, maskedPeer, newDraft, problemsOf } from './draft.ts'
import type { SecurityGroupRule } from './rules.ts'

const http: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  GroupId: 'sg-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 80,
  ToPort: 80,
  CidrIpv4: '0.0.0.0/0',
  Description: 'web',
}
const ping: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-2',
  GroupId: 'sg-1',
  IsEgress: false,
  IpProtocol: 'icmp',
  FromPort: 8,
  ToPort: -1,
  CidrIpv4: '10.0.0.0/8',
}
const before = [http, ping]

function callsOf(drafts: readonly Draft[]): readonly Call[] {
  return callsFor({ group: 'sg-1', direction: 'ingress', before, drafts })
}

const custom = (part: Partial<Draft>): Draft => ({ ...newDraft('new-1'), ...part })

describe('a rule as a draft', () => {
  test.each<[string, SecurityGroupRule, Partial<Draft>]>([
    ['a named type', http, { type: 'http', ports: '80', peerKind: 'anywhere4', description: 'web' }],
    ['an ICMP type', ping, { type: 'custom-icmp', ports: '8', peerKind: 'custom', peer: '10.0.0.0/8' }],
    ['everything', { ...http, IpProtocol: '-1', FromPort: -1, ToPort: -1 }, { type: 'all' }],
    ['a range', { ...http, FromPort: 8000, ToPort: 8100 }, { type: 'custom-tcp', ports: '8000-8100' }],
    ['all ports', { ...http, FromPort: 0, ToPort: 65535 }, { type: 'all-tcp' }],
    [
      'a protocol by number',
      { ...http, IpProtocol: '50', FromPort: -1, ToPort: -1 },
      { type: 'custom-protocol', protocol: '50' },
    ],
  ])('of %s is what the editor shows', (_, rule, shown) => {
    expect(draftOf(rule)).toMatchObject(shown)
  })

  test('left as it is asks for nothing', () => {
    expect(callsOf(before.map(draftOf))).toEqual([])
  })
})

describe('what is typed', () => {
  test.each<[string, Partial<Draft>, object]>([
    ['a port', { ports: '443', peer: '10.0.0.0/8' }, {}],
    ['a range with blanks', { ports: ' 80 - 90 ', peer: '10.0.0.0/8' }, {}],
    ['no port', { ports: '', peer: '10.0.0.0/8' }, { ports: 'A port like 80, or a range like 8000-8100' }],
    ['a port too high', { ports: '65536', peer: '10.0.0.0/8' }, { ports: 'Ports go up to 65535' }],
    ['a range downwards', { ports: '90-80', peer: '10.0.0.0/8' }, { ports: 'The range must go upwards' }],
    ['an address alone', { ports: '1', peer: '10.0.0.1' }, { peer: 'Add the prefix length: /32 is one IPv4 address' }],
    ['no CIDR', { ports: '1', peer: '10.0.0.0/33' }, { peer: 'This is no CIDR block' }],
    ['a cut id', { ports: '1', peer: 'sg-12' }, { peer: 'This is no complete id' }],
    ['a group', { ports: '1', peer: 'sg-0123456789abcdef0' }, {}],
    [
      'a protocol by its number',
      { type: 'custom-protocol', protocol: '6', peer: '::/0' },
      { protocol: 'Choose the type of protocol 6 by its name' },
    ],
    ['a protocol', { type: 'custom-protocol', protocol: '50', peer: '::/0' }, {}],
    ['an ICMP type and code', { type: 'custom-icmp', ports: '3/4', peer: '::/0' }, {}],
    [
      'a description AWS refuses',
      { ports: '1', peer: '::/0', description: 'a|b' },
      { description: expect.stringContaining('Only') },
    ],
  ])('%s is judged while it is typed', (_, part, problems) => {
    expect(problemsOf(custom(part))).toEqual(problems)
  })

  test('with host bits is shown as it will be stored', () => {
    expect(maskedPeer(custom({ peer: '10.1.2.3/8' }))).toBe('Stored as 10.0.0.0/8')
    expect(maskedPeer(custom({ peer: '10.0.0.0/8' }))).toBeUndefined()
  })

  test('must be right in every row before it is saved', () => {
    expect(isFlawless([draftOf(http), custom({})])).toBe(false)
    expect(isFlawless(before.map(draftOf))).toBe(true)
  })
})

describe('saving', () => {
  test('revokes what was deleted, by its id', () => {
    expect(callsOf([draftOf(ping)])).toEqual([
      { action: 'RevokeSecurityGroupIngress', input: { GroupId: 'sg-1', SecurityGroupRuleIds: ['sgr-1'] } },
    ])
  })

  test('modifies what was changed, so that the rule keeps its id', () => {
    expect(callsOf([{ ...draftOf(http), type: 'https' }, draftOf(ping)])).toEqual([
      {
        action: 'ModifySecurityGroupRules',
        input: {
          GroupId: 'sg-1',
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: 'sgr-1',
              SecurityGroupRule: {
                IpProtocol: 'tcp',
                FromPort: 443,
                ToPort: 443,
                CidrIpv4: '0.0.0.0/0',
                Description: 'web',
              },
            },
          ],
        },
      },
    ])
  })

  test('replaces a rule whose peer is of another kind, which AWS cannot modify', () => {
    const [revoke, authorize] = callsOf([{ ...draftOf(http), peerKind: 'anywhere6', peer: '::/0' }, draftOf(ping)])
    expect(revoke?.action).toBe('RevokeSecurityGroupIngress')
    expect(authorize).toMatchObject({
      action: 'AuthorizeSecurityGroupIngress',
      input: { IpPermissions: [{ Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'web' }] }] },
    })
  })

  test('authorizes what was added, each peer in its own member', () => {
    const added = [
      custom({ ports: '1', peer: 'sg-0123456789abcdef0 web' }),
      custom({ type: 'all', peer: 'pl-0123456789abcdef0', description: 'lists' }),
    ]
    expect(callsOf([...before.map(draftOf), ...added])).toMatchObject([
      {
        input: {
          IpPermissions: [
            { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, UserIdGroupPairs: [{ GroupId: 'sg-0123456789abcdef0' }] },
            { IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-0123456789abcdef0', Description: 'lists' }] },
          ],
        },
      },
    ])
  })

  test('a copy of a rule is a new rule', () => {
    expect(
      callsOf([...before.map(draftOf), copyOf({ ...http, CidrIpv4: '10.0.0.0/8' })]).map(({ action }) => action),
    ).toEqual(['AuthorizeSecurityGroupIngress'])
  })
})
