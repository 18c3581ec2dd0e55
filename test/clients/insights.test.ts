/** Reachability Analyzer as stock clients use it: the aws CLI, boto3, the JavaScript SDK, and Terraform's calls. */

import type { EC2 } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram, type ServerProcess, startServer } from '../server-process.ts'
import { type AwsCli, awsCli, hasAwsCli } from './aws-cli.ts'
import { hasBoto3, pythonLines } from './python.ts'
import { only, present, sdk } from './sdk.ts'
import { account, region } from './surroundings.ts'
import { gone, settled, subnetOf, tagged, vpcOf } from './terraform.ts'

let server: ServerProcess

beforeAll(async () => {
  server = await startServer()
})

afterAll(async () => {
  expect(await server.stop()).toBe(0)
})

const image = '--image-id ami-0abcdef1234567890 --instance-type t3.micro'

describe.skipIf(!hasAwsCli)('the aws CLI asks', () => {
  let aws: AwsCli
  let web = ''
  let db = ''
  let webGroup = ''
  let dbGroup = ''
  let path = ''

  beforeAll(async () => {
    aws = awsCli(server.url)
    webGroup = await createGroup('web')
    dbGroup = await createGroup('db')
    web = await launch(webGroup)
    db = await launch(dbGroup)
    path = await aws.text(
      `ec2 create-network-insights-path --source ${web} --destination ${db} --protocol tcp --destination-port 5432 ` +
        '--query NetworkInsightsPath.NetworkInsightsPathId',
    )
  })

  const createGroup = (name: string) =>
    aws.text(`ec2 create-security-group --group-name ${name} --description ${name} --query GroupId`)

  const launch = (group: string) =>
    aws.text(`ec2 run-instances ${image} --security-group-ids ${group} --query Instances[0].InstanceId`)

  async function analysed(query: string): Promise<unknown> {
    const started = await aws.text(
      `ec2 start-network-insights-analysis --network-insights-path-id ${path} ` +
        '--query NetworkInsightsAnalysis.[NetworkInsightsAnalysisId,Status]',
    )
    const [id, status] = started.split('\t')
    expect(status).toBe('running')
    const asked = `--network-insights-analysis-ids ${id} --query NetworkInsightsAnalyses[0].${query}`
    return aws.json(`ec2 describe-network-insights-analyses ${asked}`)
  }

  test('and hears no with its code, and of which groups; explain says the same', async () => {
    expect(
      await analysed('[Status,NetworkPathFound,Explanations[].[ExplanationCode,Direction,SecurityGroups[0].Id]]'),
    ).toEqual(['succeeded', false, [['ENI_SG_RULES_MISMATCH', 'ingress', dbGroup]]])
    const { status, stdout } = await runProgram(['explain', web, db, 'tcp', '5432', '--endpoint-url', server.url])
    expect([status, stdout.split(':')[0]]).toEqual([1, 'unreachable'])
  })

  test('and hears yes with the rule that makes it so, once there is one', async () => {
    await aws.text(
      `ec2 authorize-security-group-ingress --group-id ${dbGroup} --protocol tcp --port 5432 --source-group ${webGroup}`,
    )
    const shown = 'ForwardPathComponents[?SecurityGroupRule].[Component.Id,SecurityGroupRule.SecurityGroupId]'
    expect(await analysed(`[NetworkPathFound,${shown}]`)).toEqual([
      true,
      [
        [webGroup, null],
        [dbGroup, webGroup],
      ],
    ])
    const { status } = await runProgram(['explain', web, db, 'tcp', '5432', '--endpoint-url', server.url])
    expect(status).toBe(0)
  })

  test('for what gets in from the internet', async () => {
    const scope = await aws.text(
      'ec2 create-network-insights-access-scope --match-paths ' +
        "'Source={ResourceStatement={ResourceTypes=[AWS::EC2::InternetGateway]}}' " +
        '--query NetworkInsightsAccessScope.NetworkInsightsAccessScopeId',
    )
    const findings = async () => {
      const analysis = await aws.text(
        `ec2 start-network-insights-access-scope-analysis --network-insights-access-scope-id ${scope} ` +
          '--query NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId',
      )
      const asked = `--network-insights-access-scope-analysis-id ${analysis}`
      const ends = 'AnalysisFindings[].FindingComponents[-1].Component.Id'
      return aws.json(`ec2 get-network-insights-access-scope-analysis-findings ${asked} --query ${ends}`)
    }
    expect(await findings()).toEqual([])
    await aws.text(
      `ec2 authorize-security-group-ingress --group-id ${webGroup} --protocol tcp --port 443 --cidr 0.0.0.0/0`,
    )
    expect(await findings()).toEqual([web])
  })
})

test.skipIf(!hasBoto3)('boto3 pages through analyses, a no and a yes', async () => {
  expect(await pythonLines('insights.py', server.url)).toEqual([
    ['running', true],
    [false, ['ENI_SG_RULES_MISMATCH']],
    [true, []],
    [1, 1],
    'AnalysisExistsForNetworkInsightsPath',
  ])
})

describe('the JavaScript SDK and Terraform', () => {
  let ec2: EC2
  let from = ''
  let to = ''

  beforeAll(async () => {
    ec2 = sdk(server.url)
    const vpc = await vpcOf(ec2, '10.0.0.0/16')
    const subnet = await subnetOf(ec2, vpc, '10.0.1.0/24')
    const card = async () => {
      const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: subnet })
      return present(NetworkInterface?.NetworkInterfaceId)
    }
    from = await card()
    to = await card()
  })

  afterAll(() => ec2.destroy())

  /** aws_ec2_network_insights_path, then _analysis with wait_for_completion. */
  test('reads back what it wrote, waits for the analysis, and destroys both in order', async () => {
    const arn = `arn:aws:ec2:${region}:${account}:network-interface/${to}`
    const created = await ec2.createNetworkInsightsPath({
      ClientToken: 'terraform-1',
      Source: from,
      Destination: arn,
      Protocol: 'tcp',
      DestinationPort: 22,
      TagSpecifications: tagged('network-insights-path', { Name: 'ssh' }),
    })
    const NetworkInsightsPathId = present(created.NetworkInsightsPath?.NetworkInsightsPathId)
    const paths = await ec2.describeNetworkInsightsPaths({ NetworkInsightsPathIds: [NetworkInsightsPathId] })
    expect(only(paths.NetworkInsightsPaths)).toMatchObject({
      Source: from,
      Destination: to,
      DestinationArn: arn,
      DestinationPort: 22,
      Protocol: 'tcp',
      Tags: [{ Key: 'Name', Value: 'ssh' }],
    })
    const started = await ec2.startNetworkInsightsAnalysis({ ClientToken: 'terraform-2', NetworkInsightsPathId })
    const NetworkInsightsAnalysisId = present(started.NetworkInsightsAnalysis?.NetworkInsightsAnalysisId)
    const read = async () => {
      const found = await ec2.describeNetworkInsightsAnalyses({
        NetworkInsightsAnalysisIds: [NetworkInsightsAnalysisId],
      })
      return only(found.NetworkInsightsAnalyses)
    }
    await settled({ read: async () => (await read()).Status, pending: ['running'], target: 'succeeded' })
    const analysis = await read()
    expect(analysis).toMatchObject({ NetworkPathFound: true, StartDate: expect.any(Date) })
    expect(analysis.ForwardPathComponents?.map(({ SequenceNumber }) => SequenceNumber)).toEqual([1, 2, 3, 4])
    expect(await gone(ec2.deleteNetworkInsightsPath({ NetworkInsightsPathId }))).toBe(
      'AnalysisExistsForNetworkInsightsPath',
    )
    await ec2.deleteNetworkInsightsAnalysis({ NetworkInsightsAnalysisId })
    expect(await gone(read())).toBe('InvalidNetworkInsightsAnalysisId.NotFound')
    await ec2.deleteNetworkInsightsPath({ NetworkInsightsPathId })
    const again = ec2.describeNetworkInsightsPaths({ NetworkInsightsPathIds: [NetworkInsightsPathId] })
    expect(await gone(again)).toBe('InvalidNetworkInsightsPathId.NotFound')
  })
})
