import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import { createNotices } from '../../src/background/notices.ts'
import { PANEL, type Principal } from '../../src/domain/principal.ts'
import type { BudgetUse } from '../../src/ledger/ledger.ts'
import { SITE, usdc } from '../ledger/make-ledger.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function useOf(settled: string, renewsAtMs = 1000): BudgetUse {
  const figures = { cap: usdc('1'), period: 'day', maxPerRequest: usdc('1') } as const
  return {
    budget: { id: 'budget-1', currency: 'USDC', models: 'all', expiresAtMs: null, ...figures },
    used: { settled: usdc(settled), live: usdc('0') },
    remaining: usdc('0'),
    renewsAtMs,
  }
}

/** A browser that keeps its memory while workers come and go. */
function makeBrowser() {
  const memory = new Map<string, unknown>()
  const said: string[] = []
  let use = useOf('0')
  const startWorker = () => {
    const notices = createNotices({
      ledger: { budgetUse: async () => [use] },
      memory: {
        get: async (key) => memory.get(key),
        set: async (key, value) => void memory.set(key, value),
      },
      settings: async () => DEFAULT_SETTINGS,
      notify: async (_id, { message }) => void said.push(message),
      translate: (key, parts = []) => [key, ...parts].join(' '),
      gatewayName: async (id) => `The ${id}`,
    })
    return {
      fail: () => notices.onInference({ kind: 'gateway-failing', gatewayId: 'jumpgate', cause: 'x' }),
      answer: () => notices.onInference({ kind: 'gateway-answered', gatewayId: 'jumpgate' }),
      async pay(principal: Principal, next: BudgetUse) {
        use = next
        notices.onLedger({ kind: 'request', principal, id: 'r' })
        await vi.runAllTimersAsync()
      },
    }
  }
  return { startWorker, said }
}

describe('a failing gateway', () => {
  it('is named after three failures in a row, once, also over a restart', async () => {
    const { startWorker, said } = makeBrowser()
    const first = startWorker()
    await Promise.all([first.fail(), first.fail()])
    const second = startWorker()
    await second.fail()
    await second.fail()
    expect(said).toEqual(['notice_gateway The jumpgate'])
  })
  it('is not named where an answer came in between', async () => {
    const { startWorker, said } = makeBrowser()
    const worker = startWorker()
    await worker.fail()
    await worker.fail()
    await worker.answer()
    await worker.fail()
    await worker.fail()
    expect(said).toEqual([])
    await worker.fail()
    expect(said).toHaveLength(1)
  })
})

describe('a budget that is nearly used up', () => {
  it('is said at 80 percent, once in a period, also over a restart', async () => {
    const { startWorker, said } = makeBrowser()
    await startWorker().pay(SITE, useOf('0.799999'))
    expect(said).toEqual([])
    await startWorker().pay(SITE, useOf('0.8'))
    await startWorker().pay(SITE, useOf('0.9'))
    expect(said).toEqual(['notice_budget80 example.com'])
    await startWorker().pay(SITE, useOf('0.8', 2000))
    expect(said).toHaveLength(2)
  })
  it('calls the panel by its name', async () => {
    const { startWorker, said } = makeBrowser()
    await startWorker().pay(PANEL, useOf('0.8'))
    expect(said).toEqual(['notice_budget80 principal_panel'])
  })
})
