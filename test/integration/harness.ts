/** The extension's money path in Node: real ledger, wallet keys, chains, gateways and signatures against the lab; only the browser and the person are played. */
import 'fake-indexeddb/auto'
import { createKeyPairSignerFromPrivateKeyBytes } from '@solana/kit'
import { keccak256, stringToBytes } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { createBalanceKeeper } from '../../src/background/balance-keeper.ts'
import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import { createChains } from '../../src/chains/create-chains.ts'
import { parseAtomic } from '../../src/domain/amount.ts'
import type { Budget } from '../../src/domain/budget.ts'
import { defaultBudget } from '../../src/domain/default-limits.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import { type Principal, parseOrigin } from '../../src/domain/principal.ts'
import { builtInGateways } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import type { ChatBody, GatewayConfig } from '../../src/gateways/gateway.ts'
import { createTeeProofCheck } from '../../src/gateways/opengradient/tee-proof.ts'
import { type ApprovalChoice, type ApprovalContent, createApprovals } from '../../src/inference/approvals.ts'
import { createInference } from '../../src/inference/create-inference.ts'
import { AnswerError, type AnswerPart, type Ask } from '../../src/inference/inference.ts'
import type { InferenceDeps } from '../../src/inference/ports.ts'
import { readSigningKey } from '../../src/inference/read-signing-key.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import type { HistoryRow } from '../../src/ledger/ledger.ts'
import { deleteLedgerDatabase, openLedgerDatabase } from '../../src/ledger/open-database.ts'
import { makeApproveTransaction } from '../../src/payment/approve-transaction.ts'
import { createSignPayment } from '../../src/payment/create-sign-payment.ts'
import { newNonce } from '../../src/payment/nonce.ts'
import { offerFromPins } from '../../src/payment/offer-from-pins.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import { parseReceipt } from '../../src/payment/receipt.ts'
import { createSolanaPayments } from '../../src/payment/sign-exact-solana.ts'
import { clock } from '../../src/platform/clock.ts'
import type { Settings } from '../../src/protocol/settings.ts'
import type { WalletStatus } from '../../src/wallet/wallet.ts'
import type { Lab } from '../lab/lab.ts'

/** What the played person does with the window's content. */
export type Person = (content: ApprovalContent) => ApprovalChoice

export interface Outcome {
  readonly text: string
  readonly row: HistoryRow | null
  readonly error: AnswerError | null
  readonly parts: readonly AnswerPart[]
}

export interface HarnessOptions {
  readonly lab: Lab
  readonly person?: Person
  readonly evmKey: `0x${string}`
  readonly solanaSeed?: Uint8Array
  readonly settings?: Partial<Settings>
  readonly extraGateways?: readonly GatewayConfig[]
  /** How long the person reads before the answer; the window takes none in its first second. */
  readonly readingMs?: number
}

export const SITE = requireOrigin('https://site.example')

let databases = 0

export async function createHarness(options: HarnessOptions) {
  const { info } = options.lab
  const name = `ledger-${++databases}`
  const account = privateKeyToAccount(options.evmKey)
  const solana = options.solanaSeed ? await createKeyPairSignerFromPrivateKeyBytes(options.solanaSeed) : null
  const status: WalletStatus = {
    kind: 'unlocked',
    addresses: { evm: account.address, solana: solana?.address ?? null },
    phraseChecked: true,
    hasPhrase: true,
    untilMs: Number.MAX_SAFE_INTEGER,
  }
  const newId = () => crypto.randomUUID()
  const ledger = createLedger({
    openDatabase: (onClosed) => openLedgerDatabase(onClosed, name),
    deleteDatabase: () => deleteLedgerDatabase(name),
    clock,
    newId,
  })
  await ledger.setUnlockedUntil(Date.now() + 3_600_000)
  const cache = new Map<string, unknown>()
  const chainCache = {
    get: async (key: string) => cache.get(key),
    set: async (key: string, value: unknown) => void cache.set(key, value),
  }
  const chains = createChains({
    endpoints: () => ({
      [BASE]: [info.rpc.base, info.rpc.baseSecond],
      [BASE_SEPOLIA]: [info.rpc.baseSepolia],
      [SOLANA]: [info.rpc.solana],
      'og-registry': [info.rpc.ogRegistry],
    }),
    fetch: (url, init) => fetch(url, init),
    clock,
    cache: chainCache,
  })
  const walletStatus = async () => status
  const { paying } = createBalanceKeeper({
    wallet: { status: walletStatus },
    chains,
    cache: chainCache,
    clock,
    onRead: () => undefined,
  })
  const person: Person = options.person ?? (() => ({ kind: 'once' }))
  const asked: ApprovalContent[] = []
  const answeredAt: number[] = []
  const listeners: (() => void)[] = []
  const approvals = createApprovals({
    clock: { ...clock, monotonicMs: () => performance.now() },
    newId,
    window: {
      open: async () => undefined,
      close: async () => undefined,
      onClosed: (listener) => listeners.push(listener),
    },
    silence: { restore: async () => undefined, noteRefusal: () => undefined, isSilenced: () => false },
    digest: (text) => keccak256(stringToBytes(text)),
  })
  let answered = ''
  approvals.onChange(() => {
    const view = approvals.current()
    if (view?.state !== 'ready' || view.digest === answered) return
    answered = view.digest
    approvals.shown(view.id, view.digest)
    const choice = person(view)
    asked.push(view)
    setTimeout(() => {
      answeredAt.push(performance.now())
      approvals.decide(view.id, view.digest, choice)
    }, options.readingMs ?? 1_050)
  })
  const requests: { url: string; headers: Record<string, string>; at: number }[] = []
  const endpoints = {
    jumpgate: info.urls.jumpgate,
    ambientCatalogue: `${info.urls.jumpgate}/v1/models`,
    opengradient: info.urls.opengradient,
    opengradientDocumented: info.urls.opengradientDocumented,
  }
  const configs = [...builtInGateways(endpoints), ...(options.extraGateways ?? [])]
  const settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings }
  const session = new Map<string, unknown>()
  let due: number | null = null
  const solanaPayments = createSolanaPayments()
  const deps: InferenceDeps = {
    ledger,
    wallet: {
      status: walletStatus,
      evmSigner: async () => account as unknown as Awaited<ReturnType<InferenceDeps['wallet']['evmSigner']>>,
      solanaSigner: async () => {
        if (!solana) throw new Error('no Solana account in this harness')
        return solana
      },
      warm: async () => undefined,
      onChange: () => () => undefined,
    },
    chains,
    balances: paying,
    gateways: {
      all: async () => configs.map((config) => createGateway(config, endpoints)),
      models: async () => configs.flatMap((config) => config.models),
    },
    payments: {
      parsePaymentRequired,
      offerFromPins,
      parseReceipt,
      signPayment: createSignPayment(solanaPayments.sign),
      warmSolana: solanaPayments.warm,
      makeApproveTransaction,
      newNonce: (method) => newNonce(method, (length) => crypto.getRandomValues(new Uint8Array(length))),
    },
    approvals,
    session: storeOf(session),
    quoteStore: storeOf(new Map()),
    clock,
    newId,
    fetch: async (input, init) => {
      requests.push({
        url: String(input),
        headers: Object.fromEntries(new Headers(init?.headers)),
        at: performance.now(),
      })
      return fetch(input, init)
    },
    settings: async () => settings,
    solanaRpcUrl: async () => info.rpc.solana,
    checkProof: createTeeProofCheck({
      subtle: crypto.subtle,
      teeRecord: chains.teeRecord,
      signingKey: (gatewayId) => readSigningKey(deps, gatewayId),
    }),
    keepAlive: () => () => undefined,
    scheduleReconcile: async (atMs) => {
      due = atMs
    },
    notice: () => undefined,
    keepPrompt: async () => undefined,
  }
  const inference = createInference(deps)

  function makeAsk(
    body: Partial<ChatBody> & { model: string },
    given: Partial<Ask> & { principal?: Principal; active?: boolean } = {},
  ): Ask {
    const { principal = SITE, active = true, ...rest } = given
    let activation = active
    return {
      caller: {
        principal,
        tabId: 1,
        documentId: 'document',
        hasActivation: () => activation,
        takeActivation: () => {
          const had = activation
          activation = false
          return had
        },
        isAlive: () => true,
      },
      body: {
        messages: [{ role: 'user', content: 'echo: hello there' }],
        stream: true,
        max_tokens: 50,
        ...body,
      },
      idempotencyKey: null,
      quoteId: null,
      maxCost: null,
      settlement: null,
      signal: new AbortController().signal,
      ...rest,
    }
  }

  async function answer(ask: Ask): Promise<Outcome> {
    const parts: AnswerPart[] = []
    let error: AnswerError | null = null
    try {
      for await (const part of inference.run(ask)) parts.push(part)
    } catch (cause) {
      if (!(cause instanceof AnswerError)) throw cause
      error = cause
    }
    const text = parts
      .map((part) => (part.kind === 'event' && part.event.type === 'text' ? part.event.text : ''))
      .join('')
    const receipt = parts.find((part) => part.kind === 'receipt')
    return { text, row: receipt?.kind === 'receipt' ? receipt.row : (error?.row ?? null), error, parts }
  }

  /** Grants a budget without asking, as the dashboard would. */
  async function grant(budget: Partial<Budget> = {}, principal: Principal = SITE): Promise<void> {
    await ledger.putBudget(principal, { ...defaultBudget(principal, budget.currency ?? 'USDC'), ...budget })
  }

  return {
    inference,
    ledger,
    /** The ledger's database, for tests that read it by themselves. */
    database: name,
    chains,
    approvals,
    account,
    solana,
    requests,
    asked,
    /** When the person answered, `performance.now()`. */
    answeredAt,
    makeAsk,
    answer,
    grant,
    settings,
    due: () => due,
    deps,
  }
}

/** As storage.session: what is kept is JSON. */
function storeOf(kept: Map<string, unknown>): InferenceDeps['session'] {
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))),
    remove: async (key) => void kept.delete(key),
  }
}

export type Harness = Awaited<ReturnType<typeof createHarness>>

export function requireOrigin(text: string): Principal {
  const origin = parseOrigin(text)
  if (!origin) throw new Error(`no origin: ${text}`)
  return origin
}

export const usdc = (atomic: string) => parseAtomic(atomic)
