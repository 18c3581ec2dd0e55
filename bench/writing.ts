/** Writes to the durable store: 32 clients at once add a rule a call, each call flushed before its answer. */

import { rmSync } from 'node:fs'
import { fill } from './fill.ts'
import { cpuSeconds, type Generator, startOurs } from './process.ts'
import type { Figure, Size } from './report.ts'
import { requestOf } from './request.ts'

/** So many calls go to one group, which has no more rules than AWS allows by default. */
const callsPerGroup = 20

export async function measureWriting(generator: Generator, size: Size): Promise<Figure[]> {
  const { directory, groups } = await fill({ groups: size.usualGroups, rules: 20 })
  const server = await startOurs('--data', directory)
  const calls = Array.from({ length: size.writes }, (_, n) => call(server.url, groups, n))
  const warmUp = calls.splice(0, 2000)
  await generator.run({ url: server.url, requests: warmUp, connections: 32, milliseconds: 'once' })
  const before = cpuSeconds(server)
  const report = await generator.run({ url: server.url, requests: calls, connections: 32, milliseconds: 'once' })
  const perCpuSecond = report.answers / (cpuSeconds(server) - before)
  const refused = Object.keys(report.refusals)
  if (refused.length > 0) throw new Error(`calls were refused: ${refused.join()}`)
  await server.stop()
  rmSync(directory, { recursive: true })
  const value = report.answers / (report.milliseconds / 1000)
  const latency = `p50 ${report.p50.toFixed(1)} ms, p99 ${report.p99.toFixed(1)} ms`
  const note = `${Math.round(perCpuSecond)} per processor second, ${latency}`
  const name = 'AuthorizeSecurityGroupIngress, durable, 32 clients'
  return [{ name, value, unit: 'calls/s', aim: { atLeast: 2500 }, note }]
}

/** Neighbouring calls go to different groups. */
function call(url: string, groups: readonly string[], number: number): string {
  const width = Math.min(groups.length, 500)
  const group = (number % width) + Math.floor(number / (width * callsPerGroup)) * width
  return requestOf(url, {
    Action: 'AuthorizeSecurityGroupIngress',
    GroupId: groups[group % groups.length] ?? '',
    'IpPermissions.1.IpProtocol': 'tcp',
    'IpPermissions.1.FromPort': '443',
    'IpPermissions.1.ToPort': '443',
    'IpPermissions.1.IpRanges.1.CidrIp': `192.168.${(number >> 8) % 256}.${number % 256}/32`,
    'IpPermissions.1.IpRanges.1.Description': `client ${number}`,
  })
}
