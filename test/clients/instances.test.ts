/** `sallyport ps`, `exec` and `logs` where there is nothing to reach: what they say, and how they end. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram, type ServerProcess, startServer } from '../server-process.ts'

let server: ServerProcess

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

test.each([
  ['ps', []],
  ['logs', ['i-1']],
  ['exec', ['i-1', 'true']],
])('%s says that the endpoint runs no instances', async (command, words) => {
  const { status, stdout, stderr } = await runProgram([command, '--endpoint-url', server.url, ...words])
  expect([status, stdout, stderr]).toEqual([
    2,
    '',
    'sallyport: This endpoint runs no instances: start it with `sallyport serve --data-plane namespaces`.\n',
  ])
})

test.each([
  ['ps', 'Exit code: 0 all as they should be, 1 degraded, 2 usage or error.'],
  ['logs', 'Exit code: 0 printed, 2 usage or error.'],
  ['exec', 'Exit code: the command’s own; 2 when it could not be run.'],
])('%s --help tells the exit codes', async (command, codes) => {
  const { status, stdout } = await runProgram([command, '--help'])
  expect(status).toBe(0)
  expect(stdout).toContain(codes)
})

test('exec without a command is wrong usage', async () => {
  for (const words of [['i-1'], ['i-1', '--']]) {
    expect((await runProgram(['exec', '--endpoint-url', server.url, ...words])).status).toBe(2)
  }
})
