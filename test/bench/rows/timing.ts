import type { Page } from '@playwright/test'
import type { Timing } from '../pages/caller.ts'

/** The three ways in which a page gets an answer. `plan`: what the gateway is to say. */
export function callers(page: Page, gateway: string) {
  return {
    ours: (plan: string, tokens: number): Promise<Timing> =>
      page.evaluate(([text, count]) => globalThis.bench.ours(text, { tokens: count }), [
        plan,
        tokens,
      ] as const),
    stock: (plan: string, tokens: number): Promise<Timing> =>
      page.evaluate(([url, text, count]) => globalThis.bench.stock(url, text, count), [
        gateway,
        plan,
        tokens,
      ] as const),
    unpaid: (plan: string, tokens: number): Promise<Timing> =>
      page.evaluate(([url, text, count]) => globalThis.bench.unpaid(url, text, count), [
        gateway,
        plan,
        tokens,
      ] as const),
  }
}

/** Lets what an answer leaves to do (receipt, balances) come to its end before the next arm begins. */
export const rest = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))
