/** The stock x402 client, as a peer that nobody here tuned, and the steps of a JumpGate call around it. */

import { mnemonicToSeedSync } from '@scure/bip39'
import { createKeyPairSignerFromPrivateKeyBytes } from '@solana/kit'
import { x402Client } from '@x402/core/client'
import { decodePaymentRequiredHeader, encodePaymentSignatureHeader } from '@x402/core/http'
import type { Network, PaymentPayload, PaymentRequired } from '@x402/core/types'
import { ExactEvmScheme } from '@x402/evm/exact/client'
import { wrapFetchWithPayment } from '@x402/fetch'
import { ExactSvmScheme } from '@x402/svm/exact/client'
import { HDKey } from 'micro-key-producer/slip10.js'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { LabInfo } from './lab.ts'

export interface StockClient {
  /** `@x402/fetch`, which pays a 402 by itself on this client's network. */
  fetch: typeof globalThis.fetch
  /** Signs an offer without sending anything. */
  sign(required: PaymentRequired): Promise<PaymentPayload>
}

/** A client that pays from the lab's funded wallet, on one network only. */
export async function createStockClient(info: LabInfo, network: Network): Promise<StockClient> {
  const client = new x402Client((_version, accepts) => {
    const chosen = accepts.find((entry) => entry.network === network)
    if (!chosen) throw new Error(`nothing is offered on ${network}`)
    return chosen
  })
  if (network.startsWith('solana:')) {
    const key = HDKey.fromMasterSeed(mnemonicToSeedSync(info.accounts.phrase)).derive("m/44'/501'/0'/0'")
    const signer = await createKeyPairSignerFromPrivateKeyBytes(key.privateKey)
    client.register(network, new ExactSvmScheme(signer, { rpcUrl: info.rpc.solana }))
  } else {
    client.register(network, new ExactEvmScheme(privateKeyToAccount(info.accounts.evm.privateKey as Hex)))
  }
  return {
    fetch: wrapFetchWithPayment(globalThis.fetch, client),
    sign: (required) => client.createPaymentPayload(required),
  }
}

/** A chat body for JumpGate. */
export function jumpgateBody(content: string, more: Record<string, unknown> = {}) {
  const messages = [{ role: 'user', content }]
  return {
    model: 'ambient/large',
    messages,
    stream: true,
    is_paid: true,
    max_completion_tokens: 200,
    ...more,
  }
}

export interface JumpgateQuoteJson {
  headers: Record<string, string>
  amount_micro_usdc: number
  max_amount_micro_usdc: number
}

/** Asks JumpGate for a quote. */
export async function askQuote(url: string, body: object): Promise<JumpgateQuoteJson> {
  const response = await postJson(`${url}/paid/chat/v2/quote`, { ...body, max_tool_calls: 0 })
  if (response.status !== 200) throw new Error(`quote: ${response.status} ${await response.text()}`)
  return (await response.json()) as JumpgateQuoteJson
}

/** POSTs JSON. */
export function postJson(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** The offer of a 402. */
export function readOffer(response: Response): PaymentRequired {
  const header = response.headers.get('payment-required')
  if (response.status !== 402 || header === null) throw new Error(`no offer: ${response.status}`)
  return decodePaymentRequiredHeader(header)
}

/** The header that carries a payment. */
export function paymentHeader(payload: PaymentPayload): Record<string, string> {
  return { 'payment-signature': encodePaymentSignatureHeader(payload) }
}

/** The data of every event of a stream, read to its end. */
export async function readEvents(response: Response): Promise<string[]> {
  const text = await response.text()
  return text
    .split(/\r?\n\r?\n/)
    .map((event) =>
      event
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trim())
        .join('\n'),
    )
    .filter((data) => data !== '')
}

/** The answer's text, from tagged frames and plain chunks alike. */
export function textOf(events: readonly string[]): string {
  let text = ''
  for (const event of events) {
    if (!event.startsWith('{')) continue
    const frame = JSON.parse(event) as { Content?: Chunk } & Chunk
    text += (frame.Content ?? frame).choices?.[0]?.delta?.content ?? ''
  }
  return text
}

interface Chunk {
  choices?: { delta?: { content?: string } }[]
}
