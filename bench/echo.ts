/**
 * The bare server that ours is measured against: node:http reads the whole body, takes the form
 * apart, and answers a fixed text. Argument: the size of the answer in bytes.
 */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const answer = Buffer.alloc(Number(process.argv[2]), 'x')

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const parameters = new URLSearchParams(Buffer.concat(chunks).toString())
    const status = parameters.has('Action') ? 200 : 400
    response.writeHead(status, { 'content-type': 'text/xml;charset=UTF-8', 'content-length': answer.length })
    response.end(answer)
  })
})

server.keepAliveTimeout = 65_000
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`bare node:http at http://127.0.0.1:${port}\n`)
})
