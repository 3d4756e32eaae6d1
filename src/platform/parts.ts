/**
 * Parts: code that most starts of the worker do not need, each in a classic script of its own that is evaluated when it is
 * first used. A service worker may import late whatever it imported while it was installed (Service Workers, "import
 * scripts updated flag"), and gets just those bytes, so a part always is of the same build as the worker. Where the
 * background is a page (Firefox), the manifest lists the scripts and they are there from the start.
 *
 * A part has its own copy of what it shares with the worker: compare by value, never by identity.
 */
import type { createOwnPages } from '../background/create-own-pages.ts'
import type { createChains } from '../chains/create-chains.ts'
import type { makeApproveTransaction } from '../payment/approve-transaction.ts'
import type { createSignPayment } from '../payment/create-sign-payment.ts'
import type { createSolanaPayments } from '../payment/sign-exact-solana.ts'
import type { EvmSigning } from '../wallet/evm-signing.ts'
import type { SolanaSigning } from '../wallet/solana-signing.ts'
import type { WalletTools } from '../wallet/wallet-tools.ts'

export interface Parts {
  /** A password is typed, or a wallet made. */
  readonly keys: { readonly walletTools: WalletTools }
  /** A payment is likely. */
  readonly signing: {
    readonly evmSigning: EvmSigning
    readonly createSignPayment: typeof createSignPayment
    readonly makeApproveTransaction: typeof makeApproveTransaction
  }
  /** A payment on Solana is likely. */
  readonly solana: {
    readonly solanaSigning: SolanaSigning
    readonly createSolanaPayments: typeof createSolanaPayments
  }
  /** A chain is asked. */
  readonly chains: { readonly createChains: typeof createChains }
  /** One of our own pages calls. */
  readonly pages: { readonly createOwnPages: typeof createOwnPages }
}

export const PART_NAMES = ['keys', 'signing', 'solana', 'chains', 'pages'] as const satisfies (keyof Parts)[]

declare global {
  // `var` is what makes a property of the global object.
  var x402Parts: Partial<Parts> | undefined
  function importScripts(...urls: string[]): void
}

/** Called by a part's own script. */
export function providePart<Name extends keyof Parts>(name: Name, part: Parts[Name]): void {
  globalThis.x402Parts = { ...globalThis.x402Parts, [name]: part }
}

/** The part, evaluated now where it is not yet. Throws where the browser does not have its script. */
export function usePart<Name extends keyof Parts>(name: Name): Parts[Name] {
  const known = globalThis.x402Parts?.[name]
  if (known !== undefined) return known
  importScripts(`/part-${name}.js`)
  const loaded = globalThis.x402Parts?.[name]
  if (loaded === undefined) throw new Error(`No part: ${name}`)
  return loaded
}

/** Keeps every part with the worker: without one of them the installation fails, and the browser tries again. Registers synchronously. */
export function installParts(): void {
  if (typeof importScripts !== 'function') return
  addEventListener('install', () => importScripts(...PART_NAMES.map((name) => `/part-${name}.js`)))
}
