import { readFileSync } from 'node:fs'
import { toClientEvmSigner } from '@x402/evm'
import { UptoEvmScheme } from '@x402/evm/upto/client'
import { wrapFetchWithPayment, x402Client } from '@x402/fetch'
import { createPublicClient, http } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Required, signOffer } from './minimal-client.ts'
import { type Bench, bodyFor, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 60_000)
afterAll(() => bench?.stop())

const opg = 10n ** 18n

function stockFetch(account: PrivateKeyAccount) {
  const { rpcUrl } = bench.chains.base
  const reader = createPublicClient({ transport: http(rpcUrl), cacheTime: 0 })
  const signer = toClientEvmSigner(
    { ...account, signTransaction: (request) => account.signTransaction({ ...request, type: 'eip1559' }) },
    {
      readContract: (args) => reader.readContract({ ...args, args: args.args ?? [] }),
      getTransactionCount: (args) => reader.getTransactionCount(args),
      estimateFeesPerGas: async () => ({
        maxFeePerGas: 3_000_000_000n,
        maxPriorityFeePerGas: 100_000_000n,
      }),
    },
  )
  const client = new x402Client().register('eip155:8453', new UptoEvmScheme(signer, { rpcUrl }))
  return wrapFetchWithPayment(fetch, client.setSpendControls(false))
}

async function askStock(account: PrivateKeyAccount): Promise<bigint> {
  const { newer } = bench.og
  const response = await stockFetch(account)(`${newer.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer 0x00', accept: 'application/json' },
    body: JSON.stringify(bodyFor(newer)),
  })
  expect(response.status).toBe(200)
  const answer: { opengradient: { cost_opg: string } } = JSON.parse(await response.text())
  return BigInt(answer.opengradient.cost_opg)
}

describe('the stock x402 client', () => {
  it('pays the newer deployment', async () => {
    const { newer } = bench.og
    const payer = await bench.makePayer(newer)
    const cost = await askStock(payer)
    await newer.settleNow()
    expect(await bench.opgOf(newer, payer.address)).toBe(opg - cost)
  })

  it('pays it without ether and without an allowance, by the sponsored approval', async () => {
    const { newer } = bench.og
    const payer = await bench.makePayer(newer, { allowance: '0' })
    const cost = await askStock(payer)
    await newer.settleNow()
    expect(await bench.opgOf(newer, payer.address)).toBe(opg - cost)
  })
})

describe('the minimal client of these tests', () => {
  const test = privateKeyToAccount('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80')
  const vector = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../../vectors/${name}.json`, import.meta.url), 'utf8'))

  it('signs the newer witness like the official client', async () => {
    const { required, payload } = vector('x402_vectors').opengradient
    const { nonce, deadline } = payload.payload.permit2Authorization
    const signed = await signOffer(test, required, { nonce, deadline })
    expect(signed).toEqual(payload)
  })

  it('signs the documented witness like its vector', async () => {
    const { message, chainId, signature } = vector('legacy_permit2_vector')
    const required: Required = {
      x402Version: 2,
      error: '',
      resource: { url: '' },
      accepts: [
        {
          scheme: 'upto',
          network: `eip155:${chainId}`,
          asset: message.permitted.token,
          amount: message.permitted.amount,
          payTo: message.witness.to,
          maxTimeoutSeconds: 300,
          extra: {},
        },
      ],
    }
    const { nonce, deadline, witness } = message
    const overrides = { nonce, deadline, witness: { validAfter: witness.validAfter } }
    expect((await signOffer(test, required, overrides)).payload.signature).toBe(signature)
  })
})
