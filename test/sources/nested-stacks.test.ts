/** Stacks nested in others: their templates read with what they are given, and what they give back. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSource } from '../../src/app/source.ts'
import type { Imported } from '../../src/import/imported.ts'
import { servicesNamed } from '../../src/reach/packet-set/service-name.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { reachabilityWithin } from '../../src/reach/reachability/bounded.ts'
import { labelsBy } from '../../src/reach/reachability/labels.ts'
import { listReachability } from '../../src/reach/reachability/listing.ts'
import { selectionOf } from '../../src/reach/reachability/selection.ts'
import { doubtsTold, rulesTold } from './told.ts'

const office = 'test/fixtures/cdk-nested/cdk.out'

function opened({ certain, possible }: Imported): string[] {
  const reaches = reachabilityWithin({ certain, possible })
  const all = selectionOf(reaches, undefined)
  const query = {
    from: all,
    to: all,
    labels: labelsBy(possible, 'interface'),
    on: servicesNamed(reaches.diagrams, undefined),
  }
  return listReachability(reaches, query).map(({ from, to, services, result }) => {
    return `${from.name} > ${to.name} ${services.map(ruleText).join(', ')}${result === 'reachable' ? '' : '?'}`
  })
}

const whole = [
  'Office/Desk > Office/Servers/Web tcp 22, 443',
  'Office/Desk > internet all traffic',
  'Office/Servers/Web > internet all traffic',
  'internet > Office/Servers/Web tcp 443',
]

describe('of what cdk synth writes', () => {
  test('every nested stack is read, with what it is given and gives', () => {
    const imported = readSource(office)
    expect(doubtsTold(imported)).toEqual([])
    expect(opened(imported)).toEqual(whole)
    const [web] = Array.from(imported.certain.securityGroup.values()).filter(
      ({ description }) => description === 'web servers',
    )
    expect(imported.origins.get(web?.id ?? '')?.file).toMatch(/OfficeServers\w+\.nested\.template\.json$/)
  })

  test('without the notes that the CDK leaves, assets are found by their hash', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk-'))
    cpSync(office, folder, { recursive: true })
    const file = join(folder, 'Office.template.json')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"aws:asset:path"', '"other"'))
    expect(opened(readSource(folder))).toEqual(whole)
    writeFileSync(join(folder, 'Office.assets.json'), '{}')
    expect(doubtsTold(readSource(folder)).filter((each) => each.includes('nested stack'))).toHaveLength(2)
  })
})

/** Templates side by side; the world is that of the first. */
function written(files: Readonly<Record<string, string>>): Imported {
  const folder = mkdtempSync(join(tmpdir(), 'stacks-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return readSource(join(folder, Object.keys(files)[0] ?? ''))
}

const inner = `
Parameters:
  Vpc: {Type: AWS::EC2::VPC::Id}
  Cidrs: {Type: CommaDelimitedList, Default: '192.0.2.0/24'}
  Port: {Type: Number, Default: 80}
Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: inner
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{IpProtocol: '-1', CidrIp: !Select [0, !Ref Cidrs]}]
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: !Ref Port, ToPort: !Ref Port, CidrIp: !Select [1, !Ref Cidrs]}]
Outputs:
  Group: {Value: !GetAtt G.GroupId}
`

const outer = (stack: string, more = '') => `
Parameters: {Flag: {Type: String, Default: 'no'}, Port: {Type: Number, Default: 9}, Unknown: {Type: String}}
Conditions: {Never: !Equals [!Ref Flag, 'yes'], Perhaps: !Equals [!Ref Unknown, 'yes']}
Resources:
  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  S: {Type: AWS::CloudFormation::Stack, ${stack}}
${more}
`
const given =
  'Properties: {TemplateURL: parts/inner.yaml, Parameters: {Vpc: !Ref V, Cidrs: !Join [",", [10.0.0.0/8, 10.1.0.0/16]]}}'
const user = `
  D:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: outer
      GroupName: d
      VpcId: !Ref V
      SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, DestinationSecurityGroupId: !GetAtt S.Outputs.Group}]
`
const named = inner.replace('GroupDescription: inner', 'GroupDescription: inner\n      GroupName: g')

/** Of groups that the templates make. */
const own = (imported: Imported) => rulesTold(imported).filter((each) => !/\bdefault\b/.test(each))

describe('a template beside another', () => {
  test('has the parameters that it is given, its own defaults, and none of the outer ones', () => {
    const imported = written({ 'outer.yaml': outer(given, user), 'parts/inner.yaml': named })
    expect(doubtsTold(imported)).toEqual([])
    expect(own(imported)).toEqual([
      'd egress tcp 1-1 to g',
      'g egress all to 10.0.0.0/8',
      'g ingress tcp 80-80 from 10.1.0.0/16',
    ])
  })

  test('is nested at any depth', () => {
    const middle = `
Parameters: {Vpc: {Type: AWS::EC2::VPC::Id}}
Resources:
  M: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./inner.yaml, Parameters: {Vpc: !Ref Vpc, Cidrs: '10.0.0.0/8,10.1.0.0/16'}}}
Outputs: {Group: {Value: !GetAtt M.Outputs.Group}}
`
    const stack = 'Properties: {TemplateURL: parts/middle.yaml, Parameters: {Vpc: !Ref V}}'
    const imported = written({ 'o.yaml': outer(stack, user), 'parts/middle.yaml': middle, 'parts/inner.yaml': named })
    expect([doubtsTold(imported), own(imported)[0]]).toEqual([[], 'd egress tcp 1-1 to g'])
  })

  test('is there on the condition of its stack', () => {
    const files = (condition: string) => ({
      'outer.yaml': outer(`${given}, Condition: ${condition}`),
      'parts/inner.yaml': named.replace('!Select [1, !Ref Cidrs]', '10.7.0.0/16'),
    })
    expect(own(written(files('Never')))).toEqual([])
    const perhaps = written(files('Perhaps'))
    expect(doubtsTold(perhaps).join()).toMatch(/Whether there is G is not known: it depends on the parameter Unknown/)
  })

  test('that nests itself is refused', () => {
    const stack = 'Properties: {TemplateURL: outer.yaml}'
    expect(() => written({ 'outer.yaml': outer(stack) })).toThrow(/outer\.yaml is nested in itself/)
  })

  test.each([
    ['lies elsewhere', 'Properties: {TemplateURL: "https://s3.amazonaws.com/bucket/inner.yaml"}'],
    ['is not there', 'Properties: {TemplateURL: parts/other.yaml}'],
    ['is named by what is not known', 'Properties: {TemplateURL: !Ref Unknown}'],
  ])('that %s is a doubt', (_, stack) => {
    const imported = written({ 'outer.yaml': outer(stack, user), 'parts/inner.yaml': named })
    expect(doubtsTold(imported)[0]).toBe('S: S is a nested stack whose template is not at hand: it may hold anything.')
    expect(doubtsTold(imported).join()).toMatch(/S\.Outputs\.Group/)
  })
})
