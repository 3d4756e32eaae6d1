import { type Address, encodeFunctionData, erc20Abi } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encode, readRequired, signOffer } from './minimal-client.ts'
import { type Bench, bodyFor, post, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 60_000)
afterAll(() => bench?.stop())

const opg = 10n ** 18n
const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

/** The signed `approve` of a payer who has never sent a transaction, as the extension carries it. */
async function signApproval(payer: PrivateKeyAccount, token: Address, spender: Address = permit2) {
  const amount = 2n * opg
  const signedTransaction = await payer.signTransaction({
    type: 'eip1559',
    chainId: 8453,
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, amount] }),
    nonce: 0,
    gas: 70_000n,
    maxFeePerGas: 3_000_000_000n,
    maxPriorityFeePerGas: 100_000_000n,
  })
  return {
    from: payer.address,
    asset: token,
    spender,
    amount: amount.toString(),
    signedTransaction,
    version: '1',
  }
}

const allowanceCall = (owner: Address) =>
  encodeFunctionData({ abi: erc20Abi, functionName: 'allowance', args: [owner, permit2] })

async function costOf(response: Response): Promise<bigint> {
  const answer: { opengradient: { cost_opg: string } } = JSON.parse(await response.text())
  return BigInt(answer.opengradient.cost_opg)
}

describe('an approval paid for by the newer deployment', () => {
  it('is sent with the settlement for a payer without ether', async () => {
    const { newer } = bench.og
    const payer = await bench.makePayer(newer, { allowance: '0' })
    const { base } = bench.chains
    expect(await base.balanceOf(payer.address, 'native')).toBe(0n)
    const required = readRequired(await post(newer, bodyFor(newer)))
    const payload = await signOffer(payer, required)
    const approval = await signApproval(payer, newer.deployment.token)
    const extensions = { erc20ApprovalGasSponsoring: { info: approval } }
    const payment = encode({ ...payload, extensions })
    const response = await post(newer, bodyFor(newer), { 'payment-signature': payment })
    expect(response.status).toBe(200)
    const cost = await costOf(response)
    await newer.settleNow()
    expect(await bench.opgOf(newer, payer.address)).toBe(opg - cost)
    const allowance = await base.rpc('eth_call', [
      { to: newer.deployment.token, data: allowanceCall(payer.address) },
      'latest',
    ])
    expect(BigInt(String(allowance))).toBe(2n * opg - cost)
  })

  it('is refused when it approves somebody else', async () => {
    const { newer } = bench.og
    const payer = await bench.makePayer(newer, { allowance: '0' })
    const payload = await signOffer(payer, readRequired(await post(newer, bodyFor(newer))))
    const thief = '0x2222222222222222222222222222222222222222'
    const info = { ...(await signApproval(payer, newer.deployment.token, thief)), spender: permit2 }
    const payment = encode({ ...payload, extensions: { erc20ApprovalGasSponsoring: { info } } })
    const response = await post(newer, bodyFor(newer), { 'payment-signature': payment })
    expect(response.status).toBe(402)
    expect(readRequired(response).error).toMatch(/erc20_approval/)
  })
})
