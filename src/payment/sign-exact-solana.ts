import {
  type Address,
  address,
  getBase58Decoder,
  getBase64EncodedWireTransaction,
  getBase64Encoder,
  getPublicKeyFromAddress,
  getTransactionDecoder,
  type SignatureBytes,
  type Transaction,
  type TransactionPartialSigner,
  verifySignature,
} from '@solana/kit'
import { ExactSvmScheme } from '@x402/svm/exact/client'
import { formatAtomic } from '../domain/amount.ts'
import { ChatError } from '../domain/errors.ts'
import { SOLANA } from '../domain/network.ts'
import type { SignedAttempt } from '../domain/payment.ts'
import type { SignExactSolana } from './create-sign-payment.ts'
import { inspectSolanaTransaction, sellerMemo } from './inspect-solana-transaction.ts'
import type { SigningOrder } from './payment.ts'
import { encodePayload } from './payment-payload.ts'
import { requireOrder, requireThat } from './require-order.ts'

/** Builders kept, one for each account and endpoint; each remembers the mint that it read. */
const MAX_SCHEMES = 4

export interface SolanaPayments {
  /**
   * `exact` on Solana: the official scheme builds the transaction, we inspect it, sign our part and check the signature.
   * Throws ChatError 'offer-unsafe' before, 'signature-mismatch' after signing, 'rpc-failed' where the mint cannot be read.
   */
  readonly sign: SignExactSolana
  /** Reads the mint, so that no call lies between approval and sending later. Never throws. */
  warm(order: Omit<SigningOrder, 'resource' | 'extensions' | 'nonce' | 'approveTransaction'>): Promise<void>
}

/** Payments in USDC on Solana. */
export function createSolanaPayments(): SolanaPayments {
  const schemes = new Map<string, ExactSvmScheme>()

  function schemeFor(account: string, rpcUrl: string): ExactSvmScheme {
    const key = `${account} ${rpcUrl}`
    const known = schemes.get(key)
    if (known) return known
    if (schemes.size >= MAX_SCHEMES) schemes.clear()
    const scheme = new ExactSvmScheme(createBlankSigner(address(account)), { rpcUrl })
    schemes.set(key, scheme)
    return scheme
  }

  return {
    async sign(order, signer) {
      requireOrder(order, signer.address)
      requireThat(order.offer.scheme === 'exact' && order.offer.asset.method === 'solana', 'scheme')
      requireThat(order.nonce === null && order.approveTransaction === null, 'nonce')
      const transaction = await build(schemeFor, order)
      await inspectSolanaTransaction(transaction.messageBytes, order)
      return toAttempt(order, transaction, await signPart(transaction, signer))
    },
    async warm(order) {
      await build(schemeFor, order).catch(() => undefined)
    },
  }
}

type SchemeFor = (account: string, rpcUrl: string) => ExactSvmScheme

/** The unsigned transaction for an order, over our own copy of its requirement, with the prefetched blockhash in it. */
async function build(
  schemeFor: SchemeFor,
  order: Pick<SigningOrder, 'offer' | 'account' | 'solana'>,
): Promise<Transaction> {
  const { offer, account, solana } = order
  requireThat(solana !== null && offer.feePayer !== null, 'solana')
  const memo = sellerMemo(order)
  const made = await createPayload(schemeFor(account, solana.rpcUrl), {
    scheme: 'exact',
    network: SOLANA,
    asset: offer.asset.address,
    amount: formatAtomic(offer.amount),
    payTo: offer.payTo,
    maxTimeoutSeconds: offer.maxTimeoutSeconds,
    extra: {
      feePayer: offer.feePayer,
      ...(memo === null ? {} : { memo }),
      recentBlockhash: solana.blockhash,
      lastValidBlockHeight: solana.lastValidBlockHeight.toString(),
    },
  })
  return getTransactionDecoder().decode(getBase64Encoder().encode(made))
}

type Requirements = Parameters<ExactSvmScheme['createPaymentPayload']>[1]

async function createPayload(scheme: ExactSvmScheme, requirements: Requirements): Promise<string> {
  try {
    const { payload } = await scheme.createPaymentPayload(2, requirements)
    if (typeof payload.transaction === 'string') return payload.transaction
  } catch (cause) {
    throw new ChatError('rpc-failed', { network: SOLANA }, { cause })
  }
  throw new ChatError('offer-unsafe', { problem: 'transaction-differs', field: 'payload' })
}

/** Signs nothing: the scheme only builds; what it built is inspected before the real signer sees it. */
function createBlankSigner(account: Address): TransactionPartialSigner {
  return { address: account, signTransactions: async (transactions) => transactions.map(() => ({})) }
}

/** Our signature over the transaction's message, checked against our own address. */
async function signPart(transaction: Transaction, signer: TransactionPartialSigner): Promise<SignatureBytes> {
  // The wire form has no lifetime constraint; the signer needs only the bytes.
  const [signatures] = await signer.signTransactions([
    transaction as Parameters<typeof signer.signTransactions>[0][0],
  ])
  const signature = signatures?.[signer.address]
  if (!signature) throw new ChatError('signature-mismatch', { field: 'signature' })
  const key = await getPublicKeyFromAddress(signer.address)
  if (!(await verifySignature(key, signature, transaction.messageBytes))) {
    throw new ChatError('signature-mismatch', { field: 'signer' })
  }
  return signature
}

function toAttempt(
  order: SigningOrder,
  transaction: Transaction,
  signature: SignatureBytes,
): Omit<SignedAttempt, 'presentedAtMs'> {
  const signed = { ...transaction, signatures: { ...transaction.signatures, [order.account]: signature } }
  const payload = { transaction: getBase64EncodedWireTransaction(signed) }
  requireThat(order.solana !== null, 'solana')
  return {
    amount: order.offer.amount,
    payTo: order.offer.payTo,
    validBefore: null,
    lastValidBlockHeight: Number(order.solana.lastValidBlockHeight),
    signature: getBase58Decoder().decode(signature),
    payload: encodePayload(order, { payload, extensions: null }),
  }
}
