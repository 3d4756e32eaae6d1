import { createPublicClient, type Hex, http, parseAbi, parseUnits } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import type { Proof } from '../../src/domain/payment.ts'
import { type CollectedAnswer, createAnswerCollector } from '../../src/gateways/assemble-completion.ts'
import { builtInGateways, ENDPOINTS } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import type { AnswerEvent, ChatBody, Gateway, PreparedCall } from '../../src/gateways/gateway.ts'
import { createTeeProofCheck } from '../../src/gateways/opengradient/tee-proof.ts'
import { readSigningKey } from '../../src/inference/read-signing-key.ts'
import { makeApproveTransaction } from '../../src/payment/approve-transaction.ts'
import { newNonce } from '../../src/payment/nonce.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import { signUptoEvm } from '../../src/payment/sign-upto-evm.ts'
import { clock } from '../../src/platform/clock.ts'
import { addresses } from '../lab/chains/addresses.ts'
import type { OpenGradientGateway } from '../lab/gateways/opengradient/opengradient-gateway.ts'
import { type Bench, startBench } from '../lab/gateways/opengradient/test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 60_000)
afterAll(() => bench?.stop())

const random = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length))
const messages = [{ role: 'user', content: 'Explain verifiable inference — in one paragraph. 😀' }]
const WEATHER = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
}

function gatewayFor(emulator: OpenGradientGateway): Gateway {
  const id = emulator === bench.og.newer ? 'opengradient' : 'opengradient-test'
  const config = builtInGateways({
    ...ENDPOINTS,
    opengradient: emulator.url,
    opengradientDocumented: emulator.url,
  })
  const found = config.find((candidate) => candidate.id === id)
  if (!found) throw new Error(id)
  return createGateway(found, ENDPOINTS)
}

const directory = () => ({
  all: async () => [gatewayFor(bench.og.newer), gatewayFor(bench.og.documented)],
  models: async () => [],
})

interface Paid {
  readonly call: PreparedCall
  readonly response: Response
  readonly events: readonly AnswerEvent[]
  readonly answer: CollectedAnswer
  readonly sessionId: string | null
}

/** Asks, reads the offer, signs it and asks again, as the extension does. */
async function pay(
  emulator: OpenGradientGateway,
  payer: PrivateKeyAccount,
  asked: { readonly body: ChatBody; readonly approve?: boolean },
): Promise<Paid> {
  const gateway = gatewayFor(emulator)
  const call = gateway.prepare(asked.body, { defaultMaxTokens: 200, settlement: 'individual' })
  const request = gateway.paidRequest(call, null)
  const unpaid = await fetch(request.url, { ...request })
  expect(unpaid.status).toBe(402)
  const set = parsePaymentRequired(unpaid.headers.get('payment-required'), await unpaid.text(), {
    ownAddresses: [payer.address],
  })
  const [offer] = set.offers
  if (!offer) throw new Error('no offer')
  const order = {
    offer,
    resource: set.resource,
    extensions: set.extensions,
    nonce: newNonce('permit2', random),
    account: payer.address,
    nowMs: Date.now(),
    solana: null,
    approveTransaction: asked.approve
      ? await makeApproveTransaction(
          {
            asset: offer.asset,
            amount: toAtomic(parseUnits('2', 18)),
            nonce: 0,
            maxFeePerGas: 3_000_000_000n,
            maxPriorityFeePerGas: 100_000_000n,
          },
          payer,
        )
      : null,
  }
  const { payload } = await signUptoEvm(order, payer)
  const names = gateway.paymentHeaderNames(offer)
  return send(emulator, call, Object.fromEntries(names.map((name) => [name, payload])))
}

async function send(
  emulator: OpenGradientGateway,
  call: PreparedCall,
  headers: Record<string, string>,
): Promise<Paid> {
  const gateway = gatewayFor(emulator)
  const request = gateway.paidRequest(call, null)
  const response = await fetch(request.url, { ...request, headers: { ...request.headers, ...headers } })
  const decoder = gateway.createDecoder(response.headers.get('content-type') ?? '')
  const collector = createAnswerCollector()
  const events = [...decoder.push(new Uint8Array(await response.arrayBuffer())), ...decoder.finish()]
  for (const event of events) collector.add(event)
  return {
    call,
    response,
    events,
    answer: collector.collected(),
    sessionId: gateway.readHeaders(response.headers).sessionId,
  }
}

function costOf({ events }: Paid): bigint {
  const event = events.find(({ type }) => type === 'reported-cost')
  return event?.type === 'reported-cost' ? parseUnits(event.value, 18) : 0n
}

const registry = parseAbi([
  'function getTEE(bytes32) view returns ((address owner, address paymentAddress, string endpoint, bytes publicKey, bytes tlsCertificate, bytes32 pcrHash, uint8 teeType, bool enabled, uint256 registeredAt, uint256 lastHeartbeatAt))',
  'function isTEEActive(bytes32) view returns (bool)',
])

/** The proof's verdict, by the key in the registry contract. */
async function verdictOf({ call, answer }: Paid): Promise<string> {
  const client = createPublicClient({ transport: http(bench.chains.ogRegistry.rpcUrl) })
  const contract = { address: addresses.teeRegistry, abi: registry } as const
  const check = createTeeProofCheck({
    subtle: globalThis.crypto.subtle,
    async teeRecord(teeId) {
      const args = [teeId as Hex] as const
      const active = await client.readContract({ ...contract, functionName: 'isTEEActive', args })
      const record = await client.readContract({ ...contract, functionName: 'getTEE', args })
      if (record.publicKey === '0x') return null
      return { publicKey: new Uint8Array(Buffer.from(record.publicKey.slice(2), 'hex')), active }
    },
    signingKey: (gatewayId) => readSigningKey({ gateways: directory(), fetch, clock }, gatewayId),
  })
  const proof: Proof = await check({ ...answer, call })
  return proof.kind === 'tee' ? proof.verdict : proof.kind
}

const deployments = ['documented', 'newer'] as const
const bodies = [
  ['a stream', { stream: true }],
  ['a whole answer', { stream: false }],
  ['a streamed tool call', { stream: true, tools: [WEATHER], tool_choice: 'required', temperature: 0.7 }],
  ['a whole tool call', { stream: false, tools: [WEATHER], tool_choice: 'required', temperature: 1 }],
] as const

describe.each(deployments)('the %s deployment', (name) => {
  it.each(bodies)(
    'is paid for %s, with a proof that verifies, and charges what it reported',
    async (_, parts) => {
      const emulator = bench.og[name]
      const payer = await bench.makePayer(emulator)
      const model = emulator.deployment.models[0] ?? ''
      const paid = await pay(emulator, payer, { body: { model, messages, max_tokens: 100, ...parts } })
      expect(paid.response.status).toBe(200)
      expect(paid.events.at(-1)).toEqual({ type: 'end' })
      expect(paid.answer.text !== '' || paid.answer.toolCalls.length > 0).toBe(true)
      expect(await verdictOf(paid)).toBe('verified')
      await emulator.settleNow()
      expect(costOf(paid)).toBeGreaterThan(0n)
      expect(await bench.opgOf(emulator, payer.address)).toBe(parseUnits('1', 18) - costOf(paid))
    },
  )

  it('takes the session in place of a payment, and charges the sum', async () => {
    const emulator = bench.og[name]
    const payer = await bench.makePayer(emulator)
    const body = { model: emulator.deployment.models[0] ?? '', messages, stream: true }
    const first = await pay(emulator, payer, { body })
    if (first.sessionId === null) throw new Error('no session')
    const header = gatewayFor(emulator).sessionHeaderName ?? ''
    const second = await send(emulator, first.call, { [header]: first.sessionId })
    expect(second.response.status).toBe(200)
    await emulator.settleNow()
    const sum = costOf(first) + costOf(second)
    expect(await bench.opgOf(emulator, payer.address)).toBe(parseUnits('1', 18) - sum)
  })

  it.each([
    ['forged-proof', 'failed'],
    ['wrong-output-hash', 'failed'],
    ['unknown-enclave', 'unconfirmed'],
    ['disabled-enclave', 'unconfirmed'],
    ['no-proof', 'none'],
  ])('with the fault %s gets the verdict %s', async (fault, verdict) => {
    const emulator = bench.og[name]
    const payer = await bench.makePayer(emulator)
    const body = { model: emulator.deployment.models[0] ?? '', messages, stream: true }
    const first = await pay(emulator, payer, { body })
    const header = gatewayFor(emulator).sessionHeaderName ?? ''
    const faulty = await send(emulator, first.call, { [header]: first.sessionId ?? '', 'x-lab-fault': fault })
    expect(await verdictOf(faulty)).toBe(verdict)
  })
})

describe('the documented deployment that reads X-PAYMENT only', () => {
  it('is paid too', async () => {
    const { documented } = bench.og
    documented.settings.requireXPaymentOnly = true
    try {
      const payer = await bench.makePayer(documented)
      const paid = await pay(documented, payer, { body: { model: 'gpt-4o', messages } })
      expect(paid.response.status).toBe(200)
    } finally {
      documented.settings.requireXPaymentOnly = false
    }
  })
})

describe('a payer without ether and without allowance', () => {
  it('hands a signed approval over, of a finite amount, and is served', async () => {
    const { newer } = bench.og
    const payer = await bench.makePayer(newer, { allowance: '0' })
    const paid = await pay(newer, payer, { body: { model: 'gpt-5-mini', messages }, approve: true })
    expect(paid.response.status).toBe(200)
    await newer.settleNow()
    expect(await bench.opgOf(newer, payer.address)).toBe(parseUnits('1', 18) - costOf(paid))
  })
})
