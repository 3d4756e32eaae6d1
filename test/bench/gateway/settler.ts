/** Takes EIP-3009 payments on the lab's Base: the transaction is signed before the answer, and sent after it. */
import {
  decodePaymentSignatureHeader,
  encodePaymentRequiredHeader,
  encodePaymentResponseHeader,
} from '@x402/core/http'
import type { PaymentRequirements } from '@x402/core/types'
import {
  createPublicClient,
  encodeFunctionData,
  type Hex,
  http,
  keccak256,
  parseAbi,
  parseSignature,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { BASE, BASE_USDC, type LabClient } from '../../e2e/lab-client.ts'

const ABI = parseAbi([
  'function transferWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, uint8 v, bytes32 r, bytes32 s)',
])

interface Authorization {
  readonly from: Hex
  readonly to: Hex
  readonly value: string
  readonly validAfter: string
  readonly validBefore: string
  readonly nonce: Hex
}

export interface TakenPayment {
  readonly authorization: Authorization
  readonly signature: Hex
}

export interface Settler {
  offer(price: bigint, windowSeconds: number): PaymentRequirements
  /** Value of PAYMENT-REQUIRED. */
  required(offer: PaymentRequirements): string
  /** Null where the payment is for another offer. */
  read(header: string, offer: PaymentRequirements): TakenPayment | null
  /** Signs the settlement and puts it in line; resolves with the value of PAYMENT-RESPONSE. */
  accept(payment: TakenPayment): Promise<string>
  /** The work of `accept` without anything coming of it. */
  pretend(): Promise<void>
  /** Resolves when everything in line has landed. */
  idle(): Promise<void>
}

export async function createSettler(lab: LabClient): Promise<Settler> {
  const account = privateKeyToAccount(generatePrivateKey())
  await lab.fund({ network: BASE, owner: account.address, asset: 'native' }, 10n ** 19n)
  const client = createPublicClient({ transport: http(lab.info.rpc.base), pollingInterval: 100 })
  const payTo = lab.info.payees.jumpgate?.[BASE] as Hex
  let nonce = 0
  let line: Promise<unknown> = Promise.resolve()

  const sign = ({ authorization, signature }: TakenPayment, at: number) => {
    const { r, s, v, yParity } = parseSignature(signature)
    const { from, to, value, validAfter, validBefore } = authorization
    const data = encodeFunctionData({
      abi: ABI,
      functionName: 'transferWithAuthorization',
      args: [
        ...([from, to, BigInt(value), BigInt(validAfter), BigInt(validBefore), authorization.nonce] as const),
        ...([Number(v ?? BigInt(yParity + 27)), r, s] as const),
      ],
    })
    return account.signTransaction({
      ...{ chainId: 8453, type: 'eip1559', to: BASE_USDC, data, gas: 200_000n, nonce: at },
      ...{ maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n },
    })
  }

  return {
    offer: (price, maxTimeoutSeconds) => ({
      scheme: 'exact',
      network: BASE,
      amount: String(price),
      payTo,
      maxTimeoutSeconds,
      asset: BASE_USDC,
      extra: { assetTransferMethod: 'eip3009', name: 'USD Coin', version: '2' },
    }),
    required: (offer) =>
      encodePaymentRequiredHeader({
        x402Version: 2,
        error: 'Payment required',
        resource: { url: 'http://127.0.0.1/paid/chat/v2' },
        accepts: [offer],
      }),
    read(header, offer) {
      const { accepted, payload } = decodePaymentSignatureHeader(header)
      const isSame =
        accepted.amount === offer.amount && accepted.maxTimeoutSeconds === offer.maxTimeoutSeconds
      return isSame ? (payload as unknown as TakenPayment) : null
    },
    async accept(payment) {
      const raw = await sign(payment, nonce++)
      line = line.then(() => client.sendRawTransaction({ serializedTransaction: raw }))
      line.catch((error: unknown) => console.error('bench gateway:', error))
      const transaction = keccak256(raw)
      return encodePaymentResponseHeader({
        success: true,
        transaction,
        network: BASE,
        payer: payment.authorization.from,
      })
    },
    async pretend() {
      const word = `0x${'11'.repeat(32)}` as const
      const authorization = {
        from: account.address,
        to: payTo,
        value: '1',
        validAfter: '0',
        validBefore: '1',
        nonce: word,
      }
      keccak256(await sign({ authorization, signature: `${word}${'22'.repeat(32)}1b` }, nonce))
    },
    async idle() {
      await line
      const hasLanded = async () => (await client.getTransactionCount({ address: account.address })) === nonce
      for (let look = 0; look < 100 && !(await hasLanded()); look++)
        await new Promise((done) => setTimeout(done, 100))
    },
  }
}
