/** A session with nft: each transaction is told apart from the next, and what is refused leaves nothing. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NftFailure, NftSession } from '../../src/app/enforcement/nft-session.ts'
import { Namespaces } from '../../src/app/stage/namespaces.ts'
import { PacketTool } from '../../src/app/stage/packet-tool.ts'
import { hasStageTools } from './stage-tools.ts'

describe.skipIf(!hasStageTools)('a session with nft', () => {
  let namespaces: Namespaces
  let session: NftSession

  beforeAll(async () => {
    namespaces = new Namespaces()
    await new PacketTool(namespaces.holder).ready()
    session = new NftSession(namespaces.enter)
    await session.run(['add table inet t'])
  })

  afterAll(async () => {
    session.close()
    await namespaces.close()
  })

  test.each([
    { title: 'what nft cannot read', last: 'add chainx', says: /^Error: syntax error/ },
    {
      title: 'what the kernel does not have',
      last: 'add rule inet t nowhere accept',
      says: /No such file or directory/,
    },
    { title: 'what an element cannot be', last: 'add element inet t s { 1.2.3.4 : 5 }', says: /^Error: / },
  ])('refuses $title, with all that came before it', async ({ last, says }) => {
    const refused = session.run(['add counter inet t before', last])
    const next = session.run(['add counter inet t after'])
    await expect(refused).rejects.toThrow(NftFailure)
    await expect(refused).rejects.toThrow(says)
    await next
    const listing = await session.list('t')
    expect(listing).toContain('counter after')
    expect(listing).not.toContain('counter before')
    await session.run(['delete counter inet t after'])
  })

  test('gives many answers in the order of the questions', async () => {
    const kinds = Array.from({ length: 40 }, (_, index) => index % 3 !== 0)
    const answers = kinds.map((isGood, index) =>
      session.run([isGood ? `add chain inet t c${index}` : `nonsense ${index}`]),
    )
    const settled = await Promise.allSettled(answers)
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual(kinds)
  })

  test('starts anew after nft has ended', async () => {
    const last = session.run(['add table inet w'])
    session.close()
    await session.run(['add table inet u'])
    await last
    expect(await session.list('u')).toContain('table inet u')
    expect(await session.list('v')).toBeUndefined()
  })
})
