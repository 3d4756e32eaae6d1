import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTransferFixture, type TransferFixture } from '../transfer-fixture.ts'

let fixture: TransferFixture

beforeEach(async () => {
  fixture = await startTransferFixture()
})

afterEach(() => fixture.chain.stop())

describe('getSignaturesForAddress', () => {
  it('gives the newest first, cut by limit, before and until', async () => {
    const { chain, alice, transfer, send, rawCall } = fixture
    const sent: string[] = []
    for (const amount of [1n, 2n, 3n, 4n]) sent.push(await send(await transfer(amount)))
    await chain.warp(20)
    const newest = sent.toReversed()
    const list = async (config: object) => {
      const { result } = await rawCall('getSignaturesForAddress', [alice.address, config])
      return Array.isArray(result) ? result.map((entry) => entry.signature) : result
    }
    expect(await list({})).toEqual(newest)
    expect(await list({ limit: 2 })).toEqual(newest.slice(0, 2))
    expect(await list({ before: newest[1] })).toEqual(newest.slice(2))
    expect(await list({ until: newest[2] })).toEqual(newest.slice(0, 2))
    expect(await list({ before: newest[0], until: newest[3] })).toEqual(newest.slice(1, 3))
  })
})
