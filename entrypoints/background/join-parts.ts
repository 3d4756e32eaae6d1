/** Wallet, ledger, chains, gateways and inference, joined by plain factory calls. */
import { keccak256, stringToBytes } from 'viem'
import { createBalanceKeeper } from '../../src/background/balance-keeper.ts'
import { createGatewayBook } from '../../src/background/create-gateway-book.ts'
import type { Chains } from '../../src/chains/chains.ts'
import { SOLANA } from '../../src/domain/network.ts'
import { builtInGateways } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import { createTeeProofCheck } from '../../src/gateways/opengradient/tee-proof.ts'
import { createApprovals } from '../../src/inference/approvals.ts'
import { createInference } from '../../src/inference/create-inference.ts'
import type { InferenceDeps, InferenceNotice, PaymentTools } from '../../src/inference/ports.ts'
import { readSigningKey } from '../../src/inference/read-signing-key.ts'
import { createSilence } from '../../src/inference/silence.ts'
import { OFFER_MS, readCatalogueBody, readSmallBody, send } from '../../src/inference/wire.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import { deleteLedgerDatabase, openLedgerDatabase } from '../../src/ledger/open-database.ts'
import { newNonce } from '../../src/payment/nonce.ts'
import { offerFromPins } from '../../src/payment/offer-from-pins.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import { parseReceipt } from '../../src/payment/receipt.ts'
import { createApprovalWindow } from '../../src/platform/approval-window.ts'
import { clock } from '../../src/platform/clock.ts'
import { ENDPOINTS } from '../../src/platform/endpoints.ts'
import { createHeartbeat } from '../../src/platform/heartbeat.ts'
import { later } from '../../src/platform/later.ts'
import { usePart } from '../../src/platform/parts.ts'
import { newId, randomBytes } from '../../src/platform/random.ts'
import { assembleWallet } from '../../src/wallet/assemble-wallet.ts'
import type { Stores } from './stores.ts'

const solanaPayments = later(() => usePart('solana').createSolanaPayments())

const payments: PaymentTools = {
  parsePaymentRequired,
  offerFromPins,
  parseReceipt,
  signPayment: (order, signers) => usePart('signing').createSignPayment(solanaPayments.sign)(order, signers),
  makeApproveTransaction: (terms, signer) => usePart('signing').makeApproveTransaction(terms, signer),
  warmSolana: async (order) => solanaPayments.warm(order),
  newNonce: (method) => newNonce(method, randomBytes),
}

export function joinParts(
  stores: Stores,
  told: {
    readonly onNotice: (notice: InferenceNotice) => void
    readonly keepPrompt: InferenceDeps['keepPrompt']
    readonly onBalances: () => void
    /** Unix ms at which unfinished payments want to be looked at. */
    readonly onReconcileDue: (atMs: number) => Promise<void>
  },
) {
  const webFetch: typeof fetch = (input, init) => fetch(input, init)
  const ledger = createLedger({
    ...{ openDatabase: openLedgerDatabase, deleteDatabase: deleteLedgerDatabase },
    ...{ clock, newId },
  })
  const wallet = assembleWallet({
    tools: () => usePart('keys').walletTools,
    evmSigning: () => usePart('signing').evmSigning,
    solanaSigning: () => usePart('solana').solanaSigning,
    vaultStore: stores.vault,
    local: stores.local,
    session: stores.session,
    unlockKeys: stores.unlockKeys,
    clock,
    random: randomBytes,
    onUnlockedUntil: ledger.setUnlockedUntil,
  })
  const endpoints = () => ({ ...ENDPOINTS.rpc, ...stores.settings.peek()?.rpc })
  const chains: Chains = later(() =>
    usePart('chains').createChains({ endpoints, fetch: webFetch, clock, cache: stores.chainCache }),
  )
  const { keeper, paying } = createBalanceKeeper({
    ...{ wallet, chains, clock, cache: stores.chainCache, onRead: told.onBalances },
  })
  const catalogue = { ambientCatalogue: ENDPOINTS.jumpgateCatalogue }
  const gateways = createGatewayBook({
    store: stores.gateways,
    builtIns: builtInGateways({ ...ENDPOINTS, ...catalogue }),
    createGateway: (config) => createGateway(config, catalogue),
    send: (request) =>
      send({ fetch: webFetch, clock }, request, { signal: new AbortController().signal, withinMs: OFFER_MS }),
    readCatalogue: readCatalogueBody,
    parseOffers: async (response) =>
      parsePaymentRequired(response.headers.get('PAYMENT-REQUIRED'), await readSmallBody(response), {
        ownAddresses: [],
      }),
    allowLoopback: ENDPOINTS.lab,
    clock,
    newId,
  })
  const silence = createSilence(clock, stores.silence)
  const approvals = createApprovals({
    clock,
    silence,
    newId,
    window: createApprovalWindow(),
    digest: (text) => keccak256(stringToBytes(text)),
  })
  const keepAlive = createHeartbeat()
  const inference = createInference({
    ledger,
    wallet,
    chains,
    balances: paying,
    gateways,
    payments,
    approvals,
    session: stores.sessions,
    quoteStore: stores.quotes,
    clock,
    newId,
    fetch: webFetch,
    settings: stores.settings.get,
    solanaRpcUrl: async () => endpoints()[SOLANA][0] ?? '',
    checkProof: createTeeProofCheck({
      subtle: crypto.subtle,
      teeRecord: chains.teeRecord,
      signingKey: (gatewayId) => readSigningKey({ gateways, fetch: webFetch, clock }, gatewayId),
    }),
    keepAlive,
    scheduleReconcile: told.onReconcileDue,
    notice: told.onNotice,
    keepPrompt: told.keepPrompt,
  })
  return { silence, ledger, wallet, chains, keeper, gateways, approvals, inference }
}
