/** A network of a thousand interfaces: what takes long there keeps nobody else waiting, and has an end. */

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { estateWorld } from '../../bench/reaching-worlds.ts'
import type { MapView, Preview } from '../../src/app/console/api.ts'
import type { LintView } from '../../src/app/console/checks-api.ts'
import { pushWorld } from '../../src/app/remote-world.ts'
import type { World } from '../../src/model/world.ts'
import { analyseScope } from '../../src/reach/insights/scope-analysis.ts'
import { ask, call, value } from '../console/pages.ts'
import { type Running, serve } from './http.ts'

const large = estateWorld({ interfaces: 1000, groups: 60, rulesEach: 10, roles: 60 })
const everything = { matchPaths: [{ through: [] }], excludePaths: [] }

async function load(server: Running, world: World): Promise<void> {
  const remote = { url: server.url, region: 'us-east-1', accessKeyId: 'test', secret: 'test' }
  await pushWorld(remote, world, { replaces: false })
}

/** Beside those that were loaded, and with an id as AWS gives them. */
async function ownInterface({ url }: Running): Promise<{ readonly card: string; readonly group: string }> {
  const { Subnets } = await call<{ Subnets: { SubnetId: string }[] }>(url, 'DescribeSubnets', {
    Filters: [{ Name: 'default-for-az', Values: ['true'] }],
  })
  const { NetworkInterface: made } = await call<{
    NetworkInterface: { NetworkInterfaceId: string; Groups: { GroupId: string }[] }
  }>(url, 'CreateNetworkInterface', { SubnetId: Subnets[0]?.SubnetId })
  return { card: made.NetworkInterfaceId, group: made.Groups[0]?.GroupId ?? '' }
}

interface ScopeAnalysis {
  readonly NetworkInsightsAccessScopeAnalysisId: string
  readonly Status: string
  readonly StatusMessage?: string
  readonly FindingsFound?: string
  readonly EndDate?: string
}

async function startScope({ url }: Running): Promise<string> {
  const ClientToken = String(Math.random())
  const { NetworkInsightsAccessScope: made } = await call<{
    NetworkInsightsAccessScope: { NetworkInsightsAccessScopeId: string }
  }>(url, 'CreateNetworkInsightsAccessScope', {
    MatchPaths: [{ Source: { ResourceStatement: { ResourceTypes: ['AWS::EC2::NetworkInterface'] } } }],
    ClientToken,
  })
  const { NetworkInsightsAccessScopeId } = made
  const { NetworkInsightsAccessScopeAnalysis: analysis } = await call<{
    NetworkInsightsAccessScopeAnalysis: ScopeAnalysis
  }>(url, 'StartNetworkInsightsAccessScopeAnalysis', { NetworkInsightsAccessScopeId, ClientToken })
  expect(analysis.Status).toBe('running')
  return analysis.NetworkInsightsAccessScopeAnalysisId
}

async function scopeAnalysis({ url }: Running, id: string): Promise<ScopeAnalysis | undefined> {
  const { NetworkInsightsAccessScopeAnalyses: found } = await call<{
    NetworkInsightsAccessScopeAnalyses: ScopeAnalysis[]
  }>(url, 'DescribeNetworkInsightsAccessScopeAnalyses', {})
  return found.find((each) => each.NetworkInsightsAccessScopeAnalysisId === id)
}

/** What the analysis looks like until it is over, and then. */
async function untilOver<T extends { readonly Status: string }>(look: () => Promise<T | undefined>): Promise<T[]> {
  const seen: T[] = []
  while (seen.at(-1)?.Status !== 'succeeded' && seen.at(-1)?.Status !== 'failed') {
    const found = await look()
    if (!found) throw new Error('the analysis is there')
    seen.push(found)
  }
  return seen
}

describe('while the whole network is looked at', () => {
  let server: Running
  beforeAll(async () => {
    server = await serve()
    await load(server, large)
  })
  afterEach(() => expect(server.failures).toEqual([]))
  afterAll(() => server.stop())

  test('an access scope analysis is running, others are answered, and it finds what there is', async () => {
    const id = await startScope(server)
    const findings = { NetworkInsightsAccessScopeAnalysisId: id, MaxResults: 1000 }
    const early = await call<{ AnalysisStatus: string; AnalysisFindings: object[] }>(
      server.url,
      'GetNetworkInsightsAccessScopeAnalysisFindings',
      findings,
    )
    expect(early).toMatchObject({ AnalysisStatus: 'running', AnalysisFindings: [] })
    const seen = await untilOver(() => scopeAnalysis(server, id))
    expect(seen.filter(({ Status }) => Status === 'running').length).toBeGreaterThan(5)
    expect(seen[0]?.EndDate).toBeUndefined()
    expect(seen.at(-1)).toMatchObject({ Status: 'succeeded', FindingsFound: 'true', AnalyzedEniCount: 1000 })
    const late = await call<{ AnalysisStatus: string; AnalysisFindings: object[] }>(
      server.url,
      'GetNetworkInsightsAccessScopeAnalysisFindings',
      findings,
    )
    expect(late.AnalysisStatus).toBe('succeeded')
    expect(late.AnalysisFindings).toHaveLength(analyseScope(large, everything).findings.length)
  })

  test('it is of the network as it was when it was started', async () => {
    const id = await startScope(server)
    await ownInterface(server)
    const over = (await untilOver(() => scopeAnalysis(server, id))).at(-1)
    expect(over).toMatchObject({ AnalyzedEniCount: 1000 })
  })

  test("a path's analysis has its answer in the end", async () => {
    const { NetworkInsightsPath: path } = await call<{ NetworkInsightsPath: { NetworkInsightsPathId: string } }>(
      server.url,
      'CreateNetworkInsightsPath',
      { Source: (await ownInterface(server)).card, DestinationIp: '203.0.113.7', Protocol: 'tcp', ClientToken: 'p' },
    )
    const { NetworkInsightsPathId } = path
    const { NetworkInsightsAnalysis: started } = await call<{
      NetworkInsightsAnalysis: { NetworkInsightsAnalysisId: string }
    }>(server.url, 'StartNetworkInsightsAnalysis', { NetworkInsightsPathId, ClientToken: 'a' })
    const NetworkInsightsAnalysisIds = [started.NetworkInsightsAnalysisId]
    const look = async () => {
      const { NetworkInsightsAnalyses } = await call<{ NetworkInsightsAnalyses: { Status: string }[] }>(
        server.url,
        'DescribeNetworkInsightsAnalyses',
        { NetworkInsightsAnalysisIds },
      )
      return NetworkInsightsAnalyses[0]
    }
    const seen = await untilOver(look)
    expect(seen.at(-1)).toMatchObject({ Status: 'succeeded', NetworkPathFound: false })
  })

  test("the console's questions are answered after what was asked later, and alike", async () => {
    const order: string[] = []
    const note = async <T>(name: string, answer: Promise<T>) => {
      const known = await answer
      order.push(name)
      return known
    }
    const permissions = [{ IpProtocol: 'tcp', FromPort: 5, ToPort: 5, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
    const rule = {
      action: 'AuthorizeSecurityGroupIngress',
      input: { GroupId: (await ownInterface(server)).group, IpPermissions: permissions },
    }
    const [map, lint, preview] = await Promise.all([
      note('map', value<MapView>(server.url, 'map', { by: 'group' })),
      note('lint', value<LintView>(server.url, 'checks/lint', { file: '' })),
      note('preview', value<Preview>(server.url, 'preview', { calls: [rule] })),
      note('describe', call(server.url, 'DescribeVpcs')),
    ])
    expect(order[0]).toBe('describe')
    expect(map.arrows.length).toBeGreaterThan(100)
    expect(lint.groups).toBeGreaterThan(60)
    expect(preview.changes.ends).toBeGreaterThan(1000)
  })

  test('bad input is told as ever', async () => {
    expect(await ask(server.url, 'map', { by: 'colour' })).toMatchObject({ status: 400 })
  })
})

test('what was under way when a server was stopped has failed when it is back', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'large-world-'))
  const first = await serve({}, { directory })
  await load(first, large)
  const id = await startScope(first)
  await first.stop()
  const second = await serve({}, { directory })
  const over = (await untilOver(() => scopeAnalysis(second, id))).at(-1)
  expect(over).toMatchObject({ Status: 'failed', StatusMessage: expect.stringContaining('Start another') })
  expect(over).not.toHaveProperty('FindingsFound')
  await second.stop()
  expect([...first.failures, ...second.failures]).toEqual([])
})
