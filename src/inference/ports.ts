import type { Chains } from '../chains/chains.ts'
import type { AtomicAmount } from '../domain/amount.ts'
import type { PaymentNetwork } from '../domain/network.ts'
import type { PinnedTerms, Proof } from '../domain/payment.ts'
import type { AnswerTranscript, ChatBody, Gateway, ModelInfo } from '../gateways/gateway.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ApproveTerms } from '../payment/approve-transaction.ts'
import type { Offer, OfferSet, ReceiptFacts } from '../payment/offer.ts'
import type { SignPayment } from '../payment/payment.ts'
import type { SolanaPayments } from '../payment/sign-exact-solana.ts'
import type { Settings } from '../protocol/settings.ts'
import type { EvmSigner, SolanaSigner, WalletStatus } from '../wallet/wallet.ts'
import type { Approvals } from './approvals.ts'
import type { Clock } from './clock.ts'
import type { SessionStore } from './session-store.ts'

export interface WalletPort {
  status(): Promise<WalletStatus>
  evmSigner(): Promise<EvmSigner>
  solanaSigner(): Promise<SolanaSigner>
  warm(): Promise<void>
  onChange(listener: (status: WalletStatus) => void): () => void
}

/** Balances as last read, however old; `read` asks the chain. */
export interface BalanceBook {
  known(network: PaymentNetwork, asset: string, owner: string): Promise<AtomicAmount | null>
  read(network: PaymentNetwork, asset: string, owner: string): Promise<AtomicAmount>
  /** Reads again in the background. */
  refresh(): void
}

/** The configured gateways and their models. */
export interface GatewayDirectory {
  all(): Promise<readonly Gateway[]>
  models(): Promise<readonly ModelInfo[]>
}

export interface PaymentTools {
  parsePaymentRequired(
    header: string | null,
    bodyText: string | null,
    context: { readonly ownAddresses: readonly string[] },
  ): OfferSet
  offerFromPins(pin: PinnedTerms, amount: AtomicAmount): Offer | null
  signPayment: SignPayment
  /** Solana: reads the mint and loads what signs, before a signature is asked for. Never throws. */
  warmSolana: SolanaPayments['warm']
  parseReceipt(header: string | null): ReceiptFacts | null
  newNonce(method: Offer['asset']['method']): string | null
  /** A signed `approve(Permit2, amount)`, not sent. Throws ChatError 'offer-unsafe' before and 'signature-mismatch' after signing. */
  makeApproveTransaction(terms: ApproveTerms, signer: EvmSigner): Promise<`0x${string}`>
}

export interface InferenceDeps {
  readonly ledger: Ledger
  readonly wallet: WalletPort
  readonly chains: Pick<
    Chains,
    'chainTime' | 'solanaAnchor' | 'permit2Allowance' | 'checkPayment' | 'balanceOf' | 'prepareTransfer'
  >
  readonly balances: BalanceBook
  readonly gateways: GatewayDirectory
  readonly payments: PaymentTools
  readonly approvals: Approvals
  readonly session: SessionStore
  /** Quotes that were told to callers. */
  readonly quoteStore: SessionStore
  readonly clock: Clock
  readonly newId: () => string
  readonly fetch: typeof fetch
  readonly settings: () => Promise<Settings>
  /** First RPC endpoint of Solana, for the scheme's own mint read. */
  readonly solanaRpcUrl: () => Promise<string>
  readonly checkProof: (transcript: AnswerTranscript) => Promise<Proof>
  /** Keeps the worker alive until the returned function is called. */
  readonly keepAlive: () => () => void
  /** Asks for `reconcile` to run again at a time, unix ms; resolves once that outlives the worker. */
  readonly scheduleReconcile: (atMs: number) => Promise<void>
  /** Keeps the person's words with a request where the settings say so. */
  readonly keepPrompt: (requestId: string, messages: ChatBody['messages']) => Promise<void>
  /** Told of things worth a notification or a diagnostic line; no secrets. */
  readonly notice: (notice: InferenceNotice) => void
}

export type InferenceNotice =
  | { readonly kind: 'gateway-failing'; readonly gatewayId: string; readonly cause: string }
  /** A whole answer came. */
  | { readonly kind: 'gateway-answered'; readonly gatewayId: string }
  | { readonly kind: 'confirmed-late'; readonly paymentId: string }
  | { readonly kind: 'failed'; readonly cause: string }
