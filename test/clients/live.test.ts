/** `sallyport send` and `sallyport connections` as a user runs them, against a server of its own process. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { form, send as sendHttp } from '../server/http.ts'
import { program, runProgram, type ServerProcess, startServer } from '../server-process.ts'

let server: ServerProcess
let app: string
let db: string

beforeAll(async () => {
  server = await startServer()
  const subnets = await call({ Action: 'DescribeSubnets' })
  app = await interfaceIn(textOf(subnets, 'subnetId'), 'app')
  db = await interfaceIn(textOf(subnets, 'subnetId'), 'db')
})

afterAll(() => server.stop())

async function call(parameters: Readonly<Record<string, string>>): Promise<string> {
  const { status, body } = await sendHttp(server.url, { body: form(parameters) })
  if (status !== 200) throw new Error(body)
  return body
}

function textOf(xml: string, element: string): string {
  return new RegExp(`<${element}>([^<]*)<`).exec(xml)?.[1] ?? ''
}

/** In the default group, which admits its own members. */
async function interfaceIn(subnet: string, name: string): Promise<string> {
  const tag = { 'TagSpecification.1.ResourceType': 'network-interface', 'TagSpecification.1.Tag.1.Key': 'Name' }
  const made = await call({
    Action: 'CreateNetworkInterface',
    SubnetId: subnet,
    ...tag,
    'TagSpecification.1.Tag.1.Value': name,
  })
  return textOf(made, 'networkInterfaceId')
}

const sallyport = (...words: string[]) => runProgram([...words, '--endpoint-url', server.url, '--region', 'us-east-1'])

describe('send', () => {
  test('prints the verdict first, then each packet with its hops, and ends with 0 when all is delivered', async () => {
    const { status, stdout, stderr } = await sallyport('send', 'app', 'db', 'udp', '53', '--exchange')
    expect([status, stderr]).toEqual([0, ''])
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('delivered: all 2 packets')
    expect(lines[1]).toMatch(/^udp 172\.31\.\d+\.\d+:32768 > 172\.31\.\d+\.\d+:53$/)
    expect(lines[2]).toMatch(new RegExp(`^  ✓ egress of ${app}: admitted by sgr-`))
    expect(lines[5]).toMatch(new RegExp(`^  ✓ egress of ${db}: answers the connection`))
    expect(lines).toHaveLength(7)
  })

  test('ends with 1 and says where when a packet is refused', async () => {
    const packet = ['--packet', 'tcp 203.0.113.9:40000 > 172.31.0.4:80 S', '--at', db, 'ingress']
    const { status, stdout } = await sallyport('send', ...packet)
    expect(status).toBe(1)
    expect(stdout).toMatch(
      new RegExp(`^refused: packet 1, ingress of ${db}\ntcp 203\\.0\\.113\\.9:40000 > .* S\n  ✗ ingress of `),
    )
  })

  test('prints what the endpoint answered as JSON', async () => {
    const { status, stdout } = await sallyport('send', app, db, 'icmp', '--output', 'json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([{ hops: [{ networkInterface: app }, { networkInterface: db }] }])
  })

  test.each([
    ['without ends', [], 'Say from where and to where, or give --packet.'],
    ['with one end', ['app'], 'Say from where and to where, or give --packet.'],
    ['with a bad port', ['app', 'db', 'tcp', 'ssh'], "'ssh' is no port."],
    ['with an unknown end', ['app', 'nobody', 'tcp', '22'], "'nobody' is no interface"],
    ['with a packet and ends', ['app', 'db', '--packet', 'x'], 'leave FROM and TO out'],
    ['with a place and no packet', ['app', 'db', '--at', 'eni-0', 'ingress'], '--at is for one --packet.'],
    ['with half a place', ['--packet', 'x', '--at', 'eni-0'], '--at takes eni-… and ingress or egress.'],
    ['with a packet that is none', ['--packet', 'tcp x'], 'packet: '],
    ['with an unknown option', ['--fast'], "unknown option '--fast'"],
  ])('ends with 2 %s', async (_, words, message) => {
    const { status, stdout, stderr } = await sallyport('send', ...words)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  test.each([
    ['nobody answers', 'http://127.0.0.1:9', 'Nothing answers at http://127.0.0.1:9. Start it with `sallyport serve`'],
    ['it is no URL', 'localhost:4510', "'localhost:4510' is no URL of an endpoint, like http://127.0.0.1:4510."],
  ])('ends with 2 when %s', async (_, url, message) => {
    const { status, stderr } = await runProgram(['send', 'a', 'b', 'tcp', '1', '--endpoint-url', url])
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('connections', () => {
  test('shows each flow with its rules, its time and what a revoke would do', async () => {
    await sallyport('send', app, db, 'tcp', '5432', '--client-port', '40000', '--keep-open')
    const { status, stdout } = await sallyport('connections', '--network-interface', db)
    expect(status).toBe(0)
    const lines = stdout.split('\n')
    const at = lines.findIndex((line) => line.includes(':40000 > '))
    expect(lines[at]).toMatch(
      new RegExp(`^tracked  ingress of ${db}  tcp \\S+:40000 > \\S+:5432  established, \\d+ s left$`),
    )
    expect(lines[at + 1]).toBe('  no rule that admits it is open to all addresses')
    expect(lines[at + 2]).toMatch(/^ {2}by sgr-\w+ of sg-\w+$/)
    expect(lines[at + 3]).toMatch(
      /^ {2}revoke sgr-\w+: the flow goes on until it idles out, as it is tracked; new ones/,
    )
  })

  test('says so when there are none, and prints JSON', async () => {
    const elsewhere = ['connections', '--endpoint-url', server.url, '--region', 'eu-west-1']
    expect(await runProgram(elsewhere)).toEqual({ status: 0, stdout: 'no flows\n', stderr: '' })
    const { stdout } = await runProgram([...elsewhere, '--output', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({ connections: [] })
  })

  test('ends with 2 for an interface that is not there', async () => {
    const { status, stderr } = await sallyport('connections', '--network-interface', 'eni-0')
    expect([status, stderr]).toEqual([2, "sallyport: There is no network interface 'eni-0'.\n"])
  })

  test('watched, looks again every second until it is interrupted, and ends with 0', async () => {
    const options = ['--watch', '--output', 'json', '--endpoint-url', server.url]
    const watching = spawn(process.execPath, [program, 'connections', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const looks: string[] = []
    for await (const chunk of watching.stdout) {
      looks.push(...String(chunk).trimEnd().split('\n'))
      if (looks.length >= 2) break
    }
    watching.kill('SIGINT')
    const [status] = await once(watching, 'exit')
    expect(status).toBe(0)
    const [one, two] = looks.map((look) => Date.parse(JSON.parse(look).at))
    expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(900)
  })
})
