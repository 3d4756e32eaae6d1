import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import type { BackgroundDeps } from '../../src/background/deps.ts'
import { createPromptKeeper, type PromptKeeperDeps } from '../../src/background/prompt-keeper.ts'
import { walletReset } from '../../src/background/ui/wallet-reset.ts'
import { defaultBudget } from '../../src/domain/default-limits.ts'
import { PANEL } from '../../src/domain/principal.ts'
import { grantUsdc, makeLedger, SITE } from '../ledger/make-ledger.ts'
import { makeWalletWorld } from '../wallet/fakes.ts'

describe('a reset', () => {
  it('leaves nothing behind but a panel that can pay: it once kept prompts, signed bytes and session ids', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const { wallet } = await makeWalletWorld('unlocked')
    const order: string[] = []
    const grants = () => ledger.getGrant(SITE).then((grant) => (grant === null ? 'wiped' : 'full'))
    const step = (name: string) => async () => {
      order.push(`${name}: ${(await wallet.status()).kind}, ${await grants()}`)
    }
    const deps = { wallet, ledger, transfers: { stop: step('stop') }, forget: step('forget') }
    const view = await walletReset(deps as unknown as BackgroundDeps, { confirmation: 'RESET' })
    expect(view.kind).toBe('none')
    expect(order).toEqual(['stop: none, full', 'forget: none, wiped'])
    const panel = await ledger.getGrant(PANEL)
    expect(panel?.budgets.USDC?.cap).toBe(defaultBudget(PANEL, 'USDC').cap)
  })
})

describe('kept prompts', () => {
  const make = (promptsInHistory: boolean) => {
    const dropped: number[] = []
    const store: PromptKeeperDeps['store'] = {
      get: async () => null,
      keep: async () => undefined,
      dropBefore: async (timeMs) => void dropped.push(timeMs),
    }
    const privacy = { ...DEFAULT_SETTINGS.privacy, promptsInHistory, promptRetentionDays: 2 }
    const settings = async () => ({ ...DEFAULT_SETTINGS, privacy })
    return {
      keeper: createPromptKeeper({ store, settings, clock: { nowMs: () => 10 * 86_400_000 } }),
      dropped,
    }
  }

  it('are pruned to the days that the person set, and all of them where the switch is off', async () => {
    const on = make(true)
    await on.keeper.prune()
    expect(on.dropped).toEqual([8 * 86_400_000])
    const off = make(false)
    await off.keeper.prune()
    expect(off.dropped).toEqual([Number.POSITIVE_INFINITY])
  })

  it('are all forgotten with the wallet, whatever the switch says', async () => {
    const { keeper, dropped } = make(true)
    await keeper.forget()
    expect(dropped).toEqual([Number.POSITIVE_INFINITY])
  })
})
