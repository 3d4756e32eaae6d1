/** Views as the background would answer them, for previews and tests. Amounts in atomic units. */
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import type { Settings } from '../../src/protocol/settings.ts'
import type {
  ApprovalView,
  BalanceView,
  BudgetView,
  GatewayView,
  GuardsView,
  HistoryRowView,
  HomeView,
  MeterView,
  ModelView,
  PaymentView,
  ReplacementReviewView,
  SiteView,
  TransferReviewView,
  TransferView,
  WalletView,
} from '../../src/protocol/ui-views.ts'

/** 21 November 2026, 14:00 UTC. */
export const NOW = Date.UTC(2026, 10, 21, 14, 0, 0)
export const MINUTE = 60_000
export const DAY = 86_400_000

export const EVM = '0x9858EfFD232B4033E47d90003D41EC34EcaEda94'
export const SOLANA_ADDRESS = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk'
export const PAYEE = '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B'
export const LONG_ORIGIN = `https://${'a-very-long-label-of-a-subdomain.'.repeat(5)}deep.example-of-a-long-name.co.uk:8443`

export function makeWallet(part: Partial<WalletView> = {}): WalletView {
  return {
    kind: 'unlocked',
    evm: EVM,
    solana: SOLANA_ADDRESS,
    phraseChecked: true,
    hasPhrase: true,
    retryAtMs: null,
    untilMs: NOW + 8 * 60 * MINUTE,
    ...part,
  }
}

export function makeMeter(part: Partial<MeterView> = {}): MeterView {
  return {
    currency: 'USDC',
    cap: '5000000',
    settled: '612400',
    live: '4474',
    remaining: '4383126',
    period: 'day',
    renewsAtMs: NOW + 10 * 60 * MINUTE,
    ...part,
  }
}

export function makeBudget(part: Partial<BudgetView> = {}): BudgetView {
  return {
    ...makeMeter({ cap: '500000', settled: '112400', live: '4474', remaining: '383126' }),
    id: 'budget-1',
    maxPerRequest: '50000',
    models: 'all',
    expiresAtMs: null,
    ...part,
  }
}

export function makeSite(part: Partial<SiteView> = {}): SiteView {
  return {
    principal: 'https://reader.example.com',
    mode: 'auto',
    resumesTo: 'auto',
    budgets: [makeBudget()],
    settlement: null,
    lastUsedAtMs: NOW - 4 * MINUTE,
    ...part,
  }
}

export function makePayment(part: Partial<PaymentView> = {}): PaymentView {
  return {
    id: 'payment-1',
    scheme: 'exact',
    network: BASE,
    asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    payTo: PAYEE,
    account: EVM,
    maximum: '4474',
    state: 'settled',
    charged: '4424',
    settledBy: 'chain',
    transaction: '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060',
    reservedAtMs: NOW - 5 * MINUTE,
    presentedAtMs: NOW - 5 * MINUTE + 40,
    endedAtMs: NOW - 5 * MINUTE + 2_300,
    holdUntilMs: null,
    check: { atMs: NOW - 4 * MINUTE, finding: 'used-transfer-found', endpoints: 2 },
    ...part,
  }
}

export function makeRow(part: Partial<HistoryRowView> = {}): HistoryRowView {
  return {
    id: 'request-1',
    principal: 'https://reader.example.com',
    gatewayId: 'jumpgate',
    gatewayName: 'Ambient JumpGate',
    model: 'ambient/large',
    currency: 'USDC',
    expected: '4424',
    max: '4474',
    cost: '4424',
    reported: null,
    held: '4474',
    money: 'settled',
    settledBy: 'chain',
    answer: 'answered',
    error: null,
    createdAtMs: NOW - 5 * MINUTE,
    finishedAtMs: NOW - 5 * MINUTE + 8_200,
    usage: { promptTokens: 17, completionTokens: 1000, totalTokens: 1017 },
    proof: {
      kind: 'ambient',
      verdict: 'reported',
      merkleRoot: '1018ff4a7d0a3c5e9f2b6d8c0e1f3a5b7c9d0e2f4a6b8c0d1e3f5a7b9c0d2e4f',
    },
    settlement: null,
    outsideBudget: false,
    prompt: null,
    payment: makePayment(),
    ...part,
  }
}

/** A payment that was sent and whose fate is open. */
export function makeLiveRow(part: Partial<HistoryRowView> = {}): HistoryRowView {
  return makeRow({
    id: 'request-live',
    cost: null,
    reported: null,
    held: '440000',
    money: 'live',
    settledBy: null,
    answer: 'failed',
    error: 'gateway_failed',
    proof: { kind: 'none' },
    usage: null,
    payment: makePayment({
      state: 'presented',
      charged: null,
      settledBy: null,
      transaction: null,
      endedAtMs: null,
      holdUntilMs: NOW + 32 * MINUTE,
      check: { atMs: NOW - MINUTE, finding: 'window-open', endpoints: 2 },
    }),
    ...part,
  })
}

export function makeReleasedRow(part: Partial<HistoryRowView> = {}): HistoryRowView {
  return makeRow({
    id: 'request-released',
    cost: null,
    money: 'released',
    settledBy: null,
    answer: 'failed',
    error: 'gateway_failed',
    proof: { kind: 'none' },
    usage: null,
    payment: makePayment({
      state: 'released',
      charged: null,
      settledBy: null,
      transaction: null,
      check: { atMs: NOW - MINUTE, finding: 'expired-unused', endpoints: 2 },
    }),
    ...part,
  })
}

export function makeHome(part: Partial<HomeView> = {}): HomeView {
  return {
    wallet: makeWallet(),
    frozen: false,
    online: true,
    today: [makeMeter()],
    latest: [
      makeRow({
        id: 'r1',
        createdAtMs: NOW - 20_000,
        answer: 'streaming',
        money: 'live',
        cost: null,
        payment: makePayment({ state: 'presented', holdUntilMs: NOW + 5 * MINUTE }),
      }),
      makeRow({ id: 'r2' }),
      makeLiveRow({ id: 'r3', createdAtMs: NOW - 40 * MINUTE }),
      makeRow({
        id: 'r4',
        principal: 'panel',
        model: 'ambient/mini',
        cost: '946',
        createdAtMs: NOW - 3 * 60 * MINUTE,
        settledBy: 'gateway',
      }),
      makeReleasedRow({ id: 'r5', createdAtMs: NOW - 26 * 60 * MINUTE }),
    ],
    approvalsWaiting: 0,
    livePayments: 2,
    site: makeSite(),
    ...part,
  }
}

export function makeBalances(): readonly BalanceView[] {
  const fresh = { atMs: NOW - 30_000, failed: false }
  return [
    {
      network: BASE,
      currency: 'USDC',
      asset: '0x8335',
      symbol: 'USDC',
      decimals: 6,
      amount: '4387600',
      ...fresh,
    },
    {
      network: SOLANA,
      currency: 'USDC',
      asset: 'EPjF',
      symbol: 'USDC',
      decimals: 6,
      amount: '2500000',
      ...fresh,
    },
    {
      network: BASE,
      currency: 'OPG',
      asset: '0xFbC2',
      symbol: 'OPG',
      decimals: 18,
      amount: '12345000000000000000',
      ...fresh,
    },
    {
      network: BASE,
      currency: null,
      asset: 'native',
      symbol: 'ETH',
      decimals: 18,
      amount: '1234567890123456',
      ...fresh,
    },
    { network: SOLANA, currency: null, asset: 'native', symbol: 'SOL', decimals: 9, amount: '0', ...fresh },
    {
      network: BASE_SEPOLIA,
      currency: 'tUSDC',
      asset: '0x036C',
      symbol: 'USDC',
      decimals: 6,
      amount: '25000000',
      atMs: NOW - 2 * 60 * MINUTE,
      failed: true,
    },
    {
      network: BASE_SEPOLIA,
      currency: 'tOPG',
      asset: '0x240b',
      symbol: 'OPG',
      decimals: 18,
      amount: null,
      atMs: null,
      failed: true,
    },
  ]
}

export function makeApproval(part: Partial<ApprovalView> = {}): ApprovalView {
  return {
    id: 'approval-1',
    digest: 'd1',
    kind: 'request',
    principal: 'https://reader.example.com',
    state: 'ready',
    failure: null,
    reasons: ['no-grant'],
    request: {
      model: 'ambient/large',
      gatewayId: 'jumpgate',
      gatewayName: 'Ambient JumpGate',
      currency: 'USDC',
      network: BASE,
      payTo: PAYEE,
      expected: '4424',
      max: '4474',
      inputTokens: 17,
      maxOutputTokens: 1024,
      limitAdded: true,
      settlement: null,
      opensSession: false,
      sponsoredAllowance: null,
      bothNetworksFunded: false,
    },
    asked: null,
    current: null,
    asksEach: false,
    today: makeMeter(),
    suggested: { cap: '500000', period: 'day', maxPerRequest: '50000' },
    siteWords: null,
    balance: '4387600',
    fundAddress: EVM,
    waitingBehind: 0,
    expiresAtMs: NOW + 105_000,
    ...part,
  }
}

export function makeGuards(part: Partial<GuardsView> = {}): GuardsView {
  const dollars = { enabled: true, maxPerRequest: '50000', perDay: '5000000' }
  const opg = { enabled: false, maxPerRequest: '5000000000000000000', perDay: '10000000000000000000' }
  return { frozen: false, limits: { USDC: dollars, OPG: opg, tUSDC: dollars, tOPG: opg }, ...part }
}

export function makeSettings(part: Partial<Settings> = {}): Settings {
  const dollars = { cap: '500000', period: 'day' as const, maxPerRequest: '50000' }
  const opg = { cap: '1000000000000000000', period: 'day' as const, maxPerRequest: '1000000000000000000' }
  return {
    version: 1,
    theme: 'system',
    defaultModel: null,
    outputLimitTokens: 1024,
    networkPreference: BASE,
    settlement: 'private',
    newSite: { USDC: dollars, OPG: opg, tUSDC: dollars, tOPG: opg },
    idleLockMinutes: 15,
    notifications: { budget80: true, gatewayFailing: true, confirmedLate: true },
    privacy: {
      promptsInHistory: false,
      promptRetentionDays: 30,
      keepConversations: true,
      conversationRetentionDays: null,
      liveQuotes: false,
    },
    rpc: null,
    ...part,
  }
}

export function makeGateways(): readonly GatewayView[] {
  return [
    {
      id: 'jumpgate',
      kind: 'jumpgate',
      name: 'Ambient JumpGate',
      baseUrl: 'https://jumpgate.ambient.xyz',
      extraHeaderNames: [],
      models: ['ambient/large', 'ambient/mini'],
      builtIn: true,
      enabled: true,
    },
    {
      id: 'opengradient',
      kind: 'opengradient',
      name: 'OpenGradient',
      baseUrl: 'https://llm.opengradient.ai',
      extraHeaderNames: [],
      models: ['gpt-5-mini', 'claude-sonnet-4-6'],
      builtIn: true,
      enabled: true,
    },
    {
      id: 'g3',
      kind: 'openai-compatible',
      name: 'My gateway',
      baseUrl: 'https://gateway.example.com/v1',
      extraHeaderNames: ['X-Request-ID'],
      models: ['llama-4'],
      builtIn: false,
      enabled: false,
    },
  ]
}

export function makeModels(): readonly ModelView[] {
  const base = {
    contextLength: 128_000,
    enabled: true,
    currency: 'USDC' as const,
    gatewayId: 'jumpgate',
    gatewayName: 'Ambient JumpGate',
    proof: 'ambient' as const,
  }
  return [
    { ...base, name: 'ambient/large', id: 'ambient/large', price: null },
    { ...base, name: 'ambient/mini', id: 'ambient/mini', price: null },
    {
      ...base,
      name: 'gpt-5-mini',
      id: 'gpt-5-mini',
      gatewayId: 'opengradient',
      gatewayName: 'OpenGradient',
      currency: 'OPG',
      proof: 'tee',
      price: { input: '0.25', output: '2', unit: 'USD' },
    },
  ]
}

export function makeReview(part: Partial<TransferReviewView> = {}): TransferReviewView {
  return {
    reviewId: 'review-1',
    kind: 'send',
    network: BASE,
    asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    symbol: 'USDC',
    decimals: 6,
    from: EVM,
    to: PAYEE,
    amount: '2500000',
    maxFee: '12345678901234',
    feeSymbol: 'ETH',
    feeDecimals: 18,
    missingFee: null,
    createsAccount: false,
    warnings: ['first-time'],
    goodUntilMs: NOW + MINUTE,
    ...part,
  }
}

export function makeTransfer(part: Partial<TransferView> = {}): TransferView {
  return {
    id: 'transfer-1',
    kind: 'send',
    network: BASE,
    asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    symbol: 'USDC',
    decimals: 6,
    to: PAYEE,
    amount: '2500000',
    fee: '9345678901234',
    state: 'confirmed',
    doing: 'transfer',
    replaceable: false,
    transaction: '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060',
    reason: null,
    createdAtMs: NOW - 2 * 60 * MINUTE,
    updatedAtMs: NOW - 119 * MINUTE,
    ...part,
  }
}

export function makeReplacement(part: Partial<ReplacementReviewView> = {}): ReplacementReviewView {
  return {
    ...{ reviewId: 'replacement-1', does: 'transfer', network: BASE, from: EVM },
    ...{ maxFee: '12345678901234', feeSymbol: 'ETH', feeDecimals: 18 },
    ...{ missingFee: null, goodUntilMs: NOW + MINUTE },
    ...part,
  }
}
