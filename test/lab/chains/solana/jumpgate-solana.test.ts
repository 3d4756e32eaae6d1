import { mnemonicToSeedSync } from '@scure/bip39'
import { createKeyPairSignerFromPrivateKeyBytes, type KeyPairSigner } from '@solana/kit'
import { decodePaymentRequiredHeader, decodePaymentResponseHeader } from '@x402/core/http'
import { wrapFetchWithPayment, x402Client } from '@x402/fetch'
import { ExactSvmScheme } from '@x402/svm/exact/client'
import { HDKey } from 'micro-key-producer/slip10.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Lab, startLab } from '../../lab.ts'
import { SOLANA_NETWORK, SOLANA_USDC } from '../solana-chain.ts'

/** JumpGate's payee on Solana, as its 402s name it. */
const PAYEE = 'AYYo37bgztqAgP6wp2S9SiYWcijr8gz2o14c8RGWojJZ'

let lab: Lab
let wallet: KeyPairSigner

beforeAll(async () => {
  const names = [
    'site',
    'jumpgate',
    'opengradient',
    'opengradientDocumented',
    'seller',
    'stockSeller',
    'control',
  ]
  const rpcs = ['base', 'baseSecond', 'baseSepolia', 'ogRegistry', 'solana']
  lab = await startLab({ ports: Object.fromEntries([...names, ...rpcs].map((name) => [name, 0])) })
  wallet = await walletOf(lab.info.accounts.phrase)
}, 60_000)

afterAll(() => lab.stop())

beforeEach(async () => {
  await lab.chain(SOLANA_NETWORK).fund(wallet.address, SOLANA_USDC, 25_000_000n)
  await lab.chain(SOLANA_NETWORK).fund(PAYEE, SOLANA_USDC, 0n)
})

const balance = (owner: string) => lab.chain(SOLANA_NETWORK).balanceOf(owner, SOLANA_USDC)

const BODY = {
  model: 'ambient/mini',
  messages: [{ role: 'user', content: 'Say one sentence.' }],
  stream: true,
  is_paid: true,
  max_completion_tokens: 20,
}

async function quote(): Promise<{ headers: Record<string, string>; amount_micro_usdc: number }> {
  const response = await post('/paid/chat/v2/quote', { ...BODY, max_tool_calls: 0 }, fetch)
  return await response.json()
}

function post(path: string, body: object, send: typeof fetch, headers: Record<string, string> = {}) {
  return send(`${lab.info.urls.jumpgate}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** The stock client, which can pay on Solana only. */
function payingFetch(): typeof fetch {
  const scheme = new ExactSvmScheme(wallet, { rpcUrl: lab.info.rpc.solana })
  return wrapFetchWithPayment(fetch, new x402Client().register(SOLANA_NETWORK, scheme))
}

describe('JumpGate on Solana', () => {
  it('offers Solana first, with a fee payer that is funded', async () => {
    const { headers, amount_micro_usdc } = await quote()
    const response = await post('/paid/chat/v2', BODY, fetch, headers)
    expect(response.status).toBe(402)
    const [solana, base] = decodePaymentRequiredHeader(response.headers.get('PAYMENT-REQUIRED') ?? '').accepts
    expect(solana).toMatchObject({
      scheme: 'exact',
      network: SOLANA_NETWORK,
      asset: SOLANA_USDC,
      payTo: PAYEE,
      amount: String(amount_micro_usdc),
    })
    expect(
      await lab.chain(SOLANA_NETWORK).balanceOf(String(solana?.extra.feePayer), 'native'),
    ).toBeGreaterThan(0n)
    expect(base?.network).toBe('eip155:8453')
  })

  it('is paid by the stock client, whichever fee payer each offer names', async () => {
    const { headers, amount_micro_usdc } = await quote()
    const price = BigInt(amount_micro_usdc)
    for (const times of [1n, 2n, 3n]) {
      const response = await post('/paid/chat/v2', BODY, payingFetch(), headers)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('[DONE]')
      const receipt = decodePaymentResponseHeader(response.headers.get('PAYMENT-RESPONSE') ?? '')
      expect(receipt).toMatchObject({ success: true, network: SOLANA_NETWORK, payer: wallet.address })
      expect(await balance(PAYEE)).toBe(times * price)
      expect(await balance(wallet.address)).toBe(25_000_000n - times * price)
    }
  })
})

async function walletOf(phrase: string): Promise<KeyPairSigner> {
  const key = HDKey.fromMasterSeed(mnemonicToSeedSync(phrase)).derive("m/44'/501'/0'/0'")
  return await createKeyPairSignerFromPrivateKeyBytes(key.privateKey)
}
